"""Speech in Chinese: names by their office, cues before a comma or colon, characters as words."""

from functools import partial

from summarizer.languages.hant import simplified
from summarizer.speech.attribution import Attribution
from summarizer.speech.entities import Entities
from summarizer.speech.han.cues import Parser
from summarizer.speech.han.interviews import labels
from summarizer.speech.han.names import name_parts, names_in
from summarizer.speech.han.patterns import HanPatterns, patterns
from summarizer.speech.han.scan import Scan
from summarizer.speech.han.subjects import Subjects
from summarizer.speech.han.voices import Voices
from summarizer.speech.marks import Passage, passages
from summarizer.speech.model import Speech
from summarizer.speech.sentences import Parse, Parsed, read, repaired
from summarizer.speech.words import masked

__all__ = ["find"]

_STOPS = frozenset("，。！？…,.!?")
_LONGEST_NAME = 8  # characters of a body's name in marks
_DENIAL = 12  # characters before a quotation that deny it


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find speech in an article written in Han characters."""
    han = patterns(language)
    folded = simplified(text)
    named = names_in(folded, han)
    marked = tuple(passage for passage in passages(text) if not _unsaid(folded, passage, han))
    if not all(passage.closed for passage in marked):
        parse = _pieces(folded, Subjects(folded, named, han), han)
        marked = tuple(repaired(text, marked, han.lexicon.language, parse))
    plain = masked(folded, marked)
    subjects = Subjects(plain, named, han)
    parser = Parser(plain, subjects, han, Scan(plain, han), labels(plain, han, subjects.names))
    entities = Entities(text, han.lexicon, partial(name_parts, two=han.names.two))
    entities.learn(named)
    sentences = list(Voices(plain, read(text, marked, language, parser.parse), han).told())
    entities.hear([*named, *(cue.subject for sentence in sentences for cue in sentence.cues if cue.subject)])
    return Attribution(text, han.lexicon, entities, sentences).read()


def _unsaid(folded: str, passage: Passage, han: HanPatterns) -> bool:
    """Tell whether marks stand around a body's name (``“红十字会”表示``) or around words that somebody never said."""
    before = max(0, passage.outer_start - _DENIAL), passage.outer_start
    if han.cues.denied.search(folded, *before) or han.cues.alias.search(folded, *before):
        return True
    follows = "\u4e00" <= folded[passage.outer_end : passage.outer_end + 1] <= "\u9fff"
    short = passage.end - passage.start <= _LONGEST_NAME or han.cues.speaks.match(folded, passage.outer_end)
    if not (follows and short) or not _STOPS.isdisjoint(folded[passage.start : passage.end]):
        return False
    office = han.subjects.presiding.match(folded, passage.outer_end) is not None  # “推特”发言人说
    return office or han.offices.bodies.of(folded[passage.start : passage.end]) > 0


def _pieces(plain: str, subjects: Subjects, han: HanPatterns) -> Parse:
    """Return what reads pieces of an article of which few are asked for."""
    labelled = labels(plain, han, subjects.names)

    def parse(start: int, end: int) -> Parsed:
        return Parser(plain, subjects, han, Scan(plain, han, start, end), labelled).parse(start, end)

    return parse
