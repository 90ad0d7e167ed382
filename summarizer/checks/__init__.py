"""Checks: what may be wrong with a statement about an article or with the translation of a line, one file each.

A check takes a `Claim` and yields findings; `statements` and `translations` list which ones each kind of line passes.
"""

from summarizer.checks.statements import StatementChecker
from summarizer.checks.translations import TranslationChecker

__all__ = ["StatementChecker", "TranslationChecker"]
