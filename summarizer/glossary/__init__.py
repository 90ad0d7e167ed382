"""What an office calls things, people and bodies in each language: read from files, found in lines, held in them.

load(files)                        → the glossary of some files
mentions(line, language, glossary) → the entries that a line has
"""

from summarizer.glossary.files import load
from summarizer.glossary.mentions import Mention, mentions
from summarizer.glossary.model import Entry, Glossary

__all__ = ["Entry", "Glossary", "Mention", "load", "mentions"]
