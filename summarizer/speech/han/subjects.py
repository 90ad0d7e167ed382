"""The subject of a Chinese clause: a name, an office, a body or a pronoun."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from summarizer.speech.han.names import joined, name_parts, office
from summarizer.speech.han.patterns import HanPatterns
from summarizer.speech.han.pieces import MARKED
from summarizer.speech.han.wordlists import Spots
from summarizer.speech.mention import Mention
from summarizer.speech.words import QUOTED, CodePoint, Span, WordIndex, Words, WordSpan, span

__all__ = ["Subjects", "place"]

_NAMES = 300  # persons; an article that names more is a list
_ADVERB = 8  # characters that may stand between a subject and a verb that takes its clause at once
_BEFORE_ROLE = 20  # characters of a clause before its subject's office
_COUNT = 3  # characters of 另一位
_RELATIVE = 20  # characters of a clause that may stand before its subject
_TITLE = 3  # characters that a name with its title has at least
_NOUN = 9  # characters that a body after a relative clause stays below
_NAME = 40  # characters of the longest name
_TITLED = 60  # characters in which an address ends after the name


def place(words: Words, offset: int) -> WordIndex:
    """Return the index of the first word that begins at `offset` or after it."""
    return WordIndex(bisect_left(words.starts, offset))


def _within(words: Words, low: int, high: int) -> WordSpan:
    """Return the words that begin in ``plain[low:high]``."""
    first = bisect_left(words.starts, low)
    return WordIndex(first), WordIndex(bisect_left(words.starts, high, first))


class Subjects:
    """Reads subjects in one article, whose names are known."""

    def __init__(self, plain: str, named: Sequence[Mention], han: HanPatterns) -> None:
        self._plain = plain
        self._patterns = han
        self._own = han.subjects
        self._table = han.table
        names = {m_text for m in named if m.name and QUOTED not in (m_text := plain[slice(*m.name)])}
        names |= {part for name in names for part in name_parts(name) if len(part) > 1 and "·" in name}
        self.names = frozenset(sorted(names)[:_NAMES])
        by_length = sorted(self.names, key=lambda name: (-len(name), name))
        known = re.compile("|".join(map(re.escape, by_length))) if by_length else None
        self._hits = [span(*match.span()) for match in known.finditer(plain)] if known else []
        self._hit_starts = [start for start, _ in self._hits]
        self._counts_at = [0, *(match.end() for match in han.subjects.counting.finditer(plain))]
        self._quoting_at = [match.end() for match in han.subjects.quoting.finditer(plain)]
        self._addresses_at = Spots(han.subjects.address, plain)

    def read(self, low: int, high: int, words: Words, *, strict: bool = False) -> Mention | None:
        """Read the subject in ``plain[low:high]``; `strict`: it must reach the verb but for a short adverb."""
        quoted = bisect_left(self._quoting_at, high)
        low = max(low, self._quoting_at[quoted - 1]) if quoted else low  # 报告援引|李明的话
        doer = self._plain.rfind(self._table.subject_patterns.passive, low, high) + 1
        for start in (doer, low) if doer else (low,):
            found = self._read(start, high, words, strict=strict)
            if found is not None:
                return found
        of = self._plain.find(self._table.subject_patterns.genitive, low + 1, min(high, low + _RELATIVE))
        return self._read(of + 1, high, words, strict=strict) if of > 0 else None  # 被救的|张大妈

    def document(self, low: int, high: int, words: Words) -> Mention | None:
        """Read the source of a verb of showing: ``支付宝数据``; one that nothing is told of is nobody's: ``数据``."""
        lead = self._own.lead.match(self._plain, low, high)
        low = lead.end() if lead else low
        found = self._own.documented.search(self._plain, low, high)
        if found is None:
            return None
        title = self._plain.rfind("《", low, found.start()) + 1
        low = title or low  # 近日发布的《就业报告》
        tail = self._own.tail.search(self._plain, low, found.start())
        whose = self._plain[low : tail.start() if tail else found.start()].strip(MARKED)
        at = _within(words, low, high)
        if not whose:
            known = found["noun"] in self._table.bodies.bodies  # 报告|还显示
            return Mention(*at, "body", span(*found.span("noun"))) if known else Mention(*at, "many")
        end = tail.start() if tail and self._patterns.offices.bodies.of(whose) else found.end("noun")
        return Mention(*at, "body", span(low, end))  # 统计局|15日发布的数据

    def _read(self, low: int, high: int, words: Words, *, strict: bool) -> Mention | None:
        lead = self._own.lead.match(self._plain, low, high)
        led = lead.end() if lead else low
        count = self._counts_at[bisect_right(self._counts_at, min(high, led + _COUNT)) - 1]
        counted = count > low + 1  # a word that counts has two characters
        low = CodePoint(count if counted else led)
        if low >= high:
            return None
        described = self._own.described.match(self._plain, low, high)
        if described is not None:  # 不愿具名的券商分析师: all that is known of him
            at = _within(words, low, described.end())
            return Mention(*at, "role", None, span(*described.span()), None, described[0], indefinite=True)
        clause = self._plain[low:high]
        if clause[0] in self._own.persons and (pronoun := self._own.pronoun.match(clause)):
            return Mention(*_within(words, low, low + pronoun.end()), "pronoun", head=pronoun[0])
        hits = self._names_in(low, high)
        addressed = not hits and self._addresses_at.within(low, min(high, low + _TITLED))
        named = self._named(clause, low, words, hits) if hits or addressed else None
        tail = self._own.tail.search(clause) if strict or named is None else None
        if strict and tail and len(clause) - tail.start() > _ADVERB:
            return None
        if named is not None:
            return named
        found = self._before(tail, low, high, words)
        return replace(found, indefinite=True) if counted and found is not None and found.kind == "role" else found

    def _before(self, tail: re.Match[str] | None, low: CodePoint, high: int, words: Words) -> Mention | None:
        """Read the noun phrase that is all of a clause but what follows a subject."""
        clause = self._plain[low:high]
        phrase = (clause[: tail.start()] if tail else clause).strip(f"{MARKED} ")
        phrase = self._own.abbreviation.sub("", phrase) if phrase.endswith((")", "）")) else phrase
        noun = clause[clause.rfind(self._table.subject_patterns.genitive) + 1 :] if tail else ""
        behind = tail is not None and tail.end() < len(clause) - len(noun) > len(clause) - _NOUN
        if behind and self._patterns.offices.bodies.of(noun):
            low, phrase = CodePoint(high - len(noun)), noun  # 由大学发表的|研究报告
        if phrase.endswith("》"):
            title = phrase.rfind("《") + 1
            low, phrase = CodePoint(low + title), phrase[title:-1]  # 俄《消息报》
            phrase = phrase if self._patterns.offices.bodies.of(phrase) else ""
        alone = not phrase or phrase.startswith(self._table.subjects.subjectless)
        found = None if alone else self._unnamed(phrase, low, words)
        if found is None and tail and self._patterns.names.whole.fullmatch(clause):
            return Mention(*_within(words, low, high), "person", span(low, high))  # 李都|表示: no adverb
        if found is None and self._own.honoured.of(phrase) and self._counts(low):
            own = span(low, low + len(phrase))  # 一位|女士: all that is known of her
            return Mention(*_within(words, low, high), "role", None, own, None, phrase)
        return found

    def _counts(self, low: int) -> bool:
        """Tell whether a word that counts ends at `low`: 一位|女士."""
        return self._counts_at[bisect_right(self._counts_at, low) - 1] == low > 0

    def _named(self, clause: str, low: CodePoint, words: Words, hits: Sequence[Span]) -> Mention | None:
        """Find a person whom the article names elsewhere by his office, or a titled one."""
        titled = None if hits else self._addressed(clause)
        if not hits and titled is None:
            return None
        if hits and self._is_object(clause[: hits[0][0] - low]):
            return None
        at = _within(words, low, low + len(clause))
        if len(hits) > 1 and self._own.coordinated.fullmatch(self._plain, hits[0][1], hits[1][0]):
            return Mention(*at, "many")
        if hits:
            team = self._own.team.match(self._plain, hits[0][1])  # 王明|竞选团队
            return Mention(*at, "body", span(hits[0][0], team.end())) if team else Mention(*at, "person", hits[0])
        return self._titled(titled, low, at) if titled else None

    def _addressed(self, clause: str) -> re.Match[str] | None:
        """Find a name with its title at the head of a clause or right after an office: 负责人|波拉德教授."""
        roles = self._patterns.offices.roles
        match = self._own.titled.match(clause)
        if match is None and (at := roles.latest(clause, 0, max(0, len(clause) - _TITLE))):
            match = self._own.titled.match(clause, at)
        if match is None or roles.of(match["name"]) or not match["role"].endswith(self._own.addresses):
            return None  # 原告|律师
        return match

    def _names_in(self, low: int, high: int) -> list[Span]:
        """Return the known names in ``plain[low:high]`` that own nothing there."""
        first = bisect_left(self._hit_starts, low)
        last = bisect_left(self._hit_starts, high, first)
        if first == last:
            return []
        owning = self._own.owning
        return [(a, b) for a, b in self._hits[first:last] if b <= high and not owning.match(self._plain, b, high)]

    def _is_object(self, before: str) -> bool:
        """Tell whether a preposition that is no part of a body's name stands before a name."""
        found = self._own.object_before.search(before)
        if found and self._patterns.offices.roles.of(before) and joined(before, 0, found.start(), self._patterns):
            found = self._own.object_before.search(before, found.start() + 1)
        return found is not None

    def _titled(self, titled: re.Match[str], low: CodePoint, at: WordSpan) -> Mention:
        start, end = span(low + titled.start("name"), low + titled.end("name"))
        role = span(low + titled.start("role"), low + titled.end("role"))
        honoured = titled["role"] in self._table.names.honorifics
        short = len(titled["name"]) <= 1 + honoured
        alone = short and not any(name.startswith(titled["name"]) for name in self.names)
        if not (honoured or alone):
            return Mention(*at, "person", (start, end), role, None, titled["role"])
        return Mention(*at, "person", (start, role[1] if alone else end))  # 张女士, of whom we know no more

    def _unnamed(self, phrase: str, low: CodePoint, words: Words) -> Mention | None:
        han = self._patterns
        at = _within(words, low, low + len(phrase))
        if phrase in han.lexicon.small.generic or self._several(phrase):
            return Mention(*at, "many", head=phrase)
        pronoun = han.subjects.pronoun.match(phrase)
        if pronoun:
            return Mention(*at, "pronoun", head=pronoun[0])
        role = han.offices.roles.of(phrase)
        if role:
            return self._in_office(phrase, role, low, at)
        body = self._table.subject_patterns.genitive not in phrase and han.offices.bodies.of(phrase)
        if body or (1 < len(phrase) <= _NAME and han.names.whole.fullmatch(phrase)):
            return Mention(*at, "body" if body else "person", span(low, low + len(phrase)))
        ending = han.names.ending.search(phrase)
        if ending and han.offices.roles.of(phrase[: ending.start()]):
            return Mention(*at, "person", span(low + ending.start(), low + ending.end()))
        return self._leading(phrase, low, at)

    def _in_office(self, phrase: str, role: int, low: CodePoint, at: WordSpan) -> Mention:
        """Read a phrase that ends with an office: ``该负责人`` is who was last spoken of in that one."""
        office = span(low + len(phrase) - role, low + len(phrase))
        pointed = self._own.pointing.match(phrase)
        if pointed is None:
            return self._officer(office, low, at)
        if pointed["firm"]:
            return Mention(*at, "many")  # 这家|制造商: a body, and no person spoken of before
        body = phrase[pointed.end() : -role]
        named = 0 < self._patterns.offices.bodies.of(body) < len(body)  # 该|国卫生部|发言人
        if named or (phrase.endswith(self._table.subjects.anyone) and self._held(body)):
            return self._officer(office, CodePoint(low + pointed.end()), at)
        return Mention(*at, "pronoun", None, office, head=phrase)

    def _held(self, before: str) -> bool:
        """Tell whether a body stands before an office: 该|园区|相关负责人 is of that one."""
        field = self._patterns.offices.field.search(before)
        return bool(self._patterns.offices.bodies.of(before[: field.start()] if field else before))

    def _leading(self, phrase: str, low: CodePoint, at: WordSpan) -> Mention | None:
        """Find the name or office that a clause begins with before other words: ``王某到案后``."""
        name = self._patterns.names.leading.match(phrase)
        if name and (self._own.owning.match(phrase, name.end()) or self._patterns.offices.countries.of(name[0])):
            name = None
        if name and name.end() < len(phrase) and not self._patterns.names.no_name.match(phrase):
            return Mention(*at, "person", span(low, low + name.end()))
        role = self._own.presiding.search(phrase)
        if role is None or role.start() > _BEFORE_ROLE or self._own.owning.match(phrase, role.end()):
            return None
        if not self._own.barred.isdisjoint(phrase[: role.start()]):
            return None
        return self._officer(span(low + role.start(), low + role.end()), low, at)

    def _officer(self, noun: Span, low: CodePoint, at: WordSpan) -> Mention:
        """Return whoever holds the office of a noun, whose body may begin at `low`."""
        body, whole = office(self._plain, *noun, low, self._patterns)
        if body and self._common(self._plain[slice(*body)]):
            whole = body[0], noun[1]  # 日本采购商, 商场负责人: nobody's office, and all that is known of him
            body = None
        return Mention(*at, "role", None, whole, body, self._plain[slice(*whole)])

    def _common(self, body: str) -> bool:
        return body in self._table.bodies.common_bodies or self._patterns.offices.countries.of(body) == len(body)

    def _several(self, phrase: str) -> bool:
        parts = self._own.between.split(phrase) if self._own.between.search(phrase) else ()
        return bool(parts) and all(self._patterns.names.whole.fullmatch(part) for part in parts)
