"""Noun phrases that may name a speaker: a person with an office, an office alone, a body, a pronoun."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from summarizer.speech.alphabetic.grammar import Grammar
from summarizer.speech.alphabetic.noun_phrases import COMPANY_ENDS, only_names, phrase_end
from summarizer.speech.alphabetic.nouns import field_adjective, honours, is_role, within_name
from summarizer.speech.alphabetic.offices import around, attributive, role_span
from summarizer.speech.alphabetic.verbs import is_verb, verb_at
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, Span, Words

__all__ = ["described", "mentions"]

_DESCRIPTION = 9  # words after the office: "close to the talks between the two firms"
#: Words of an adverb and a pronoun at a sentence's head.
_OPENED = 2


def mentions(words: Words, lex: Grammar) -> list[Mention]:
    """Return the noun phrases of a sentence that may name somebody, in order."""
    found: list[Mention] = []
    low, printed, beginnings = words.low, words.printed, lex.phrase_beginnings
    at, length = 0, len(words)
    while at < length:
        if low[at] not in beginnings and not printed[at][0].isupper():
            at += 1
            continue
        at = _past_hearer(words, at, lex)
        if _stands_in(words, at, lex):
            told = lex.entities.male | lex.entities.female
            high = _past_age(words, at + 2, lex)
            found.append(Mention(at, high, "pronoun", head=low[at + 1] if low[at + 1] in told else low[at]))
            at = high
            continue
        adverb = at == 0 and length > 1 and low[0] in lex.small.openers
        adverb = adverb and (low[1] == "," or low[1] in lex.small.prepositions)
        adverb = adverb or (printed[at].islower() and is_verb(words, at, lex))  # "ha aggiunto Neri", no "aggiunto"
        end = phrase_end(words, at, lex) if not adverb else at  # "Prima, dice, …"
        mention = _read(words, at, end, lex) if end > at else None
        if mention is not None:
            found.append(_with_attributes(words, mention, lex))
        at = max(end, at + 1)
    found = _apposed(words, found, lex)
    return [_with_predicate(words, a, b, lex) for a, b in itertools.zip_longest(found, found[1:])]


def _apposed(words: Words, found: Sequence[Mention], lex: Grammar) -> list[Mention]:
    """Join an office and a name: ``el director, el ingeniero Juan Ríos, …`` and ``Ríos, el alcalde, …``."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before is None or not _beside(words, before, mention, lex):
            joined.append(mention)
        elif before.kind == "role" and mention.kind == "person" and mention.role:
            joined[-1] = replace(before, kind="person", name=mention.name, high=mention.high)
        elif before.kind == "person" and before.role is None and mention.kind == "role" and not before.low:
            joined[-1] = replace(mention, kind="person", name=before.name, low=before.low)
        else:
            joined.append(mention)
    return joined


def _beside(words: Words, before: Mention, mention: Mention, lex: Grammar) -> bool:
    """Tell whether a noun phrase stands between commas right behind another, and no third one behind it."""
    close = words.at(before.high) == "," == words.at(mention.high) and mention.low - before.high in {1, 2}
    return close and words.at(mention.high + 1) not in lex.small.conjoined | lex.small.determiners


def _past_hearer(words: Words, at: int, lex: Grammar) -> int:
    """Step over the place or paper before a speaker, who has two names: ``ha detto a Tallinn | Kaja Saar``."""
    if at < 2 or words.low[at - 1] not in lex.small.prepositions or not is_verb(words, at - 2, lex):
        return at
    low = high = at + words.printed[at].islower()
    while words.capital(high) or words.at(high) in lex.small.particles:
        high += 1
    names = [i for i in range(low, high) if words.capital(i)]
    return names[-2] if lex.language.subject_may_follow and len(names) > 2 else at


def _with_predicate(words: Words, mention: Mention, following: Mention | None, lex: Grammar) -> Mention:
    """Give a person the office that the sentence says he holds: ``Ruth Adeyemi is the founder of LoomLab``."""
    if following is None or following.kind != "role" or mention.kind != "person" or mention.role is not None:
        return mention
    if mention.high - mention.low < 2 or following.indefinite:
        return mention  # "Italy is a member"
    low = following.low - (words.low[following.low - 1] in lex.small.determiners)
    if low != mention.high + 1 or words.low[mention.high] not in lex.names.copulas:
        return mention
    return replace(mention, role=following.role, organisation=following.organisation, head=following.head)


def _stands_in(words: Words, at: int, lex: Grammar) -> bool:
    """Tell whether ``the 54-year-old``, ``the Norwegian`` or ``the latter`` stands for somebody named before."""
    names, low = lex.names, words.low[at]
    if low not in lex.small.determiners or low in names.indefinite:
        return False
    end = _past_age(words, at + 2, lex)
    word, after = words.at(at + 1), words.at(end)
    speaks = is_verb(words, end, lex) or after in lex.verbs.auxiliaries
    if word in names.stand_ins or (word.endswith(names.age_endings) and word[0].isdigit()):
        office = word in lex.entities.roles and after in names.genitive  # "la patronne de l'hôtel"
        loose = after in lex.cues.finite or (after in lex.small.prepositions and not office)
        return speaks or not after[:1].isalpha() or loose
    demonym = word in names.nationalities and (lex.language.demonyms_capital or words.plain(at + 1))
    return demonym and (speaks or (is_verb(words, at - 1, lex) and not after[:1].isalnum()))


def _past_age(words: Words, at: int, lex: Grammar) -> int:
    """Step over ``de 34 ans``."""
    aged = words.at(at) in lex.names.genitive and words.at(at + 1)[:1].isdigit()
    return at + 2 + words.plain(at + 2) if aged else at


def _with_attributes(words: Words, mention: Mention, lex: Grammar) -> Mention:
    """Take in small words behind an article: ``the country's disaster agency``, ``the tournament's director``."""
    noun = mention.role or (mention.name if mention.kind == "body" else None)
    if noun is None or words.starts[mention.low] != noun[0] or not words.printed[mention.low].islower():
        return mention
    owner = None
    for at in range(mention.low - 1, max(-1, mention.low - 5), -1):
        low = words.low[at]
        if low in lex.small.determiners:
            return _from_article(words, mention, at, owner, lex)
        if low == "'s" and owner is None:
            owner = at
        elif mention.role is None:
            if not low.isalpha() or low in lex.names.connectors or low in lex.verbs.auxiliaries:
                break
        elif not lex.language.nouns_before_nouns or not attributive(words, at, lex) or is_verb(words, at, lex):
            break
    return mention


def _from_article(words: Words, mention: Mention, at: int, owner: int | None, lex: Grammar) -> Mention:
    """Begin a noun phrase with its article at `at`; the words before `owner` are an office's body."""
    if mention.role is None:
        return replace(mention, low=at, name=(words.starts[at + 1], mention.name[1])) if mention.name else mention
    first = (at if owner is None else owner) + 1
    return replace(
        mention,
        low=at,
        role=(words.starts[first], mention.role[1]),
        organisation=mention.organisation if owner is None else (words.starts[at + 1], words.ends[owner - 1]),
        head=" ".join([*words.low[first : mention.low], mention.head]),
        indefinite=words.low[at] in lex.names.indefinite,
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One stretch of a noun phrase between commas, by the indices of its words."""

    name: tuple[int, int] | None = None
    role: tuple[int, int] | None = None
    organisation: tuple[int, int] | None = None
    body: bool = False


def _read(words: Words, low: int, high: int, lex: Grammar) -> Mention | None:
    """Say what the noun phrase ``words[low:high]`` is, None when it can be no speaker."""
    nobody = _without_name(words, low, high, lex)
    if nobody is not None:
        return nobody
    if low == 0 and high <= _OPENED and lex.continuation.first_person.at(words.low, high - 1):
        return Mention(low, high, "many")  # "I said", "Then I went": a pronoun, and no "King Charles I"
    article = _article(words, low, lex)
    segments = _segments(words, low, high, lex)
    parts = _parts(words, segments, lex)
    if lex.language.nouns_capital:
        parts = _named_behind(parts)
    names = [part.name for part in parts if part.name and not part.body and _printed_name(words, part.name, lex)]
    roles = [part.role for part in parts if part.role]
    roles.sort(key=lambda role: words.low[role[1] - 1] in lex.names.kin)
    if names and not roles and _coordinated(words, low, high, lex):
        return Mention(low, high, "many")
    organisation = _organisation(words, parts, high)
    role = _offsets(words, roles[0]) if roles else None
    if names and role and organisation is None:
        role, organisation = _listed(words, segments, parts, role)
    head = " ".join(words.low[slice(*roles[0])]) if roles else ""
    held, new = _offsets(words, organisation), words.low[low] in lex.names.indefinite
    if names:
        kind: Literal["body", "person"] = "body" if article and not roles else "person"  # the Red Cross
        return Mention(low, high, kind, _offsets(words, names[0]), role, held, head, indefinite=new)
    if roles:
        return Mention(low, high, "role", None, role, held, head, indefinite=new)
    body = _owner(words, next((part.name for part in parts if part.body), None))
    return Mention(low, high, "body", _offsets(words, body), role, held, head, indefinite=new) if body else None


def _article(words: Words, at: int, lex: Grammar) -> bool:
    """Tell an article from the beginning of a family name: ``ha detto Lo Presti``."""
    return words.low[at] in lex.small.determiners and not (at > 0 and words.capital(at))


def _without_name(words: Words, low: int, high: int, lex: Grammar) -> Mention | None:
    """Read a phrase that is a pronoun, or begins with whom a speaker may quote: ``everyone``, ``many of them``."""
    word, one = words.low[low], high - low == 1
    if one and word in lex.small.pronouns:
        return Mention(low, high, "pronoun", head=word)
    several = word in lex.small.generic and (one or word not in lex.small.determiners)
    return Mention(low, high, "many", head=word) if several else None


def _parts(words: Words, segments: Sequence[tuple[int, int]], lex: Grammar) -> list[_Part]:
    """Read what stands between commas, in order; of names of persons only the first is one."""
    parts: list[_Part] = []
    for low, high in segments:
        parts.append(_part(words, low, high, lex, has_name=any(part.name and not part.body for part in parts)))
    return parts


def _organisation(words: Words, parts: Sequence[_Part], high: int) -> tuple[int, int] | None:
    """Return the body of an office; its ``'s`` is none of it where the phrase goes on in words we cannot read."""
    low, end = next((part.organisation for part in parts if part.organisation), (0, 0))
    if not end:
        return None
    return low, end - (words.low[end - 1] == "'s" and words.at(high)[:1].isalpha())


def _printed_name(words: Words, name: tuple[int, int], lex: Grammar) -> bool:
    """Tell whether a name begins with a capital, or with a small particle as ``van der Berg`` does."""
    return words.capital(name[0]) or (words.low[name[0]] in lex.small.particles and words.capital(name[1] - 1))


def _without_honours(words: Words, start: int, end: int, lex: Grammar) -> int:
    """Leave the letters after a name out of it: ``Margaret Hill KC``."""
    while end > start and honours(words, end - 1 - (words.low[end - 1] == "."), lex):
        end -= 1
    return end


def _owner(words: Words, body: tuple[int, int] | None) -> tuple[int, int] | None:
    """Leave the ``'s`` of ``the chamber's latest report`` out of a body's name."""
    return (body[0], body[1] - 1) if body and words.low[body[1] - 1] == "'s" else body


def _listed(
    words: Words, segments: Sequence[tuple[int, int]], parts: Sequence[_Part], role: Span
) -> tuple[Span, tuple[int, int] | None]:
    """Return the office and the body of ``Jane Doe, Vice President, Procurement, Sora Foods``."""
    last = max(i for i, part in enumerate(parts) if part.role)
    after = segments[last + 1 :]
    if last == 0 or not after:
        return role, None
    return ((role[0], words.ends[after[-2][1] - 1]) if len(after) > 1 else role), after[-1]


def _offsets(words: Words, span: tuple[int, int] | None) -> Span | None:
    return (words.starts[span[0]], words.ends[span[1] - 1]) if span and span[1] > span[0] else None


def _segments(words: Words, start: int, end: int, lex: Grammar) -> list[tuple[int, int]]:
    commas = [i for i in range(start, end) if words.low[i] == "," and words.at(i + 1) not in COMPANY_ENDS]
    edges = [start - 1, *commas, end]
    parted = [(a + 1, _without_honours(words, a + 1, b, lex)) for a, b in itertools.pairwise(edges)]
    return [(a, b) for a, b in parted if b > a]


def _coordinated(words: Words, start: int, end: int, lex: Grammar) -> bool:
    return any(word in lex.small.conjoined and word != "&" for word in words.low[start:end])


def _named_behind(parts: Sequence[_Part]) -> list[_Part]:
    """Give the name beside an office's body to the body where a comma and a name follow.

    ``die Leiterin der Genossenschaft Goldener Halm, | Anna Wolf``: capitals alone do not tell the two.
    """
    first, *rest = parts
    bare = any(part.name and part.name[1] - part.name[0] > 1 and not (part.body or part.role) for part in rest)
    if not (bare and first.name and first.organisation and first.name[0] == first.organisation[1]):
        return [first, *rest]
    return [replace(first, name=None, organisation=(first.organisation[0], first.name[1])), *rest]


def _part(words: Words, start: int, end: int, lex: Grammar, *, has_name: bool) -> _Part:
    """Read one stretch between commas; `has_name` when the person's name stood in an earlier one."""
    small, names, entities = lex.small, lex.names, lex.entities
    while start < end and (_article(words, start, lex) or words.low[start] in small.conjoined):
        start += 1
    titles = (i for i in range(start, end) if words.low[i] in names.honorifics and (i == start or words.capital(i)))
    after = max(titles, default=start - 1) + 1  # "Texas Rep. | Joe Cole"
    after += after > start and words.at(after) == "."
    office = any(word in entities.roles and word not in entities.surnames for word in words.low[start:end])
    if start < after < end and not office:
        return _Part(name=_bare_name(words, after, end, lex))
    role = role_span(words, start, end, lex)
    if role is not None and _in_body(words, role, end, lex):
        inside = not any(low in small.of for low in words.low[role[1] : end])
        role = None if inside else role  # the Port Workers' Union, the mayor's office
    if role is None:
        body = any(word in names.bodies for word in words.low[start:end])
        body = body or (end - start == 1 and _acronym(words, start, end))
        body = body and not _member(words, start, end, lex)
        start, end = (_past_common_noun(words, start, end, lex), end) if body else _bare_name(words, start, end, lex)
        return _Part(name=(start, end), body=body) if start < end else _Part()
    (low, high), named = _addressed(words, role, end, lex)
    name, organisation, role = around(words, start, end, (low, named), lex)
    role = (low, high) if role == (low, named) else role
    if name and name[0] + 2 < name[1] and _acronym(words, *name) and lex.language.adjectives_follow:
        first = name[0] + 1
        name, organisation = (first, name[1]), organisation or (name[0], first)  # "la senatrice USA Ada Ward"
    if has_name and name and organisation:
        organisation = organisation[0], name[1]
    return _Part(name=None if has_name else name, role=role, organisation=organisation)


def _addressed(words: Words, role: tuple[int, int], end: int, lex: Grammar) -> tuple[tuple[int, int], int]:
    """Part an office from the forms of address before its holder's name: ``director | Prof. Dr. | Anna Wolf``."""
    low, high = role
    name = high
    while name < end and (words.low[name] in lex.names.honorifics or _shortens(words, name, lex)):
        name += 1
    while high - 1 > low and words.low[high - 1] in lex.names.honorifics:
        high -= 1
    return (low, high), name


def _shortens(words: Words, at: int, lex: Grammar) -> bool:
    return words.low[at] == "." and words.low[at - 1] in lex.names.honorifics


def _in_body(words: Words, role: tuple[int, int], end: int, lex: Grammar) -> bool:
    """Tell whether the noun of a body follows that of an office: ``the Port Workers' Union``."""
    last = words.low[end - 1]
    if lex.language.body_noun_first or last not in lex.names.bodies or is_role(last, lex):
        return False
    heads = [i for i in range(*role) if is_role(words.low[i], lex)]
    return role[1] < end or (bool(heads) and words.capital(heads[0]) and heads[0] < end - 1)


def _past_common_noun(words: Words, start: int, end: int, lex: Grammar) -> int:
    """Return where a body's name begins after what it makes or is: ``Turbine maker | Vindkraft Nord``."""
    if not lex.language.nouns_before_nouns:
        return start
    if start == 0 and end > 1 and words.low[0] in lex.names.trades and words.capital(1):
        return 1  # "Chipmaker Nanotek"
    for at in range(start, end - 1):
        if words.printed[at].islower() and words.low[at] in lex.names.bodies and words.capital(at + 1):
            return at + 1
    return start


def _bare_name(words: Words, start: int, end: int, lex: Grammar) -> tuple[int, int]:
    """Cut a name out of ``the Herald's Mike Organ``, ``Robyn Christie of Melrose`` and ``Bjorn (left)``."""
    owners = [i for i in range(start, end - 1) if words.low[i] == "'s"]
    start = owners[-1] + 1 if owners else start
    small = [i for i in range(start + 1, end) if words.low[i] in lex.small.of and not within_name(words, i, lex)]
    brackets = [i for i in range(start + 1, end) if words.low[i] == "("]
    return start, min([end, *small, *brackets])


def _member(words: Words, start: int, end: int, lex: Grammar) -> bool:
    """Tell whether a person's name stands before his body: ``Gino Lupi del Partito Civico``, ``Gino Lupi (Cgil)``."""
    edges = (i for i in range(start, end) if words.low[i] == "(" or words.low[i] in lex.small.of)
    of = next((i for i in edges if not within_name(words, i, lex)), end)
    return lex.language.body_noun_first and start + 1 < of < end and only_names(words, start, of, lex)


def _acronym(words: Words, start: int, end: int) -> bool:
    shouted = end - start > 1 and words.printed[start + 1].isupper()
    return not shouted and len(words.printed[start]) > 1 and words.printed[start].isupper()


def described(words: Words, mention: Mention, lex: Grammar) -> Mention:
    """Give an office without a name its whole description, up to the verb and without the article."""
    if mention.kind != "role" or mention.role is None:
        return mention
    adjective = field_adjective(words, mention.high, lex)  # "una fonte diplomatica"
    high = _description_end(words, mention.high + adjective, lex)
    first = mention.organisation or mention.role
    start = min(first[0], mention.role[0])
    end = next((at for at in range(mention.low, high) if words.low[at] == ","), high)
    last = max(words.ends[end - 1], mention.role[1])
    return replace(mention, high=high, description=(start, last))


def _description_end(words: Words, at: int, lex: Grammar) -> int:
    """Return where what is told of somebody ends; `at` when nothing is, or not up to a verb of saying.

    After an adjective ("close to") it may end at a comma or stop too: ``said a source close to the talks.``
    """
    opening, adjective = words.at(at), words.at(at) not in lex.small.prepositions
    if adjective and opening not in lex.names.attributes:
        return at
    if opening in lex.small.personal or opening in lex.cues.relatives:
        return at
    for index in range(at + 1, min(at + _DESCRIPTION, len(words))):
        low = words.low[index]
        if low in lex.cues.finite or verb_at(words, index, lex) is not None:
            return index
        if low == QUOTED or not low[0].isalpha() or low in lex.cues.relatives or low in lex.names.calendar:
            return index if adjective and low != "'s" else at
    return at
