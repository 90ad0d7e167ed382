"""What an article is, and how text becomes one."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from summarizer import languages
from summarizer.article import instructions, metadata, segment
from summarizer.article.clean import Cleaned, clean
from summarizer.article.findings import Finding
from summarizer.article.langid import closest, identify, may_be_mixed
from summarizer.article.line import one_line
from summarizer.article.repair import repaired
from summarizer.article.segment import Sentence
from summarizer.article.span import Span
from summarizer.errors import ArticleError

__all__ = ["Article", "Known", "from_text", "place"]


@dataclass(frozen=True, slots=True)
class Article:
    """Clean text with everything known about it; the offsets of all that follows count its code points.

    Attributes:
        id: SHA-256 of `text` in UTF-8, hexadecimal.
        source: path or URL as given, ``-`` for standard input.
        url: where it was published, http or https; None where nothing says so.
        author: who wrote it, from metadata.
        title: the headline; a plain text's own first line stays in `text`, a page's headline does not.
        language: BCP 47: ``en``, ``it``, ``zh``, ``zh-Hant`` …
        published: ISO 8601 date or date and time, from metadata or else from the dateline.
        outlet: who published it, from metadata.
        text: see `summarizer.article.clean.Cleaned`; never empty.
        sentences: in order; ``text[s.start:s.end] == s.text``.
        findings: what a reader should know, codes ``article.*``.
    """

    id: str
    source: str
    url: str | None
    author: str | None
    title: str | None
    language: str
    published: str | None
    outlet: str | None
    text: str
    sentences: tuple[Sentence, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What a page, a front matter or a caller knows about an article beyond its text; None: not known."""

    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    findings: tuple[Finding, ...] = ()
    author: str | None = None
    url: str | None = None


_FINAL = re.compile(r"[.!?。！？｡．;；؟۔।॥։።။។][”’\"'»›)）\]】」』》\s]*\Z|[”»」』)）\]】]\Z")
_TRAILING_OFF = re.compile(r"(?:…|\.\.\.)[\s\])）」”\"]*\Z|[,:，、：–—-]\Z")
_CERTAIN = 0.5  # below this the small model is guessing
_HAN = re.compile("[\u3400-\u9fff]")
_SURE = 0.8  # of one paragraph it has to know more
_TELLING = 60  # letters by which a language can be told


def from_text(text: str, *, source: str = "-", language: str | None = None, known: Known | None = None) -> Article:
    """Return the article that `text` is, cleaned, segmented and examined.

    Args:
        text: anything a caller holds as a string; markup is not interpreted.
        source: named in messages and kept in the article.
        language: BCP 47 code that settles the article's language; None to identify it.
        known: title, author, date, outlet, address and findings that are known already.

    Raises:
        ArticleError: nothing but white space is left, or nothing is known of the language.
        ConfigurationError: nothing is known of `language`.
    """
    known = known or Known()
    whole, mended = repaired(text)
    cleaned = clean(whole)
    if not cleaned.text:
        raise ArticleError(f"{place(source)}: there is no text in it; check that it holds the article")
    code, doubt = _language(cleaned.text, language, place(source))
    sentences = segment.split(cleaned.text, code)
    title = _line(known.title) or metadata.headline(cleaned.text)
    article = Article(
        id=hashlib.sha256(cleaned.text.encode()).hexdigest(),
        source=source,
        url=metadata.address(known.url or source),
        author=_line(known.author),
        title=title,
        language=code,
        published=known.published or metadata.dateline(cleaned.text),
        outlet=_line(known.outlet),
        text=cleaned.text,
        sentences=sentences,
        findings=(),
    )
    return replace(
        article,
        findings=(
            *known.findings,
            *mended,
            *_cleaning(cleaned),
            *doubt,
            *_fragments(article),
            *_instructions(article),
        ),
    )


def _line(text: str | None) -> str | None:
    """Return metadata repaired, on one line, without characters that steer a terminal; None when nothing is left."""
    return (one_line(repaired(text)[0]) or None) if text else None


def place(source: str) -> str:
    """Return how a message names `source`."""
    return "standard input" if source == "-" else one_line(source)


def _given(text: str, code: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the language that somebody gave, and a finding where the text seems to be in another, or in two."""
    name, code = languages.name(code), code.replace("_", "-")
    if not may_be_mixed(text, code):  # the small model takes its time to load
        return code, ()
    seen, certainty = identify(text)
    if certainty < _CERTAIN or _letters(text) < _TELLING or languages.base(seen) == languages.base(code):
        return code, _others(text, code)
    message = f"the article is read as {name}, as it was given, and seems to be {_called(seen)}; check which it is"
    return code, (Finding("article.language", message),)


def _language(text: str, given: str | None, source: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the article's language and a finding when it is in doubt."""
    if given:
        return _given(text, given)
    code, certainty = identify(text)
    if languages.base(code) in languages.available() or (languages.known(code) and _letters(text) >= _TELLING):
        if certainty >= _CERTAIN:
            return code, _others(text, code)
    elif certainty >= _CERTAIN and len(text) >= 80:
        raise ArticleError(
            f"{source}: the article seems to be in the language {code!r}, of which nothing is known "
            "(docs/languages.md). If that is wrong, name its language"
        )
    best = closest(text)
    message = f"the article's language is uncertain; it is read as {languages.name(best)}"
    return best, (Finding("article.language", message),)


def _others(text: str, code: str) -> tuple[Finding, ...]:
    """Note an article of which whole paragraphs, a tenth of it and more, are in another language."""
    if not may_be_mixed(text, code):
        return ()
    foreign = [(span, own) for span, own in _paragraphs(text) if own != languages.base(code)]
    weight = sum(_letters(span.of(text)) for span, _ in foreign)
    if weight < max(2 * _TELLING, _letters(text) / 10):
        return ()
    span, own = foreign[0]
    message = (
        f"the article is read as {languages.name(code)}, and paragraphs of it are {_called(own)}, the first of them: "
        f"{_start(span.of(text))}; give each language's text by itself"
    )
    return (Finding("article.language", message, span=span),)


def _paragraphs(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the lines that are long enough to tell their language, with the language that they are surely in."""
    for line in re.finditer(r"[^\n]+", text):
        code, certainty = identify(line[0]) if _letters(line[0]) >= _TELLING else ("", 0.0)
        if certainty >= _SURE:
            yield Span(line.start(), line.end()), languages.base(code)


def _letters(text: str) -> int:
    """Return about how many letters a text has; a Chinese character says about as much as three Latin ones."""
    return len(text) + 2 * len(_HAN.findall(text))


def _called(code: str) -> str:
    return languages.name(code) if languages.known(code) else f"in the language {code!r}"


def _cleaning(cleaned: Cleaned) -> list[Finding]:
    findings = []
    if cleaned.removed:
        counts = ", ".join(f"{count} {name}" for name, count in cleaned.removed.items())
        findings.append(Finding("article.cleaned", f"characters removed from the article: {counts}"))
    if cleaned.undecoded:
        first = cleaned.text.index("\ufffd")
        message = f"{cleaned.undecoded} places in the article did not decode and read �"
        findings.append(Finding("article.encoding", message, span=Span(first, first + 1)))
    return findings


def _instructions(article: Article) -> list[Finding]:
    told = "the article addresses a language model; this is left out of what is read in it"
    found = [
        Finding("article.instructions", f"{told}: {_start(span.of(article.text))}", span=span)
        for span in instructions.find(article.text, article.language)
    ]
    if article.title and instructions.find(article.title, article.language):
        found.append(Finding("article.instructions", f"{told}: {_start(article.title)}", "/article/title"))
    return found


def _fragments(article: Article) -> list[Finding]:
    """Note an article that begins or ends in the middle of a sentence; a heading or a credit does not."""
    findings = []
    first, last = article.sentences[0], article.sentences[-1]
    if _begins_inside(first.text):
        message = f"the article begins in the middle of a sentence: {_start(first.text)}"
        findings.append(Finding("article.fragment", message, span=Span(first.start, first.end)))
    if _ends_inside(article):
        message = f"the article ends in the middle of a sentence: {_start(last.text)}"
        findings.append(Finding("article.fragment", message, span=Span(last.start, last.end)))
    return findings


def _begins_inside(text: str) -> bool:
    if text[0] in ",;:.!?)]，；：。、！？）】”»…":
        return True
    word = re.match(r"[^\W\d_]+", text)
    return word is not None and word[0].islower()


def _ends_inside(article: Article) -> bool:
    last = article.sentences[-1]
    if _TRAILING_OFF.search(last.text):
        return True
    if _FINAL.search(last.text):
        return False
    before = article.sentences[-2] if len(article.sentences) > 1 else None
    if before and "\n" not in article.text[before.end : last.start]:
        return True
    if before is None and article.title:
        return False
    # a line of its own that long is prose, not a heading, a signature or a credit
    return len(last.text.split()) >= 12 or sum(1 for char in last.text if "\u4e00" <= char <= "\u9fff") >= 25


def _start(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:80]}…”" if len(line) > 80 else f"“{line}”"
