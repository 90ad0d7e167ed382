"""Direct speech: which quoted passages are somebody's words, and which cue presents them."""

import re
from collections.abc import Mapping

from summarizer.speech.cue import Cue
from summarizer.speech.lexicon import Lexicon
from summarizer.speech.mention import Mention, ending
from summarizer.speech.sentences import Sentence
from summarizer.speech.words import QUOTED, Words

__all__ = [
    "LONG",
    "accounted",
    "belated",
    "coordinated",
    "embedded",
    "governing",
    "holds_own_words",
    "introduced",
    "is_work",
    "nested",
    "only_marks",
    "own_words",
    "presents",
    "reads_as_speech",
    "stands_alone",
    "weight",
]

_STOPS = ".!?…。！？"
_SENTENCE = 5  # a quotation without a cue has at least so many words, or it is a slogan
_OWN_WORDS = 3  # words in marks inside reported speech: fewer are a term that is mentioned
_HEADLINE = 2  # words after a name and a colon: `Longo: "Assumeremo subito"`
_TERM = 4  # "the 'golden brand of the fair'": after an article, up to so many words are a term
_FRAGMENT = 6  # words in marks that go on a narrator's sentence: fewer may be a term
_JOINED = 3  # places from one quotation to the next: "«A» e che «B»"
_LED = 3  # words of a belated cue that leads to its speaker over a noun
_COLONS = (":", "：")
_PAUSES = frozenset(f"{_STOPS},，")
#: Words of a quotation that is never passed over in silence; two Han characters count as one.
LONG = 8


def weight(quoted: str) -> int:
    """Return about how many words a passage has; two characters of Chinese or Japanese are one, four of Thai."""
    joined = sum("\u4e00" <= char <= "\u9fff" or "\u3041" <= char <= "\u30ff" for char in quoted)
    return len(quoted.split()) + joined // 2 + len(_JOINED_LETTERS.findall(quoted)) // 4


#: Thai, Lao, Burmese and Khmer, which put no spaces between words.
_JOINED_LETTERS = re.compile("[\u0e01-\u0edf\u1000-\u109f\u1780-\u17ff]")


def only_marks(words: Words, low: int, high: int) -> bool:
    """Tell whether ``words[low:high]`` are marks of punctuation, none of them a quoted passage."""
    return not any(word[0].isalnum() or word == QUOTED for word in words.low[low:high])


def governing(sentence: Sentence, at: int, text: str, lex: Lexicon) -> Cue | None:
    """Return the cue that has the quotation at word `at`, and no more, as what is said."""
    words = sentence.words
    fragment = at > 0 and words.low[at - 1][0].isalpha() and text[sentence.quoted[at].start].islower()
    short = words.low[max(0, at - 1)] in lex.small.prepositions and weight(_inside(sentence, at, text)) < _OWN_WORDS
    if short and not (lex.language.verb_brackets and words.low[at - 1] in lex.quotations.agents):
        return None  # "parla di «guerra»", but "sprach von „Krieg“"
    for cue in sentence.cues:
        if cue.side != "right" and cue.low > at and _shared(words, at + 1, cue.low, lex):
            return None if fragment else cue
        if cue.side == "right" and not cue.tied and cue.high == at and lex.language.verb_brackets:
            return cue if fragment or words.low[at - 1] in lex.small.indefinite else None  # else a name
        if cue.side != "left" and cue.high <= at and _shared(words, cue.high, at, lex):
            bracket = lex.language.verb_brackets and only_marks(words, at + 2, at + 3)  # "wies sie als „…“ zurück"
            after = words.at(at + 1 + bracket)
            turned = after in lex.small.conjoined or after in lex.small.adversatives
            if not after[:1].isalnum() or turned or any(c.low == at + 1 for c in sentence.cues):
                return cue
    return None


def _inside(sentence: Sentence, at: int, text: str) -> str:
    return text[sentence.quoted[at].start : sentence.quoted[at].end].strip()


def _shared(words: Words, low: int, high: int, lex: Lexicon) -> bool:
    """Tell whether only marks and other quotations stand between one and its cue: ``«A» e «B», ha detto Neri``."""
    beside = only_marks(words, low, high)
    return beside or all(w == QUOTED or w in lex.small.conjoined or not w[0].isalnum() for w in words.low[low:high])


def coordinated(words: Words, last: int, at: int, lex: Lexicon) -> bool:
    """Tell whether a quotation goes on the one before it: ``che «A» e che «B»``, ``«A» «B»``."""
    joined = at - last <= _JOINED and words.low[last + 1] in lex.small.conjoined
    return joined or only_marks(words, last + 1, at)


def credited(sentence: Sentence, at: int, lex: Lexicon) -> Mention | None:
    """Return who speaks in ``«…»: con queste parole il sindaco``."""
    length = accounted(sentence.words, at + 2, lex) if sentence.words.at(at + 1) in {":", ",", "-", "–"} else 0
    after = at + 2 + length
    return next((m for m in sentence.mentions if after <= m.low <= after + 2), None) if length else None


def accounted(words: Words, at: int, lex: Lexicon) -> int:
    """Return the length of ``è stato il commento`` up to a noun of saying, 0 without one."""
    nouns = lex.quotations.credited
    noun = next((i for i in range(at, min(at + _TERM, len(words))) if nouns.at(words.low, i)), at - 1)
    return noun + 1 - at


def introduced(sentence: Sentence, at: int, text: str, lex: Lexicon) -> Mention | None:
    """Return who speaks after a colon without a verb of saying: ``Rossi was blunt: "We lost."``."""
    words, inner = sentence.words, _inside(sentence, at, text)
    if at == 0 or words.low[at - 1] not in _COLONS:
        return None
    beside = ending(sentence.mentions, at - 1)
    enough = _HEADLINE if beside is not None and beside.kind == "person" else _OWN_WORDS
    if weight(inner) < enough or lex.quotations.works.within(words.low, max(0, at - 3), at):
        return None
    able = [m for m in sentence.mentions if m.high < at and (m.kind != "pronoun" or m.low == 0)]
    named = [m for m in able if m.kind != "many" and not _object(words, m, lex)]
    first = named[0] if named else Mention(0, 0, "many")
    if beside is None or not (beside in named or beside.kind == "many"):
        return first
    between = words.low[first.high : beside.low]
    if between[:1] == [","] and "," in between[1:]:  # "Riva, di Como, attacca Bassi: «…»"
        between = between[len(between) - list(reversed(between)).index(",") :]
    acts = 0 < sum(map(str.isalpha, between)) < _TERM and "," not in between[1:]  # "Riva attacca Bassi: «…»"
    return first if acts else beside


def _object(words: Words, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether a preposition or verb governs a noun phrase: ``A man approached Tom Lee and said: “…”``."""
    before = words.at(mention.low - 1)
    if before in lex.small.prepositions or lex.language.subject_may_follow:
        return before in lex.small.prepositions and not _told(words, mention, lex)
    acts = before in lex.quotations.tells or before.endswith(lex.continuation.past_endings)
    return acts or lex.continuation.past.at(words.low, mention.low - 1) > 0


def _told(words: Words, mention: Mention, lex: Lexicon) -> bool:
    """Tell whether a preposition leads from what was said to who said it: ``Il commento di Anna Neri: «…»``."""
    return lex.quotations.credited.within(words.low, max(0, mention.low - 3), mention.low - 1)


def embedded(sentence: Sentence, at: int, text: str, lex: Lexicon) -> Mention | None:
    """Return the subject of a sentence that many words in marks go on: ``Neri bolla il piano come «una follia»``."""
    words, inner = sentence.words, _inside(sentence, at, text)
    subject = next((m for m in sentence.mentions if m.low == 0 and m.kind not in {"many", "pronoun"}), None)
    if subject is None or not lex.language.subject_may_follow or weight(inner) < _FRAGMENT or not inner[:1].islower():
        return None
    between = words.low[subject.high : at]
    plain = all(word.isalpha() or word[-1] == "'" for word in between)
    return subject if between and plain and lex.small.turning.isdisjoint(between[:-1]) else None


def stands_alone(sentence: Sentence, at: int, text: str, *, goes_on: bool) -> bool:
    """Tell whether a passage without a cue is a sentence somebody said, not a title, slogan or term.

    One that goes on a quotation right before it may be short.
    """
    words, inner = sentence.words, _inside(sentence, at, text)
    whole = at == 0 and only_marks(words, 1, len(words)) and not inner[:1].islower()
    ended = inner[-1:] in _STOPS or words.at(at + 1) in {*_STOPS}
    return whole and ended and (goes_on or weight(inner) >= _SENTENCE)


def reads_as_speech(sentence: Sentence, at: int, text: str, lex: Lexicon) -> bool:
    """Tell whether a passage that no cue presents is a whole sentence beside another one, not part of that."""
    words, inner = sentence.words, _inside(sentence, at, text)
    apart = at == 0 or not (words.low[at - 1][0].isalnum() or words.low[at - 1] == "'s")
    apart = apart and not any(c.side == "right" and c.high <= at for c in sentence.cues)  # the words of that speaker
    ended = inner[-1:] in f"{_STOPS},，" or words.at(at + 1) in {"", *_PAUSES}
    whole = apart and ended and not inner[:1].islower()
    return whole and weight(inner) >= LONG and not names_a_work(words, at, lex)


def alone(sentence: Sentence, at: int) -> bool:
    """Tell whether a passage is all of its sentence, a dateline before it apart."""
    words = sentence.words
    begins = at == 0 or not words.low[at - 1][0].isalnum()
    return begins and only_marks(words, at + 1, len(words))


def names_a_work(words: Words, at: int, lex: Lexicon) -> bool:
    """Tell whether what stands beside the passage calls it a title, theme, slogan or program."""
    before = lex.quotations.works.within(words.low[:at], max(0, at - 4), at)
    return before or lex.quotations.works_after.at(words.low, at + 1) > 0


def is_work(sentence: Sentence, at: int, text: str, lex: Lexicon) -> bool:
    """Tell whether a passage is a title, theme or slogan by the word before it and for want of a sentence's end."""
    inner = _inside(sentence, at, text)
    named = lex.quotations.works.within(sentence.words.low[:at], max(0, at - 3), at)
    named = named and not (inner[:1].islower() and weight(inner) >= _SENTENCE)  # a title begins with a capital
    return named and inner[-1:] not in f"{_STOPS},，" and sentence.words.low[at - 1] not in _COLONS


def holds_own_words(sentence: Sentence, low: int, high: int, text: str, lex: Lexicon) -> bool:
    """Tell whether a reported clause holds the speaker's own words in marks."""
    for at, passage in sentence.quoted.items():
        words = weight(text[passage.start : passage.end])
        term = at > 0 and sentence.words.low[at - 1] in lex.small.determiners and words <= _TERM
        if low <= at < high and words >= _OWN_WORDS and not term and not names_a_work(sentence.words, at, lex):
            return True
    return False


def own_words(sentence: Sentence, at: int, text: str, lex: Lexicon, *, reported: bool) -> bool:
    """Tell whether words in marks are no name where nouns have capitals: ``der Plan sei „völlig überzogen“``."""
    inner = _inside(sentence, at, text)
    if reported and sentence.words.at(at - 1) in lex.small.indefinite:
        return True  # "es sei ein „Angriff auf uns alle“": a name has no such article
    if inner[:1].islower():
        led = sentence.words.at(at - 1) in lex.quotations.agents | lex.small.turning  # "als „unbegründet“ abgewiesen"
        return reported or led or weight(inner) >= _OWN_WORDS
    if names_a_work(sentence.words, at, lex) or not inner[:1].isalnum():
        return False
    words = inner.split()
    small = lex.small.prepositions | lex.small.determiners | lex.small.conjoined
    clause = reported and any(word.islower() and word not in small for word in words)
    own = lex.continuation.first_person.within([word.lower() for word in words], 0, len(words))
    return (clause and weight(inner) >= _FRAGMENT) or (own and weight(inner) >= _SENTENCE)


def presents(sentence: Sentence, cue: Cue, direct: Mapping[int, object], lex: Lexicon) -> bool:
    """Tell whether a cue only presents quotations and has no reported clause beside them."""
    words = sentence.words
    if cue.side != "right" and any(at < cue.low and only_marks(words, at + 1, cue.low) for at in direct):
        return True
    if cue.side == "both":
        return any(cue.high <= at and only_marks(words, cue.high, at) for at in direct)
    low, high = (cue.high, len(words)) if cue.side == "right" else (0, cue.low)
    high = min([high, *(c.low for c in sentence.cues if c.low >= cue.high)])
    said = [i for i in range(low, high) if words.low[i][0].isalnum() and words.low[i] not in lex.small.conjoined]
    return not said and any(low <= at < high for at in direct)


def nested(sentence: Sentence, outer: Cue, inner: Cue, lex: Lexicon) -> bool:
    """Tell whether what somebody is said to say is part of what another says: ``Reed said that Li said that``."""
    between = sentence.words.low[outer.high : inner.low]
    known = outer.subject is not None and outer.subject.high > outer.subject.low and lex.language.script != "han"
    clause = all(word[0].isalnum() and word not in lex.small.adversatives for word in between)
    joined = bool(between) and between[-1] in lex.small.conjoined  # "…, and he stated that"
    return (
        known and clause and not joined and outer.high <= inner.low and inner.side == "right" and bool(inner.subject)
    )


def belated(sentence: Sentence, lex: Lexicon) -> Cue | Mention | None:
    """Return what a sentence says of the quotation before it: ``Lo ha detto il sindaco.``, ``Rossi said.``."""
    words = sentence.words
    own = any(at and words.low[at - 1] in _COLONS for at in sentence.quoted)  # "Lo conferma Neri: «…»"
    starts = lex.quotations.belated.at(words.low, 0) if len(words) and not own else 0
    for cue in sentence.cues[:1]:
        if not cue.tied and only_marks(words, cue.high, len(words)):
            return cue
        if starts and cue.low <= starts and cue.subject is not None:
            return cue
    if starts:
        reach = starts + (2 if starts < _LED else _LED + 1)  # "È quanto emerge da un'analisi di Istat"
        return next((m for m in sentence.mentions if starts <= m.low <= reach), None)
    return None
