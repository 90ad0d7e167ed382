"""Reporting frames of an alphabetic language: who says it, with what words, and on which side what is said stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.speech.lexicon import Lexicon
from summarizer.speech.mentions import Mention
from summarizer.speech.words import QUOTED, Words

__all__ = ["Frame", "frames"]

_ADVERB = re.compile(r"\w{3,}(?:ly|mente)$")
_TAIL = 14  # words that may follow the frame at a sentence's end: "…, Rossi said at a meeting in Milan on Friday."
_OBJECT = 14  # words between a verb and its conjunction: "told reporters in Beijing on Monday that"
_ENDS = frozenset(".!?…;")
_DASHES = ("–", "—", "-")


@dataclass(frozen=True, slots=True)
class Frame:
    """A reporting frame: ``words[low:high]`` of its sentence.

    Attributes:
        side: where what is said stands: ``right`` up to the sentence's end, ``left`` from its start, or ``both``.
        subject: who says it, None when the sentence does not say.
        same: True when the subject is that of the frame before ("…, adding that").
        tied: False for a frame that is a whole sentence and belongs to the speech before it.
        wish: the verb tells of a hope or belief, which a speaker may also do of himself.
    """

    low: int
    high: int
    side: Literal["left", "right", "both"]
    subject: Mention | None
    same: bool = False
    tied: bool = True
    wish: bool = False


def frames(words: Words, found: Sequence[Mention], lex: Lexicon) -> list[Frame]:
    """Return the frames of a sentence in order; a later one that overlaps an earlier one is left out."""
    frame_list: list[Frame] = []
    reached = 0
    for at in range(len(words)):
        if at < reached:
            continue
        frame = _frame_at(words, at, found, lex)
        if frame is not None:
            frame_list.append(frame)
            reached = frame.high
    return frame_list


def _frame_at(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> Frame | None:
    length = lex.own_view.at(words.low, at)
    if length and (at == 0 or words.low[at - 1] == ","):
        comma = at + length < len(words) and words.low[at + length] == ","
        return Frame(at, at + length + comma, "right", None, same=True)
    length = lex.according.at(words.low, at)
    if length:
        frame = _according(words, at, at + length, found, lex)
        if frame:
            return frame
    length = lex.gerunds.at(words.low, at)
    if length:
        return _gerund(words, at, at + length, lex)
    return _verbal(words, at, found, lex)


def _according(words: Words, at: int, end: int, found: Sequence[Mention], lex: Lexicon) -> Frame | None:
    subject = _starting(found, end)
    if subject is None or subject.kind == "pronoun":
        return None
    after = words.low[subject.high] if subject.high < len(words) else "."
    if at == 0 or (at == 1 and words.low[0] in lex.conjoined):
        parted = after in {",", QUOTED} or (after in lex.determiners and not lex.at_start_only.at(words.low, at))
        return Frame(at, subject.high + (after == ","), "right", subject) if parted else None
    if lex.at_start_only.at(words.low, at):
        return None
    if after in _ENDS or subject.high >= len(words) - 1:
        return Frame(at - (words.low[at - 1] == ","), subject.high, "left", subject)
    if words.low[at - 1] == "," and after == ",":
        return Frame(at, subject.high, "both", subject)
    return None


def _starting(found: Sequence[Mention], at: int) -> Mention | None:
    return next((m for m in found if m.low == at or m.low < at < m.high), None)


def _gerund(words: Words, at: int, end: int, lex: Lexicon) -> Frame | None:
    """Read ``, adding that …``: the subject is the one of the frame before."""
    start = at - (at > 0 and words.low[at - 1] == ",")
    for index in range(end, min(end + 5, len(words))):
        if words.low[index] in lex.conjunctions or words.low[index] == ":":
            return Frame(start, index + 1, "right", None, same=True)
        if words.low[index] == QUOTED:
            return Frame(start, index, "right", None, same=True)
        if words.low[index] in _ENDS or words.low[index] == ",":
            break
    return None


def _verbal(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> Frame | None:
    length, force = _verb(words, at, lex)
    if not length:
        length, force = _beside_quotation(words, at, found, lex), "asks"
    if not length or (at > 0 and (words.low[at - 1] in lex.determiners or words.low[at - 1] in lex.passives)):
        return None
    end = at + length
    start = _first_of_verb(words, at, lex)
    subject = _before(words, start, found, lex)
    if subject is not None and subject.low > 0 and words.low[subject.low - 1] in lex.relatives:
        return None
    wish = bool(lex.wishes.at(words.low, at))
    same = subject is None and _implied(words, start, wish, lex)
    parted = start > 0 and words.low[start - 1] == ","
    inverted = any(m.low == end for m in found) and (subject is None or (parted and subject.low > 0))
    if inverted and subject is not None and not _governs(words, end, found, lex):
        subject = None
    inverted = inverted and subject is None
    right = (
        None if inverted and not _governs(words, end, found, lex) else _right(words, end, force, subject, same, lex)
    )
    if right is not None and (subject is not None or same):
        low = subject.low if subject else start
        return Frame(low, right, "right", subject, same=same, wish=wish)
    return _left(words, start, end, subject, found, lex)


def _beside_quotation(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> int:
    """Take any verb for one of saying between a quotation and a person: ``«…», sorride il rettore``."""
    if at < 2 or words.low[at - 1] != "," or words.low[at - 2] != QUOTED or not words.low[at].isalpha():
        return 0
    if words.capital(at) or any(
        words.low[at] in known for known in (lex.of, lex.conjoined, lex.determiners, lex.connectors)
    ):
        return 0
    return int(any(m.low == at + 1 and m.kind in {"person", "role"} for m in found))


def _governs(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> bool:
    """Tell whether a conjunction follows the noun phrase at `at`: "ha detto ai giornalisti che"."""
    after = next(m.high for m in found if m.low == at)
    return after < len(words) and words.low[after] in lex.conjunctions


def _implied(words: Words, at: int, wish: bool, lex: Lexicon) -> bool:
    """Tell whether a verb without a subject of its own has that of the sentence or speech before.

    After "and" it does in every language; Italian leaves a known subject out at a sentence's head and beside
    a quotation too.
    """
    before = words.low[at - 1] if at else ""
    if words.low[at] in lex.conjoined or before in lex.conjoined:
        return not wish
    return lex.drops_subject and (not before or before == QUOTED or (before == "," and words.low[at - 2] == QUOTED))


def _verb(words: Words, at: int, lex: Lexicon) -> tuple[int, str]:
    """Return how many words of a reporting verb stand at `at`, and how much it needs to take a clause."""
    for force, phrases in (
        ("says", lex.says),
        ("states", lex.states),
        ("expresses", lex.expresses),
        ("asks", lex.asks),
    ):
        length = phrases.at(words.low, at)
        if length and (force != "expresses" or _noun(words, at + length, lex)):
            return length, force
    length = lex.participles.at(words.low, at)
    return (length, "states") if length and _active(words, at, lex) else (0, "")


def _active(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a participle follows "has" and not "is", adverbs apart."""
    while at > 0 and words.low[at - 1] not in lex.active and words.low[at - 1] in lex.auxiliaries:
        at -= 1
    while at > 0 and _ADVERB.match(words.low[at - 1]):
        at -= 1
    return at > 0 and words.low[at - 1] in lex.active


def _noun(words: Words, at: int, lex: Lexicon) -> bool:
    return any(words.low[i] in lex.nouns for i in range(at, min(at + 5, len(words))))


def _first_of_verb(words: Words, at: int, lex: Lexicon) -> int:
    """Step left over auxiliaries and adverbs."""
    while at > 0 and (words.low[at - 1] in lex.auxiliaries or _ADVERB.match(words.low[at - 1])):
        at -= 1
    return at


def _before(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> Mention | None:
    """Return the subject that ends before `at`, an apposition, a clause in commas or a phrase of time apart."""
    first = next((m for m in found if m.low == 0), None)
    if first is not None and (first.kind != "person" or first.high >= at or words.low[first.high] != ","):
        first = None
    if first is not None and any(_verb(words, i, lex)[0] for i in range(first.high, at)):
        first = None
    if first is not None and words.low[at - 1] == ",":
        return first
    ends = {m.high: m for m in found if m.low == 0 or words.low[m.low - 1] not in lex.prepositions}
    for end in (at, at - 1 if at and words.low[at - 1] == "," else at):
        if end in ends:
            return ends[end]
    return _across_commas(words, at, found) or _across_time(words, at, ends, lex) or first


def _across_commas(words: Words, at: int, found: Sequence[Mention]) -> Mention | None:
    """Find the subject of ``Rossi, speaking at the fair, said``."""
    if not at or words.low[at - 1] != ",":
        return None
    for mention in found:
        if (
            mention.high < at - 1
            and words.low[mention.high] == ","
            and (mention.low == 0 or words.low[mention.low - 1] in {",", QUOTED})
        ):
            between = words.low[mention.high + 1 : at - 1]
            if between and between[0] not in {"and", "e", "ed"}:
                return mention
    return None


def _across_time(words: Words, at: int, ends: dict[int, Mention], lex: Lexicon) -> Mention | None:
    """Find the subject of ``the mayor in a statement on Friday said``: prepositions lead over a few words."""
    for end in range(at - 1, max(-1, at - 8), -1):
        if words.low[end] in {",", QUOTED} or words.low[end] in _ENDS:
            return None
        if end in ends and words.low[end] in lex.of | lex.calendar and ends[end].kind != "body":
            return ends[end]
    return None


def _tail(words: Words, at: int, lex: Lexicon, *, told: bool) -> bool:
    """Tell whether what follows a closing frame is no object: the end, a comma, a phrase of place or time.

    A verb that takes a hearer (`told`) may have any.
    """
    while at < len(words) and (_ADVERB.match(words.low[at]) or words.low[at] in lex.auxiliaries):
        at += 1
    if at == len(words) or told:
        return True
    word = words.low[at]
    if word in lex.infinitive:
        return at + 1 < len(words) and (words.capital(at + 1) or words.low[at + 1] in lex.tails | lex.determiners)
    known = word in lex.of or word in lex.calendar or word in lex.tails or word in lex.time_words
    return not (word[0].isalnum() or word == "(") or known


def _right(words: Words, end: int, force: str, subject: Mention | None, same: bool, lex: Lexicon) -> int | None:
    """Return where what is said begins on the right of a verb that ends at `end`, None when it does not."""
    if end >= len(words):
        return None
    conjunction = _conjunction(words, end, force, lex)
    if conjunction is not None or force in {"expresses", "asks"}:
        return conjunction
    stressed = same or (subject is not None and subject.kind in {"person", "pronoun", "role"})
    if stressed and lex.stresses.at(words.low, end - 1):
        return end if words.low[end][0].isalnum() else None
    start = _past_object(words, end, lex)
    if start >= len(words) - 2 or not words.low[start][0].isalnum():
        return None
    pronoun = (words.low[start] in lex.pronouns or lex.first_person.at(words.low, start) > 0) and subject is not None
    return start if pronoun or (force == "says" and words.low[start] not in lex.of) else None


def _conjunction(words: Words, end: int, force: str, lex: Lexicon) -> int | None:
    """Return the place after "that" or a colon, or that of a quotation, which the verb governs."""
    for index in range(end, min(end + _OBJECT, len(words))):
        word = words.low[index]
        conjunction = word in lex.conjunctions and not (index > end and words.low[index - 1] in lex.of)
        conjunction = conjunction and not (index + 1 < len(words) and words.low[index + 1] == "'s")
        if conjunction or word == ":" or (force == "expresses" and _to(words, index, lex)):
            return index + 1
        if word == QUOTED and index <= end + 8:
            return index if words.low[index - 1] in {",", ":"} or index == end else None
        if word in _ENDS or (word == "," and not _quoted_next(words, index)):
            break
        if index > end and word not in lex.nouns and _verb(words, index, lex)[0]:
            break
    return None


def _to(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether a noun of speech stands at `at` and takes an infinitive: "expressed the wish to"."""
    return words.low[at] in lex.nouns and at + 1 < len(words) and words.low[at + 1] in lex.of


def _quoted_next(words: Words, at: int) -> bool:
    return at + 1 < len(words) and words.low[at + 1] == QUOTED


def _past_object(words: Words, end: int, lex: Lexicon) -> int:
    """Step over ``on Friday``, ``earlier this year`` and ``in a statement`` after a verb."""
    at = end
    while at < len(words):
        step = _channel(words, at, lex) or _time(words, at, lex)
        if not step:
            break
        at += step
    return at


def _channel(words: Words, at: int, lex: Lexicon) -> int:
    if words.low[at] not in lex.of:
        return 0
    for end in range(at + 1, min(at + 4, len(words))):
        if words.low[end] in lex.channels and not (end + 1 < len(words) and words.low[end + 1] in lex.channels):
            return end + 1 - at
        if words.low[end] not in lex.determiners and words.low[end] not in lex.channels:
            break
    return 0


def _time(words: Words, at: int, lex: Lexicon) -> int:
    end = at + (words.low[at] in lex.of)
    start = end
    while end < len(words) and (words.low[end] in lex.calendar or words.low[end] in lex.time_words):
        end += 1
    alone = end - start == 1 and words.low[start] in {"this", "last", "next"}
    return end - at if end > start and not alone else 0


def _past_hearer(words: Words, at: int, found: Sequence[Mention], lex: Lexicon) -> int:
    """Step over the hearers between a verb and the subject after it: ``ha detto ai giornalisti il sindaco``."""
    if at + 2 < len(words) and words.low[at] in lex.of and not any(m.low == at for m in found):
        after = at + 2
        if any(m.low == after for m in found) and words.low[at + 1].isalpha() and words.printed[at + 1].islower():
            return after
    return at


def _left(
    words: Words, start: int, end: int, subject: Mention | None, found: Sequence[Mention], lex: Lexicon
) -> Frame | None:
    """Read ``…, the mayor said.``, ``…, said the mayor, …`` and the frame in the middle of what is said."""
    low = subject.low if subject is not None else start
    if subject is None:
        after = _past_hearer(words, end, found, lex)
        subject = next((m for m in found if m.low == after), None)
        end = subject.high if subject is not None else end
    same = subject is None and low > 0 and _implied(words, start, False, lex)
    told = words.low[end - 1] in lex.tells and subject is not None
    parted = low == 0 or words.low[low - 1] in {",", QUOTED, *_DASHES}
    if not (subject or same) or not parted or (end < len(words) and not _tail(words, end, lex, told=told)):
        return None
    low -= low > 0 and words.low[low - 1] != QUOTED
    for index in range(end, min(end + _TAIL, len(words))):
        word = words.low[index]
        if word in _ENDS:
            return Frame(low, index, "left", subject, same=same, tied=low > 0)
        if word in {",", ":", QUOTED, *_DASHES}:
            return Frame(low, index, "both", subject, same=same, tied=low > 0) if low > 0 or index == end else None
        if _verb(words, index, lex)[0]:
            return None
    short = len(words) - end < _TAIL
    return Frame(low, len(words), "left", subject, same=same, tied=low > 0) if short else None
