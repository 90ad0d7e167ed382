"""An office inside a noun phrase, and what stands beside it: the person's name and the body it is held in."""

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.nouns import is_role, joins, named, titled, within_name
from summarizer.speech.words import Words

__all__ = ["around", "attributive", "family_name", "role_span"]


def role_span(words: Words, start: int, end: int, lex: Grammar) -> tuple[int, int] | None:
    """Return the office in ``words[start:end]`` with its adjectives, None when there is none."""
    if start >= end:
        return None
    heads = (i for i in range(start, end) if is_role(words.low[i], lex))
    head = next((i for i in heads if not family_name(words, start, i, end, lex)), None)
    if head is None:
        return None
    low = head
    while low > start and (titled(words, low - 1, lex) or words.low[low - 1] in lex.names.nationalities):
        low -= 1
    while lex.language.nouns_before_nouns and low > start and attributive(words, low - 1, lex):
        low -= 1
    noun = lex.language.nouns_before_nouns and low == 1 and start == 0
    if noun and words.capital(0) and words.printed[1].islower():
        low -= words.low[0] in lex.names.units  # "Battalion chief Simmons" at a sentence's head
    high = head + 1
    while high < end and (_after_head(words, head, high, lex) or _adjectival(words, high, lex)):
        high += 1 + _two_adjectives(words, high + 1, end, lex)
    return low, high


def family_name(words: Words, start: int, at: int, end: int, lex: Grammar) -> bool:
    """Tell whether the noun of a calling is rather somebody's family name: ``Kate Baker``."""
    particle = words.low[at - 1] in lex.small.particles and words.low[at - 1] not in lex.small.determiners
    if particle and at > start + 1 and words.capital(at) and words.capital(at - 2):
        return True  # Lorenzo de' Medici
    if words.low[at] not in lex.entities.surnames or not words.capital(at) or at <= start:
        return False
    last = at == end - 1 or not words.capital(at + 1)
    before = words.low[at - 1]
    return last and words.capital(at - 1) and not titled(words, at - 1, lex) and before not in lex.names.bodies


def attributive(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a word in small letters before an office says of what: ``a marine biologist``."""
    low = words.low[at]
    function_word = joins(low, lex) or low in lex.verbs.auxiliaries
    return words.printed[at].islower() and low.isalpha() and not function_word


def _after_head(words: Words, head: int, at: int, lex: Grammar) -> bool:
    """Tell whether an office goes on after its noun; a capital after one in small letters begins the name."""
    name = lex.language.adjectives_follow and words.capital(at) and not words.capital(head)
    return titled(words, at, lex) and not name and not family_name(words, head, at, at + 1, lex)


def _adjectival(words: Words, at: int, lex: Grammar) -> bool:
    return words.printed[at].islower() and words.low[at].endswith(lex.names.adjective_endings)


def _two_adjectives(words: Words, at: int, end: int, lex: Grammar) -> bool:
    """Tell whether "and" joins an adjective to the one before it: ``consejera económica | y comercial``."""
    and_ = lex.language.adjectives_follow and at + 1 < end and words.low[at] in lex.small.conjoined
    return (
        and_
        and words.printed[at + 1].islower()
        and _adjectival(words, at + 1, lex)
        and _adjectival(words, at - 1, lex)
    )


def around(
    words: Words, start: int, end: int, role: tuple[int, int], lex: Grammar
) -> tuple[tuple[int, int] | None, tuple[int, int] | None, tuple[int, int]]:
    """Part what stands beside an office into the name, the body it is held in, and the office in full."""
    low, high = role
    left = next((i for i in range(start, low) if words.low[i] == "'s"), low)
    before = (start, left) if left > start and any(words.capital(i) for i in range(start, left)) else None
    if left - start == 1 and words.low[start] in lex.names.numbers:
        before = None  # "Two officials"
    if high >= end:
        return None, before, role
    surname = words.capital(high) and high + 1 < end and within_name(words, high, lex)  # "il presidente Di Girolamo"
    if surname or not (words.low[high] in lex.small.of or words.low[high] in lex.small.conjoined):
        return ((high, _of_place(words, high, end, lex)) if words.capital(high) else None), before, role
    name = _name_at_end(words, high, end, lex)
    stop = name[0] if name else end
    two = any(
        words.low[i] in lex.entities.roles and words.low[i - 1] in lex.small.conjoined for i in range(high, stop)
    )
    if two or not lex.names.diplomats.isdisjoint(words.low[low:high]):
        return name, before, (low, stop)
    last = _without_bracket(words, high, stop)
    high, complement = _complement(words, high, last, lex)
    loan = high < last and words.low[high] == "of"  # Italian firms have a "Head of Sales"
    field = (loan or lex.language.nouns_before_nouns) and _field(words, complement, stop, lex)
    if before is None and complement < last and not field:
        return name, (complement, last), (low, high)
    return name, before, (low, stop)


def _of_place(words: Words, start: int, end: int, lex: Grammar) -> int:
    """Return where a person's name ends in ``Professor John Reed of Yale``, ``Minister Karl Winter (SPD)``."""
    small = (i for i in range(start + 1, end) if words.printed[i].islower() and not within_name(words, i, lex))
    bracket = (i for i in range(start + 1, end) if words.low[i] == "(" and lex.language.nouns_capital)
    return min(next(small, end), next(bracket, end))


def _field(words: Words, start: int, stop: int, lex: Grammar) -> bool:
    """Tell whether an office's complement is a field, not a body or place: ``director of public works``."""
    return not any(
        (words.capital(i) or words.low[i] in lex.names.bodies or words.low[i] in lex.names.places)
        and words.low[i] not in lex.names.fields
        for i in range(start, stop)
    )


def _complement(words: Words, high: int, stop: int, lex: Grammar) -> tuple[int, int]:
    """Return where an office ends and where its body begins: ``Head of Sustainability | at | Novaplast Group``.

    A field belongs to the office: Italian says it with "a" ("assessora alla Cultura"), English with the
    preposition before the one of the body.
    """
    body = high + 1 < stop and words.low[high + 1] in lex.names.bodies and words.printed[high + 1].islower()
    if words.low[high] in lex.names.portfolios and not body:  # "assessora alla Cultura", but "primaria all'ospedale"
        end = high + 1
        while end < stop and words.low[end] not in lex.small.of:
            end += 1
        high = end
    else:
        loan = lex.language.body_noun_first and words.low[high] == "of"  # "Head of Sales | di | Alpenwerk"
        bodies = lex.small.of if loan else lex.names.at
        second = [i for i in range(high + 1, stop) if words.low[i] in bodies]
        if lex.language.body_noun_first and _small_field(words, high, stop, lex):
            second = [i for i in range(high + 1, stop) if words.low[i] in lex.small.of] or [stop]
        high = second[0] if second and words.low[high] not in lex.names.at else high
    complement = high
    while complement < stop and (
        words.low[complement] in lex.small.of or words.low[complement] in lex.small.determiners
    ):
        complement += 1
    return high, complement


def _small_field(words: Words, at: int, stop: int, lex: Grammar) -> bool:
    """Tell whether an office's complement is its field: ``presidente degli spedizionieri``."""
    end = next((i for i in range(at + 1, stop) if words.low[i] in lex.small.of), stop)
    return _field(words, at + 1, end, lex)


def _without_bracket(words: Words, start: int, end: int) -> int:
    """Leave a bracket at the end out: ``Sarezzo (provincia di Brescia)``, and ``Brescia)`` that one closes."""
    if end <= start or words.low[end - 1] != ")":
        return end
    return next((i for i in reversed(range(start, end)) if words.low[i] == "("), end - 1)


def _name_at_end(words: Words, start: int, end: int, lex: Grammar) -> tuple[int, int] | None:
    """Return the person's name that ends ``of the China Chamber of International Commerce Sun Xiao``."""
    low = end
    while low > start and named(words, low - 1, lex) and words.low[low - 1] not in lex.names.places:
        low -= 1
    before = words.low[low - 1]
    after_head = before in lex.names.places or before == ")" or before in lex.names.bodies
    lower = words.printed[low - 1].islower()
    if not lex.language.body_noun_first and before in lex.small.determiners and lower:
        return None  # "a spokeswoman for the Food Crime Unit"
    after_head = after_head or (lower and not joins(before, lex))
    return (end - 2, end) if end - low > 2 or (after_head and end - low == 2) else None
