"""What articles print differently that tell the same story: figures by value, quotes by their words."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations
from typing import Literal
from urllib.parse import urlsplit

from summarizer import figures, languages
from summarizer.article.line import one_line
from summarizer.article.span import Span
from summarizer.digest import ArticleRecord, Digest
from summarizer.figures.figure import Figure
from summarizer.figures.iso import parts
from summarizer.ground.locate import locate
from summarizer.speech.marks import passages

__all__ = ["Difference", "Value", "differences", "names_of", "told"]

#: Two sentences report the same thing when they share this much of their words (Dice), figures left out.
_ALIKE = 0.5
#: In a larger group every article is compared with the fullest one only.
_EACH = 8
#: A figure's place among the words.
_FIGURE = "\0"
_TOKEN = re.compile(r"[^\W_]+")
#: Kinds that may stand for each other: 12 %, 12 points; 12 million, 12 million euros.
_AMOUNTS = frozenset({"number", "money", "percent"})
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Value:
    """What one article prints.

    Attributes:
        member: the article's position among the digests of the run.
        text: a figure or quote as it is printed there.
        span: its place in that article.
        sentence: the sentence that it begins in.
    """

    member: int
    text: str
    span: Span
    sentence: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another one elsewhere, or a quote that is not everywhere word for word.

    Attributes:
        kind: ``figure``, ``quote``.
        values: what each article prints there, in order; who prints nothing there has none.
    """

    kind: Literal["figure", "quote"]
    values: tuple[Value, ...]


def differences(digests: Sequence[Digest], members: Sequence[int]) -> tuple[Difference, ...]:
    """Return what articles of one story print differently: figures first, then quotes, in the first article's order.

    Figures are compared where their sentences are the same but for them, by value and unit; who has another rounding
    that is said to be one ("nearly 180") differs from nobody. Of quotes, those of the digests are compared.

    Args:
        digests: of the run.
        members: positions of the articles, in one language.
    """
    read = {i: _read(digests[i].article) for i in members}
    return (*_figures(read), *_quotes(digests, read))


def told(difference: Difference, names: Mapping[int, str]) -> str:
    """Return a difference in words: "A prints 12 million, B 21 million".

    Args:
        difference: as `differences` gives it.
        names: position among the digests → what to call the article, for all of the group; see `names_of`.
    """
    quoted = difference.kind == "quote"
    said = defaultdict[str, list[str]](list)
    for value in difference.values:
        words = one_line(value.text)
        said[f"“{words}”" if quoted else words].append(names[value.member])
    shown = [f"{_listed(who)} {words}" for words, who in said.items()]
    first, verb = next(iter(said.values())), "quote" if quoted else "print"
    shown[0] = f"{_listed(first)} {verb}{'s' if len(first) == 1 else ''} {next(iter(said))}"
    absent = [name for member, name in names.items() if member not in {v.member for v in difference.values}]
    return ", ".join(shown) + (f"; not in {_listed(absent)}" if absent else "")


def names_of(digests: Sequence[Digest], members: Sequence[int]) -> dict[int, str]:
    """Return what to call the articles of a group: the outlet, else the address's host, else the source's name.

    Where several have one name, the number of the article in the run stands behind it.
    """
    plain = {i: _name(digests[i].article) for i in members}
    known = list(plain.values())
    return {i: f"{name} ({i + 1})" if known.count(name) > 1 else name for i, name in plain.items()}


def _name(article: ArticleRecord) -> str:
    host = urlsplit(article.url or "").hostname if _is_url(article.url) else None
    return one_line(article.outlet or host or re.split(r"[/\\]", article.source)[-1]) or "an article"


def _is_url(url: str | None) -> bool:
    return bool(url and re.match(r"https?://[^\[\]]*$", url))


def _listed(names: Sequence[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence with its figures."""

    span: Span
    text: str
    figures: tuple[Figure, ...]
    tokens: tuple[str, ...]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(self.tokens) - {_FIGURE}


@dataclass(frozen=True, slots=True)
class _Read:
    """An article as its sentences."""

    text: str
    sentences: tuple[_Sentence, ...]
    spaced: bool

    def sentence(self, at: int) -> str:
        return next((s.text for s in self.sentences if s.span.start <= at < s.span.end), "")

    def value(self, member: int, span: Span) -> Value:
        return Value(member, span.of(self.text), span, self.sentence(span.start))


def _read(article: ArticleRecord) -> _Read:
    code = languages.base(article.language)
    found = figures.find(article.text, code) if languages.known(code) else []
    spaced = not languages.known(code) or languages.get(code).spaced
    sentences = (_sentence(article.text, Span(start, end), found, spaced=spaced) for start, end in article.sentences)
    return _Read(article.text, tuple(sentences), spaced)


def _sentence(text: str, span: Span, found: Sequence[Figure], *, spaced: bool) -> _Sentence:
    own = tuple(f for f in found if span.start <= f.start and f.end <= span.end)
    tokens, at = list[str](), span.start
    for figure in own:
        tokens += [*_tokens(text[at : figure.start], spaced=spaced), _FIGURE]
        at = figure.end
    tokens += _tokens(text[at : span.end], spaced=spaced)
    return _Sentence(span, text[span.start : span.end].strip(), own, tuple(tokens))


def _tokens(text: str, *, spaced: bool) -> list[str]:
    words = _TOKEN.findall(unicodedata.normalize("NFKC", text).casefold())
    return words if spaced else list("".join(words))


def _figures(read: Mapping[int, _Read]) -> Iterator[Difference]:
    """Yield the figures that stand at the same place of the same sentence, and are not the same everywhere."""
    places = _Places()
    for one, other in _compared(read):
        for left, right in _aligned(read[one].sentences, read[other].sentences):
            for a, b in _matched(left, right):
                places.join((one, a), (other, b))
    for place in places.all():
        held = dict(place)
        if any(_contradict(a, b) for a, b in combinations(held.values(), 2)):
            values = (read[i].value(i, Span(held[i].start, held[i].end)) for i in sorted(held))
            yield Difference("figure", tuple(values))


def _compared(read: Mapping[int, _Read]) -> Iterator[tuple[int, int]]:
    if len(read) <= _EACH:
        yield from combinations(read, 2)
        return
    fullest = max(read, key=lambda i: len(read[i].text))
    yield from ((fullest, i) for i in read if i != fullest)


class _Places:
    """Figures of several articles that stand at one place of the story."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, Figure], dict[int, Figure]] = {}

    def join(self, one: tuple[int, Figure], other: tuple[int, Figure]) -> None:
        """Put two figures at one place, unless an article would have two there."""
        left, right = self._held.get(one, dict([one])), self._held.get(other, dict([other]))
        if any(right.get(member, figure) != figure for member, figure in left.items()):
            return
        merged = {**left, **right}
        self._held.update((place, merged) for place in merged.items())

    def all(self) -> Iterator[dict[int, Figure]]:
        """Yield the places, in the order of the text of their first articles."""
        found = {id(place): place for place in self._held.values()}.values()
        yield from sorted(found, key=lambda place: (min(place), place[min(place)].start))


def _aligned(one: Sequence[_Sentence], other: Sequence[_Sentence]) -> Iterator[tuple[_Sentence, _Sentence]]:
    """Yield the sentences of two articles that report the same thing: each is the other's likest."""
    ours, theirs = [(s, s.words) for s in one if s.figures], [(s, s.words) for s in other if s.figures]
    for sentence, words in ours:
        best = _likest(words, theirs)
        if best is not None and _likest(best.words, ours) is sentence:
            yield sentence, best


def _likest(words: frozenset[str], others: Sequence[tuple[_Sentence, frozenset[str]]]) -> _Sentence | None:
    scored = ((_alike(words, own), s) for s, own in others)
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _matched(one: _Sentence, other: _Sentence) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures at the same places of two sentences."""
    ours, theirs = iter(one.figures), iter(other.figures)
    left = [next(ours) if token == _FIGURE else None for token in one.tokens]
    right = [next(theirs) if token == _FIGURE else None for token in other.tokens]
    matcher = SequenceMatcher(None, one.tokens, other.tokens, autojunk=False)
    for low, begin, length in matcher.get_matching_blocks():
        for a, b in zip(left[low : low + length], right[begin : begin + length], strict=True):
            if a is not None and b is not None:
                yield a, b


def _contradict(one: Figure, other: Figure) -> bool:
    """Tell whether two figures cannot both be right."""
    if figures.same(one, other) or figures.same(other, one):
        return False
    if one.kind == other.kind == "date":
        return _other_day(str(one.value), str(other.value))
    return one.kind == other.kind or {one.kind, other.kind} <= _AMOUNTS


def _other_day(one: str, other: str) -> bool:
    """Tell whether two dates differ in what both of them say; a weekday and a day of the month may be one."""
    left, right = parts(one), parts(other)
    if left is None or right is None:
        return _DIGIT.sub("0", one) == _DIGIT.sub("0", other)
    pairs = ((left.year, right.year), (left.month, right.month), (left.day, right.day))
    return any(a is not None and b is not None and a != b for a, b in pairs)


def _quotes(digests: Sequence[Digest], read: Mapping[int, _Read]) -> Iterator[Difference]:
    """Yield the quotes of the digests that do not stand word for word in every article."""
    seen: set[tuple[int, Span]] = set()
    for member in read:
        for quote in digests[member].quotes:
            if quote.kind == "reported" or any(_overlap(quote.start, quote.end, s) for i, s in seen if i == member):
                continue
            exact = {i: _place(article.text, quote.text) for i, article in read.items()}
            found = {i: place or _near(read[i], quote.text) for i, place in exact.items()}
            seen |= {(i, place) for i, place in found.items() if place}
            if not all(exact.values()):
                yield Difference("quote", tuple(read[i].value(i, place) for i, place in found.items() if place))


def _overlap(start: int, end: int, other: Span) -> bool:
    return start < other.end and other.start < end


def _place(text: str, words: str) -> Span | None:
    found = locate(text, words)
    return Span(found[0].start, found[-1].end) if found else None


def _near(article: _Read, words: str) -> Span | None:
    """Return the passage in marks that has nearly the words of a quote, None where none has."""
    wanted = frozenset(_tokens(words, spaced=article.spaced))
    marked = [Span(p.start, p.end) for p in passages(article.text)]
    within = (_within(s.span, m) for m in marked for s in article.sentences)
    pieces = [*marked, *(piece for piece in within if piece)]
    tokens = (frozenset(_tokens(piece.of(article.text), spaced=article.spaced)) for piece in pieces)
    scored = zip((_alike(wanted, own) for own in tokens), pieces, strict=True)
    best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= _ALIKE else None


def _within(one: Span, other: Span) -> Span | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    return Span(start, end) if start < end else None


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of their words two texts share (Dice), 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other) or 1)
