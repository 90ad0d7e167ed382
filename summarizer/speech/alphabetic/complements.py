"""What follows a verb of saying: a clause, a quotation, or nothing but time and place."""

from summarizer.speech.alphabetic.asides import aside_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, verb_at
from summarizer.speech.continuation import in_mood
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, Words

__all__ = ["begins_clause", "closes", "comma_opens", "content_start", "opens_infinitive", "past_circumstances"]

_OBJECT = 14  # words between a verb and its conjunction: "told reporters in Beijing on Monday that"
_CLAUSE = 8  # words from the beginning of a clause without "that" to its verb
_QUOTATION = 8  # words between a verb and the quotation it presents
_ENDS = frozenset(".!?…;")


def content_start(words: Words, verb: Verb, subject: Mention | None, lex: Grammar, *, same: bool) -> int | None:
    """Return where what is said begins on the right of a verb, None when it does not.

    Args:
        words: the sentence.
        verb: the verb.
        subject: its subject.
        lex: the language.
        same: the subject is left out, and known from before.
    """
    if verb.end >= len(words):
        return None
    infinitive = _bare_infinitive(words, verb, lex) if subject is not None and verb.force == "states" else None
    begun = _posed(words, verb, lex) if infinitive is None else infinitive
    if begun is not None:
        return begun
    told = _conjunction(words, verb, lex)
    open_ended = told is None and words.low[verb.end][0].isalnum() and verb.at > verb.start
    if open_ended and comma_opens(words, verb.end - 1, lex):
        told = verb.end  # "hat angekündigt | im Herbst anzutreten": the comma is left out
    told = _past_hearer(words, verb, lex) if told is None and verb.hearer and subject is not None else told
    if told is not None or verb.force in {"expresses", "asks"}:
        return told
    stressed = lex.verbs.stresses.at(words.low, verb.end - 1) and words.low[verb.end] not in lex.names.portfolios
    inflected = words.low[verb.start].endswith(lex.continuation.reporting)  # "avrebbe chiesto"
    if stressed and not inflected and (same or subject is not None):
        return verb.end if words.low[verb.end][0].isalnum() else None
    start = past_circumstances(words, verb.end, lex)
    quoted = (
        subject is not None and words.at(start) == QUOTED and lex.language.subject_may_follow
    )  # "dit mardi « … »"
    parted = _parted_clause(words, subject, start, lex)
    if parted or quoted or start >= len(words) - 2 or not words.low[start][0].isalnum():
        return start + int(parted) if parted or quoted else None
    clause = _pronoun(words, start, lex) or (verb.force == "states" and _finite_clause(words, start, lex))
    bare = verb.force == "says" and (words.low[start] not in lex.small.of or _begun_clause(words, start, lex))
    return start if bare or (clause and subject is not None) else None


def _posed(words: Words, verb: Verb, lex: Grammar) -> int | None:
    """Return where a question that is told begins, or a thing and what it is called.

    ``asked her | if she would`` and ``described | the plan as a mistake``.
    """
    asks = lex.verbs.queries.at(words.low, verb.end - 1)
    openers = lex.cues.query_words if asks else lex.cues.described_as
    if not asks and not lex.verbs.describes.at(words.low, verb.end - 1):
        return None
    for at in range(verb.end, min(verb.end + _OBJECT, len(words) - 1)):
        if words.low[at] in openers and (asks or words.low[at + 1] in {QUOTED, *lex.small.determiners}):
            thing = asks and at > verb.end and words.low[verb.end] in lex.small.determiners
            return None if thing and lex.language.subject_may_follow else at if asks else verb.end
        if not (words.low[at][0].isalnum() or words.low[at] == QUOTED) or words.low[at] in lex.cues.conjunctions:
            break
    return None


def _parted_clause(words: Words, subject: Mention | None, at: int, lex: Grammar) -> bool:
    """Tell whether a clause follows a comma and a frame that begins the sentence: ``Reed said, when it rains``."""
    first = subject is not None and subject.low == 0 and QUOTED not in words.low
    if not first or not lex.language.conjunction_optional or words.low[at : at + 1] != [","]:
        return False
    loose = (lex.small.conjoined, lex.small.adversatives, lex.small.personal, lex.cues.conjunctions)
    aside = aside_end(words, at, lex) or lex.cues.gerunds.at(words.low, at + 1)
    return words.at(at + 1)[:1].isalnum() and not aside and not any(words.low[at + 1] in some for some in loose)


def _begun_clause(words: Words, start: int, lex: Grammar) -> bool:
    """Tell whether a clause begins with a phrase: ``said | in good weather, it works``, ``at least 12 were hurt``."""
    for at in range(start + 1, min(start + _CLAUSE, len(words) - 1)):
        after = words.low[at + 1]
        if words.low[at] == ",":
            return after in lex.small.determiners or after in lex.small.pronouns
        if words.low[at] in lex.cues.finite or words.low[at] in lex.cues.relatives or words.low[at] == QUOTED:
            return words.low[at] in lex.cues.finite
    return False


def begins_clause(words: Words, start: int, lex: Grammar) -> bool:
    """Tell whether a clause begins without "that": ``they were late``, ``the bridge would hold``."""
    return start < len(words) and (_pronoun(words, start, lex) or _finite_clause(words, start, lex))


def _pronoun(words: Words, at: int, lex: Grammar) -> bool:
    return words.at(at) in lex.small.pronouns or lex.continuation.first_person.at(words.low, at) > 0


def _finite_clause(words: Words, start: int, lex: Grammar) -> bool:
    """Tell whether a clause begins without "that": ``admitted his side had been lucky``."""
    if not lex.language.conjunction_optional or not (
        words.low[start] in lex.small.determiners or words.capital(start) or words.low[start].isdigit()
    ):
        return False
    for index in range(start + 1, min(start + _CLAUSE, len(words))):
        low = words.low[index]
        if low in lex.cues.finite and words.printed[index].islower():
            return True
        if not (low[0].isalnum() or low == "'s") or low in lex.cues.relatives or low in lex.small.conjoined:
            break
    return False


def _past_hearer(words: Words, verb: Verb, lex: Grammar) -> int | None:
    """Return where the clause begins in ``told the BBC the plan was dead``."""
    at = words.past(verb.end, lex.small.determiners)
    at += words.at(at).isalpha()
    while words.at(at) == "'s" or (words.capital(at) and (words.low[at - 1] == "'s" or words.capital(at - 1))):
        at += 1  # "told PBC's Jake Moss she would vote"
    at = past_circumstances(words, at, lex)
    begins = words.at(at) in lex.small.determiners or _pronoun(words, at, lex)
    return at if begins and at < len(words) - 2 else None


def _conjunction(words: Words, verb: Verb, lex: Grammar) -> int | None:
    """Return the place after "that" or a colon, or that of a quotation, which the verb governs."""
    for index in range(verb.end, min(verb.end + _OBJECT, len(words))):
        word = words.low[index]
        following = words.at(index + 1)
        felt = verb.force == "expresses" and word in lex.verbs.nouns and following in lex.cues.infinitive
        governed = word in lex.cues.infinitive_of and not lex.language.comma_before_clause
        infinitive = governed and not verb.wish and _infinitive(words, verb, index, lex)
        clause = verb.force != "asks" and following != "'s" and _opens_clause(words, verb, index, lex)
        time = words.low[index - 1][-1].isdigit() and following[:1].isdigit()  # "22:00"
        colon = word == ":" and not time and (verb.force != "asks" or following == QUOTED)
        if colon or felt or infinitive or clause:
            return index + 1
        if word == QUOTED and (index <= verb.end + _QUOTATION or lex.language.verb_brackets):
            beside = words.low[index - 1] in {",", ":"} or index == past_circumstances(words, verb.end, lex)
            named = verb.force == "asks" or words.low[index - 1] in lex.cues.relatives  # "wies sie als „…“ zurück"
            framed = beside or (named and QUOTED not in words.low[:index])
            if framed or not lex.language.verb_brackets:
                return index if framed else None  # "sagte der Zeitung „…“, sie komme" goes on
        if word == "," and verb.force != "asks" and comma_opens(words, index, lex):
            return index + 1
        parted = _past_aside(words, index, lex) if word == "," else 0
        if parted:
            return parted
        if word in _ENDS or (word == "," and following != QUOTED):
            break
        other = verb_at(words, index, lex) if index > verb.end and word not in lex.verbs.nouns else None
        if other is not None and not (other.start == verb.start and lex.language.verb_brackets):
            break
    return None


def comma_opens(words: Words, comma: int, lex: Grammar) -> bool:
    """Tell whether a comma alone opens what is said, by the mood of its verb: ``sagte, der Hafen sei zu``."""
    if not lex.language.comma_before_clause:
        return False
    marks = (i for i in range(comma + 1, len(words)) if words.low[i] in {",", *_ENDS})
    end = next((i for i in marks if not words.at(i + 1)[:1].isdigit()), len(words))
    clause = words.low[comma + 1 : end]
    if not clause or (clause[0] in lex.cues.relatives and not in_mood(words, end - 1, lex)):
        return False  # "sagte, wie es war", but "lehnte ab, da er krank sei"
    last = clause[-1]
    to = any(particle in last[1:-3] or particle in clause[-2:-1] for particle in lex.cues.infinitive_of)
    mood = any(in_mood(words, i, lex) for i in range(comma + 1, end))
    return (to and last.endswith(lex.cues.infinitive_endings)) or mood


def _bare_infinitive(words: Words, verb: Verb, lex: Grammar) -> int | None:
    """Return where an infinitive that needs no preposition begins what is said: ``affirme | n'avoir rien vu``."""
    if "" not in lex.cues.infinitive_of or verb.wish:
        return None
    start = past_circumstances(words, verb.end, lex)
    end = words.past(start, lex.cues.negations, lex.verbs.auxiliaries, lex.verbs.passives)  # "ne s'être"
    told = (w for w in words.low[start : end + 1] if w not in lex.names.calendar and w not in lex.verbs.auxiliaries)
    return start if any(word.endswith(lex.cues.infinitive_endings) for word in told) else None


def _infinitive(words: Words, verb: Verb, at: int, lex: Grammar) -> bool:
    """Tell whether an infinitive is what is said: ``di non toccare``, ``agli agenti di averlo visto``."""
    before = words.low[at - 1]
    hearer = words.low[verb.end] in lex.names.portfolios and not lex.verbs.stresses.at(words.low, verb.end - 1)
    felt = verb.force == "expresses" and before in lex.verbs.nouns  # "la speranza di"
    return opens_infinitive(words, at, lex) and (hearer or felt or at <= verb.end + 1)


def opens_infinitive(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether an infinitive with its preposition stands at `at`: ``di non toccare``."""
    to = at + 1 + (words.at(at + 1) in lex.cues.negations)
    return words.at(at) in lex.cues.infinitive_of and words.at(to).endswith(lex.cues.infinitive_endings)


def _past_aside(words: Words, at: int, lex: Grammar) -> int:
    """Return where the clause begins after ``claimed, | without evidence, that``, 0 where none does."""
    comma = next((i for i in range(at + 1, min(at + _CLAUSE, len(words) - 1)) if words.low[i] == ","), 0)
    opened = comma and (words.low[comma + 1] in lex.cues.conjunctions or opens_infinitive(words, comma + 1, lex))
    return comma + 2 if opened else 0


def _opens_clause(words: Words, verb: Verb, at: int, lex: Grammar) -> bool:
    """Tell whether "that" opens what is said; in "said stock had fallen and that" it opens a second clause."""
    before = words.low[at - 1]
    particle = lex.language.comma_before_clause  # "teilte mit, dass"
    later = (before in lex.small.of and not particle) or before in lex.small.conjoined
    relative = words.at(at + 1) in lex.cues.finite  # "a bridge that was built"
    if words.low[at] in lex.cues.conjunctions and past_circumstances(words, verb.end, lex) in {at, at - later}:
        return True  # "advirtió el viernes de que", "anunció este lunes que será"
    if words.low[at] not in lex.cues.conjunctions or at == verb.end or later or relative:
        return words.low[at] in lex.cues.conjunctions and at == verb.end
    first = words.low[verb.end]
    aside = any(first in some for some in (lex.small.prepositions, lex.cues.infinitive))
    aside = aside or past_circumstances(words, verb.end, lex) > verb.end
    inverts = lex.language.subject_optional or lex.language.comma_before_clause  # "ha detto il sindaco che"
    governs = not lex.language.conjunction_optional and (inverts or first not in lex.small.determiners)
    hearer = verb.hearer or governs or before in lex.verbs.nouns
    return aside or hearer or not first[0].isalnum() or lex.cues.adverb.match(first) is not None


def past_circumstances(words: Words, at: int, lex: Grammar) -> int:
    """Step over ``on Friday``, ``earlier this year`` and ``in a statement``."""
    while at < len(words):
        step = _channel(words, at, lex) or _time(words, at, lex)
        if not step:
            break
        at += step
    return at


def _channel(words: Words, at: int, lex: Grammar) -> int:
    start = words.past(at + 1, lex.small.determiners)
    end = words.past(start, lex.cues.channels)
    return end - at if words.low[at] in lex.small.of and end > start else 0


def _time(words: Words, at: int, lex: Grammar) -> int:
    start = at + (words.low[at] in lex.small.of)
    article = words.at(start) in lex.small.determiners and words.at(start + 1) in lex.names.calendar
    start += article  # "este lunes"
    end = words.past(start, lex.names.calendar, lex.cues.time_words)
    alone = end - start == 1 and words.low[start] in lex.small.determiners | {"last", "next"}
    return end - at if end > start and not alone else 0


def closes(words: Words, at: int, lex: Grammar, *, hearer: bool) -> bool:
    """Tell whether what follows a closing cue is no object: the end, a comma, a phrase of place or time.

    A verb that takes a hearer (`hearer`) may have any.
    """
    while lex.adverbial(words.at(at)):
        at += 1
    word, following = words.at(at), words.at(at + 1)
    if not word or hearer:
        return True
    if word in lex.cues.infinitive:
        return words.capital(at + 1) or following in lex.cues.tails or following in lex.small.determiners
    known = (lex.small.of, lex.names.calendar, lex.cues.tails, lex.cues.time_words)
    return any(word in some for some in known) or not (word[0].isalnum() or word == "(")
