"""Cues of an alphabetic language: who says it, with what words, and on which side what is said stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from summarizer.speech import quotations
from summarizer.speech.alphabetic import brackets, subjects, viewpoints
from summarizer.speech.alphabetic.asides import aside_end, ends, next_act, turn
from summarizer.speech.alphabetic.complements import (
    begins_clause,
    closes,
    content_start,
    opens_infinitive,
    past_circumstances,
)
from summarizer.speech.alphabetic.descriptions import described, phrase_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, is_verb, verb_at
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention, beginning, ending
from summarizer.speech.words import QUOTED, Words, span

__all__ = ["cues"]

_LED = 8  # words of a subject between "with" and its participle
_TAIL = 14  # words that may follow the cue at a sentence's end: "…, Rossi said at a meeting in Milan on Friday."
_AUXILIARIES = 4  # words before a passive participle: "non è stato ancora"
_PAPER = 6  # words from "si legge" to whose paper it is
_ENDS = frozenset(".!?…;")


def cues(words: Words, found: Sequence[Mention], lex: Grammar) -> list[Cue]:
    """Return the cues of a sentence in order; a later one that overlaps an earlier one is left out."""
    kept: list[Cue] = []
    reached = 0
    for at, word in enumerate(words.low):
        if at < reached or not (word in lex.cue_beginnings or _behind_quotation(words, at)):
            continue
        cue = _cue_at(words, at, found, lex)
        if cue is not None:
            cue, last = _ended(words, cue, found, lex), kept[-1] if kept else None
            if last is not None and last.side == "right" and cue.side == "both" and lex.language.verb_brackets:
                continue  # "Wie die Polizei mitteilte, ist nach Ansicht der Ärzte …"
            if last is not None and cue.same and _several(words, cue, lex) and not _several(words, last, lex):
                continue  # "Ha detto che i passeggeri piangevano e gridavano che …"
            if last is not None and _source(words, last, cue, lex):
                kept.pop()
            elif last is not None and _source(words, cue, last, lex):
                cue = replace(kept.pop(), until=cue.low)
            kept.append(cue)
            reached = max(reached, cue.high)
    return kept


def _several(words: Words, cue: Cue, lex: Grammar) -> bool:
    """Tell whether the verb of a cue is that of several speakers."""
    verbs = (verb for at in range(cue.low, cue.high) if (verb := verb_at(words, at, lex)))
    return any(word.endswith(lex.small.plural_endings) for v in verbs for word in words.low[v.start : v.end])


def _behind_quotation(words: Words, at: int) -> bool:
    return words.at(at - 1) == "," and words.at(at - 2) == QUOTED


def _source(words: Words, frame: Cue, said: Cue, lex: Grammar) -> bool:
    """Tell whether a frame is only where it comes from that somebody says something.

    The clause has its own speaker: ``According to the Herald, Reed said …`` and ``…, according to the Herald``.
    """
    low = frame.low + (words.low[frame.low] == ",")
    if said.side != "right" or said.subject is None or not lex.cues.according.at(words.low, low):
        return False
    return frame.high == said.low if low < said.low else frame.side == "left"


def _ended(words: Words, cue: Cue, found: Sequence[Mention], lex: Grammar) -> Cue:
    """Note in a cue where the speaker's next act ends what he says."""
    if lex.language.verb_brackets and cue.same and cue.subject is None and cue.low > 0:
        first = beginning(found, 0)  # "Winter wies das zurück und sagte, er habe …"
        cue = replace(cue, subject=first, same=False) if first and first.kind not in {"many", "pronoun"} else cue
    until = next_act(words, cue.high, lex) or turn(words, cue.high, lex, after_frame=cue.side == "both")
    if lex.language.verb_brackets and cue.side == "right" and cue.subject is not None:
        cue = replace(cue, subject=brackets.account_of(words, cue, cue.subject, found, lex) or cue.subject)
    return replace(cue, until=until) if until else cue


def _cue_at(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    if words.low[at] not in lex.cue_beginnings:
        return _verbal(words, at, found, lex)
    if at == 0 and (length := lex.cues.own_view.at(words.low, at)):
        return Cue(at, length + (words.at(length) == ","), "right", None, same=True)
    if words.low[at] in lex.cues.according_after and (cue := brackets.behind_source(words, at, found, lex)):
        return cue
    length = lex.cues.according.at(words.low, at)
    source = brackets.according if lex.language.verb_brackets else viewpoints.according
    cue = source(words, at, at + length, found, lex) if length else None
    cue = cue or viewpoints.by_whom(words, at, found, lex) or _as_said(words, at, found, lex)
    length = lex.cues.gerunds.at(words.low, at)
    return cue or (_gerund if length else _verbal)(words, at, found, lex)


def _as_said(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``As Rossi put it, …``, ``come ha ricordato Rossi`` and ``come spiegato da Rossi``."""
    length = lex.cues.as_said.at(words.low, at)
    if not length or not words.apart(at):
        return None
    if lex.language.verb_brackets and (cue := brackets.as_clause(words, at, found, lex)):
        return cue
    subject, end = _said_by(words, at + length, found, lex)
    if subject is None and lex.language.subject_optional:
        return _as_he_said(words, at, at + length, lex)
    if subject is None or at > 0:
        end = words.edge(end)
        while words.at(end) == "," and words.at(end + 1) in lex.small.prepositions:
            end = words.edge(end + 1)
        return viewpoints.behind(words, at, end, subject, lex) if subject else None
    return Cue(at, end + 1, "right", subject) if words.at(end) == "," else None


def _as_he_said(words: Words, at: int, start: int, lex: Grammar) -> Cue | None:
    """Read ``Según dijo, …`` and ``…, según ha explicado.`` of whoever spoke before."""
    verb = next((verb for i in range(start, min(start + 3, len(words))) if (verb := verb_at(words, i, lex))), None)
    if verb is None or verb.start > start:
        return None
    end = past_circumstances(words, verb.end, lex)
    if at == 0:
        comma = end < len(words) and words.low[end] == ","
        return Cue(at, end + 1, "right", None, same=True) if comma else None
    cue = viewpoints.behind(words, at, end, Mention(at, end, "many"), lex)
    return replace(cue, subject=None, same=True) if cue is not None else None


def _said_by(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> tuple[Mention | None, int]:
    """Return the subject of the verb of saying after "as", on either side of it, and where the two end."""
    subject = beginning(found, at)
    start = subject.high if subject is not None else at
    for index in range(start, min(start + 4, len(words))):
        verb = verb_at(words, index, lex)
        if lex.verbs.participles.at(words.low, index) and words.at(index + 1) in lex.cues.agents:
            agent = viewpoints.starting(found, index + 2)
            return agent, agent.high if agent else at
        if lex.verbs.participles.at(words.low, index) and words.at(index - 1) in lex.cues.channels:
            return Mention(index, index + 1, "many"), index + 1  # "secondo quanto riportato nelle carte"
        if verb is not None:
            subject = subject or subjects.after(words, verb, found, lex)
            if subject is None and words.at(verb.end) in lex.small.determiners:
                subject = described(words, verb.end, phrase_end(words, verb.end, lex), lex)
            return subject, max(verb.end, subject.high if subject else at)
        if words.low[index] not in lex.verbs.auxiliaries:
            break
    return None, at


def _gerund(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``, adding that …``, of whoever the clause tells, and ``, with analysts saying …``."""
    end = at + lex.cues.gerunds.at(words.low, at)
    cue = _gerund_alone(words, at, end, lex)
    led = next((i for i in range(at - 1, max(0, at - _LED), -1) if words.low[i - 1] == ","), at)
    if led >= at - 1 or words.low[led] not in lex.small.prepositions:
        return cue
    subject = ending(found, at) or described(words, led + 1, at, lex)
    if cue is None and begins_clause(words, end, lex):
        cue = Cue(at, end, "right", None)
    return replace(cue, low=led, subject=subject, same=False) if cue is not None and subject is not None else cue


def _gerund_alone(words: Words, at: int, end: int, lex: Grammar) -> Cue | None:
    comma = words.at(at - 1) == ","
    if words.at(at - 1) in lex.small.determiners | lex.cues.negations or (
        at > 0 and verb_at(words, at - 1, lex) is not None
    ):
        return None  # "the warning states that", "denied saying"
    noun = at > 1 and words.plain(at - 1) and words.low[at - 2] in lex.small.determiners
    if noun and not lex.language.subject_optional and words.at(end) in lex.cues.conjunctions:
        return Cue(at, end + 1, "right", described(words, at - 2, at, lex) or Mention(at, at, "many"))
    infinitive = opens_infinitive(words, end, lex)
    if infinitive and (not comma or lex.continuation.wishes.at(words.low, at)):
        return None  # "ha detto che Neri è uscito dicendo di avere fretta"
    for index in range(end, min(end + 5, len(words))):
        if words.low[index] in {*lex.cues.conjunctions, ":"} or infinitive:
            return Cue(at - comma, index + 1, "right", None, same=True)
        if words.low[index] == QUOTED or (index == end and comma and begins_clause(words, index, lex)):
            return Cue(at - comma, index, "right", None, same=True)
        if words.low[index] in _ENDS or (words.low[index] == "," and words.at(index + 1) != QUOTED):
            break
    return None


def _verbal(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    verb = verb_at(words, at, lex) or _beside_quotation(words, at, found, lex)
    if verb is None:
        return _verbless(words, at, found, lex)
    subject = _subject_before(words, verb, found, lex)
    relative = _relative_clause(words, verb, found, lex)
    if relative is not None or (subject is not None and _relative(words, verb, subject, lex)):
        return relative or (_within(words, verb, subject, lex) if subject is not None else None)
    inverted = _inverted(words, verb, subject, found, lex)
    if inverted is subject is None and lex.language.verb_brackets and verb.force == "states":
        inverted = brackets.paper(words, verb.end)
    cue = _after_verb(words, verb, inverted, lex) if inverted else _before_verb(words, verb, subject, found, lex)
    return cue or (brackets.naming(words, verb, inverted or subject) if lex.language.verb_brackets else None)


def _verbless(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    if lex.language.verb_brackets:
        return brackets.by_nobody(words, at, lex)
    return (
        _passive(words, at, found, lex) or _impersonal(words, at, found, lex)
        if lex.language.subject_may_follow
        else None
    )


def _subject_before(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    subject = subjects.before(words, verb, found, lex)
    if subject is None and verb.end - verb.at > 1 and words.low[verb.end - 1] in lex.small.neuter:
        return Mention(verb.end, verb.end, "many")  # "heißt es"
    if subject is not None and subject.high - subject.low == 1 and words.low[subject.low] in lex.cues.channels:
        return replace(subject, kind="many")  # "Statistics show that"
    hearer = lex.language.verb_brackets and brackets.spoken_to(words, verb, subject, found, lex)
    return None if hearer else subject


def _after_verb(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    late = brackets.of_the_last(words, verb, subject, lex) if lex.language.verb_brackets else None
    return _after_subject(words, verb, subject, lex) or late or _left(words, verb, subject, lex)


def _before_verb(
    words: Words, verb: Verb, subject: Mention | None, found: Sequence[Mention], lex: Grammar
) -> Cue | None:
    """Read a verb whose subject stands before it, is left out, or nobody in particular."""
    subject = _framing(words, verb, subject, found, lex)
    same = subject is None and subjects.implied(words, verb, lex)
    start = content_start(words, verb, subject, lex, same=same)
    if subject is not None and start is not None:
        loose = _only_beside(words, subject, start, lex) or _relates(words, verb, subject, start, lex)
        start = None if loose else start
    if start is not None and (subject is not None or same):
        low = subject.low if subject else verb.start
        led = lex.language.subject_may_follow and ":" in words.low[verb.end : start] and QUOTED not in words.low[:1]
        beside = words.at(start) == QUOTED and words.quoted_before(low) and not led
        return Cue(low, start, "both" if beside else "right", subject, same=same, wish=verb.wish)
    if start is not None and not verb.wish and subject is None:
        somebody = _somebody(words, verb, start, found, lex)
        if somebody is not None:
            return Cue(somebody.low, start, "right", somebody)
    return _left(words, verb, subject, lex)


def _relates(words: Words, verb: Verb, subject: Mention, start: int, lex: Grammar) -> bool:
    """Tell whether "che" after an object is a relative, or a law foresees: ``ha scritto un libro che parla``."""
    at = past_circumstances(words, verb.end, lex)  # "advirtió el viernes de que"
    at += words.at(at) in lex.names.genitive
    told = words.low[start - 1] in lex.cues.conjunctions and words.low[start - 2] not in lex.verbs.nouns
    object_ = words.at(at) in lex.small.determiners and told and verb.force != "expresses" and at < start - 1
    thing = verb.wish and subject.kind == "role" and lex.callings.isdisjoint(subject.head.split())
    return lex.language.subject_optional and (object_ or thing)


def _relative_clause(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``…, elogiato da Ward, che ha detto: «…»`` and ``Thi Lan, la quale ha aggiunto che …``."""
    at = verb.start - 1
    if not lex.language.subject_may_follow or words.at(at) not in lex.cues.relatives or verb.force != "states":
        return None
    at -= words.at(at - 1) in lex.small.determiners  # "la quale"
    subject = ending(found, at - 1) if words.at(at - 1) == "," else None
    if subject is None or subject.kind in {"pronoun", "many"}:
        return None
    start = content_start(words, verb, subject, lex, same=False) or 0
    told = words.at(start - 1) in {":", *lex.cues.conjunctions} or words.low[start] == QUOTED
    return Cue(at, start, "right", subject) if start and told else None


def _within(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    """Read a verb of saying in a side clause: ``that it says will cut bills``, ``che Ward aveva detto: «…»``."""
    start = content_start(words, verb, subject, lex, same=False) or 0
    quoted = words.at(start) == QUOTED and subject.high == verb.start
    reports = quoted or _reported_relative(words, verb, subject, lex)
    return Cue(subject.low, start if quoted else verb.end, "right", subject) if reports else None


def _framing(
    words: Words, verb: Verb, subject: Mention | None, found: Sequence[Mention], lex: Grammar
) -> Mention | None:
    """Return the subject beside a quotation, whatever it is: ``“…,” one wrote``, ``“…,” farmer Tom Lee said``."""
    whole = subjects.framing(words, verb, found, lex)
    if whole is None:
        return subject
    closing = words.at(whole.low - 1) == "," and ends(words, aside_end(words, verb.end, lex) or verb.end)
    if subject is None and (closing or whole.high < verb.start):
        return whole  # "…, state media reported."
    if words.quoted_before(whole.low):
        if subject is None or subject.low < whole.low:
            return whole
        first = words.past(whole.low, lex.small.determiners)
        longer = span(words.starts[first], subject.description[1]) if subject.description else None
        return replace(subject, low=whole.low, description=longer)
    return subject


def _passive(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``È stato comunicato che …`` and ``se informó de que …``: it is said, we do not know by whom."""
    length = lex.verbs.participles.at(words.low, at)
    if length and words.at(at - 1).endswith(lex.cues.infinitive_endings):
        return _having(words, at, at + length, found, lex)
    paper = words.low[0] in lex.small.prepositions and not lex.cues.channels.isdisjoint(words.low[: at - 1])
    past = paper or words.at(at).endswith(lex.continuation.past_endings or ("\0",))  # but "se dice que"
    past = past and lex.verbs.states.at(words.low, at) > 0
    start = at + (length or 1)
    start += words.at(start) in lex.names.genitive
    barred = lex.cues.negations.intersection(words.low[max(0, at - _AUXILIARIES) : at])
    if not (length or past) or words.at(start) not in lex.cues.conjunctions or barred:
        return None
    said = words.at(at - 1) in lex.verbs.passives and not lex.continuation.wishes.at(words.low, at)
    subject = (described(words, 1, at - 1, lex) if paper else None) or Mention(at, at, "many")
    return Cue(at - 1, start + 1, "right", subject) if said else None


def _having(words: Words, at: int, end: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``La società, dopo aver affermato che …, …``."""
    close = next((i for i in range(end, len(words)) if words.low[i] == ","), None)
    low = at - 2 - (words.at(at - 2) in lex.names.genitive)
    led = low >= 0 and words.apart(low) and words.low[low] in lex.cues.asides.beginnings
    if not led or words.at(end) not in lex.cues.conjunctions:
        return None
    near = ending(found, low - 1)
    subject = near if near is not None and near.low == 0 else None
    subject = subject if low else Mention(at, at, "many")  # at the sentence's head whoever it is follows
    return Cue(low, end + 1, "right", subject, same=subject is None, until=close)


def _impersonal(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``«…», si legge nella nota del Comune``: whose paper it is speaks, or else nobody we know."""
    written = words.low[at] in lex.names.copulas and lex.verbs.participles.at(words.low, at + 1)  # "è scritto"
    says = (written or words.low[at] in lex.verbs.passives) and words.at(at + 1)[:1].isalpha()
    if not says or words.capital(at + 1) or not (words.quoted_before(at) and (at == 1 or words.low[at - 1] == ",")):
        return None
    near = (m for m in found if at + 2 < m.low <= at + _PAPER)
    owner = next((m for m in near if words.low[m.low - 1] in {*lex.names.genitive, *lex.cues.agents}), None)
    return _left(words, Verb(at, at + 1, at + 2, "asks"), owner or Mention(at + 2, at + 2, "many"), lex)


def _only_beside(words: Words, subject: Mention, start: int | None, lex: Grammar) -> bool:
    """Tell whether a cue right after a quotation has no clause of its own: ``"…," Reed said outside court.``."""
    if start is None or not words.quoted_before(subject.low) or words.at(start) == QUOTED:
        return False
    told = words.low[start - 1] in lex.cues.conjunctions or words.low[start - 1] == ":"
    return not told and not begins_clause(words, start, lex)


def _somebody(words: Words, verb: Verb, start: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return a subject that is no name, office or body before a verb with its conjunction or a clause."""
    before = words.at(verb.start - 1)
    barred = any(before in some for some in (lex.cues.relatives, lex.small.prepositions, lex.verbs.passives))
    told = words.low[start - 1] in lex.cues.conjunctions | lex.cues.infinitive_of
    told = told or not lex.small.personal.isdisjoint(words.low[: verb.start])  # "The man who shot Reed said he …"
    told = told or (verb.force == "asks" and words.low[start] in lex.cues.query_words)
    if not before[:1].isalpha() or barred or not (told or begins_clause(words, start, lex)):
        return None
    return subjects.framing(words, verb, found, lex) or (Mention(verb.start, verb.start, "many") if told else None)


def _inverted(
    words: Words, verb: Verb, subject: Mention | None, found: Sequence[Mention], lex: Grammar
) -> Mention | None:
    """Return the subject after the verb, where none stands before it but at the end of another clause."""
    if verb.hearer or (subject is not None and words.low[verb.start - 1] != ","):
        return None
    if not lex.language.subject_may_follow and not words.apart(verb.start):
        return None  # "… and said the government would help"
    after = subjects.after(words, verb, found, lex)
    bare = (
        subject is None
        or subject.low > 0
        or (subject.high == verb.start - 1 and "," not in words.low[: subject.high])
    )
    return (
        after if bare else None
    )  # "Tom Lee, a neighbour, told Ada Reed he …", but "L'azienda, ha precisato Neri, …"


def _relative(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> bool:
    """Tell whether the verb is that of a relative or other side clause: ``una fonte, che ha chiesto l'anonimato``."""
    opener, before = words.at(subject.low - 1), words.low[verb.start - 1]
    governs = words.at(verb.end) in lex.cues.conjunctions  # "it emerges that Reed said that"
    if opener in lex.cues.conjunctions and subject.low > 1 and (governs or is_verb(words, subject.low - 2, lex)):
        return False  # "it was reported that Minister Reed said"
    relatives = lex.cues.relatives - lex.small.adversatives
    led = opener in relatives and opener not in lex.cues.occasions
    return led or (subject.high < verb.start and before in relatives)


def _reported_relative(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> bool:
    """Tell whether a relative clause reports: ``that it says will cut bills``, ``in which Reed said he left``."""
    if verb.force != "says" or verb.wish or verb.end >= len(words) - 2 or subject.high != verb.start:
        return False
    if words.at(subject.low - 1) in lex.cues.relatives and words.at(subject.low - 2) in lex.small.of:
        return words.at(subject.low - 3) in lex.cues.channels
    return words.at(subject.low - 1) in lex.cues.conjunctions and words.low[verb.end] in lex.cues.finite


def _after_subject(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    """Read ``Am Montag teilte die Polizei mit, dass …`` and ``Ha detto il deputato, a margine dei lavori, che …``."""
    if not lex.language.subject_may_follow or subject.low < verb.end or (verb.start and words.apart(verb.start)):
        return None
    start = content_start(words, replace(verb, end=subject.high), subject, lex, same=False) or 0
    told = lex.language.verb_brackets or words.at(start - 1) in lex.cues.conjunctions
    return Cue(verb.start, start, "right", subject, wish=verb.wish) if start and told else None


def _beside_quotation(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Verb | None:
    """Take any verb for one of saying between a quotation and a person: ``«…», sorride il rettore``."""
    if words.at(at - 1) != "," or words.at(at - 2) != QUOTED or not words.printed[at].islower():
        return None
    named = quotations.accounted(words, at, lex) or lex.quotations.belated.at(words.low, at)
    end = _any_verb(words, at, lex) if not named else at  # "queste le parole"
    if end == at:
        return None
    subject = beginning(found, end)
    if subject is None and words.at(end)[:1].isalpha() and words.at(end) not in lex.names.connectors:
        subject, end = beginning(found, end + 1), end + 1  # «…», taglia corto Gatti
    described = at == 2 and words.at(end) in lex.small.determiners  # "«…», recita la nota"
    described = described and lex.language.subject_may_follow
    joined = words.at(end) in lex.joined_pronouns  # « … », corrige-t-il
    personal = described or joined or (subject is not None and subject.kind in {"person", "role"})
    return Verb(at, at, end, "asks") if personal else None


def _any_verb(words: Words, at: int, lex: Grammar) -> int:
    """Return where a unknown verb ends: ``sorride``, ``ha voluto rimarcare``, ``si è limitato a dire``."""
    end = words.past(at, lex.verbs.auxiliaries) if lex.language.subject_may_follow else at
    plain = (lex.names.connectors, lex.small.conjoined, lex.small.determiners, lex.verbs.auxiliaries)
    barred = (*plain, lex.small.pronouns, lex.cues.relatives, lex.cues.finite if end == at else ())
    if not words.at(end).isalpha() or any(words.low[end] in known for known in barred):
        return at
    to = end + 1 + (words.at(end + 1) == "a")
    return to + 1 if words.at(to).endswith(lex.cues.infinitive_endings) else end + 1


def _only_phrase(words: Words, low: int, lex: Grammar) -> bool:
    """Tell whether a phrase or a side clause stands before a comma: ``For months, the mayor has asked for money``."""
    before = words.low[: max(0, low - 1)]
    side = lex.small.prepositions | lex.names.calendar | lex.cues.relatives
    opening = words.at(0) in side or words.at(0).endswith(lex.cues.aside_endings)
    ends = lex.continuation.future or ("\0",)
    clause = any(word in lex.cues.finite or word in {",", QUOTED} or word.endswith(ends) for word in before)
    led = lex.language.subject_optional and any(word in lex.cues.relatives for word in before)
    return bool(before) and opening and (led or not clause)


def _torn(words: Words, subject: Mention, verb: Verb) -> bool:
    """Tell whether only one comma parts a subject from its verb, and it is none: ``The agency, Hale, reported``."""
    bare = "," not in words.low[subject.low : subject.high]
    return bare and subject.high == verb.start - 1 and words.low[subject.high] == ","


def _left(words: Words, verb: Verb, subject: Mention | None, lex: Grammar) -> Cue | None:
    """Read ``…, the mayor said.``, ``…, said the mayor, …`` and the cue in the middle of what is said."""
    inverted = subject is not None and subject.low > verb.start
    low = subject.low if subject is not None and not inverted else verb.start
    end = max(subject.high, verb.end) if subject is not None and inverted else verb.end
    same = subject is None and (low > 0 or end == len(words)) and subjects.implied(words, verb, lex)
    loose = lex.language.conjunction_optional or (not inverted and (subject is not None or ends(words, end)))
    parted = words.apart(low) and not (loose and _only_phrase(words, low, lex))
    parted = parted and (subject is None or inverted or not _torn(words, subject, verb))
    hearer = verb.hearer and subject is not None
    framed = (subject is not None and words.quoted_before(low)) or closes(words, end, lex, hearer=hearer)
    # "der Mann, den die Polizei verdächtigt": where verbs stand second, a frame behind its clause begins with its own
    aside = lex.language.verb_brackets and low > 0 and subject is not None and subject.low < verb.start
    if not (subject or same) or not parted or not (inverted or framed) or aside or verb.force == "expresses":
        return None
    low -= low > 0 and words.low[low - 1] != QUOTED
    found = _tail(words, verb, end, lex, whole=low == 0)
    return Cue(low, *found, subject, same=same, tied=low > 0) if found else None


def _tail(
    words: Words, verb: Verb, end: int, lex: Grammar, *, whole: bool
) -> tuple[int, Literal["left", "both"]] | None:
    """Return where a cue behind what is said ends, and whether that goes on; `whole`: it begins the sentence."""
    longest = _TAIL * 2 if lex.language.verb_brackets else _TAIL
    for index in range(end, min(end + longest, len(words))):
        word = words.low[index]
        if word in _ENDS or _adds(words, index, lex):
            return index, "left"
        stop = aside_end(words, index, lex) if word == "," and not whole else 0
        if stop:
            return stop, "left" if ends(words, stop) else "both"
        if word == ":" or (word != "(" and words.apart(index + 1)):
            return (index, "both") if index == end or not whole else None
        other = verb_at(words, index, lex)
        if other is not None and other.start != verb.start:
            return None
    return (len(words), "left") if len(words) - end < longest else None


def _adds(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether "and" leads to one more verb of saying: ``„…“, sagte Meier und fügte hinzu``."""
    led = lex.language.verb_brackets and words.low[at] in lex.small.conjoined and at + 1 < len(words)
    return led and is_verb(words, at + 1, lex)
