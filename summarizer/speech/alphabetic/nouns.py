"""Which words may be part of a name or an office."""

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import is_verb
from summarizer.speech.words import Words

__all__ = [
    "field_adjective",
    "honours",
    "is_role",
    "joins",
    "named",
    "starts_name",
    "surname",
    "titled",
    "within_name",
]

_STOPS = frozenset(".;:),")


def named(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word may be part of a name: a capital, and no function word at a sentence's head."""
    low, small = words.at(at), lex.small
    if not words.capital(at) or low in small.generic or (low in lex.names.calendar and not _paper(words, at, lex)):
        return False
    initial = len(low) == 1 and words.low[at + 1 : at + 2] == ["."]
    if surname(words, at, lex) or _prefixed(words, at, lex) or initial:
        return True  # He Jun; "Di Girolamo ha detto"
    if low in small.determiners or low in small.pronouns or lex.continuation.first_person.at(words.low, at):
        return False
    if at and words.low[at - 1][0].isalnum():
        return True
    if lex.language.subject_may_follow and (is_verb(words, at, lex) or _before_subject(words, at, lex)):
        return False  # "Disse il ministro"
    opens = low in lex.names.connectors or low in lex.verbs.auxiliaries or low in lex.cues.relatives
    opens = opens or low in small.openers or lex.cues.adverb.match(low) is not None
    return not (opens or lex.cues.according.at(words.low, at) or lex.continuation.goes_on.at(words.low, at))


def _paper(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a day is part of a name: ``the Sunday Tribune``."""
    last = at + 1 == len(words)
    return words.at(at - 1) in lex.small.determiners and (last or words.capital(at + 1))


def _before_subject(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word at a sentence's head is said of the office behind it: ``Furibonda la sindaca``."""
    return words.at(at + 1) in lex.small.determiners and words.plain(at + 1) and titled(words, at + 2, lex)


def _prefixed(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a preposition begins the family name before a verb: ``Di Girolamo ha detto``."""
    if not lex.language.subject_optional or words.low[at] not in lex.small.of or not within_name(words, at, lex):
        return False
    return words.at(at + 2) in lex.verbs.active or is_verb(words, at + 2, lex)


def starts_name(words: Words, at: int, lex: Grammar) -> int:
    """Return how many small particles begin a family name: ``ha detto van der Berg``."""
    end = words.past(at, lex.small.particles - lex.names.connectors)
    return end - at if words.capital(end) else 0


def within_name(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a preposition is part of a family name: ``Teresa Di Girolamo``, ``van der Berg``."""
    small = lex.small
    led = lex.language.nouns_capital and words.at(at - 1) in small.particles  # von der Leyen
    article = words.low[at] in small.determiners and (led or words.capital(at))
    preposition = words.low[at] in small.of and words.capital(at)
    return words.low[at] in small.particles or ((article or preposition) and words.capital(at + 1))


def surname(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether what looks like a pronoun is a family name: ``He Jun``, ``Lei Jun``."""
    if words.low[at] not in lex.small.pronouns or words.low[at] in lex.small.neuter or at + 1 >= len(words):
        return False
    if at and words.capital(at) and words.capital(at - 1):
        return True  # Wu Lei
    after = words.printed[at + 1]
    known = words.low[at + 1] in lex.names.calendar or words.low[at + 1] in lex.names.nationalities
    return words.capital(at) and after.istitle() and len(after) > 1 and not known


def honours(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether letters of an honour or degree follow a whole name: ``Margaret Hill KC``, ``Hill, PhD``."""
    if at < 2 or words.low[at] not in lex.names.postnominals or not words.capital(at):
        return False
    last = at - 1 - (words.low[at - 1] in {",", "."})
    names = last > 0 and words.capital(last) and words.capital(last - 1)
    return names and not titled(words, last, lex) and words.low[last] not in lex.names.bodies


def titled(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word is an office, an adjective of one, or a form of address."""
    low = words.at(at)
    return is_role(low, lex) or low in lex.names.honorifics or low in lex.names.role_modifiers


def is_role(low: str, lex: Grammar) -> bool:
    """Tell whether a word is the noun of an office or calling, in English in the plural too."""
    return low in lex.callings


def joins(low: str, lex: Grammar) -> bool:
    """Tell whether a small word joins the parts of a noun phrase: a preposition, an article, "and"."""
    return low in lex.names.connectors or low in lex.small.determiners or low in lex.small.conjoined


def field_adjective(words: Words, at: int, lex: Grammar) -> bool:
    """Tell an adjective (``l'Autorità portuale ha``) from a verb (``la Regione pubblica il bando``) after a body."""
    if at + 1 >= len(words) or not words.printed[at].islower() or not words.low[at].endswith(lex.names.field_endings):
        return False
    after = words.low[at + 1]
    known = after in lex.cues.finite or after in lex.names.genitive or after in _STOPS
    return (known or words.capital(at + 1) or is_verb(words, at + 1, lex)) and not is_verb(words, at, lex)
