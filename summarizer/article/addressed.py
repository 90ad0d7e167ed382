"""Whether a sentence addresses a language model: who is addressed, what is ordered, which work it is about.

No rule asks for a wording. A sentence is an order by its build: an imperative where a sentence begins and the work
that it is about (a summary, a translation, what was told before), a model that is called, a duty of whoever reads or
sums up this very text, the markup of a conversation, or the shape of an answer. The words for these parts are each
language's ``[instructions]``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from summarizer import languages
from summarizer.article.disguise import decoded, plain
from summarizer.languages.wordlist import LETTER, either

__all__ = ["Order", "read"]


@dataclass(frozen=True, slots=True)
class Order:
    """How a sentence orders something.

    Attributes:
        plain: it does so by itself; otherwise only after a sentence that does.
        announces: the words to be written come next, by a colon or by name: "the following".
        ahead: nothing of them stands in this sentence, they may come in the next paragraph.
        bare: it calls, or bids forget, and leaves what to do to the sentence after it.
        done: the words to be written were the sentence before.
    """

    plain: bool
    announces: bool = False
    ahead: bool = False
    bare: bool = False
    done: bool = False


#: Where an imperative begins: after the beginning, a line end or a sentence's stop, quotation marks, bullets or the
#: opening of a comment between; or after a colon or a dash.
_BEGINNING = r"(?:(?:\A|[\n.!?。！？…])[\s\"“”'‘’«「『*_#>(\[{•/!<;-]{0,8}+|[:：;；—–>\]*=]\s{0,3}+[\"“'‘«「『]?+)"
#: An answer's or a message's shape in JSON: a key with its value. No sentence of news looks like it.
_ANSWER = re.compile(r"(?:\A|[{,\[])\s*[\"“”'][\w .-]{1,40}[\"“”']\s*[:：]\s*[\"“”'{\[\d]")
_QUOTED = re.compile(
    r"[“„](?P<a>[^”\n]*)(?:”|$)|«(?P<b>[^»\n]*)(?:»|$)|「(?P<c>[^」\n]*)(?:」|$)|『(?P<d>[^』\n]*)(?:』|$)"
    r"|(?<!\w)\"(?P<e>[^\"\n]*)(?:\"|$)|(?<!\w)['‘](?P<f>[^'’\n]*(?:['’]\w[^'’\n]*)*)(?:['’](?!\w)|$)"
)
_ENDS_OPEN = re.compile(r"[:：]\s*[\"“”'»」]?\s*\Z")
_GAP = r"[^.!?。！？\n]"
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
    announces = bool(_ENDS_OPEN.search(shown)) or any(own.follows.search(shown) for own, _ in told)
    return Order(
        plain=any(weight for _, weight in told),
        announces=announces,
        ahead=announces and not _CONTENT.search(shown),
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
        together: parts that are an order where one sentence has them all: an imperative, or what somebody must write,
            with a model, its work or the text; a duty of the models that read this text.
        weak: an imperative alone, or the work of the one addressed.
        news: what a report about such orders names.
        write, follows, done: see `Order`.
    """

    whole: re.Pattern[str]
    anywhere: re.Pattern[str]
    together: tuple[tuple[re.Pattern[str], ...], ...]
    weak: re.Pattern[str]
    news: re.Pattern[str]
    write: re.Pattern[str]
    follows: re.Pattern[str]
    done: re.Pattern[str]

    def found(self, text: str) -> Iterator[bool]:
        """Yield whether each order in a text is one by itself; a report of one yields nothing."""
        places = [m.start("order") for m in self.whole.finditer(text)]
        places += [m.start() for m in self.anywhere.finditer(text)]
        places += [place for parts in self.together for place in _together(text, *parts)]
        yield from (True for place in places if not _is_report(text, place))
        if not places and self.weak.search(text):
            yield False


def _together(text: str, first: re.Pattern[str], *others: re.Pattern[str]) -> Iterator[int]:
    """Yield where a text has the first of some parts, if it has the others beside it."""
    head = first.search(text)
    rest = f"{text[: head.start()]} … {text[head.end() :]}" if head else ""
    if head and all(other.search(rest) for other in others):
        yield head.end() - 1


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
    ask = rf"(?:(?:{word['joints']}|{word['polite']})[ ,，:：]{{0,2}}){{0,4}}"
    write = _word((*table.tell, *table.put))
    order = f"(?:{write}|{word['forget']})"
    objects = "|".join(word[name] for name in ("models", "work", "texts", "above"))
    due = rf"{word['work']}{_GAP}{{0,3}}?{word['must']}{_GAP}{{0,8}}?{write}"
    due = rf"(?:{_BEGINNING}|[,，;；]\s*)(?:[\w'’-]+ ){{0,2}}?{due}"
    condition = rf"(?:{word['when']}{_GAP}{{0,80}}?[,，]\s*)"
    starts = (f"{ask}{start}" for start in table.starts)
    return _Build(
        whole=_compiled(rf"{_BEGINNING}(?=(?P<order>)(?:{_any((*starts, *_calls(word, ask, order)))}))"),
        anywhere=_compiled(_any((*table.anywhere, *_dues(word, rf"[,，]\s*{ask}{write}")))),
        together=_all_compiled(
            (rf"(?:{_BEGINNING}{condition}?|[;；]\s*){ask}(?:{order}|(?={word['render']}))", objects),
            (rf"{_BEGINNING}{ask}{write}", rf"(?:{word['follows']}|{word['only']}){_GAP}{{0,30}}?[:：]"),
            (due,),
            tuple(word[name] for name in ("models", "reads", "self", "must")),
        ),
        weak=_compiled(rf"{_BEGINNING}{ask}{order}|{word['yours']}"),
        news=_compiled(f"{word['models']}|{word['news']}"),
        write=_compiled(write),
        follows=_compiled(word["follows"]),
        done=_compiled(rf"{ask}{write}\s?{word['before']}(?![^\W\d_ ])"),
    )


def _calls(word: Mapping[str, str], ask: str, order: str) -> tuple[str, ...]:
    """Return how a sentence begins that calls a model, is labelled as an order, or puts words for a text."""
    models, notes, labels = word["models"], word["notes"], word["labels"]
    return (
        rf"{ask}(?:(?:in|at|as|nel|al|come|在|于|将|把) ?)?{word['work']}[中里, ，:：]{{0,3}}{ask}{order}",
        rf"{ask}{word['render']}{_GAP}{{0,60}}?{word['into']}",
        rf"{ask}{word['forget']}{_GAP}{{0,40}}?{word['you']}{_GAP}{{0,40}}?{ask}{word['tell']}",
        rf"(?:[\w-]+ ){{0,3}}?{models}\s*[,:：，–—-]\s*{ask}(?:{order}|{word['you']})",
        rf"{word['hails']}[, ，]{{0,2}}{models}\s*[,，!！:：.。]|{models}[, ，]?{word['hails']}",
        rf"{_GAP}{{0,30}}?{notes}{_GAP}{{0,16}}?(?:{models}|{word['work']}){_GAP}{{0,30}}?[:：]",
        rf"{models}{notes}\s*[:：]",
        rf"(?:as|come|da|作为) ?{_GAP}{{0,24}}?{models}{_GAP}{{0,10}}?[,，]\s*{word['you']}",
        rf"(?:to|for|a|per|致|给) {_GAP}{{0,40}}?{models}[^\w,，.]{{0,3}}?[:：]",
        rf"(?<=[\[【<({{#=-])\s?{labels}\s?(?:[\]】>)}}]|##|==|--)",
        rf"(?<=[#=-] ){labels}\s?(?:##|==|--)",
    )


def _dues(word: Mapping[str, str], told: str) -> tuple[str, ...]:
    """Return what is due of this text's summary or of its reader, and how a text is taken back."""
    work, own, reads = word["work"], word["self"], word["reads"]
    return (
        word["yours"],
        rf"{work}{_GAP}{{0,12}}?{own}{_GAP}{{0,20}}?(?:{word['must']}|{word['equals']}|[:：])",
        rf"{reads}{_GAP}{{0,40}}?{own}{_GAP}{{0,40}}?{told}",
        rf"{word['you']}{_GAP}{{0,40}}?(?:{reads}|{work}){_GAP}{{0,20}}?{told}",
        rf"{word['above']}{_GAP}{{0,30}}?{word['void']}",
    )


def _any(patterns: Iterable[str]) -> str:
    return either(f"(?:{pattern})" for pattern in patterns)


def _word(patterns: Sequence[str]) -> str:
    """Return a pattern for any of some words that begin and end where a word of their script does."""
    edge = f"(?:(?<![{LETTER}])(?=[{LETTER}])|(?![{LETTER}]))", f"(?:(?<=[{LETTER}])(?![{LETTER}])|(?<![{LETTER}]))"
    return f"{edge[0]}(?:{either(patterns)}){edge[1]}"


def _all_compiled(*builds: tuple[str, ...]) -> tuple[tuple[re.Pattern[str], ...], ...]:
    return tuple(tuple(_compiled(part) for part in build) for build in builds)


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)
