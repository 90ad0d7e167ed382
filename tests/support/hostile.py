"""Texts of strangers that would do harm in a page, a Word file, a table, a mail or a terminal."""

import random

__all__ = ["HOSTILE"]

_PIECES = [
    "<script>alert(1)</script>", "</w:t></w:r></w:p>", "<w:fldSimple w:instr='DDEAUTO c:\\\\x'/>", "<!--", "-->", "]]>",
    "<![CDATA[", "&amp;", "&#x0;", "&lt;b&gt;", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "&a;",
    "{{ 7 * 7 }}", "{% for x in y %}", "{# c #}", "{{ self.__class__.__mro__ }}", "{_{", "}_}", "{{r x }}",
    "=HYPERLINK(\"http://a.example\")", "@SUM(1)", "+1", "-1+1", "\t=1", "\r=1", "＝1", "|calc'!A0", ";", ",", '"', "'",
    "\r\nBcc: a@b.example\r\n", "\nContent-Type: text/html\n\n", "\r\n.\r\n", "=?utf-8?B?PGI+?=", "\x00", "\x07", "\x08",
    "\x0b", "\x0c", "\x1b[31m", "\x1b]0;t\x07", "\x9b2J", "\x7f", "\ud800", "\udfff", "\ufffe", "\uffff", "\u202e", "\u2066",
    "\u200b", "\ufeff", "\u2028", "\u2029", "\u0085", "\U000e0041", "\U0010ffff", "e\u0301", "上海", "𠮷", "👩‍👩‍👧",
    "javascript:alert(1)", "http://a.example/\"onmouseover=", "file:///etc/passwd", "\\\\host\\share", "../../x", "%s%n",
    "`code`", "**b**", "[a](javascript:1)", "![a](b)", "| a | b |", "# h", "---", "~~~", "$(id)", "%0d%0aX: 1", "\\u0000",
]  # fmt: skip


def _texts(number: int, seed: int = 13) -> list[str]:
    chance = random.Random(seed)
    made = ["".join(chance.choices(_PIECES, k=chance.randint(1, 6))) for _ in range(number - len(_PIECES) - 2)]
    return [*_PIECES, *made, "x" * 70_000, "上" * 40_000]


#: A thousand of them; lone surrogates too, which JSON cannot bring and a program can.
HOSTILE = _texts(1_000)
