"""Near-duplicates of a run: articles that tell the same story in nearly the same words, and what differs in them.

Articles are compared by the runs of words that they share, in Chinese by runs of characters (shingles: Broder, "On
the resemblance and containment of documents", 1997). Only articles of one language are compared. A headline
does not count; what also stands in articles that have nothing else in common (a newsroom's address, a call to
subscribe) does not either. The work grows with the length of all texts together, not with the number of pairs.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise
from zlib import crc32

from summarizer import languages
from summarizer.digest import ArticleRecord, Digest
from summarizer.digest.differences import Difference, Value, differences, names_of, told

__all__ = ["Difference", "Group", "Value", "groups", "names_of", "together", "told"]

#: Words of a shingle, and characters where a script has no spaces.
_WORDS, _CHARS = 4, 7
#: Two articles are one story if they share this much of the shorter …
_OF_SHORTER = 0.25
#: … and this much of the longer: a survey of the day holds many stories and is none of them.
_OF_LONGER = 0.15
#: In a group, any two share at least this much of the shorter: no article ties two stories together.
_WITHIN = 0.12
#: A passage of so many shingles that so many articles have is looked at: whether they have anything else in common.
_PASSAGE, _COMMON = 5, 4
#: An article that has so much of a shorter one has all of it.
_ALL = 0.6
#: Of a shingle's articles so many are paired each with each; of more, each with the next.
_EACH = 12
#: Of the articles with a passage at most about so many are looked at.
_SAMPLE = 48
#: Less text than this is no story of its own.
_LEAST = 8
_TOKEN = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Articles that tell the same story.

    Attributes:
        members: their positions among the digests, in order; two or more.
        differs: what one prints otherwise than another.
    """

    members: tuple[int, ...]
    differs: tuple[Difference, ...]


def groups(digests: Sequence[Digest]) -> tuple[Group, ...]:
    """Return the stories of a run that several of its articles tell, in the order of their first articles.

    Args:
        digests: of one run. Articles in different languages are never one group.
    """
    found = together([digest.article for digest in digests])
    return tuple(Group(members, differences(digests, members)) for members in found)


def together(articles: Sequence[ArticleRecord]) -> tuple[tuple[int, ...], ...]:
    """Return which articles tell the same story: positions in order, each in one group at most."""
    found: list[tuple[int, ...]] = []
    by_language = defaultdict[str, list[int]](list)
    for i, article in enumerate(articles):
        by_language[languages.base(article.language)].append(i)
    for positions in by_language.values():
        likeness = _Likeness([_shingles(articles[i]) for i in positions])
        found += (tuple(positions[i] for i in members) for members in _grouped(likeness))
    return tuple(sorted(found))


def _shingles(article: ArticleRecord) -> frozenset[int]:
    """Return the runs of words of an article as numbers of 32 bits, without a title at its beginning."""
    tokens = _tokens(article.text, article.language)
    title = _tokens(article.title or "", article.language)
    if title and tokens[: len(title)] == title:
        tokens = tokens[len(title) :]
    return frozenset(_runs(tokens, _WORDS if _spaced(article.language) else _CHARS))


def _tokens(text: str, language: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).casefold()
    words = _TOKEN.findall(plain)
    return words if _spaced(language) else list("".join(words))


def _spaced(language: str) -> bool:
    code = languages.base(language)
    return not languages.known(code) or languages.get(code).spaced


def _runs(tokens: Sequence[str], length: int) -> Iterator[int]:
    if 0 < len(tokens) < length:
        yield crc32(" ".join(tokens).encode("utf-8", "surrogatepass"))
    for i in range(len(tokens) - length + 1):
        yield crc32(" ".join(tokens[i : i + length]).encode("utf-8", "surrogatepass"))


class _Likeness:
    """How much of each other's text articles have, as far as it is asked for."""

    def __init__(self, shingles: Sequence[frozenset[int]]) -> None:
        self._whole = shingles

    @cached_property
    def _holders(self) -> Mapping[int, Sequence[int]]:
        """The articles that have each shingle which several have."""
        once, several = dict[int, int](), defaultdict[int, list[int]](list)
        for i, own in enumerate(self._whole):
            for shingle in own:
                first = once.setdefault(shingle, i)
                if first != i:
                    several[shingle].append(i)
        return {shingle: [once[shingle], *others] for shingle, others in several.items()}

    @cached_property
    def _own(self) -> Sequence[frozenset[int]]:
        """Each article's shingles without those of passages that unlike articles have, too."""
        passages = defaultdict[tuple[int, ...], list[int]](list)
        for shingle, holders in self._holders.items():
            if len(holders) >= _COMMON:
                passages[tuple(holders)].append(shingle)
        common: set[int] = set()
        for holders in sorted((h for h, found in passages.items() if len(found) >= _PASSAGE), key=len):
            if self._unlike(holders, common):
                common.update(passages[holders])
        return [own - common for own in self._whole]

    def _unlike(self, holders: Sequence[int], common: set[int]) -> bool:
        """Tell whether most of the articles with a passage share nothing else: no other that is rarer, and not all.

        Each is compared with the one that stands half the list further on.
        """
        some = holders[:: -(-len(holders) // _SAMPLE)]
        pairs = [(one, some[(i + len(some) // 2) % len(some)]) for i, one in enumerate(some)]
        return 2 * sum(self._alike(one, other, len(holders), common) for one, other in pairs) < len(pairs)

    def _alike(self, one: int, other: int, number: int, common: set[int]) -> bool:
        shared = self._whole[one] & self._whole[other]
        shorter = min(len(self._whole[one]), len(self._whole[other]))
        rarer = sum(len(self._holders[shingle]) < number and shingle not in common for shingle in shared)
        return len(shared) >= _ALL * shorter or rarer >= _WITHIN * shorter

    def of(self, one: int, other: int) -> tuple[float, float]:
        """Return what two articles share, of the shorter and of the longer; 0 to 1."""
        return _shared(self._own[one], self._own[other])

    def pairs(self) -> Iterator[tuple[float, int, int]]:
        """Yield the pairs that are the same story, with what they share of the shorter."""
        candidates = {pair for holders in self._holders.values() for pair in _paired(holders)}
        for one, other in sorted(candidates):
            shorter, longer = self.of(one, other)
            if shorter >= _OF_SHORTER and longer >= _OF_LONGER:
                yield shorter, one, other


def _paired(holders: Sequence[int]) -> Iterable[tuple[int, int]]:
    return combinations(holders, 2) if len(holders) <= _EACH else pairwise(holders)


def _shared(one: frozenset[int], other: frozenset[int]) -> tuple[float, float]:
    shorter, longer = sorted((len(one), len(other)))
    common = len(one & other)
    return (common / shorter, common / longer) if shorter >= _LEAST else (0.0, 0.0)


def _grouped(likeness: _Likeness) -> Iterator[list[int]]:
    """Put the likest pairs together first, and yield the groups; any two of a group have something in common."""
    group_of: dict[int, list[int]] = {}
    for _, one, other in sorted(likeness.pairs(), key=lambda pair: (-pair[0], pair[1:])):
        left, right = group_of.get(one, [one]), group_of.get(other, [other])
        if left is right or any(likeness.of(a, b)[0] < _WITHIN for a in left for b in right):
            continue
        merged = sorted([*left, *right])
        group_of.update(dict.fromkeys(merged, merged))
    seen: set[int] = set()
    for members in group_of.values():
        if members[0] not in seen:
            seen.add(members[0])
            yield members
