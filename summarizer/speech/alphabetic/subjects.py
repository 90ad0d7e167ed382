"""The subject of a verb of saying: before it, after it, or left out."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from summarizer.speech.alphabetic.asides import aside_end
from summarizer.speech.alphabetic.complements import past_circumstances
from summarizer.speech.alphabetic.descriptions import described, inside, phrase_end
from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.verbs import Verb, is_verb, verb_at
from summarizer.speech.mention import Mention, beginning
from summarizer.speech.words import QUOTED, Words, span

__all__ = [
    "after",
    "before",
    "framing",
    "implied",
]

_DASHES = frozenset("–—-")
_LONGEST = 16  # words of a noun phrase before its verb
_BARE = 2  # words of a phrase without a comma before a verb whose subject is left out
_PHRASE = 8  # words of place and time between a subject and its verb


def before(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return the subject before a verb: beside it, or an apposition, a clause in commas, a phrase of time away."""
    at = verb.start
    if at and words.low[at - 1] == ")" and "(" in words.low[1:at] and all(m.high != at for m in found):
        at = max(i for i in range(1, at) if words.low[i] == "(")  # "the Coast Board (CB) said"
    at -= lex.language.verb_brackets and at > 1 and words.low[at - 1] == QUOTED and words.low[at - 2] != ","
    comma = at > 0 and words.low[at - 1] == ","
    first = _apposed(words, at, found, lex)
    if first is not None and comma:
        return first
    ends = {m.high: m for m in found if not _governed(words, m, lex)}
    across = _across_clause(words, at, found, lex) if comma else None
    headed = None if comma else _headed(words, at, found, lex, short=at < verb.start)
    beside = ends.get(at) or (_closed(words, ends.get(at - 1)) if comma else None)
    near = headed or beside or (_beside_aside(words, at, lex) if comma else None)
    return _whole(words, near, ends, lex) or across or first


def _headed(words: Words, at: int, found: Sequence[Mention], lex: Grammar, *, short: bool) -> Mention | None:
    """Return the noun phrase that begins the clause and runs up to a verb: its head noun governs, no name in it.

    `short`: its short name follows in brackets, so "and" is inside it: ``L'agenzia per la terra e il mare (ATM)``.
    """
    start = at
    while start > max(0, at - _LONGEST) and inside(words, start - 1, lex):
        start -= 1
    whole = short and words.at(start - 1) in lex.small.conjoined and 0 < start <= _LONGEST
    if whole and all(inside(words, i, lex) for i in range(start - 1)):
        start = 0
    start = words.past(start, lex.small.openers, lex.verbs.auxiliaries - lex.small.determiners)
    if lex.language.verb_brackets and words.at(start - 1) in lex.small.prepositions:
        return None  # "Nach dem Besuch | sprach der Präsident"
    if start >= at or not lex.language.subject_may_follow or not (start == 0 or _clause_begins(words, start, lex)):
        return None
    first = beginning(found, start)
    if first is None:
        return described(words, start, at, lex)
    if whole and start == 0 and first.kind == "body" and first.name is not None:
        return replace(first, high=at, name=span(first.name[0], words.ends[at - 1]))
    small = first.kind == "body" and words.printed[first.high - 1].islower()
    if first.high < at and (small or first.kind == "role"):
        return _longer(words, first, at, lex)  # "La casa | automobilistica giapponese"
    return first if first.kind not in {"many", "pronoun"} else None


def _beside_aside(words: Words, at: int, lex: Grammar) -> Mention | None:
    """Return the noun phrase before an aside: ``Un vicino, che ha chiesto l'anonimato, ha detto``."""
    edge = next((i for i in range(at) if not inside(words, i, lex)), 0)
    opened = lex.language.subject_may_follow and words.low[edge] == "," and edge < at - 1
    adverb = all(map(lex.adverbial, words.low[edge + 1 : at - 1]))  # "Il sondaggio, inoltre, afferma"
    closed = opened and (adverb or aside_end(words, edge, lex) == at - 1)
    return described(words, 0, edge, lex) if closed else None


def _longer(words: Words, first: Mention, end: int, lex: Grammar) -> Mention | None:
    """Give an office or a body in small letters all that is told of it."""
    whole = described(words, first.low, end, lex)
    if whole is None or whole.kind == "person" or first.indefinite:
        return whole
    if first.kind == "body":
        return replace(first, high=end, name=whole.role)
    return replace(first, high=end, description=whole.role)


def _clause_begins(words: Words, at: int, lex: Grammar) -> bool:
    before = words.low[at - 1]
    return before in {",", ".", QUOTED} or before in lex.small.openers or before in lex.verbs.auxiliaries


def _governed(words: Words, mention: Mention, lex: Grammar) -> bool:
    """Tell whether what stands before a noun phrase takes it as its object: ``near Zwolle``, ``who treated Lee``."""
    before = words.at(mention.low - 1)
    told = before in lex.names.attributes and before not in lex.cues.conjunctions
    bare = mention.kind == "person" and mention.role is None and words.plain(mention.low - 1)
    acts = before.endswith(lex.cues.aside_endings) and before not in lex.cues.no_gerunds
    acts = acts or words.at(mention.low - 2) in lex.small.personal
    acts = acts and bare and not lex.language.subject_optional
    return told or acts or before in lex.small.prepositions or before in lex.cues.agents


def _closed(words: Words, near: Mention | None) -> Mention | None:
    """Return the subject that a comma parts from its verb: one that an earlier comma opens or that holds one."""
    opened = near is not None and near.low > 0 and "," in words.low[max(0, near.low - 2) : near.high]
    return near if near is not None and (opened or "," in words.low[near.low : near.high]) else None


def _whole(words: Words, near: Mention | None, ends: Mapping[int, Mention], lex: Grammar) -> Mention | None:
    """Return whom a description before the verb tells of: ``the Alva Party, the largest in Hale,``."""
    if near is None or near.kind != "body" or near.low < 2:
        return near
    before = near.low - 1 - (words.low[near.low - 1] in lex.small.determiners)
    return ends.get(before, near) if before > 0 and words.low[before] == "," == words.low[near.high] else near


def _apposed(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return the person that begins the sentence and has an apposition: ``Puig, a man with a phone, said``."""
    first = beginning(found, _beginning(words, at))
    if first is None or first.kind not in {"person", "role", "body"} or first.high >= at:
        return None
    if _modified(words, first.high, at, lex):
        return first
    opened = first.kind == "person" and "," in words.low[: first.high] and words.low[at - 1] == ","
    if first.kind == "body" or not (words.low[first.high] == "," or opened):
        return None
    index = first.high
    while index < at and words.low[first.high] not in lex.small.personal:  # "an official who asked not to be named"
        if is_verb(words, index, lex):
            return None
        index = max(index + 1, aside_end(words, index, lex) if words.low[index] == "," else 0)
    closed = words.low[first.high] != "," or words.low[at - 1] in {",", *_DASHES} or lex.language.subject_optional
    return first if closed else None  # "Afterwards, the parents claim"


def _beginning(words: Words, at: int) -> int:
    """Return where the clause of a verb begins at the earliest: behind the last quotation and its comma."""
    start = next((i + 1 for i in range(at - 1, -1, -1) if words.low[i] == QUOTED), 0)
    return start + (words.low[start] == "," and start < at - 1)


def _modified(words: Words, start: int, at: int, lex: Grammar) -> bool:
    """Tell whether a clause without commas tells which one is meant: ``The airline that runs the route said``."""
    low = words.low[start]
    opens = low in lex.cues.conjunctions or low in lex.small.personal or low.endswith(lex.cues.aside_endings)
    plain = all(words.low[i][0].isalnum() for i in range(start, at))
    return opens and plain and all(verb_at(words, i, lex) is None for i in range(start + 2, at))


def _across_clause(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Find the subject of ``At noon Rossi, speaking at the fair, said``."""
    for mention in found:
        opened = mention.low == 0 or words.low[mention.low - 1] in {",", QUOTED}
        if opened and mention.high < at - 1 and words.low[mention.high] == ",":
            between = words.low[mention.high + 1 : at - 1]
            if between and between[0] not in lex.small.conjoined:
                return mention
    return None


def after(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return the subject after a verb, the hearers stepped over: ``ha detto ai giornalisti il sindaco``."""
    within = (m for m in found if verb.start < m.low < verb.end)
    joined = next((m for m in within if words.low[m.low] in lex.joined_pronouns), None)
    if joined is not None:
        return joined  # "a-t-il déclaré"
    end = verb.end
    while lex.adverbial(words.at(end)) and words.low[end] not in lex.small.determiners and not beginning(found, end):
        end += 1  # "dice ancora Bonomi", and not "dijo | la posadera"
    if beginning(found, end) is None:
        end = past_circumstances(words, end, lex)  # "lo afferma in una nota il sindaco"
    subject, quoted = beginning(found, end), words.quoted_before(verb.start)
    if subject is None and quoted and lex.language.subject_may_follow and _frames(words, verb, lex):
        return _postposed(words, end, found, lex)
    if subject is None and words.at(end) in lex.small.of and words.plain(end + 1):
        subject = beginning(found, end + 2)
    if lex.language.subject_may_follow:
        named = subject is None and words.at(end) in lex.names.portfolios and words.capital(end + 1)
        return beginning(found, end + 2) if named else subject  # "según explicó a EFE el portavoz"
    if subject is None and quoted and words.at(end) in lex.small.determiners:
        return described(words, end, phrase_end(words, end, lex), lex)  # "“…,” said the 34-year-old plumber"
    following = words.at(subject.high) if subject else ""
    hearer = not quoted and following in lex.cues.conjunctions  # "told the crowd that"
    acts = following in lex.cues.finite or following.endswith(lex.continuation.past_endings)  # "said he was worried"
    acts = acts or (not quoted and subject is not None and is_verb(words, subject.high, lex))
    return None if hearer or acts else subject


def framing(words: Words, verb: Verb, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Read any noun phrase between the beginning of a clause and its verb: ``the five-time winner``, ``one``."""
    if lex.language.subject_may_follow:
        return None
    low = verb.start
    while low > 0 and inside(words, low - 1, lex):
        low -= 1
    before, start = words.at(low - 1), _beginning(words, verb.start)
    comma = words.low.index(",", start) if "," in words.low[start:low] else low
    aside = before == "," and low == verb.start and start < comma < low - 1
    if aside and all(inside(words, i, lex) for i in range(start, comma)):
        named = next((m for m in found if m.name is not None and m.low < comma < m.high), None)
        # "The town's own mayor, Ada Reed, who …, said"; "Workers at the plant, where 400 are employed, told"
        return named or described(words, start, comma, lex)
    openers = lex.small.adversatives | lex.cues.occasions | lex.small.conjoined
    return described(words, low, verb.start, lex) if before in openers or not before[:1].isalnum() else None


def _postposed(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> Mention | None:
    """Return the subject behind hearers, place and time: ``ha detto ieri a tutti in aula il sindaco``."""
    for _ in range(_PHRASE):
        subject = beginning(found, at)
        if subject is not None:
            return subject
        if at >= len(words) or not inside(words, at, lex):
            return None
        if words.low[at] in lex.small.determiners:
            return described(words, at, phrase_end(words, at, lex), lex)
        if aside_end(words, at, lex) or words.low[at].endswith(lex.cues.infinitive_endings):
            return None  # what follows is its object: "prima di lasciare l'aula"
        before, at = at, _past_phrase(words, at, found, lex) if words.low[at] in lex.small.prepositions else at + 1
        named = (m for m in found if before + 1 < m.low < at and words.low[m.low - 1] not in lex.names.genitive)
        if any(_is_whole_name(words, m) for m in named):  # but not "al programma Oggi della Radio Uno"
            return Mention(at, at, "many")  # "alla radio Gino Lupi": he speaks, or is spoken to
    return None


def _is_whole_name(words: Words, mention: Mention) -> bool:
    """Tell whether somebody is named by more than one word and more than initials."""
    named = [word for word in words.printed[mention.low : mention.high] if len(word) > 2]
    return mention.kind == "person" and mention.name is not None and bool(named) and mention.high - mention.low > 1


def _past_phrase(words: Words, at: int, found: Sequence[Mention], lex: Grammar) -> int:
    """Step over a preposition with its noun; a name after a noun in the plural is not his: ``ai cronisti Neri``."""
    noun = end = words.past(at + 1, lex.small.determiners)
    before, loose = words.low[noun - 1], lex.small.prepositions - lex.names.genitive
    plural = before.endswith(lex.cues.several_endings) and before not in lex.names.genitive
    while end < len(words) and inside(words, end, lex) and not aside_end(words, end, lex):
        last = words.low[end - 1]
        article = words.low[end] in lex.small.determiners and last not in lex.small.prepositions
        other = (plural or words.capital(end - 1) or last in lex.names.calendar) and beginning(found, end) is not None
        if article or (end > noun and (other or words.low[end] in loose)):
            break
        end += 1
    return end


def _frames(words: Words, verb: Verb, lex: Grammar) -> bool:
    """Tell whether a verb stands after a quotation that is no title: ``Il programma, dal titolo «…», prevede``."""
    at = verb.start - 1 - (words.low[verb.start - 1] != QUOTED)
    before = words.low[at - 1] if at else "."
    titled = verb.wish or lex.quotations.works.within(words.low, max(0, at - 3), at)
    return not titled or not before[0].isalnum()


def implied(words: Words, verb: Verb, lex: Grammar) -> bool:
    """Tell whether a verb without a subject of its own has that of the sentence or speech before.

    After "and" it does in every language; Italian leaves a known subject out at a sentence's head, behind a phrase
    there, and beside a quotation too.
    """
    loose = lex.small.conjoined | lex.small.adversatives
    led = next((i - 1 for i in range(verb.start - 2, 0, -1) if words.low[i] == ","), -1)  # "ma, a lungo, avverte"
    opened = words.at(verb.start - 1) == "," and verb.start - led < _PHRASE and words.at(led) in loose
    if words.low[verb.start] in loose or words.at(verb.start - 1) in loose or opened:
        return not verb.wish
    beside = words.apart(verb.start) and words.at(verb.start - 2) == QUOTED
    inside = words.at(verb.start - 1) == "," and words.at(verb.end) in {",", ".", ""}
    beside = beside or words.at(verb.start - 1) == QUOTED
    return lex.language.subject_optional and (verb.start == 0 or beside or inside or _opened(words, verb.start, lex))


def _opened(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether a phrase and its comma stand before a verb: ``Además, aseguró``, ``Tras la reunión, dijo``."""
    first = words.low[0]
    phrase = first in lex.small.openers or first in lex.small.prepositions or lex.cues.adverb.match(first)
    if not phrase or "," in words.low[: at - 1] or at < 2:
        return False
    noun = words.past(1, lex.small.determiners)  # "Su Twitter ha scritto: …", but "Ieri un utente ha scritto: …"
    bare = at <= noun + _BARE and lex.small.determiners.isdisjoint(words.low[noun:at])
    return words.low[at - 1] == "," or (bare and first not in lex.small.openers)
