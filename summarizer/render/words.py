"""What every format says in words: where a finding stands, what the source has there, who said it and how."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from summarizer import languages
from summarizer.article.findings import CODES, Severity
from summarizer.article.line import UNWANTED
from summarizer.digest import Digest, FieldRecord, FigureRecord, FindingRecord, Offsets, Quote, Section, Speaker

__all__ = [
    "KIND",
    "SEVERITY",
    "Shown",
    "about",
    "beside",
    "byline",
    "cited",
    "counted",
    "date",
    "elsewhere",
    "has_line",
    "kind",
    "language",
    "line",
    "made",
    "meaning",
    "origin",
    "sentence",
    "severity",
    "short_id",
    "shown",
    "sorted_findings",
    "speaker",
    "step",
    "tag",
    "text",
    "translations",
    "where",
]

#: What a severity asks of its reader.
SEVERITY: Mapping[Severity, str] = MappingProxyType(
    {"error": "must be mended", "warning": "look at this", "info": "note"}
)
#: How a quote gives what was said.
KIND: Mapping[Literal["direct", "reported", "mixed"], str] = MappingProxyType(
    {"direct": "word for word", "reported": "in the article's words", "mixed": "partly word for word"}
)
_ORDER: Mapping[Severity, int] = MappingProxyType({"error": 0, "warning": 1, "info": 2})
#: Fields that hold a line of text; others hold a word of the schema.
_TEXTS = frozenset({"abstract", "headline", "name", "organisation", "role", "source", "target", "text", "title"})
_ID_CHARS = 12
_STANDARD_INPUT = "-"
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_SPACES, _NO_BREAK = re.compile(r"\s+"), ("\u00a0", "\u202f")
_WRAP = re.compile(r"(\S)\s*[\n\r\u2028\u2029]\s*(?=(\S))")


@dataclass(frozen=True, slots=True)
class Shown:
    """What a finding is about, and what it is held against.

    Attributes:
        line: the line of the digest, on one line; ``""`` where the place holds none.
        against: of a translation, the line that it translates; else ``""``.
        sentences: the numbers, from 1, of the article's sentences that say it; see `sentence`.
    """

    line: str = ""
    against: str = ""
    sentences: tuple[int, ...] = ()


def text(given: str) -> str:
    """Return a text on one line, in NFC without control characters, its no-break spaces kept.

    A wrap between Chinese characters is no space.
    """
    flat = _WRAP.sub(_unwrapped, given)
    shown = "".join(c for c in flat if c.isspace() or unicodedata.category(c) not in UNWANTED)
    return unicodedata.normalize("NFC", _SPACES.sub(_one_space, shown).strip())


def _one_space(found: re.Match[str]) -> str:
    """Return a space; the no-break one that stood there alone, as before a French colon."""
    return found[0] if found[0] in _NO_BREAK else " "


def _unwrapped(found: re.Match[str]) -> str:
    wide = all(unicodedata.east_asian_width(char) in "WF" for char in (found[1], found[2]))
    return found[1] if wide else f"{found[1]} "


def language(code: str) -> str:
    """Return a language's English name; one that this program does not know is called by its tag."""
    return languages.name(code) if languages.known(code) else text(code)


def tag(code: str) -> str:
    """Return a BCP 47 tag as it may stand in a file; ``und``, undetermined, for what is none (RFC 5646)."""
    return code if _TAG.fullmatch(code) else "und"


def date(published: str | None) -> str:
    """Return a day as people write it, ``14 September 2025``; what is no ISO 8601 date as it is, None as ``""``."""
    if published is None:
        return ""
    try:
        day = datetime.fromisoformat(published)
    except ValueError:
        return text(published)
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


#: Written out here: `strftime` would take the names of whatever locale the process has.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def byline(digest: Digest) -> str:
    """Return where an article comes from: outlet, day, author, language; what is not known is left out."""
    article = digest.article
    known = (article.outlet or "", date(article.published), article.author or "", language(article.language))
    return " · ".join(part for part in map(text, known) if part)


def origin(digest: Digest) -> str:
    """Return where an article was published, else its file; nothing of one that came through standard input."""
    address = text(digest.article.url or digest.article.source)
    return "" if address == _STANDARD_INPUT else address


def made(digest: Digest) -> str:
    """Return how a digest came about: by which model, when, of which article; in one line."""
    how = digest.provenance
    by = f"made by {text(how.model)}" if how.requests else "made by the rules alone, no model was asked"
    return f"{by}, {how.created:%Y-%m-%d %H:%M} UTC, article {short_id(digest)}"


def short_id(digest: Digest) -> str:
    """Return as much of an article's id as makes it its own."""
    return text(digest.article.id)[:_ID_CHARS]


def severity(finding: FindingRecord) -> str:
    """Return what a finding asks of its reader: ``must be mended``, ``look at this`` or ``note``."""
    return SEVERITY[finding.severity]


def meaning(finding: FindingRecord) -> str:
    """Return what a finding's code tells, in words; ``""`` of one that this version does not know."""
    code = CODES.get(finding.code)
    return code.says if code else ""


def kind(quote: Quote) -> str:
    """Return how a quote gives what was said; one that the article does not have is called so."""
    return KIND[quote.kind] if quote.status == "verified" else f"{KIND[quote.kind]}, not found in the article"


def speaker(said_by: Speaker | None, code: str) -> str:
    """Return who said something, with role and organisation; what stands in one of them is not said again.

    Args:
        said_by: as the article names them.
        code: language of the article.
    """
    if said_by is None:
        return "speaker not certain"
    told: list[str] = []
    for part in (text(part or "") for part in (said_by.name, said_by.role, said_by.organisation)):
        whole = re.compile(rf"(?<!\w){re.escape(part)}(?!\w)")
        if part and not any(whole.search(earlier) for earlier in told):
            told.append(part)
    return languages.comma(code).join(told) or "speaker without a name"


def cited(digest: Digest, evidence: Sequence[Offsets]) -> tuple[int, ...]:
    """Return the numbers, from 1, of the article's sentences that spans of its text touch."""
    return tuple(
        number
        for number, (start, end) in enumerate(digest.article.sentences, 1)
        if any(start < e and s < end for s, e in evidence)
    )


def sentence(digest: Digest, number: int) -> str:
    """Return a sentence of the article on one line.

    Args:
        digest: of the article.
        number: counted from 1.
    """
    start, end = digest.article.sentences[number - 1]
    return text(digest.article.text[start:end])


def sorted_findings(digest: Digest) -> tuple[FindingRecord, ...]:
    """Return a digest's findings, what must be mended first, then what wants a look."""
    return tuple(sorted(digest.findings, key=lambda finding: _ORDER[finding.severity]))


def counted(digest: Digest) -> str:
    """Return how much there is to do, ``1 to mend, 3 to look at``; ``""`` where nothing is."""
    errors = sum(finding.severity == "error" for finding in digest.findings)
    warnings = sum(finding.severity == "warning" for finding in digest.findings)
    told = (errors and f"{errors} to mend", warnings and f"{warnings} to look at")
    return ", ".join(part for part in told if part)


def about(digest: Digest, *pointers: str) -> tuple[FindingRecord, ...]:
    """Return what is said about places of the digest, and about what is inside them.

    Args:
        digest: with its findings.
        pointers: JSON pointers (RFC 6901), such as ``/briefs/0/segments/2``.
    """
    return tuple(f for f in digest.findings if any(f.where == p or f.where.startswith(f"{p}/") for p in pointers))


def beside(digest: Digest, *pointers: str, but: Sequence[str] = ()) -> tuple[FindingRecord, ...]:
    """Return what stands beside lines: objections to them, notes and what was left out not among them.

    Args:
        digest: with its findings.
        pointers: JSON pointers of the lines.
        but: those of lines inside them that stand by themselves.
    """
    apart = about(digest, *but)
    return tuple(
        f for f in about(digest, *pointers) if f.severity != "info" and f not in apart and has_line(f, digest)
    )


def translations(position: int, quote: Quote) -> dict[str, str]:
    """Return language → JSON pointer of each translation of a quote."""
    return {code: f"/quotes/{position}/translations/{step(code)}" for code in quote.translations}


def elsewhere(digest: Digest) -> tuple[FindingRecord, ...]:
    """Return the findings that stand beside no line, what must be mended first."""
    return tuple(f for f in sorted_findings(digest) if f.severity == "info" or not has_line(f, digest))


def where(finding: FindingRecord, digest: Digest) -> str:
    """Return a finding's place as a reader would say it: ``Italian brief, line 3``, ``quote 2``, ``the article``.

    Never fails: a pointer to what is not there is called by the nearest thing that is.
    """
    parts = _parts(finding.where)
    if not parts:
        return "the article" if finding.code.startswith("article.") else "the whole digest"
    named = {"summary": _summary, "quotes": _quote, "figures": _figure, "briefs": _brief, "article": _article}
    named |= {"sections": _section}
    if parts[0] == "provenance":
        return "how it was made"
    return named[parts[0]](parts[1:], digest) if parts[0] in named else "the whole digest"


def line(digest: Digest, pointer: str) -> str:
    """Return the line of text at a JSON pointer, or nearest above it; ``""`` where there is none.

    A translation that is not there is no line: what it would translate does not stand for it.
    """
    parts = _parts(pointer)
    for length in range(len(parts), 0, -1):
        found = _line(digest, parts[:length])
        if found is not None:
            return text(found)
        if parts[length - 2 : length - 1] == ["translations"]:
            return ""
    return ""


def has_line(finding: FindingRecord, digest: Digest) -> bool:
    """Tell whether the line that a finding is about is published, so that the finding can stand beside it."""
    published = _parts(finding.where)[:1] in (["summary"], ["quotes"], ["briefs"], ["sections"])
    return published and bool(line(digest, finding.where))


def shown(finding: FindingRecord, digest: Digest) -> Shown:
    """Return the line that a finding is about and what its source says: the line translated, the sentences behind."""
    parts = _parts(finding.where)
    at = line(digest, finding.where)
    spans = [finding.span] if finding.span else list(_evidence(digest, parts))
    return Shown(at, _translated(digest, parts), cited(digest, spans))


def step(name: str) -> str:
    """Return a name as it stands in a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _parts(pointer: str) -> list[str]:
    """Return the steps of a JSON pointer."""
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.split("/")[1:]]


def _number(steps: Sequence[str], of: Sequence[object]) -> int | None:
    """Return the position that the first step names, None where there is nothing."""
    given = steps[0] if steps else ""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 and int(given) < len(of) else None


def _summary(steps: Sequence[str], digest: Digest) -> str:
    if steps[:1] == ["key_points"]:
        number = _number(steps[1:], digest.summary.key_points)
        return "key points" if number is None else f"key point {number + 1}"
    return steps[0] if steps[:1] in (["headline"], ["abstract"]) else "summary"


def _quote(steps: Sequence[str], digest: Digest) -> str:
    number = _number(steps, digest.quotes)
    if number is None:
        return "quotes"
    if steps[1:2] == ["translations"] and len(steps) > 2:
        return f"quote {number + 1}, {language(steps[2])} translation"
    return f"quote {number + 1}, speaker" if steps[1:2] == ["speaker"] else f"quote {number + 1}"


def _figure(steps: Sequence[str], digest: Digest) -> str:
    number = _number(steps, digest.figures)
    return "figures" if number is None else f"figure “{text(digest.figures[number].text)}”"


def _brief(steps: Sequence[str], digest: Digest) -> str:
    number = _number(steps, digest.briefs)
    if number is None:
        return "briefs"
    brief = digest.briefs[number]
    return f"{language(brief.target_language)} brief{_inside(steps[1:], len(brief.segments), brief.source_language)}"


def _inside(steps: Sequence[str], segments: int, source: str) -> str:
    """Return the place within a brief, with a comma before it; the side only where it is the source's."""
    side = f", {language(source)} side" if steps[-1:] == ["source"] else ""
    if steps[:1] == ["headline"]:
        return f", headline{side}"
    number = _number(steps[1:], range(segments)) if steps[:1] == ["segments"] else None
    return "" if number is None else f", line {number + 1}{side}"


def _section(steps: Sequence[str], digest: Digest) -> str:
    number = _number(steps, digest.sections)
    if number is None:
        return "sections"
    section = digest.sections[number]
    row = _number(steps[2:], section.rows) if steps[1:2] == ["rows"] else None
    if row is None:
        return text(section.title)
    value = _number(steps[4:], section.rows[row].values)
    titles = {field.name: text(field.title) for field in section.fields}
    told = "" if value is None else titles.get(section.rows[row].values[value].field, "")
    return ", ".join(filter(None, (text(section.title), f"row {row + 1}", told)))


def _article(steps: Sequence[str], digest: Digest) -> str:
    if steps[:1] == ["sentences"] and (number := _number(steps[1:], digest.article.sentences)) is not None:
        return f"the article, sentence {number + 1}"
    return "the article's title" if steps[:1] == ["title"] else "the article"


def _line(digest: Digest, steps: Sequence[str]) -> str | None:
    """Return the text at exactly this place; of a brief's line, its translation."""
    at: object = None if steps[:1] == ["article"] and steps[1:] != ["title"] else digest
    for each in steps:
        at = _step(at, each)
    if isinstance(at, str):
        return at if steps[-1] in _TEXTS or steps[-2:-1] == ["translations"] else None
    if isinstance(at, Section | FieldRecord):
        return None
    told = [getattr(at, name, None) for name in ("target", "text", "name")]
    return next((each for each in told if isinstance(each, str)), None)


def _step(at: object, name: str) -> object:
    """Return what a step of a JSON pointer leads to, None where it leads nowhere."""
    if isinstance(at, tuple):
        number = _number([name], at)
        return None if number is None else at[number]
    if isinstance(at, dict):
        return at.get(name)
    fields = getattr(type(at), "model_fields", {})
    return getattr(at, name) if name in fields else None


def _translated(digest: Digest, steps: Sequence[str]) -> str:
    """Return the line whose translation stands at a place."""
    if steps[:1] == ["quotes"] and "translations" in steps[2:3]:
        return text(_line(digest, steps[:2]) or "")
    if steps[:1] == ["briefs"] and steps[-1:] != ["source"]:
        inside = steps[:3] if steps[2:3] == ["headline"] else steps[:4]
        return text(_line(digest, [*inside, "source"]) or "")
    return ""


def _evidence(digest: Digest, steps: Sequence[str]) -> Iterator[Offsets]:
    """Yield the spans of the article that stand behind the line at a place: its own, of what holds it else."""
    at: object = digest
    for each in steps:
        at = _step(at, each)
        yield from getattr(at, "evidence", ())
        if isinstance(at, Quote | FigureRecord):
            yield (at.start, at.end)
