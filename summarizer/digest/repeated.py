"""A line that stands in several places of a digest: corrected in one, it is corrected or named in the others."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

from summarizer import languages
from summarizer.article import segment
from summarizer.digest import Change, Digest

__all__ = ["along", "apart"]

_ABSTRACT = "/summary/abstract"


def along(digest: Digest, edits: Sequence[Change]) -> tuple[Change, ...]:
    """Return the edits that follow from others: where the same line of the article's language stands elsewhere.

    A headline is edited over each brief, too. A sentence of the abstract that is edited there is edited in the briefs
    and key points, and the other way round. What somebody edits on their own is left to them.
    """
    given = {change.where: change.after or "" for change in edits}
    heads, body = dict(_headlines(digest)), dict(_lines(digest))
    sentences = _sentences(digest.summary.abstract, given.get(_ABSTRACT), digest.article.language)
    new = {**dict(sentences), **{body[where]: words for where, words in given.items() if where in body}}
    titles = {heads[where]: words for where, words in given.items() if where in heads}
    made = [
        _edit(where, text, titles[text]) for where, text in heads.items() if where not in given and text in titles
    ]
    made += [_edit(where, text, new[text]) for where, text in body.items() if where not in given and text in new]
    return (*made, *(() if _ABSTRACT in given else _abstract(digest, new)))


def apart(digest: Digest, edits: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Yield each line whose other side was edited and which was not, with what that side is.

    Args:
        digest: as it was before the edits.
        edits: all of them, those of `along` too.
    """
    done = {change.where: change for change in edits}
    for i, brief in enumerate(digest.briefs):
        side = f"the {languages.name(brief.source_language)} line"
        for place in (f"/briefs/{i}/headline", *(f"/briefs/{i}/segments/{j}" for j in range(len(brief.segments)))):
            if f"{place}/source" in done and f"{place}/target" not in done:
                yield f"{place}/target", side
    for i, quote in enumerate(digest.quotes):
        for code in quote.translations if f"/quotes/{i}/text" in done else ():
            if f"/quotes/{i}/translations/{code}" not in done:
                yield f"/quotes/{i}/translations/{code}", "the quote"
    yield from _left(digest, done)


def _left(digest: Digest, done: Mapping[str, Change]) -> Iterator[tuple[str, str]]:
    """Yield the lines of the briefs that stood in an abstract which was edited, and stand there no more."""
    if _ABSTRACT not in done:
        return
    now = done[_ABSTRACT].after or ""
    for where, text in _lines(digest):
        if where.endswith("/source") and where not in done and text in digest.summary.abstract and text not in now:
            yield where, "the abstract"


def _headlines(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield the headline wherever it stands in the article's language, each with its pointer."""
    yield "/summary/headline", digest.summary.headline
    for i, brief in enumerate(digest.briefs):
        yield f"/briefs/{i}/headline/source", brief.headline.source


def _lines(digest: Digest) -> Iterator[tuple[str, str]]:
    """Yield the other lines in the article's language; the abstract is made of some of them."""
    for i, point in enumerate(digest.summary.key_points):
        yield f"/summary/key_points/{i}/text", point.text
    for i, brief in enumerate(digest.briefs):
        for j, line in enumerate(brief.segments):
            yield f"/briefs/{i}/segments/{j}/source", line.source


def _sentences(before: str, after: str | None, language: str) -> Iterator[tuple[str, str]]:
    """Yield the sentences of an abstract that were replaced one by one, with what each became."""
    old, new = ([s.text for s in segment.split(text, language)] for text in (before, after or ""))
    for kind, low, high, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "replace" and high - low == end - begin:
            yield from zip(old[low:high], new[begin:end], strict=True)


def _abstract(digest: Digest, new: Mapping[str, str]) -> list[Change]:
    """Return the edit of an abstract that has one of the lines as sentences of its own."""
    before = after = digest.summary.abstract
    for old, words in new.items():
        sentences = segment.split(after, digest.article.language)
        at = after.find(old)
        whole = at in {s.start for s in sentences} and at + len(old) in {s.end for s in sentences}
        if whole and words:
            after = after[:at] + words + after[at + len(old) :]
    return [_edit(_ABSTRACT, before, after)] if after != before else []


def _edit(where: str, before: str, after: str) -> Change:
    return Change(kind="edit", where=where, before=before, after=after)
