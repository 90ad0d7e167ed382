"""What was broken on an article's way is put right where only one reading is possible: encodings, escapes, spaces.

Each repair is a finding, and so is what looks broken and cannot be repaired. Text that is sound comes back as it is.
"""

import html
import re
from collections.abc import Callable
from html.entities import name2codepoint

from summarizer.article.decode import chinese
from summarizer.article.findings import Finding
from summarizer.article.line import one_line

__all__ = ["repaired", "reread"]

Repair = tuple[str, tuple[Finding, ...]]

_CONTINUES = "\u00a0€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\x80-\xbf"
#: UTF-8 read byte by byte: as Windows-1252, Mac Roman, or in the code pages 437 and 850 of DOS.
_BYTES = re.compile(
    rf"[Â-ß][{_CONTINUES}]|Ã\s|[à-ï][{_CONTINUES}]{{2}}|[ð-ô][{_CONTINUES}]{{3}}|[¬√][^\s\w]|√[^\W\d_]|‚Ä|[├┬Γ]\S"
)
#: What only such reading puts behind a small letter, or before a sign.
_LEFT = re.compile(r"(?<=[a-zß-ÿ])[ÃÂÐ√├]|Ã[^\w\s]")
#: More letters of Latin-1 in a row than any word has: Chinese, two bytes a character.
_PAIRS = re.compile("[\xa1-\xfe]{6,}")
_HAN = re.compile("[\u3400-\u9fff]")
#: What is put right in a Western line is a letter with an accent, punctuation, a sign or a picture.
_WESTERN = re.compile("[\x00-\u024f\u2000-\u2bff\ufb00-\ufb06\ufffd\U0001f000-\U0001faff]*")
#: A Chinese character that stands in a word of Latin letters, as *à* does when its two bytes are read in GB 18030.
_LODGED = re.compile("(?<=[A-Za-z])[\u3400-\u9fff\ue000-\uf8ff]")
_ESCAPED = re.compile(rf"&(?:amp;)*(?:#\d{{1,7}}|#[xX][0-9a-fA-F]{{1,6}}|{'|'.join((*name2codepoint, 'apos'))});")
_S = "[ \u00a0\u3000]"
_CHINESE = "\u3000-\u30ff\u3400-\u9fff\uff00-\uffef“”‘’…—·"
_UNIT = rf"(?:[{_CHINESE.removeprefix(chr(0x3000))}](?![\u3400-\u9fff])|[0-9A-Za-z][0-9A-Za-z.,%-]{{0,19}}(?={_S}))"
#: Chinese characters with a space behind each.
_SPACED = re.compile(rf"(?<![\u3400-\u9fff])[\u3400-\u9fff“‘《（](?:{_S}{_UNIT})+")
_CLOSED_UP = re.compile(rf"(?<=[{_CHINESE}]){_S}+|{_S}+(?=[{_CHINESE}])")
#: A space on both sides of which stands Chinese, or one before a stop.
_PARTED = re.compile(rf"[{_CHINESE}]{_S}[{_CHINESE}]|{_S}[，。；：！？、]")
_MOST_BY_CHANCE = 3  # a Chinese character or two may be UTF-8 in GB 18030
_MOST_NAMES = 6  # fewer characters with a space behind each may be names
_STOPS = re.compile(r"[，。；：！？、]")


def reread(text: str) -> Repair:
    """Return a text or a page as it was before it was read in a wrong encoding, with what there is to say."""
    whole, doubtful = _from_gb(text)
    lines = whole.split("\n")
    read = [_line(line) if _BYTES.search(line) or _PAIRS.search(line) else line for line in lines]
    changed = [line for line, old in zip(read, text.split("\n"), strict=False) if line != old]
    findings = [_told("had been read in a wrong encoding", changed)] if changed else []
    whole = "\n".join(read)
    if doubtful or len(_LEFT.findall(whole)) > 1:
        told = "letters of the article look as if they had been read in a wrong encoding; get its text in UTF-8"
        findings.append(Finding("article.encoding", told))
    return whole, tuple(findings)


def repaired(text: str) -> Repair:
    """Return a plain text repaired: encodings, escapes of HTML (``&quot;``), Chinese with spaces in it."""
    text, findings = reread(text)
    steps: tuple[tuple[Callable[[str], str], str], ...] = (
        (_unescaped, "had characters escaped as on a page"),
        (_closed_up, "had spaces between Chinese characters"),
    )
    for step, what in steps:
        lines = [(line, step(line)) for line in text.split("\n")]
        changed = [new for old, new in lines if new != old]
        if changed:
            text, findings = "\n".join(new for _, new in lines), (*findings, _told(what, changed))
    return text, findings


def _told(what: str, changed: list[str]) -> Finding:
    first = one_line(changed[0])
    begin = f"{first[:60]}…" if len(first) > 60 else first
    lines = "a line" if len(changed) == 1 else f"{len(changed):,} lines"
    return Finding("article.repaired", f"put right: {lines} of the article {what}; it now reads “{begin}”")


def _line(line: str) -> str:
    """Return a line without its wrong encoding, as it is where another reading is no better."""
    import ftfy  # takes 0.1 s to import, and sound text does without it

    fixed = ftfy.fix_encoding(line)
    if fixed != line and (_is_western(fixed, line) or _is_chinese(fixed)):
        return fixed
    if _PAIRS.search(line):
        try:
            return chinese(line.encode("sloppy-windows-1252")) or line
        except UnicodeEncodeError:
            return line
    return line


def _is_western(read: str, line: str) -> bool:
    """Tell whether nothing but Western letters and signs came into a line by reading it anew."""
    return _WESTERN.fullmatch("".join(set(read) - set(line))) is not None


def _is_chinese(line: str) -> bool:
    return 2 * len(_HAN.findall(line)) > _beyond_ascii(line)


def _beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _from_gb(text: str) -> tuple[str, bool]:
    """Return UTF-8 that was read as GB 18030 as what it was; else the text, and whether it looks like such.

    Chinese in GB 18030 is not UTF-8 but for some characters: a text all of which is was never Chinese.
    """
    if len(_HAN.findall(text)) < _MOST_BY_CHANCE:
        return text, False
    read = text.encode("gb18030", "replace").decode("utf-8", "replace")
    bad, good = read.count("\ufffd"), _beyond_ascii(read)
    lodged = len(_LODGED.findall(text)) >= _MOST_BY_CHANCE and _is_western(read, text)
    if not bad and (_is_chinese(read) or lodged):
        return read, False
    return text, good >= 10 and good - bad >= 4 * bad


def _unescaped(line: str) -> str:
    while "&" in line and _ESCAPED.search(line):
        line = _ESCAPED.sub(lambda found: html.unescape(found[0]), line)
    return line


def _closed_up(line: str) -> str:
    """Return a line with Chinese characters, or Chinese words and their stops, one space apart closed up."""
    if not _PARTED.search(line) or not _HAN.search(line):
        return line  # a stop of the wrong kind makes no Chinese of a line
    stops = [found.start() for found in _STOPS.finditer(line)]
    if stops and all(at and line[at - 1].isspace() for at in stops):
        return _CLOSED_UP.sub("", line)
    return _SPACED.sub(
        lambda run: _CLOSED_UP.sub("", run[0]) if len(_HAN.findall(run[0])) >= _MOST_NAMES else run[0], line
    )
