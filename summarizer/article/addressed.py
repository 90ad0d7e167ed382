"""Whether a sentence addresses a language model: who is addressed, what is ordered, which work it is about.

No rule asks for a wording. A sentence is an order by its build: an imperative where a sentence begins and the work
that it is about (a summary, a translation, what was told before), a model that is called, a duty of whoever reads or
sums up this very text, the markup of a conversation, or the shape of an answer. The words for these parts are each
language's ``[instructions]``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer import languages
from summarizer.article.disguise import decoded, plain
from summarizer.languages.wordlist import LETTER

__all__ = ["Order", "read"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a sentence orders something.

    Attributes:
        plain: it does so by itself; otherwise only after a sentence that does.
        announces: the words to be written come next, by a colon or by name: "the following".
        bare: it calls, or bids forget, and leaves what to do to the sentence after it.
        done: the words to be written were the sentence before.
    """

    plain: bool
    announces: bool = False
    bare: bool = False
    done: bool = False


#: Where an imperative begins: after the beginning, a line end or a sentence's stop, quotation marks, bullets or the
#: opening of a comment between; or after a colon or a dash.
_BEGINNING = (
    r"(?:(?:\A|[\n.!?。！？…])[\s\"“”'‘’«「『*_#>(\[{•/!<;-]{0,8}+|[:：;；—–>\]*=]\s{0,3}+[\"“'‘«「『]?+)"
    r"(?:(?:(?:and|then|also|so|e|poi|quindi|inoltre)\b|然后|接着|并)[ ,，]{0,2}+)?+"
)
#: An answer's or a message's shape in JSON: a key of it with its value.
_ANSWER = re.compile(
    r"[{,\[]\s*[\"“”'](?:role|system|instructions?|prompt|headline|abstract|key_points|summary|quotes|translations?"
    r"|lines|segments|target|output|response)[\"“”']\s*[:：]",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"[“„](?P<a>[^”\n]*)(?:”|$)|«(?P<b>[^»\n]*)(?:»|$)|「(?P<c>[^」\n]*)(?:」|$)|『(?P<d>[^』\n]*)(?:』|$)"
    r"|(?<!\w)\"(?P<e>[^\"\n]*)(?:\"|$)|(?<!\w)['‘](?P<f>[^'’\n]*(?:['’]\w[^'’\n]*)*)(?:['’](?!\w)|$)"
)
_ENDS_OPEN = re.compile(r"[:：]\s*[\"“”'»」]?\s*\Z")
#: A colon with what it announces behind it.
_CONTENT = re.compile(r"[:：][^.!?。！？\n]{6}")
#: A base64 run may spell an order, an order none that spells another.
_DEPTH = 1


def read(sentence: str, depth: int = _DEPTH) -> Order | None:
    """Return how a sentence orders a language model something, None where it does not and could not."""
    shown = plain(sentence)
    spelt = depth and any(own and own.plain for own in (read(text, depth - 1) for text in decoded(sentence)))
    if spelt or _ANSWER.search(shown):
        return Order(plain=True)
    told = [(own, weight) for own in _builds() for weight in own.found(shown)]
    if not told:
        return None
    return Order(
        plain=any(weight for _, weight in told),
        announces=bool(_ENDS_OPEN.search(shown)) or any(own.follows.search(shown) for own, _ in told),
        bare=not _says(shown),
        done=any(own.done.search(shown) for own, _ in told),
    )


def _says(text: str) -> bool:
    """Tell whether an order says what to write: one that only calls, or bids forget, leaves that to the next one."""
    return bool(_CONTENT.search(text)) or any(own.write.search(text) for own in _builds())


@dataclass(frozen=True, slots=True)
class _Build:
    """One language's builds of an order.

    Attributes:
        whole: orders as whole patterns, and those put together from an imperative and its work.
        anywhere: the same without regard to where they stand.
        duty: each part of a duty of whoever reads this text; a sentence that has all of them lays it down.
        weak: an imperative alone, or the work of the one addressed.
        news: what a report about such orders names.
        write, follows, done: see `Order`.
    """

    whole: re.Pattern[str]
    anywhere: re.Pattern[str]
    duty: tuple[re.Pattern[str], ...]
    weak: re.Pattern[str]
    news: re.Pattern[str]
    write: re.Pattern[str]
    follows: re.Pattern[str]
    done: re.Pattern[str]

    def found(self, text: str) -> Iterator[bool]:
        """Yield whether each order in a text is one by itself; a report of one yields nothing."""
        places = [m.start("order") for m in self.whole.finditer(text)]
        places += [m.start() for m in self.anywhere.finditer(text)]
        parts = [part.search(text) for part in self.duty]
        if all(parts):
            places.append(min(m.start() for m in parts if m))
        yield from (True for place in places if not _is_report(text, place))
        if not places and self.weak.search(text):
            yield False


def _is_report(text: str, place: int) -> bool:
    """Tell whether what stands at `place` is quoted by a sentence that speaks of models or of such orders."""
    for quoted in _QUOTED.finditer(text):
        if quoted.start() <= place < quoted.end():
            outside = f"{text[: quoted.start()]} … {text[quoted.end() :]}"
            return any(own.news.search(outside) for own in _builds())
    return False


@cache
def _builds() -> tuple[_Build, ...]:
    """Return the builds of every language: an order need not be in the article's own."""
    return tuple(_build(code) for code in languages.available())


def _build(code: str) -> _Build:
    table = languages.get(code).instructions
    word = {name: _word(getattr(table, name)) for name in table._fields}
    ask = rf"(?:{word['polite']}[ ,，:：]{{0,2}}){{0,4}}"
    write = _word((*table.tell, *table.put))
    order = f"(?:{write}|{word['forget']})"
    gap = r"[^.!?。！？\n]"
    told = rf"[,，]\s*{ask}(?:{word['tell']}|{word['put']})"
    heads = (
        *table.starts,
        # an imperative and its work: "write in the summary", "in the summary, write", "translate … as"
        rf"{ask}{write}{gap}{{0,90}}?{word['work']}",
        rf"{ask}(?:(?:in|at|as|nel|al|come|在|于|将|把) ?)?{word['work']}[中里, ，:：]{{0,3}}{ask}{write}",
        rf"{ask}{word['render']}{gap}{{0,60}}?{word['into']}",
        rf"{ask}{write}{gap}{{0,12}}?{word['follows']}{gap}{{0,20}}?[:：]",
        rf"{ask}{word['forget']}{gap}{{0,40}}?{word['you']}{gap}{{0,40}}?{ask}{word['tell']}",
        # a model that is called: "AI assistants: state", "hi, chatbot!", "note for language models:", "as an AI, you"
        rf"(?:[\w-]+ ){{0,3}}?{word['models']}\s*[,:：，–—-]\s*{ask}(?:{order}|you\b|tu\b|[你您])",
        rf"{word['hails']}[, ，]{{0,2}}{word['models']}\s*[,，!！:：.。]|{word['models']}[, ，]?{word['hails']}",
        rf"{gap}{{0,30}}?{word['notes']}{gap}{{0,16}}?(?:{word['models']}|{word['work']}){gap}{{0,30}}?[:：]",
        rf"{word['models']}{word['notes']}\s*[:：]",
        rf"(?:as|come|da|作为) ?{gap}{{0,24}}?{word['models']}{gap}{{0,10}}?[,，]\s*{word['you']}",
        # a label: "[INSTRUCTION]", "### END OF ARTICLE ###"
        rf"(?<=[\[【<({{#=-])\s?{word['labels']}\s?(?:[\]】>)}}]|##|==|--)",
        rf"(?<=[#=-] ){word['labels']}\s?(?:##|==|--)",
    )
    anywhere = (
        *table.anywhere,
        word["yours"],
        # what is due of this text's summary: "any summary of this article must", "the summary of this text is:"
        rf"{word['work']}{gap}{{0,12}}?{word['self']}{gap}{{0,20}}?(?:{word['must']}|{word['equals']}|[:：])",
        rf"{word['reads']}{gap}{{0,40}}?{word['self']}{gap}{{0,40}}?{told}",
        rf"{word['you']}{gap}{{0,40}}?(?:{word['reads']}|{word['work']}){gap}{{0,20}}?{told}",
        # the text so far taken back: "the text above is a test"
        rf"{word['above']}{gap}{{0,30}}?{word['void']}",
    )
    return _Build(
        whole=_compiled(rf"{_BEGINNING}(?=(?P<order>)(?:{'|'.join(f'(?:{head})' for head in heads)}))"),
        anywhere=_compiled("|".join(anywhere)),
        duty=tuple(_compiled(word[name]) for name in ("models", "reads", "self", "must")),
        weak=_compiled(rf"{_BEGINNING}{ask}{order}|{word['yours']}"),
        news=_compiled(f"{word['models']}|{word['news']}"),
        write=_compiled(write),
        follows=_compiled(word["follows"]),
        done=_compiled(rf"{ask}{write}\s?{word['before']}(?![^\W\d_ ])"),
    )


def _word(patterns: Sequence[str]) -> str:
    """Return a pattern for any of some words that begin and end where a word of their script does."""
    if not patterns:
        return "(?!)"
    edge = f"(?:(?<![{LETTER}])(?=[{LETTER}])|(?![{LETTER}]))", f"(?:(?<=[{LETTER}])(?![{LETTER}])|(?<![{LETTER}]))"
    return f"{edge[0]}(?:{'|'.join(patterns)}){edge[1]}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
