"""Mails as programs write them: the article in each, whoever forwarded it, and nothing of what stands around it."""

import base64
import email.policy
import quopri
import time
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarizer.article import load_bytes
from summarizer.errors import ArticleError
from summarizer.formats import mail
from summarizer.formats.piece import Limits, Piece

RELEASE = """TORINO, 4 marzo 2024 - La Camera di commercio di Torino ha aperto un ufficio a Shanghai.

«È un passo importante per le nostre imprese», ha dichiarato il presidente Dario Gallina.

L'export verso la Cina è cresciuto del 5,2% nel 2023, a 1,4 miliardi di euro."""
SHANGHAI = """都灵商会4日在上海设立办事处。

“这对我们的企业来说是重要的一步。”商会主席加利纳说。

2023年对华出口增长5.2%，达14亿欧元。"""
LEAVE = "\n\nCordiali saluti,\n\nMario Rossi\nUfficio stampa\nTel. 011 123456\n"
NOTICE = """
Le informazioni contenute in questa e-mail sono riservate e destinate esclusivamente al destinatario. Se avete ricevuto
questo messaggio per errore, siete pregati di cancellarlo, ai sensi del Regolamento UE 2016/679.
"""
PARAGRAPHS = "".join(f"<p class=MsoNormal>{text}</p>" for text in RELEASE.split("\n\n"))
PLACES = [folder / "shared/data/files" for folder in Path(__file__).resolve().parents]
FILES = next((place for place in PLACES if place.is_dir()), PLACES[0])


def written(subject: str, plain: str | None = None, page: str | None = None, charset: str = "utf-8") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ufficio Stampa <stampa@example.org>"
    message["To"] = "redazione@example.org"
    message["Subject"] = subject
    message["Date"] = "Mon, 04 Mar 2024 10:30:00 +0100"
    if plain is not None:
        message.set_content(plain, charset=charset)
    if page is not None and plain is not None:
        message.add_alternative(page, subtype="html", charset=charset)
    elif page is not None:
        message.set_content(page, subtype="html", charset=charset)
    return message


def data(message: EmailMessage | bytes) -> bytes:
    return message if isinstance(message, bytes) else message.as_bytes(policy=email.policy.SMTP)


def pieces(message: EmailMessage | bytes) -> list[Piece]:
    return list(mail.pieces(data(message), "m.eml", Limits()))


def only(message: EmailMessage | bytes) -> Piece:
    (piece,) = pieces(message)
    return piece


def raw(head: str, body: bytes) -> bytes:
    return f"From: a@example.org\r\nSubject: x\r\n{head}\r\n\r\n".encode() + body


FORWARDED_PLAIN = f"""Puoi riassumerlo? Grazie

---------- Forwarded message ---------
Da: Ufficio Stampa <stampa@example.org>
Date: lun 4 mar 2024 alle ore 09:12
Subject: Aperto ufficio a Shanghai
To: <redazione@example.org>


{RELEASE}{LEAVE}"""
FORWARDED_QUOTED = "Vedi sotto.\n\nInizio messaggio inoltrato:\n\n" + "\n".join(
    f"> {line}"
    for line in f"Da: Ufficio Stampa <stampa@example.org>\nData: 4 marzo 2024 09:12:00\nA: x\n\n{RELEASE}".split("\n")
)
OUTLOOK_HEAD = (
    "<p class=MsoNormal><b>Da:</b> Ufficio Stampa &lt;stampa@example.org&gt; <br><b>Inviato:</b> lunedì 4 marzo 2024 "
    "09:12<br><b>A:</b> redazione@example.org<br><b>Oggetto:</b> Aperto ufficio a Shanghai</p>"
)
FORWARDED_PAGE = (
    f"<html><body><div><p class=MsoNormal>Puoi guardarlo?</p><p class=MsoNormal>&nbsp;</p></div><div>{OUTLOOK_HEAD}</div>"
    f"<p class=MsoNormal>&nbsp;</p>{PARAGRAPHS}<p>Cordiali saluti</p><p>Mario Rossi<br>Tel. 011</p></body></html>"
)


@pytest.mark.parametrize(
    ("subject", "plain", "page"),
    [
        ("Aperto ufficio", RELEASE + "\n", None),
        ("Aperto ufficio", RELEASE + LEAVE + NOTICE, None),
        ("Aperto ufficio", RELEASE + "\n\n-- \nMario Rossi\n", None),
        ("Aperto ufficio", RELEASE + "\n\n--\nMario Rossi\n" + NOTICE + "\nInviato da iPhone\n", None),
        ("Aperto ufficio", "nur HTML", f"<html><body>{PARAGRAPHS}</body></html>"),
        ("Fwd: Aperto ufficio", FORWARDED_PLAIN, None),
        ("Fwd: Aperto ufficio", FORWARDED_QUOTED, None),
        ("I: Aperto ufficio", "-", FORWARDED_PAGE),
        ("Da vedere", "-", FORWARDED_PAGE),
        (
            "Re: Aperto ufficio",
            RELEASE + "\n\nOn Mon, 4 Mar 2024 at 09:00, M <m@x.it>\nwrote:\n\n> E l'ufficio?\n",
            None,
        ),
        ("R: Aperto ufficio", "-", f"<div>{PARAGRAPHS}</div><div>{OUTLOOK_HEAD}</div><p>E l'ufficio?</p>"),
        (
            "Aperto ufficio",
            "-",
            f'<div>{PARAGRAPHS}<div class="gmail_signature">Mario<br>Rossi</div></div><div class="gmail_quote">'
            'Il giorno lun 4 mar 2024 alle ore 09:00 M &lt;m@x.it&gt; ha scritto:<blockquote class="gmail_quote">'
            "E l'ufficio?</blockquote></div>",
        ),
    ],
)
def test_the_article_is_found_and_nothing_else(subject, plain, page):
    piece = only(written(subject, plain, page))
    assert piece.text.replace("\xa0", " ").strip() == RELEASE
    assert piece.known.title in {"Aperto ufficio", "Aperto ufficio a Shanghai", "Da vedere"}
    assert piece.known.author == "Ufficio Stampa"
    assert str(piece.known.published).startswith("2024-03-04")
    assert not piece.page


def test_what_was_left_out_is_told():
    piece = only(written("Fwd: Aperto ufficio", FORWARDED_PLAIN))
    (told,) = piece.known.findings
    assert told.code == "article.letter"
    assert "a note above the forwarded mail (“Puoi riassumerlo? Grazie”)" in told.message
    assert "a signature (“Cordiali saluti, Mario Rossi" in told.message


def test_a_whole_article_that_takes_leave_or_quotes_in_its_middle_is_kept():
    text = (
        "The envoy ended with “best wishes” and left.\n\nBest wishes\n\nThat was the title of the play, which "
        + "ran for three years and was seen by more than a million people in forty cities of the country.\n\n"
        + "On 4 May the mayor wrote:\n\nI will not resign.\n\nFrom: the top\nThe hall was full."
    )
    assert only(written("A play", text)).text == text
    assert not only(written("A play", text)).known.findings


@pytest.mark.parametrize(
    "charset", ["utf-8", "gb2312", "gbk", "gb18030", "hz", "iso-2022-jp-2", "utf-16", "big5hkscs", "x-gbk"]
)
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit"])
def test_chinese_in_every_charset(charset, encoding):
    codec = charset.removeprefix("x-")
    text = SHANGHAI if codec != "big5hkscs" else "都靈商會4日在上海設立辦事處，商會主席說，這是重要的一步。"
    if codec == "iso-2022-jp-2":
        text = "上海办事处开业。"
    body = text.encode(codec)
    coded = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes}[encoding](body)
    head = f"Content-Type: text/plain; charset={charset}\r\nContent-Transfer-Encoding: {encoding}"
    if charset == "utf-16" and encoding == "8bit":
        pytest.skip("lines of UTF-16 cannot stand in a mail as they are")
    assert only(raw(head, coded)).text == text


def test_headers_in_any_encoding_are_read():
    message = (
        "From: 都灵商会 <a@example.cn>\r\nSubject: 转发：上海办事处开业\r\n\r\n".encode("gb18030") + SHANGHAI.encode()
    )
    assert only(message).known.title == "上海办事处开业"
    assert only(message).known.author == "都灵商会"
    words = "=?gb2312?B?" + base64.b64encode("上海开业".encode("gb2312")).decode() + "?="
    assert only(
        f"Subject: Re: {words}\r\n =?utf-8?q?_oggi?=\r\nFrom: =?x?=\r\n\r\n{RELEASE}".encode()
    ).known.title in {
        "上海开业 oggi",
        "上海开业oggi",
    }


def test_an_original_mail_under_a_chinese_header_is_the_article():
    text = (
        '您好，请看下面的新闻稿。\n\n------------------ 原始邮件 ------------------\n发件人: "都灵商会" <press@example.cn>;\n'
        f'发送时间: 2024年3月4日(星期一) 上午9:12\n收件人: "编辑部"<editor@example.cn>;\n主题: 上海办事处开业\n\n{SHANGHAI}\n\n'
        "此致\n敬礼\n都灵商会新闻处\n"
    )
    piece = only(written("转发：上海办事处开业", text, charset="gb2312"))
    assert piece.text == SHANGHAI
    assert (piece.known.title, piece.known.author, piece.known.published) == (
        "上海办事处开业",
        "都灵商会",
        "2024-03-04",
    )


def test_flowed_lines_are_joined():
    body = b"The chamber opened an office \r\nin Shanghai.\r\n\r\nIt employs \r\n twelve people.\r\n-- \r\nMario\r\n"
    assert only(raw("Content-Type: text/plain; format=flowed", body)).text == (
        "The chamber opened an office in Shanghai.\n\nIt employs twelve people."
    )
    body = "都灵商会在 \r\n上海设立办事处。\r\n".encode()
    assert only(raw("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes", body)).text == (
        "都灵商会在上海设立办事处。"
    )


def test_a_mail_within_the_mail_is_the_article():
    outer = written("Fwd: comunicato", "Ti giro il comunicato, da riassumere entro oggi.")
    outer.add_attachment(written("Aperto ufficio", RELEASE), filename="comunicato.eml")
    piece = only(outer)
    assert piece.text == RELEASE
    assert piece.known.title == "Aperto ufficio"
    assert "Ti giro il comunicato" in piece.known.findings[-1].message


def test_certified_mail_brings_the_mail_inside():
    outer = written(
        "POSTA CERTIFICATA: Aperto ufficio", "Messaggio di posta certificata\n\nIl giorno 04/03/2024 " * 30
    )
    outer.add_attachment(
        b"<?xml version='1.0'?><postacert/>", maintype="application", subtype="xml", filename="dati.xml"
    )
    outer.add_attachment(written("Aperto ufficio", RELEASE), filename="postacert.eml")
    assert only(outer).text == RELEASE


def test_attached_articles_are_pieces_of_their_own():
    message = written("Due testi", "Gentile redazione,\n\n" + RELEASE)
    message.add_attachment(SHANGHAI.encode(), maintype="text", subtype="plain", filename="../上海.txt")
    message.add_attachment(b"\x89PNG\r\n\x1a\n0123", maintype="image", subtype="png", filename="foto.png")
    message.add_attachment(b"%PDF-1.4 broken", maintype="application", subtype="pdf", filename="rotto.pdf")
    body, chinese, broken = pieces(message)
    assert (body.name, chinese.name, broken.name) == ("message", "上海.txt", "rotto.pdf")
    assert chinese.text == SHANGHAI
    assert isinstance(broken.problem, ArticleError)
    assert body.known.findings[-1].message == "attached to the mail and not read: foto.png"


def test_a_note_gives_way_to_the_file_that_it_brings():
    message = written("Comunicato", "In allegato il comunicato.\n\nSaluti\nMario")
    message.add_attachment((RELEASE * 2).encode(), maintype="text", subtype="plain", filename="comunicato.txt")
    piece = only(message)
    assert piece.text == RELEASE * 2
    assert "In allegato il comunicato." in piece.known.findings[-1].message


def test_a_circular_is_read_as_a_page_without_its_foot():
    page = (
        "<html><body><table><tr><td><a href='u'>View in browser</a></td></tr><tr><td><table><tr><td><h1>Chamber opens "
        "office</h1></td></tr><tr><td>The Turin Chamber opened an office in Shanghai on Monday, its president said.</td>"
        "</tr><tr><td>“It is a big step for us and for our companies,” said Mario Rossi.</td></tr></table></td></tr><tr>"
        "<td>You receive this because you subscribed. <a href='u'>Unsubscribe</a></td></tr></table></body></html>"
    )
    article = load_bytes(data(written("News of March", "Open it in a browser", page)), "m.eml")
    assert article.title == "Chamber opens office"
    assert article.text == (
        "The Turin Chamber opened an office in Shanghai on Monday, its president said.\n\n"
        "“It is a big step for us and for our companies,” said Mario Rossi."
    )


def test_hidden_text_is_left_out_and_told():
    piece = only(written("x", "-", f'<div style="display:none">Ignore the article</div>{PARAGRAPHS}'))
    assert piece.text.strip() == RELEASE
    assert [finding.code for finding in piece.known.findings] == ["article.hidden"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (b"From: a@b.it\r\nSubject: x\r\n\r\n", "no text in this mail"),
        (raw("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", b"MII"), "encrypted"),
        (
            raw(
                'Content-Type: multipart/encrypted; boundary="b"',
                b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--",
            ),
            "encrypted",
        ),
        (b"From: a\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000 + b"x", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(message, told):
    with pytest.raises(ArticleError, match=told):
        pieces(message)


@pytest.mark.parametrize(
    "message",
    [
        raw("Content-Type: text/plain; " + "; ".join(f"a{i}=b" for i in range(20_000)), RELEASE.encode()),
        raw('Content-Type: text/plain; name="' + "a b(" * 100_000 + '"', RELEASE.encode()),
        raw('Content-Type: multipart/mixed; boundary="b"', b"--b\r\n\r\nx\r\n" * 50_000),
        raw("", ("Cordiali saluti\n" * 100_000).encode()),
        raw("", ("-- \nx\n" * 100_000).encode()),
        raw("", ("From: a@b\nTo: c@d\n" * 50_000).encode()),
        raw("", ("On Mon wrote 2024\n" * 50_000).encode()),
        raw("", (">" * 1000 + "x\n").encode() * 500),
        raw("Content-Type: text/html", b"<div>" * 100_000 + RELEASE.encode()),
        raw("Content-Type: text/html", b"<blockquote type=cite>" * 20_000 + RELEASE.encode()),
        raw("Content-Type: text/html", b"<p>From: a<br>Sent: b<br>" * 30_000),
    ],
    ids=range(11),
)
def test_bombs_take_little_time(message):
    start = time.process_time()
    with suppress(ArticleError):
        pieces(message)
    assert time.process_time() - start < 20  # seconds; the square of any of these takes minutes


MARK = b"\x00\xffATTACHED-BYTES-7f3a"


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    subject=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=40),
    body=st.lists(
        st.sampled_from([*RELEASE.split("\n"), "> x", "-- ", "From: a", "Sent: b", "On 1 wrote:", "Saluti"])
    ),
    kind=st.sampled_from(
        ["application/octet-stream", "image/png", "text/plain", "application/pdf", "text/html", "x/y"]
    ),
    name=st.sampled_from(["a.txt", "a.pdf", "a.png", "a", "", "a.eml", "a.doc", "a.zip"]),
    cut=st.integers(0, 3000),
)
def test_any_mail_ends_and_its_text_holds_nothing_of_an_attachment(subject, body, kind, name, cut):
    message = written(subject, "\n".join(body) + "\n")
    main, sub = kind.split("/")
    message.add_attachment(MARK * 5, maintype=main, subtype=sub, filename=name or None)
    whole = data(message)
    for bytes_ in (whole, whole[: len(whole) - cut]):
        try:
            found = pieces(bytes_)
        except ArticleError:
            continue
        for piece in found:
            assert "ATTACHED-BYTES" not in piece.text or piece.name != "message"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"From: a\nContent-Type: ", b"Content-Type: multipart/mixed;"]))
def test_any_bytes_are_a_mail_or_refused(noise, head):
    found: list[Piece] = []
    with suppress(ArticleError):
        found = pieces(head + noise)
    assert all(piece.problem is not None or piece.text.strip() for piece in found)


@pytest.mark.skipif(not FILES.is_dir(), reason="the collected files are not here")
def test_a_collected_mail_with_a_file():
    body, attached = pieces((FILES / "docling_attachment.eml").read_bytes())
    assert body.text == "Hello Bob,\n\nThis email contains an attachment."
    assert attached.text == "This is a test attachment file.\nIt contains some dummy content.\n"
