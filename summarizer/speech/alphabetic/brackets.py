"""Cues of a language whose verbs stand second or last and around their clause, as the German ones do."""

from collections.abc import Sequence

from summarizer.speech.alphabetic.complements import comma_opens
from summarizer.speech.alphabetic.descriptions import described
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, verb_at
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention, beginning
from summarizer.speech.words import QUOTED, Words, span

__all__ = ["as_clause", "by_nobody", "naming", "of_the_last", "paper", "spoken_to"]

_CLAUSE = 24  # words of a clause up to the verb that ends it


def paper(words: Words, at: int) -> Mention | None:
    """Return a paper whose name stands in marks behind its article: ``der „Nordbote“``."""
    marked = at + 1 < len(words) and words.low[at + 1] == QUOTED
    return (
        Mention(at, at + 2, "body", name=span(words.starts[at + 1] + 1, words.ends[at + 1] - 1)) if marked else None
    )


def as_clause(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``Wie die Sprecherin der Stadt, Anna Lindner, am Montag mitteilte, …``, with its verb at the end."""
    commas = [i for i in range(at + 2, min(at + _CLAUSE, len(words))) if words.low[i] == ","]
    for comma in commas:
        verb = verb_at(words, comma - 1, lex)
        if verb is None:
            continue
        subject = _subject(words, at + 1, verb.start, found, lex)
        pronoun = subject is None or subject.kind == "pronoun"
        return None if pronoun or at > 0 else Cue(at, comma + 1, "right", subject)
    return None


def _subject(words: Words, low: int, high: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    if words.low[low] in lex.small.prepositions:
        return Mention(low, high, "many")  # "Wie aus Firmenkreisen verlautete"
    apposed = (
        m for m in found if low < m.low and m.kind == "person" and words.low[m.low - 1] == "," == words.low[m.high]
    )
    named = next(apposed, None) or beginning(found, low)
    noun = next((i + 1 for i in range(low, high) if i in words.nouns), high)
    return named or paper(words, low) or described(words, low, noun, lex)


def by_nobody(words: Words, at: int, lex: Grammar) -> Cue | None:
    """Read ``ihm wird vorgeworfen, er habe …`` and ``…, wird vermutet``, which tell nobody who says it."""
    length = lex.verbs.participles.at(words.low, at)
    end = at + length
    if not length or end >= len(words):
        return None
    end += words.low[end] in lex.verbs.passives
    clause = _clause(words, at)
    if end == at + length and lex.verbs.passives.isdisjoint(words.low[clause:at]):
        return None
    somebody = Mention(at, at, "many")
    if clause > 0 and at - clause == 1 and (end == len(words) or words.low[end] == "."):
        return Cue(clause - 1, end, "left", somebody)
    opened = end < len(words) and words.low[end] == "," and comma_opens(words, end, lex)
    opened = opened or words.low[end : end + 1] == ["dass"]
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
