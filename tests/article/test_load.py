"""Files, folders, pipes and strings → articles, and one clear error for each thing that cannot be read."""

import errno
import hashlib
import io
import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import article
from summarizer.article.clean import clean
from summarizer.article.span import Span
from summarizer.errors import ArticleError, ConfigurationError

TEXT = "La fiera si apre\n\nIl sindaco ha incontrato l'ambasciatore. La visita è durata due ore.\n"


def codes(found: article.Article) -> list[str]:
    return [finding.code for finding in found.findings]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "articolo.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_text_file(file: Path) -> None:
    found = article.load(file)
    assert found.text == TEXT.strip()
    assert found.id == hashlib.sha256(found.text.encode()).hexdigest()
    assert found.source == str(file)
    assert (found.title, found.language, found.published, found.outlet) == ("La fiera si apre", "it", None, None)
    assert [s.text for s in found.sentences] == [
        "La fiera si apre",
        "Il sindaco ha incontrato l'ambasciatore.",
        "La visita è durata due ore.",
    ]
    assert found.findings == ()


def test_lines_copied_from_a_page_are_no_part_of_a_text(file: Path) -> None:
    file.write_text(TEXT + "\nLeggi anche: Il ponte riapre\nAbbonati per continuare a leggere\n", encoding="utf-8")
    found = article.load(file)
    assert found.text == TEXT.strip()
    assert codes(found) == ["article.truncated"]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_the_encoding_does_not_change_the_article(file: Path, encoding: str) -> None:
    expected = article.load(file)
    file.write_bytes(TEXT.replace("\n", "\r\n").encode(encoding))
    assert article.load(str(file)) == expected


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    found = article.load("-")
    assert (found.source, found.text) == ("-", TEXT.strip())


def test_errors_about_standard_input_name_it() -> None:
    with pytest.raises(ArticleError, match=r"^standard input: it is empty"):
        article.load_bytes(b" \n", "-")
    with pytest.raises(ArticleError, match=r"^standard input: there is no text"):
        article.from_text("\u200b")


def test_a_pipe_is_read_to_its_cap(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)

    def feed(data: bytes) -> None:
        try:
            pipe.write_bytes(data)
        except BrokenPipeError:
            assert len(data) > 65536  # the reader left at its cap

    for data, limit in ((TEXT.encode(), 2_000_000), (b"a" * 1_000_000, 10_000)):
        writer = threading.Thread(target=feed, args=(data,))
        writer.start()
        if len(data) <= limit:
            assert article.load(pipe, max_bytes=limit).text == TEXT.strip()
        else:
            with pytest.raises(ArticleError, match="larger than 10,000 bytes"):
                article.load(pipe, max_bytes=limit)
        writer.join()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b" \r\n\t ", "it is empty"),
        ("\ufeff\u200b".encode(), "no text in it"),
        (b"%PDF-1.7", "this PDF is damaged"),
        (b"\x00\x01\x02\x03", "a binary file"),
        (b"x" * 101, "larger than 100 bytes"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with pytest.raises(ArticleError, match=words) as caught:
        article.load(path, max_bytes=100)
    assert str(caught.value).startswith(f"{path}: ")


def test_what_is_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        article.load(tmp_path / "missing.txt")
    with pytest.raises(ArticleError, match="a folder"):
        article.load(tmp_path)
    with pytest.raises(ArticleError, match="not fetched"):
        article.load("https://example.org/a.html")
    with pytest.raises(ArticleError, match="cannot be read"):
        article.load("a\x00b.txt")


def test_a_file_that_may_not_be_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ArticleError, match="permissions"):
        article.load(file)


def test_a_device_is_read_no_further_than_the_limit() -> None:
    with pytest.raises(ArticleError, match="larger than 100 bytes"):
        article.load("/dev/zero", max_bytes=100)
    with pytest.raises(ArticleError, match="empty"):
        article.load("/dev/null")


def test_a_file_that_vanishes_while_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def vanish(path: Path, *_: object) -> None:
        raise OSError(errno.ESTALE, "Stale file handle", str(path))

    monkeypatch.setattr(Path, "open", vanish)
    with pytest.raises(ArticleError, match="Stale file handle"):
        article.load(file)


def test_standard_input_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.TextIOWrapper(io.BytesIO())
    closed.close()
    monkeypatch.setattr(sys, "stdin", closed)
    with pytest.raises(ArticleError, match=r"standard input.*cannot be read"):
        article.load("-")


@pytest.mark.parametrize("name", ["a\x00b", "a" * 5000])
def test_a_name_that_no_file_can_have(name: str) -> None:
    with pytest.raises(ArticleError, match="cannot be read"):
        article.load(name)


def test_a_large_file_is_refused_unread(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ArticleError, match="larger than 10 bytes"):
        article.load(file, max_bytes=10)
    with file.open("r+b") as opened:
        opened.truncate(50_000_001)  # whatever it is: more than a file with pictures may have
    monkeypatch.setattr(Path, "open", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(ArticleError, match="larger than 50,000,000 bytes"):
        article.load(file)


def test_a_given_language_is_not_examined() -> None:
    assert article.from_text("Expo 2015", language="it").language == "it"
    assert article.load_bytes(b"Le maire a dit que la foire ouvre.", "-", language="en").language == "en"
    with pytest.raises(ConfigurationError, match="xx"):
        article.from_text("Text.", language="xx")


def test_a_language_without_a_file_is_refused() -> None:
    text = "Le maire de Shanghai a rencontré l'ambassadeur italien. La visite a duré deux heures et tout va bien."
    with pytest.raises(ArticleError, match=r"'fr'.*en, it, zh"):
        article.from_text(text)


def test_a_language_in_doubt_is_a_finding() -> None:
    found = article.from_text("CIFTIS 2025")
    assert found.language == "en"
    assert codes(found) == ["article.language"]


def test_traditional_chinese_keeps_its_script() -> None:
    found = article.from_text("台灣的半導體產業發展迅速。總統表示歡迎。")
    assert found.language == "zh-Hant"
    assert len(found.sentences) == 2


def test_what_was_cleaned_and_what_did_not_decode_are_findings() -> None:
    found = article.from_text("La cit\u200btà è pi\ufffd bella.")
    assert codes(found) == ["article.cleaned", "article.encoding"]
    assert "1 zero-width" in found.findings[0].message
    assert found.findings[1].span == Span(13, 14)
    assert found.text[13] == "\ufffd"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            ", December 12 -- The China Council held a conference. It ended.",
            [", December 12 -- The China Council held a conference."],
        ),
        ("and the fair closed. It rained.", ["and the fair closed."]),
        ("e la fiera è chiusa. Pioveva.", ["e la fiera è chiusa."]),
        ("，12月2日电 展会闭幕。观众很多。", ["，12月2日电 展会闭幕。"]),
        ("The fair closed. The minister said that the", ["The minister said that the"]),
        ("The fair closed. It said:", ["It said:"]),
        ("La fiera è chiusa. Il ministro ha detto che", ["Il ministro ha detto che"]),
        ("展会闭幕。部长在会上表示", ["部长在会上表示"]),
        ("The fair closed. It was…", ["It was…"]),
        ("A Headline\n\nThe fair closed.", []),
        ("A Headline Alone", []),
        ("The fair closed.\n\nSOURCE Open Cooperation Forum", []),
        ("The fair closed. “It was fine.”", []),
        ("La fiera è chiusa (ANSA).", []),
        ("展会闭幕。（完）", []),
        ("iPhone sales rose. It rained.", []),
    ],
)
def test_a_fragment_is_noted(text: str, parts: list[str]) -> None:
    found = article.from_text(text)
    spans = [finding.span for finding in found.findings if finding.code == "article.fragment"]
    assert [span.of(found.text) for span in spans if span] == parts


@settings(deadline=None)  # the first text that looks wrongly read loads what reads it anew
@given(st.text(min_size=1, max_size=300))
def test_any_string_is_an_article_or_refused(text: str) -> None:
    if not clean(text).text:
        with pytest.raises(ArticleError, match="no text in it"):
            article.from_text(text, language="en")
        return
    found = article.from_text(text, language="en")
    assert found.text.strip() == found.text != ""
    for sentence in found.sentences:
        assert found.text[sentence.start : sentence.end] == sentence.text
    for finding in found.findings:
        assert finding.span is None or 0 <= finding.span.start < finding.span.end <= len(found.text)
        assert finding.severity in ("info", "warning", "error")


EN = (
    "The port of Savena closed the quarter with traffic up eight percent, the authority said on Monday. Works on the "
    "north quay will end in autumn and cost twelve million euros."
)
IT = (
    "Il porto di Savena ha chiuso il trimestre con il traffico in aumento dell'otto per cento, ha comunicato lunedì "
    "l'autorità. I lavori sulla banchina nord finiranno in autunno e costeranno dodici milioni."
)
ZH = "港口局周一表示，萨韦纳港本季度货运量同比增长百分之八。北码头工程将于秋季完工，耗资一千二百万欧元，届时可停靠更大的船只。"


@pytest.mark.parametrize(
    ("text", "given", "seen"),
    [(IT, "en", "Italian"), (EN, "it", "English"), (ZH, "it", "Chinese"), (EN, "zh", "English")],
)
def test_an_article_in_another_language_than_the_one_given_is_a_finding(text: str, given: str, seen: str) -> None:
    found = article.from_text(text, language=given)
    assert (found.language, codes(found)) == (given, ["article.language"])
    assert seen in found.findings[0].message


@pytest.mark.parametrize(
    ("text", "given"), [(ZH, "zh-Hant"), (IT, "it"), ("Milano", "en"), ("Consiglio comunale", "en")]
)
def test_an_article_in_the_language_given_or_too_short_to_tell_is_none(text: str, given: str) -> None:
    assert "article.language" not in codes(article.from_text(text, language=given))


@pytest.mark.parametrize(("first", "second"), [(EN, IT), (ZH, EN), (IT, ZH)])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_an_article_in_two_languages_is_a_finding(first: str, second: str, gap: str) -> None:
    found = article.from_text(gap.join((first, second)))
    assert codes(found) == ["article.language"]
    span = found.findings[0].span
    assert span is not None
    assert found.text[span.start : span.end] in {first, second}


def test_a_sentence_quoted_in_another_language_makes_no_second_one() -> None:
    quoted = f"{IT}\n\n«We are ready for larger ships», ha detto in inglese Marta Rinaldi.\n\n{IT}"
    assert codes(article.from_text(quoted)) == []
