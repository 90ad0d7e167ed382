"""Speech in Chinese: names by their office, frames before a comma or colon, characters as words."""

from functools import partial

from summarizer.speech.attribution import Reader
from summarizer.speech.entities import People
from summarizer.speech.han.cues import Grammar
from summarizer.speech.han.interviews import labels
from summarizer.speech.han.names import name_parts, names_in
from summarizer.speech.han.patterns import HanPatterns, patterns
from summarizer.speech.han.scan import Scan
from summarizer.speech.han.subjects import Subjects
from summarizer.speech.marks import passages
from summarizer.speech.model import Speech
from summarizer.speech.sentences import Parse, Parsed, read, repaired
from summarizer.speech.words import masked

__all__ = ["find"]


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article written in Han characters."""
    found = patterns(language)
    folded = found.traditional.sub(lambda match: found.fold[match[0]], text)
    named = names_in(folded, found)
    marked = passages(text)
    if not all(passage.closed for passage in marked):
        marked = tuple(repaired(text, marked, language, _pieces(folded, Subjects(folded, named, found), found)))
    plain = masked(folded, marked)
    subjects = Subjects(plain, named, found)
    grammar = Grammar(plain, subjects, found, Scan(plain, found), labels(plain, found, subjects.names))
    people = People(text, found.lexicon, partial(name_parts, two=found.two))
    people.learn(named)
    sentences = read(text, marked, language, grammar.parse)
    people.hear(frame.subject for sentence in sentences for frame in sentence.frames if frame.subject)
    return Reader(text, found.lexicon, people, sentences).read()


def _pieces(plain: str, subjects: Subjects, found: HanPatterns) -> Parse:
    """Return what reads pieces of an article of which few are asked for."""
    labelled = labels(plain, found, subjects.names)

    def parse(start: int, end: int) -> Parsed:
        return Grammar(plain, subjects, found, Scan(plain, found, start, end), labelled).parse(start, end)

    return parse
