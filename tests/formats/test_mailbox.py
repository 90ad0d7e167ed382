"""A mailbox: the article of each mail, by its number."""

from summarizer.article import load_bytes
from summarizer.formats import reading
from summarizer.formats.piece import Limits, Piece

ENVELOPE = "From anna@example.org Mon Mar  3 10:00:00 2025\n"
HEADER = "From: Anna Lee <anna@example.org>\nTo: desk@example.org\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"
BODY = "«Per noi è un buon risultato», ha detto Marta Rinaldi.\n\n>From here on the port grows, she said.\n"


def mail(subject: str, body: str = BODY) -> str:
    return f"{ENVELOPE}{HEADER}Subject: {subject}\n\n{body}\n"


def found(text: str, limits: Limits | None = None) -> list[Piece]:
    return list(reading.pieces(text.encode(), "press.mbox", limits or Limits()))


def test_each_mail_of_a_mailbox_is_an_article() -> None:
    one, two = found(mail("Il porto") + mail("La fiera", "La fiera apre domani, ha detto il sindaco.\n"))
    assert [(each.name, each.known.title, each.known.author) for each in (one, two)] == [
        ("#1", "Il porto", "Anna Lee"),
        ("#2", "La fiera", "Anna Lee"),
    ]
    assert "\nFrom here on the port grows" in one.text
    assert two.text.strip() == "La fiera apre domani, ha detto il sindaco."


def test_a_mailbox_of_one_mail_is_that_mail() -> None:
    assert load_bytes(mail("Il porto").encode(), "a.txt").title == "Il porto"


def test_a_mail_that_cannot_be_read_stops_no_other() -> None:
    sealed = (
        f"{ENVELOPE}{HEADER}".replace("text/plain; charset=utf-8", "application/pkcs7-mime")
        + "Subject: x\n\nMIIB\n\n"
    )
    bad, good = found(sealed + mail("Il porto"))
    assert "encrypted" in str(bad.problem)
    assert (good.name, good.problem) == ("#2", None)


def test_mails_beyond_the_bound_are_said() -> None:
    *read, rest = found(mail("a") * 4, Limits(entries=3))
    assert len(read) == 3
    assert "4 mails" in str(rest.problem)
