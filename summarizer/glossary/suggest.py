"""Entries that editors' corrections speak for: what they wrote in a translation instead of what stood there.

Which words of the source line were meant, no rule can know from one correction. They are proposed where several lines
with the same correction have the same words, or the correction is one of a speaker's name; else they are left to
whoever keeps the glossary.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby

from summarizer import languages
from summarizer.digest import Digest
from summarizer.glossary.forms import folded, function_word, pattern
from summarizer.glossary.mentions import mentions, said
from summarizer.glossary.model import Glossary, spoken
from summarizer.languages.wordlist import in_han

__all__ = ["Proposal", "proposals", "toml"]

_WHERE = re.compile(r"/briefs/\d+/(?:headline|segments/\d+)/target|/quotes/\d+/translations/[^/]+")
_TOKEN = re.compile(r"[\u3400-\u9fff]|[^\W\u3400-\u9fff]+(?:-[^\W\u3400-\u9fff]+)*")
#: A correction of more words, or of more of a line, is another sentence and no other word.
_MOST_WORDS, _MOST_HAN, _MOST_SHARE = 5, 8, 0.5
#: A term has at most so many words, or characters.
_TERM_WORDS, _TERM_HAN = 4, 8
_PARTED = re.compile(r"[,.;:!?()]\s|\s[-(]|[，；：、,.;:](?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Proposal:
    """An entry to look at.

    Attributes:
        languages: of the article and of the translation.
        before: what stood in the translations.
        after: what editors wrote.
        lines: the source lines, each once.
        term: the words of the source lines that are meant; empty where that is not certain.
        person: whether these are somebody's name.
    """

    languages: tuple[str, str]
    before: str
    after: str
    lines: tuple[str, ...]
    term: str = ""
    person: bool = False


@dataclass(frozen=True, slots=True)
class _Edit:
    languages: tuple[str, str]
    line: str
    before: str
    after: str


def proposals(digests: Iterable[Digest], known: Glossary) -> list[Proposal]:
    """Return what the corrections of some digests propose, most often corrected first.

    Args:
        digests: those without a `review` propose nothing, and show which words of a line are nothing special.
        known: a glossary; what it has already is not proposed.
    """
    edits, others = list[_Edit](), list[tuple[str, str]]()
    names = set[str]()
    for digest in digests:
        edits += dict.fromkeys(_edits(digest))
        others += [(line, text) for _, line, text in _translated(digest)]
        names |= {quote.speaker.name for quote in digest.quotes if quote.speaker}
    changes = sorted(_changes(edits), key=lambda c: (c.languages, c.before, c.after))
    grouped = (list(own) for _, own in groupby(changes, key=lambda c: (c.languages, c.before, c.after)))
    found = [_termed(_one(own), others, names) for own in grouped]
    return sorted((p for p in found if not _is_known(p, known)), key=lambda p: (-len(p.lines), p.languages, p.before))


def toml(found: Sequence[Proposal]) -> str:
    """Return proposals as a glossary file; what lacks its term is a comment, to be filled in."""
    return "\n".join(_entry(each) for each in found)


def _translated(digest: Digest) -> Iterator[tuple[str, str, str]]:
    """Yield the translated lines: language, source line, translation."""
    for brief in digest.briefs:
        for line in (brief.headline, *brief.segments):
            yield brief.target_language, line.source, line.target
    for quote in digest.quotes:
        for code, text in quote.translations.items():
            yield code, " ".join(quote.text.split()), text


def _edits(digest: Digest) -> Iterator[_Edit]:
    """Yield the translations that were corrected, as they stood first and as they stand now."""
    first: dict[str, str] = {}
    for change in digest.review.changes if digest.review else ():
        before, after = change.before, change.after
        if change.kind == "edit" and _WHERE.fullmatch(change.where) and isinstance(before, str) and after:
            first[after] = first.pop(before, before)
    for code, line, text in _translated(digest):
        if text in first:
            yield _Edit((digest.article.language, code), line, first[text], text)


def _changes(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Yield the words that were put in others' place, each with its line."""
    for edit in edits:
        old, new = ([*_TOKEN.finditer(folded(text))] for text in (edit.before, edit.after))
        matcher = SequenceMatcher(None, [t[0] for t in old], [t[0] for t in new], autojunk=False)
        if matcher.ratio() < _MOST_SHARE:
            continue
        for kind, a, b, c, d in matcher.get_opcodes():
            if kind == "replace" and (both := _phrases(edit, (old, a, b), (new, c, d))):
                yield replace(edit, before=both[0], after=both[1])


_Run = tuple[list[re.Match[str]], int, int]


def _phrases(edit: _Edit, old: _Run, new: _Run) -> tuple[str, str] | None:
    """Return what stood in a place and what stands there now; None of more than a phrase, and of its form alone.

    Of Chinese words the characters beside those that changed belong to them: 供给链, 供应链.
    """
    han = in_han(edit.after)
    while han and _neighbour(old, new):
        old, new = (old[0], old[1] - 1, old[2]), (new[0], new[1] - 1, new[2])
    most = _MOST_HAN if han else _MOST_WORDS
    if max(old[2] - old[1], new[2] - new[1]) > most:
        return None
    if han:
        old, new = ((run[0], run[1], min(run[2] + 1, len(run[0]))) for run in (old, new))
    texts = folded(edit.before), folded(edit.after)
    cut = [text[words[a].start() : words[b - 1].end()] for text, (words, a, b) in zip(texts, (old, new), strict=True)]
    same = pattern(cut[1], languages.base(edit.languages[1]), "free").fullmatch(cut[0])
    return (cut[0], cut[1]) if any(map(str.isalpha, cut[1])) and not same else None


def _neighbour(old: _Run, new: _Run) -> bool:
    """Tell whether the one changed character follows one that belongs to it and did not change."""
    short = max(old[2] - old[1], new[2] - new[1]) == 1
    return short and min(old[1], new[1]) > 0 and old[0][old[1] - 1].end() == old[0][old[1]].start()


def _one(edits: Sequence[_Edit]) -> Proposal:
    first = edits[0]
    return Proposal(first.languages, first.before, first.after, tuple(dict.fromkeys(e.line for e in edits)))


def _termed(found: Proposal, others: Iterable[tuple[str, str]], names: set[str]) -> Proposal:
    """Return a proposal with its term, where that is certain enough."""
    own = [name for name in names if all(name in line for line in found.lines)]
    if len(own) == 1 and (found.after[0].isupper() or in_han(found.after)) and _may_be(own[0], found):
        return replace(found, term=own[0], person=True)
    if len(found.lines) < 2:
        return found
    code = languages.base(found.languages[0])
    shared = set.intersection(*(_phrases_of(line, code) for line in found.lines))
    either_way = (found.after, found.before)
    elsewhere = [line for line, text in others if not any(each in folded(text) for each in either_way)]
    rare = [p for p in shared if not any(p.casefold() in folded(line).casefold() for line in elsewhere)]
    best = max(rare, key=lambda p: (len(p), p), default="")
    return replace(found, term=best)


def _may_be(name: str, found: Proposal) -> bool:
    """Tell whether a correction can be of a name: between scripts of any, else of its own letters."""
    return in_han(name) != in_han(found.after) or bool(
        {*name.split()} & {*found.after.split(), *found.before.split()}
    )


def _phrases_of(line: str, code: str) -> set[str]:
    """Return the runs of words of a line, or of Chinese characters, that may be a term."""
    text = folded(line)
    tokens, han = [*_TOKEN.finditer(text)], in_han(line)
    least, most = (2, _TERM_HAN) if han else (1, _TERM_WORDS)
    runs = [(one, other) for i, one in enumerate(tokens) for other in tokens[i + least - 1 : i + most]]
    kept = [run for run in runs if not any(function_word(token[0], code) or token[0].isdigit() for token in run)]
    cut = (text[one.start() : other.end()] for one, other in kept)
    return {phrase for phrase in cut if not _PARTED.search(phrase)}


def _is_known(found: Proposal, known: Glossary) -> bool:
    source, target = found.languages
    texts = (found.lines, folded(found.after))
    return any(
        said(spoken(m.entry.renderings, target), m.entry, texts[1], target)
        for line in texts[0]
        for m in mentions(line, source, known)
    )


def _entry(found: Proposal) -> str:
    source, target = found.languages
    lines = [f"# {line}" for line in found.lines[:3]]
    body = ["[[entry]]", f"term = {_quoted(found.term)}", f"language = {_quoted(source)}"]
    body += ['kind = "person"'] if found.person else []
    body += [f"renderings.{target} = {_quoted(found.after)}", f"forbidden.{target} = {_quoted(found.before)}"]
    told = f"# corrected in {len(found.lines)} line{'s' if len(found.lines) > 1 else ''}"
    if not found.term:
        told, body = f"{told}; which of its words is the term?", [f"# {line}" for line in body]
    return "\n".join([told, *lines, *body, ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
