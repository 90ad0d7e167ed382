"""Cues of a language whose verbs stand second or last and around their clause, as the German ones do."""

from collections.abc import Sequence

from summarizer.speech.alphabetic.asides import aside_end
from summarizer.speech.alphabetic.complements import comma_opens
from summarizer.speech.alphabetic.descriptions import described
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, verb_at
from summarizer.speech.alphabetic.viewpoints import closing, starting
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention, beginning, ending
from summarizer.speech.words import QUOTED, Words, span

__all__ = [
    "according",
    "account_of",
    "as_clause",
    "behind_source",
    "by_nobody",
    "naming",
    "of_the_last",
    "paper",
    "spoken_to",
]

_ACCOUNT = 3  # words to the noun of an account: "einem achtseitigen Bericht"
_OWNED = 5  # words from the noun of an account to its preposition: "Angaben der Polizei zufolge"
_CLAUSE = 24  # words of a clause up to the verb that ends it


def paper(words: Words, at: int) -> Mention | None:
    """Return a paper whose name stands in marks behind its article: ``der „Nordbote“``."""
    if words.at(at + 1) != QUOTED:
        return None
    return Mention(at, at + 2, "body", name=span(words.starts[at + 1] + 1, words.ends[at + 1] - 1))


def as_clause(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``Wie die Sprecherin der Stadt, Anna Lindner, am Montag mitteilte, …``, with its verb at the end."""
    commas = (i for i in range(at + 2, min(at + _CLAUSE, len(words))) if at == 0 and words.low[i] == ",")
    verb = next((verb for comma in commas if (verb := verb_at(words, comma - 1, lex))), None)
    subject = _subject(words, at + 1, verb.start, found, lex) if verb else None
    told = verb is not None and subject is not None and subject.kind != "pronoun"
    return Cue(at, verb.end + 1, "right", subject) if told and verb else None


def _subject(words: Words, low: int, high: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    if words.low[low] in lex.small.prepositions:
        return Mention(low, high, "many")  # "Wie aus Firmenkreisen verlautete"
    persons = (m for m in found if low < m.low and m.kind == "person")
    apposed = next((m for m in persons if words.low[m.low - 1] == "," == words.low[m.high]), None)
    named = apposed or beginning(found, low)
    noun = next((i + 1 for i in range(low, high) if i in words.nouns), high)
    return named or paper(words, low) or described(words, low, noun, lex)


def by_nobody(words: Words, at: int, lex: Grammar) -> Cue | None:
    """Read ``ihm wird vorgeworfen, er habe …`` and ``…, wird vermutet``, which tell nobody who says it."""
    length, clause = lex.verbs.participles.at(words.low, at), _clause(words, at)
    end = words.past(at + length, lex.verbs.passives)
    passive = end > at + length or not lex.verbs.passives.isdisjoint(words.low[clause:at])
    if not length or not passive:
        return None
    somebody = Mention(at, at, "many")
    if at - clause == 1 and clause > 0 and words.at(end) in {"", "."}:
        return Cue(clause - 1, end, "left", somebody)
    opened = words.at(end) in lex.cues.conjunctions or (words.at(end) == "," and comma_opens(words, end, lex))
    return Cue(at, end + 1, "right", somebody) if opened else None


def _clause(words: Words, at: int) -> int:
    return next((i + 1 for i in range(at - 1, -1, -1) if not words.low[i][0].isalnum() and words.low[i] != QUOTED), 0)


def of_the_last(words: Words, verb: Verb, subject: Mention | None, lex: Grammar) -> Cue | None:
    """Read ``Das berichtete die Zeitung am Montag.``, which says whose the sentence before is."""
    starts = lex.quotations.belated.at(words.low, 0)
    if not starts or verb.start != starts or verb.force != "states" or subject is None:
        return None
    return Cue(0, len(words), "left", subject, tied=False)


def spoken_to(words: Words, verb: Verb, first: Mention | None, found: Sequence[Mention], lex: Grammar) -> bool:
    """Tell whether what stands before the verb is no subject, one following: ``Am Montag sagte Karl Winter``."""
    after = beginning(found, verb.end)
    if first is None or after is None or first.low >= verb.start:
        return False
    clause = _clause(words, verb.start)
    hearer = first.kind != "person" == after.kind and first.high == verb.start and words.low[clause] in {"der", "dem"}
    return hearer or words.low[clause] in lex.small.prepositions - lex.small.determiners


def naming(words: Words, verb: Verb, subject: Mention | None) -> Cue | None:
    """Read ``lobte den „wichtigen Schritt“``: marks in the verb's own clause, which may hold a name as well."""
    stop = next(
        (i for i in range(verb.end, len(words)) if not (words.low[i][0].isalnum() or words.low[i] == QUOTED)), 0
    )
    at = next((i for i in range(verb.end, stop) if words.low[i] == QUOTED), None)
    if subject is None or at is None or verb.force == "expresses":
        return None
    return Cue(min(subject.low, verb.start), at, "right", subject, tied=False)


def behind_source(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``der Polizei zufolge`` and ``Berichten zufolge``, where the preposition stands behind its noun."""
    told = tuple(lex.verbs.nouns | lex.cues.channels)
    near = range(at - 1, max(-1, at - 1 - _OWNED), -1)
    noun = next((i for i in near if words.low[i].endswith(told)), None)
    if noun is None or not all(word[0].isalnum() or word == QUOTED for word in words.low[noun:at]):
        subject = ending(found, at)
        return _verb_second(words, subject.low, at + 1, subject, lex) if subject is not None else None
    subject = _genitive(words, noun + 1, found, lex) if noun < at - 1 else None
    low = noun - (words.at(noun - 1) in lex.small.determiners)  # "Angaben der Polizei zufolge"
    return _verb_second(words, low, at + 1, subject or Mention(low, at, "many"), lex)


def according(words: Words, at: int, start: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``laut Polizei ist …``, ``nach ersten Angaben ist …`` and ``nach Ansicht von Rossi ist …``.

    A noun of account tells that a preposition ("nach") is no "after"; its genitive is whose account it is.
    """
    plain = words.low[at] in lex.small.prepositions
    told = lex.verbs.nouns if plain else lex.verbs.nouns | lex.cues.channels
    ahead = range(start, min(start + _ACCOUNT, len(words) - 1))
    noun = next((i for i in ahead if words.low[i].endswith(tuple(told))), None)
    source: Mention | None = None
    if noun is not None and all(word.isalpha() for word in words.low[start:noun]):
        source = _genitive(words, noun + 1, found, lex) or Mention(start, noun + 1, "many")
    elif not plain and words.low[start] not in lex.small.prepositions - lex.small.determiners:
        source = _paper(words, start, lex) or _genitive(words, start, found, lex, bare=True)
    return _verb_second(words, at, _apposed(words, source.high, lex), source, lex) if source is not None else None


def _apposed(words: Words, at: int, lex: Grammar) -> int:
    """Step over what is told of a source between commas: ``Laut Karl Winter, Chef von Nordbau, ist …``."""
    if words.at(at) != ",":
        return at
    stop = words.edge(at + 1)
    told = words.at(stop) == "," and lex.cues.finite.isdisjoint(words.low[at:stop])
    return aside_end(words, at, lex) or (stop if told else at)


def account_of(words: Words, cue: Cue, subject: Mention, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return whose account a subject speaks of: ``Sie lehnte den Vorschlag der Stadt ab, den Hafen zu schließen``."""
    ahead = range(subject.high, cue.high - 1)
    noun = next((i for i in ahead if words.low[i].endswith(tuple(lex.verbs.nouns))), None)
    return _genitive(words, noun + 1, found, lex) if noun is not None else None


def _genitive(words: Words, at: int, found: Sequence[Mention], lex: Grammar, *, bare: bool = False) -> Mention | None:
    """Return whose account it is: ``der Polizei``, ``von Ermittlern``, ``politischer Beobachter``, ``Winters``.

    A source itself (`bare`) has no genitive: ``laut | Polizei``.
    """
    low = at + (words.low[at] in lex.names.genitive or words.low[at] in lex.small.determiners)
    owner = starting(found, low) or paper(words, low - 1)
    owner = owner if owner is not None and owner.low >= at else None
    high = next((i + 1 for i in range(low, min(low + _ACCOUNT, len(words))) if i in words.nouns), low)
    if low == at and not bare:
        end = next(i for i in range(at, len(words) + 1) if not words.capital(i))
        if end > at and words.low[end - 1].endswith("s"):
            return Mention(at, end, "person", name=span(words.starts[at], words.ends[end - 1] - 1))
        if not words.low[low].endswith("er"):
            return None
    if high == low or (owner is not None and owner.high >= high):
        return owner
    told = span(words.starts[low], words.ends[high - 1])
    return Mention(low, high, "role", role=told, description=told, head=words.low[high - 1], indefinite=True)


def _in_side_clause(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a relative clause has begun and is not over: ``ein Bau, der nach Angaben der Stadt …, ist``."""
    comma = next((i for i in range(at - 1, -1, -1) if words.low[i] == ","), None)
    opener = words.low[comma + 1] if comma is not None else ""
    led = comma is not None and (comma + 2 == at or words.low[comma + 2] in lex.small.prepositions)
    return opener in lex.cues.relatives or (led and opener in lex.small.determiners)


def _paper(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Return a paper or account that tells nobody's name: ``nach | Polizeiangaben``, ``laut | Medienberichten``."""
    for index in range(at, min(at + _ACCOUNT, len(words))):
        if words.low[index] == QUOTED or words.low[index].endswith(tuple(lex.cues.channels)):
            return Mention(at, index + 1, "many")
    return None


def _verb_second(words: Words, at: int, high: int, subject: Mention, lex: Grammar) -> Cue | None:
    """Return a source that no comma parts from what is said: ``Laut Polizei ist …``, ``Das ist laut Polizei …``."""
    if at == 0:
        return Cue(at, high + (words.at(high) == ","), "right", subject)
    if _in_side_clause(words, at, lex):
        return None
    until = next((i for i in range(high, len(words)) if words.low[i] == ";"), None)
    return closing(words, at, high, subject) or Cue(at, high, "both", subject, until=until)
