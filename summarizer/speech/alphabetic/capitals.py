"""Capitals of a language that gives one to every noun: which are names, and which are nouns and lose theirs here."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from summarizer.speech.alphabetic.grammar import Grammar, grammar
from summarizer.speech.alphabetic.verbs import is_verb
from summarizer.speech.words import Words

__all__ = ["named_in", "without_nouns"]

_HEAD = 4  # letters of the noun that ends a compound: Polizei|sprecher
_SPECIFIC = 2  # letters before it
_GENITIVES = ("", "s", "es", "n", "en")


def named_in(words: Words, lex: Grammar) -> frozenset[str]:
    """Return the words of a text that are names: two capitals beside one another, or one behind an office."""
    found: set[str] = set()
    for at in range(1, len(words)):
        before = _past_particles(words, at - 1, lex)
        if _may_name(words, at, lex) and (_may_name(words, before, lex) or _noun(words.low[before], lex)):
            found.update(words.low[i] for i in (before, at) if _may_name(words, i, lex))
    return frozenset(found)


def _past_particles(words: Words, at: int, lex: Grammar) -> int:
    """Step back over the small words inside a name, and a stop: ``Ursula | von der | Leyen``, ``Dr | . | Ursula``."""
    at -= at > 0 and words.low[at] == "." and words.low[at - 1] in lex.names.honorifics
    led = at > 1 and words.low[at] in lex.small.determiners and words.low[at - 1] in lex.small.particles
    at -= led
    return at - (at > 0 and words.low[at] in lex.small.particles)


def without_nouns(words: Words, names: frozenset[str], lex: Grammar) -> Words:
    """Return the words as a language prints them that gives capitals to names alone.

    A compound is read as the noun that ends it: ``Polizeisprecher`` is a ``sprecher``. The first of two goes
    (``Bau- und``), and the comma before a conjunction: ``sagte, dass`` is *said that*.
    """
    printed, low = list(words.printed), list(words.low)
    small = (lex.small.openers, lex.small.determiners, lex.small.pronouns)
    for at in range(len(words)):
        if not words.capital(at):
            continue
        noun = "" if at and _is_name(words, at - 1, names, lex) else _noun(words.low[at], lex)
        if noun:
            low[at] = noun
        if noun or not _is_name(words, at, names, lex):
            printed[at] = words.printed[at][0].lower() + words.printed[at][1:]
    gone = {i for at in range(len(words)) for i in _shortened(words, at, lex)}
    kept = [at for at in range(len(words)) if at not in gone and not _before_conjunction(words, at, lex)]
    starts, ends = words.starts, words.ends
    nouns = (i for i, at in enumerate(kept) if printed[at] != words.printed[at])
    return replace(
        words,
        printed=[printed[at] for at in kept],
        low=[low[at] for at in kept],
        starts=[starts[at] for at in kept],
        ends=[ends[at] for at in kept],
        nouns=frozenset(i for i in nouns if not any(low[kept[i]] in known for known in small)),
    )


def _shortened(words: Words, at: int, lex: Grammar) -> range:
    """Return the words that stand for a compound whose last part follows: ``Bau- und | Verkehrsminister``."""
    if at + 3 >= len(words) or words.low[at + 1] != "-" or words.ends[at] != words.starts[at + 1]:
        return range(0)
    joined = words.capital(at) and words.low[at + 2] in lex.small.conjoined and words.capital(at + 3)
    return range(at, at + 3) if joined else range(0)


def _before_conjunction(words: Words, at: int, lex: Grammar) -> bool:
    return words.low[at] == "," and at + 1 < len(words) and words.low[at + 1] in lex.cues.conjunctions


def _is_name(words: Words, at: int, names: frozenset[str], lex: Grammar) -> bool:
    """Tell whether a word is a name: known as one, all capitals, or beside a verb of saying and no article."""
    if not _may_name(words, at, lex):
        return False
    word = words.printed[at]
    if words.low[at] in names or (len(word) > 1 and word.isupper()):
        return True
    led = at > 0 and words.low[at - 1] in lex.small.determiners
    beside = [i for i in (at - 1, at + 1) if 0 <= i < len(words)]
    source = any(words.low[i] in lex.cues.according_after or _source(words, i, lex) for i in beside)
    return not led and (source or any(is_verb(words, i, lex) for i in beside))


def _source(words: Words, at: int, lex: Grammar) -> bool:
    return lex.cues.according.at(words.low, at) > 0 and words.low[at] not in lex.small.prepositions


def _may_name(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word has a capital and is no noun, adverb or article that we know."""
    low = words.low[at]
    function = (
        lex.small.openers,
        lex.small.determiners,
        lex.small.pronouns,
        lex.names.nationalities,
        lex.names.calendar,
        lex.verbs.nouns,
        lex.cues.channels,
    )
    return words.capital(at) and not any(low in some for some in function) and not _noun(low, lex)


def _noun(low: str, lex: Grammar) -> str:
    """Return the office, calling or body that a word is or that its compound ends in; empty where it is none."""
    return _known(low, lex.language.code)


@lru_cache(maxsize=1 << 14)  # a text has the same nouns again and again
def _known(low: str, language: str) -> str:
    return next((noun for stem in _stems(low) for noun in _ending(stem, grammar(language))), "")


def _stems(low: str) -> Iterable[str]:
    return (low.removesuffix(ending) for ending in _GENITIVES if low.endswith(ending))


def _ending(stem: str, lex: Grammar) -> Iterable[str]:
    nouns = (lex.callings, lex.names.bodies)
    if any(stem in some for some in nouns):
        yield stem
    for at in range(_SPECIFIC, len(stem) - _HEAD + 1):
        if any(stem[at:] in some for some in nouns) and stem[:at].rstrip("-") not in lex.entities.ranks:
            yield stem[at:]
