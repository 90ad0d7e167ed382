"""Cues of an alphabetic language: who says it, with what words, and on which side what is said stands."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from summarizer.speech import quotations
from summarizer.speech.alphabetic import subjects, viewpoints
from summarizer.speech.alphabetic.asides import aside_end, ends, next_act, turn
from summarizer.speech.alphabetic.complements import begins_clause, closes, content_start, past_circumstances
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, is_verb, verb_at
from summarizer.speech.cue import Cue
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, Words, span

__all__ = ["cues"]

_LED = 8  # words of a subject between "with" and its participle
_TAIL = 14  # words that may follow the cue at a sentence's end: "…, Rossi said at a meeting in Milan on Friday."
_PAPER = 6  # words from "si legge" to whose paper it is
_ENDS = frozenset(".!?…;")
_DASHES = ("–", "—", "-")


def cues(words: Words, found: Sequence[Mention], lex: Grammar) -> list[Cue]:
    """Return the cues of a sentence in order; a later one that overlaps an earlier one is left out."""
    kept: list[Cue] = []
    reached = 0
    beginnings = lex.cue_beginnings
    beside = {at + 2 for at, word in enumerate(words.low) if word == QUOTED}
    for at, word in enumerate(words.low):
        if at < reached or (word not in beginnings and at not in beside):
            continue
        cue = _cue_at(words, at, found, lex)
        if cue is not None:
            cue, last = _ended(words, cue, lex), kept[-1] if kept else None
            if last is not None and last.side == "right" and cue.side == "both" and lex.language.verb_brackets:
                continue  # "Wie die Polizei mitteilte, ist nach Ansicht der Ärzte …"
            if last is not None and (_same_subject(last, cue) or _source(words, last, cue, lex)):
                kept.pop()
            elif last is not None and _source(words, cue, last, lex):
                cue = replace(kept.pop(), until=cue.low)
            kept.append(cue)
            reached = max(reached, cue.high)
    return kept


def _same_subject(last: Cue, cue: Cue) -> bool:
    """Tell whether a cue takes in the one before: ``One nurse, who asked that her name not be used, said``."""
    return last.subject is not None and last.subject == cue.subject and cue.low <= last.low


def _source(words: Words, frame: Cue, said: Cue, lex: Grammar) -> bool:
    """Tell whether a frame is only where it comes from that somebody says something.

    The clause has its own speaker: ``According to the Herald, Reed said …`` and ``…, according to the Herald``.
    """
    low = frame.low + (words.low[frame.low] == ",")
    if said.side != "right" or said.subject is None or not lex.cues.according.at(words.low, low):
        return False
    if low < said.low:
        return frame.high == said.low
    return frame.side == "left" and not any(word in lex.cues.finite for word in words.low[: said.low])


def _ended(words: Words, cue: Cue, lex: Grammar) -> Cue:
    """Note in a cue where the speaker's next act ends what he says."""
    until = next_act(words, cue.high, lex) if cue.side == "right" else None
    if until is None and cue.side != "left":
        until = turn(words, cue.high, lex, after_frame=cue.side == "both")
    return cue if until is None else replace(cue, until=until)


def _cue_at(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    if words.low[at] in lex.cue_beginnings:
        length = lex.cues.own_view.at(words.low, at)
        if length and (at == 0 or words.low[at - 1] == ","):
            comma = at + length < len(words) and words.low[at + length] == ","
            return Cue(at, at + length + comma, "right", None, same=True)
        if words.low[at] in lex.cues.according_after and (cue := viewpoints.behind_source(words, at, found, lex)):
            return cue
        length = lex.cues.according.at(words.low, at)
        cue = viewpoints.according(words, at, at + length, found, lex) if length else None
        cue = cue or viewpoints.by_whom(words, at, found, lex) or _as_said(words, at, found, lex)
        if cue is not None:
            return cue
        length = lex.cues.gerunds.at(words.low, at)
        if length:
            return _gerund(words, at, at + length, found, lex)
    return _verbal(words, at, found, lex)


def _as_said(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``As Rossi put it, …``, ``come ha ricordato Rossi`` and ``come spiegato da Rossi``."""
    length = lex.cues.as_said.at(words.low, at)
    if not length or (at > 0 and words.low[at - 1] not in {",", QUOTED}):
        return None
    subject, end = _said_by(words, at + length, found, lex)
    if subject is None and lex.language.subject_optional:
        return _as_he_said(words, at, at + length, lex)
    if subject is None or subject.kind == "pronoun":
        return None
    end = past_circumstances(words, end, lex)
    if at > 0:
        return viewpoints.behind(words, at, end, subject)
    comma = end < len(words) and words.low[end] == ","
    return Cue(at, end + 1, "right", subject) if comma else None


def _as_he_said(words: Words, at: int, start: int, lex: Grammar) -> Cue | None:
    """Read ``Según dijo, …`` and ``…, según ha explicado.`` of whoever spoke before."""
    verb = next((verb for i in range(start, min(start + 3, len(words))) if (verb := verb_at(words, i, lex))), None)
    if verb is None or verb.start > start:
        return None
    end = past_circumstances(words, verb.end, lex)
    if at == 0:
        comma = end < len(words) and words.low[end] == ","
        return Cue(at, end + 1, "right", None, same=True) if comma else None
    cue = viewpoints.behind(words, at, end, Mention(at, end, "many"))
    return replace(cue, subject=None, same=True) if cue is not None else None


def _said_by(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> tuple[Mention | None, int]:
    """Return the subject of the verb of saying after "as", on either side of it, and where the two end."""
    subject = subjects.beginning_at(found, at)
    start = subject.high if subject is not None else at
    for index in range(start, min(start + 4, len(words))):
        if (
            index + 1 < len(words)
            and lex.verbs.participles.at(words.low, index)
            and words.low[index + 1] in lex.cues.agents
        ):
            agent = viewpoints.starting(found, index + 2)
            return (agent, agent.high) if agent is not None else (None, at)
        verb = verb_at(words, index, lex)
        if verb is not None:
            after = None if subject is not None else subjects.after(words, verb, found, lex)
            return (subject, verb.end) if subject is not None else (after, after.high if after else at)
        if words.low[index] not in lex.verbs.auxiliaries:
            break
    return None, at


def _gerund(words: Words, at: int, end: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``, adding that …``, of whoever the clause tells, and ``, with analysts saying …``."""
    cue = _gerund_alone(words, at, end, lex)
    led = next((i for i in range(at - 1, max(0, at - _LED), -1) if words.low[i - 1] == ","), None)
    if led is None or led >= at - 1 or words.low[led] not in lex.small.prepositions:
        return cue
    subject = next((m for m in found if m.high == at), None) or subjects.phrase(words, led + 1, at, lex)
    if cue is None and begins_clause(words, end, lex):
        cue = Cue(at, end, "right", None)
    return replace(cue, low=led, subject=subject, same=False) if cue is not None and subject is not None else cue


def _gerund_alone(words: Words, at: int, end: int, lex: Grammar) -> Cue | None:
    start = at - (at > 0 and words.low[at - 1] == ",")
    before = words.low[at - 1] if at else ","
    if before in lex.small.determiners or (before[0].isalpha() and verb_at(words, at - 1, lex) is not None):
        return None  # "the warning states that", "denied saying"
    for index in range(end, min(end + 5, len(words))):
        if words.low[index] in lex.cues.conjunctions or words.low[index] == ":":
            return Cue(start, index + 1, "right", None, same=True)
        bare = index == end and at > 0 and words.low[at - 1] == "," and begins_clause(words, index, lex)
        if words.low[index] == QUOTED or bare:
            return Cue(start, index, "right", None, same=True)
        if words.low[index] in _ENDS or (words.low[index] == "," and words.low[index + 1 : index + 2] != [QUOTED]):
            break
    return None


def _verbal(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    verb = verb_at(words, at, lex) or _beside_quotation(words, at, found, lex)
    if verb is None or _says_nothing(words, verb, lex):
        impersonal = verb is None and lex.language.subject_may_follow and 0 < at < len(words) - 1
        return _impersonal(words, at, found, lex) if impersonal else None
    subject = subjects.before(words, verb, found, lex)
    if subject is None and verb.end - verb.at > 1 and words.low[verb.end - 1] in lex.small.neuter:
        subject = Mention(verb.end, verb.end, "many")  # "heißt es"
    relative = _relative_clause(words, verb, found, lex)
    if relative is not None or (subject is not None and _relative(words, verb, subject, lex)):
        return relative or (_within(words, verb, subject, lex) if subject is not None else None)
    inverted = _inverted(words, verb, subject, found, lex)
    if inverted is subject is None and _quoted_before(words, verb.start) and not subjects.implied(words, verb, lex):
        inverted = subjects.framing_after(words, verb, lex)
    if inverted is not None:
        return (
            _behind_subject(words, verb, inverted, lex)
            or _clause_after(words, verb, inverted, lex)
            or _left(words, verb, inverted, lex)
        )
    subject = _framing(words, verb, subject, found, lex)
    same = subject is None and subjects.implied(words, verb, lex)
    start = content_start(words, verb, subject, lex, same=same)
    if subject is not None and _only_beside(words, subject, start, lex):
        start = None
    if start is not None and (subject is not None or same):
        low = subject.low if subject else verb.start
        led = lex.language.subject_may_follow and ":" in words.low[verb.end : start] and QUOTED not in words.low[:1]
        beside = QUOTED in words.low[start : start + 1] and _quoted_before(words, low) and not led
        return Cue(low, start, "both" if beside else "right", subject, same=same, wish=verb.wish)
    if start is not None and not verb.wish and subject is None:
        left_out = subjects.left_out(words, verb, lex)
        somebody = None if left_out else _somebody(words, verb, start, found, lex)
        if left_out or somebody:
            return Cue(somebody.low if somebody else verb.start, start, "right", somebody, same=left_out)
    return _left(words, verb, subject, lex)


def _relative_clause(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``…, elogiato da Ward, che ha detto: «…»`` and ``Thi Lan, la quale ha aggiunto che …``."""
    at = verb.start - 1
    if (
        not lex.language.subject_may_follow
        or at < 1
        or words.low[at] not in lex.cues.relatives
        or verb.force != "states"
    ):
        return None
    at -= words.low[at - 1] in lex.small.determiners  # "la quale"
    subject = next((m for m in found if m.high == at - 1), None) if words.low[at - 1] == "," else None
    start = content_start(words, verb, subject, lex, same=False) if subject is not None else None
    told = start is not None and (words.low[start - 1] in {":", *lex.cues.conjunctions} or words.low[start] == QUOTED)
    if subject is None or start is None or not told or subject.kind in {"pronoun", "many"}:
        return None
    until = next((i for i in range(start, len(words)) if words.low[i] == ","), None) if subject.low <= 1 else None
    return Cue(at, start, "right", subject, until=until)


def _within(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    """Read a verb of saying in a side clause: ``that it says will cut bills``, ``che Ward aveva detto: «…»``."""
    start = content_start(words, verb, subject, lex, same=False) or 0
    quoted = QUOTED in words.low[start : start + 1] and subject.high == verb.start
    reports = quoted or _reported_relative(words, verb, subject, lex)
    return Cue(subject.low, start if quoted else verb.end, "right", subject) if reports else None


def _framing(
    words: Words, verb: Verb, subject: Mention | None, found: Sequence[Mention], lex: Grammar
) -> Mention | None:
    """Return the subject beside a quotation, whatever it is: ``“…,” one wrote``, ``“…,” farmer Tom Lee said``."""
    whole = subjects.framing(words, verb, found, lex)
    closing = whole is not None and words.low[max(0, whole.low - 1)] == "," and ends(words, verb.end)
    if whole is not None and subject is None and (closing or whole.high < verb.start):
        return whole  # "…, state media reported."
    if whole is not None and _quoted_before(words, whole.low):
        if subject is None or subject.low < whole.low:
            return whole
        first = whole.low + (words.low[whole.low] in lex.small.determiners)
        longer = span(words.starts[first], subject.description[1]) if subject.description else None
        return replace(subject, low=whole.low, description=longer)
    return subject


def _quoted_before(words: Words, at: int) -> bool:
    """Tell whether a quotation stands before a word, with a comma or without."""
    return at > 0 and (
        words.low[at - 1] == QUOTED or (at > 1 and words.low[at - 1] == "," and words.low[at - 2] == QUOTED)
    )


def _impersonal(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Cue | None:
    """Read ``«…», si legge nella nota del Comune``: whose paper it is speaks, or else nobody we know."""
    beside = words.low[at - 1] == QUOTED if at == 1 else list(words.low[at - 2 : at]) == [QUOTED, ","]
    written = words.low[at] in lex.names.copulas and lex.verbs.participles.at(words.low, at + 1)  # "è scritto"
    if not beside or not (written or words.low[at] in lex.verbs.passives) or not words.printed[at + 1].islower():
        return None
    near = (m for m in found if at + 2 < m.low <= at + _PAPER)
    owner = next((m for m in near if words.low[m.low - 1] in {*lex.names.genitive, *lex.cues.agents}), None)
    return _left(words, Verb(at, at + 1, at + 2, "asks"), owner or Mention(at + 2, at + 2, "many"), lex)


def _says_nothing(words: Words, verb: Verb, lex: Grammar) -> bool:
    """Tell whether the verb's object is a negative pronoun: ``said nothing to reporters``.

    Before a verb the pronoun is the subject of what is said: ``said nothing had been decided``.
    """
    length = lex.cues.nothing.at(words.low, verb.end)
    after = words.low[verb.end + length] if length and verb.end + length < len(words) else "."
    ends = not after[0].isalnum() or after in lex.small.prepositions or after in lex.small.conjoined
    return length > 0 and (ends or after in lex.cues.tails)


def _only_beside(words: Words, subject: Mention, start: int | None, lex: Grammar) -> bool:
    """Tell whether a cue right after a quotation has no clause of its own: ``"…," Reed said outside court.``."""
    if start is None or not _quoted_before(words, subject.low) or QUOTED in words.low[start : start + 1]:
        return False
    told = words.low[start - 1] in lex.cues.conjunctions or words.low[start - 1] == ":"
    return not told and not begins_clause(words, start, lex)


def _somebody(words: Words, verb: Verb, start: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return a subject that is no name, office or body before a verb with its conjunction or a clause."""
    before = words.low[verb.start - 1] if verb.start else ""
    barred = before in lex.cues.relatives or before in lex.small.prepositions or before in lex.verbs.passives
    told = words.low[start - 1] in lex.cues.conjunctions
    if not before[:1].isalpha() or barred or not (told or begins_clause(words, start, lex)):
        return None
    return subjects.framing(words, verb, found, lex) or (Mention(verb.start, verb.start, "many") if told else None)


def _inverted(
    words: Words, verb: Verb, subject: Mention | None, found: Sequence[Mention], lex: Grammar
) -> Mention | None:
    """Return the subject after the verb, where none stands before it but at the end of another clause."""
    if verb.hearer or (subject is not None and words.low[verb.start - 1] != ","):
        return None
    before = words.low[verb.start - 1] if verb.start else ","
    if not lex.language.subject_may_follow and before not in {",", QUOTED, *_DASHES}:
        return None  # "… and said the government would help"
    after = subjects.after(words, verb, found, lex)
    if subject is None or subject.low > 0 or after is None:
        return after
    # "L'azienda, ha precisato Neri, assumerà": no comma parts a subject from its verb
    bare = subject.high == verb.start - 1 and "," not in words.low[subject.low : subject.high]
    return after if bare and after.high < len(words) and words.low[after.high] == "," else None


def _relative(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> bool:
    """Tell whether the verb is that of a relative or other side clause: ``una fonte, che ha chiesto l'anonimato``."""
    opener = words.low[subject.low - 1] if subject.low > 0 else ""
    if opener in lex.cues.conjunctions and subject.low > 1 and is_verb(words, subject.low - 2, lex):
        return False  # "it was reported that Minister Reed said"
    if opener in lex.cues.relatives and opener not in lex.small.adversatives and opener not in lex.cues.occasions:
        return True
    before = words.low[verb.start - 1]
    return subject.high < verb.start and before in lex.cues.relatives and before not in lex.small.adversatives


def _reported_relative(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> bool:
    """Tell whether a relative clause reports: ``that it says will cut bills``, ``in which Reed said he left``."""
    if verb.force != "says" or verb.wish or verb.end >= len(words) - 2 or subject.high != verb.start:
        return False
    if (
        subject.low > 2
        and words.low[subject.low - 1] in lex.cues.relatives
        and words.low[subject.low - 2] in lex.small.of
    ):
        return words.low[subject.low - 3] in lex.cues.channels
    return words.low[subject.low - 1] in lex.cues.conjunctions and words.low[verb.end] in lex.cues.finite


def _clause_after(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    """Read ``Ha detto il deputato, a margine dei lavori, che …``."""
    if not lex.language.subject_may_follow or (
        verb.start > 0 and words.low[verb.start - 1] in {",", QUOTED, *_DASHES}
    ):
        return None
    end = aside_end(words, subject.high, lex) or subject.high
    end += end < len(words) and words.low[end] == ","
    clause = end < len(words) and words.low[end] in lex.cues.conjunctions
    return Cue(verb.start, end + 1, "right", subject, wish=verb.wish) if clause else None


def _behind_subject(words: Words, verb: Verb, subject: Mention, lex: Grammar) -> Cue | None:
    """Read ``Am Montag teilte die Polizei mit, dass …`` and ``Dabei sprach Rossi von einer „…“``."""
    framed = verb.start > 0 and words.low[verb.start - 1] in {",", QUOTED, *_DASHES}
    if not lex.language.verb_brackets or framed or subject.low < verb.end:
        return None
    start = content_start(words, replace(verb, end=subject.high), subject, lex, same=False)
    return Cue(verb.start, start, "right", subject, wish=verb.wish) if start is not None else None


def _beside_quotation(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Verb | None:
    """Take any verb for one of saying between a quotation and a person: ``«…», sorride il rettore``."""
    if at < 2 or words.low[at - 1] != "," or words.low[at - 2] != QUOTED or not words.printed[at].islower():
        return None
    named = quotations.accounted(words, at, lex) or lex.quotations.belated.at(words.low, at)
    end = _any_verb(words, at, lex) if not named else at  # "queste le parole"
    if end == at:
        return None
    subject = subjects.beginning_at(found, end)
    if (
        subject is None
        and end < len(words)
        and words.printed[end].islower()
        and words.low[end] not in lex.names.connectors
    ):
        subject, end = subjects.beginning_at(found, end + 1), end + 1  # «…», taglia corto Gatti
    described = at == 2 and end < len(words) and words.low[end] in lex.small.determiners  # "«…», recita la nota"
    described = described and lex.language.subject_may_follow
    personal = described or (subject is not None and subject.kind in {"person", "role"})
    return Verb(at, at, end, "asks") if personal else None


def _any_verb(words: Words, at: int, lex: Grammar) -> int:
    """Return where a unknown verb ends: ``sorride``, ``ha voluto rimarcare``, ``si è limitato a dire``."""
    end = at
    while lex.language.subject_may_follow and end < len(words) and words.low[end] in lex.verbs.auxiliaries:
        end += 1
    plain = (lex.names.connectors, lex.small.conjoined, lex.small.determiners, lex.verbs.auxiliaries)
    barred = [*plain, lex.small.pronouns, lex.cues.relatives, *([] if end > at else [lex.cues.finite])]
    if end >= len(words) or not words.low[end].isalpha() or any(words.low[end] in known for known in barred):
        return at
    end += 1
    to = end + (words.low[end : end + 1] == ["a"])
    return to + 1 if to < len(words) and words.low[to].endswith(lex.cues.infinitive_endings or ("\0",)) else end


def _only_phrase(words: Words, low: int, lex: Grammar) -> bool:
    """Tell whether a phrase and no clause stands before a comma: ``For months, the mayor has asked for money``."""
    before = words.low[: max(0, low - 1)]
    opening = bool(before) and (before[0] in lex.small.prepositions or before[0] in lex.names.calendar)
    clause = any(word in lex.cues.finite or word in {",", QUOTED} for word in before)
    return opening and not clause and lex.language.conjunction_optional


def _torn(words: Words, subject: Mention, verb: Verb) -> bool:
    """Tell whether only one comma parts a subject from its verb, and it is none: ``The agency, Hale, reported``."""
    return (
        words.low[subject.high] == "," == words.low[verb.start - 1]
        and subject.high == verb.start - 1
        and ("," not in words.low[subject.low : subject.high])
    )


def _left(words: Words, verb: Verb, subject: Mention | None, lex: Grammar) -> Cue | None:
    """Read ``…, the mayor said.``, ``…, said the mayor, …`` and the cue in the middle of what is said."""
    inverted = subject is not None and subject.low >= verb.end
    low = subject.low if subject is not None and not inverted else verb.start
    end = subject.high if subject is not None and inverted else verb.end
    same = subject is None and (low > 0 or end == len(words)) and subjects.implied(words, verb, lex)
    parted = low == 0 or words.low[low - 1] in {",", QUOTED, *_DASHES}
    parted = parted and (subject is None or inverted or not _torn(words, subject, verb))
    parted = parted and not _only_phrase(words, low, lex)
    hearer = verb.hearer and subject is not None
    framed = (subject is not None and _quoted_before(words, low)) or closes(words, end, lex, hearer=hearer)
    if not (subject or same) or not parted or not (inverted or framed):
        return None
    low -= low > 0 and words.low[low - 1] != QUOTED
    for index in range(end, min(end + _TAIL, len(words))):
        word = words.low[index]
        if word in _ENDS or _adds(words, index, lex):
            return Cue(low, index, "left", subject, same=same, tied=low > 0)
        stop = aside_end(words, index, lex) if word == "," and low > 0 else 0
        if stop:
            side: Literal["left", "both"] = "left" if ends(words, stop) else "both"
            return Cue(low, stop, side, subject, same=same, tied=low > 0)
        if word in {",", ":", QUOTED, *_DASHES}:
            whole = low > 0 or index == end
            return Cue(low, index, "both", subject, same=same, tied=low > 0) if whole else None
        other = verb_at(words, index, lex) if is_verb(words, index, lex) else None
        if other is not None and other.start != verb.start:
            return None
    short = len(words) - end < _TAIL
    return Cue(low, len(words), "left", subject, same=same, tied=low > 0) if short else None


def _adds(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether "and" leads to one more verb of saying: ``„…“, sagte Meier und fügte hinzu``."""
    led = lex.language.verb_brackets and words.low[at] in lex.small.conjoined and at + 1 < len(words)
    return led and is_verb(words, at + 1, lex)
