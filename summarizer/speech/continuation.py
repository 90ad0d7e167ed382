"""Continuation: how long reported speech runs on after its cue, and what ends it."""

from dataclasses import dataclass
from typing import NamedTuple

from summarizer.speech.entities import Entities
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.model import Speaker
from summarizer.speech.sentences import Sentence
from summarizer.speech.words import Span, Words

__all__ = ["Continuation", "Voice", "about_somebody", "first_person", "in_mood", "narrated", "opened", "runs_on"]

_FEW = 3  # reported speech that paused is taken up again within so many paragraphs


class Voice(NamedTuple):
    """Who is heard: the speaker, where the cue stands that says so, and where that has its subject."""

    speaker: Speaker | None
    cue: Span | None = None
    source: Span | None = None


@dataclass(slots=True)
class Continuation:
    """Reported speech that may run on past the sentence of its cue.

    Attributes:
        voice: whose it is; without a cue where the open stretch only runs on.
        paragraph: the number of the last paragraph it was heard in.
        backshift: the house style marks reported speech by tense ("said it would"), so the present ends it.
        listed: it goes through points ("First of all …", "Second …"), each a paragraph.
        start: where its open stretch begins, None while it pauses.
        end: where the open stretch ends so far.
        mixed: the open stretch holds the speaker's own words in marks.
    """

    voice: Voice
    paragraph: int
    backshift: bool = False
    listed: bool = False
    start: int | None = None
    end: int = 0
    mixed: bool = False


def opened(sentence: Sentence, low: int, high: int, voice: Voice, lex: Lexicon) -> Continuation:
    """Return the reported speech that begins with the clause ``words[low:high]``."""
    shifted = any(word in lex.continuation.shifted for word in sentence.words.low[low:high])
    return Continuation(voice, sentence.paragraph, shifted)


def _present(sentence: Sentence, lex: Lexicon) -> bool:
    words = sentence.words.low
    future = any(word.endswith(lex.continuation.future) for word in words)
    modal = lex.continuation.modals.within(words, 0, len(words))
    return future or modal or lex.continuation.present.within(words, 0, len(words))


def runs_on(running: Continuation, sentence: Sentence, lex: Lexicon, entities: Entities) -> bool:
    """Tell whether a sentence without a cue of its own still goes on with the reported speech."""
    words = sentence.words
    goes_on = bool(lex.continuation.goes_on.at(words.low, 0)) or _wishes(sentence, lex)
    point = sentence.first and goes_on and lex.continuation.points.at(words.low, 0)
    if point and sentence.paragraph - running.paragraph <= _FEW:
        running.listed = True
        return True
    reports = lex.continuation.by_mood and sentence.paragraph == running.paragraph and _shifted(sentence, lex)
    if narrated(sentence, lex, listed=running.listed) or (not reports and about_somebody(sentence, lex, entities)):
        return False
    if not reports and (sentence.paragraph != running.paragraph or running.start is None):
        near = sentence.paragraph - running.paragraph <= 1 and sentence.first and not running.backshift
        return near and (goes_on or first_person(sentence, lex))
    if reports or first_person(sentence, lex) or goes_on:
        return True
    if running.backshift or lex.continuation.by_mood:
        return _shifted(sentence, lex)
    return lex.continuation.runs_on or running.listed or _speaks_on(running, sentence, lex)


def _speaks_on(running: Continuation, sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether somebody who holds an office goes on: a firm, a paper or a passer-by does not speak at length."""
    speaker = running.voice.speaker
    known = speaker is not None and not speaker.unnamed and speaker.role is not None
    return known and _present(sentence, lex) and not _perfect(sentence, lex)


def _perfect(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence tells what has happened, as a narrator does: ``La città è cresciuta``."""
    words, endings = sentence.words.low, lex.continuation.perfect_endings
    told = (at for at in range(1, len(words)) if words[at].endswith(endings))
    return any(lex.continuation.present.at(words, at - 1) for at in told)


def _shifted(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence keeps the tense or mood of a report, and tells of nobody by name."""
    words, endings = sentence.words.low, lex.continuation.reporting
    first = sentence.mentions[0] if sentence.mentions else None
    if first is not None and first.low <= 1 and first.kind == "person" and first.high - first.low > 1:
        return False
    if lex.continuation.by_mood:
        at = next((i for i in range(len(words)) if in_mood(sentence.words, i, lex)), None)
        side = any(word in lex.continuation.finite - lex.continuation.shifted for word in words[:at])
        return at is not None and not side and words[at - 1] not in lex.small.personal
    shows = (
        at
        for at, word in enumerate(words)
        if word.endswith(endings) and (lex.language.subject_optional or word in lex.continuation.shifted)
    )
    at = next(shows, None)
    return at is not None and (at == 0 or words[at - 1] not in lex.small.personal)


def in_mood(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a verb has the mood of reporting: a known form, or an ending behind its subject (*er fordere*)."""
    low = words.low[at]
    if at in words.nouns or low in lex.continuation.shifted:
        return at not in words.nouns
    subject = at - 1 in words.nouns or words.at(at - 1) in lex.small.pronouns
    own = lex.small
    small = (own.determiners, own.prepositions, own.generic, own.turning, own.pronouns, own.conjoined)
    attribute = at + 1 in words.nouns or words.capital(at + 1)  # "im Exil lebende Künstler"
    verb = subject and not attribute and words.plain(at) and low.endswith(lex.continuation.reporting)
    return verb and low not in lex.continuation.finite and not any(low in some for some in small)


def _wishes(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether a sentence begins as ``They hope …``."""
    words = sentence.words.low
    wishes = any(lex.continuation.wishes.at(words, i) for i in (1, 2))
    return len(words) > 2 and words[0] in lex.small.pronouns and wishes


def narrated(sentence: Sentence, lex: Lexicon, *, listed: bool = False) -> bool:
    """Tell whether a sentence is the narrator's: who was there, what was signed, whose photograph it is."""
    words = sentence.words.low
    signs = lex.continuation.credits if listed else lex.continuation.narrator
    return signs.within(words, 0, len(words)) and not first_person(sentence, lex)


def first_person(sentence: Sentence, lex: Lexicon) -> bool:
    """Tell whether somebody speaks of himself in a sentence, outside its quoted passages."""
    return lex.continuation.first_person.within(sentence.words.low, 0, len(sentence.words))


def about_somebody(sentence: Sentence, lex: Lexicon, entities: Entities) -> bool:
    """Tell whether a sentence begins with a person the article presents: it tells of him, even of the speaker."""
    first = sentence.mentions[0] if sentence.mentions else None
    if first is None or first.low > 1:
        return False
    if first.kind == "pronoun":
        return first.head not in lex.small.plural and not _wishes(sentence, lex)
    speaker = entities.resolve(first, None) if first.kind == "person" else None
    return speaker is not None and (first.role is not None or speaker.role is not None)
