"""A run's digests as one HTML page that needs nothing else: each article beside its digest, to read and correct.

Everything in it is data of strangers. It stands in the page as JSON that no browser runs, and the page's own script
writes it as text; the page's policy allows that script and style sheet by their hashes, and nothing else.
"""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import jinja2

from summarizer import languages
from summarizer.article.findings import CODES
from summarizer.digest import Digest
from summarizer.digest.same import Group
from summarizer.languages import hant
from summarizer.render import marks, words
from summarizer.render.page.entries import entry, group

__all__ = ["ReviewMode", "page", "pieces"]

#: The script's files in the order in which one needs the other.
_SCRIPTS = (
    "text",
    "data",
    "lines",
    "corrections",
    "findings",
    "article",
    "digest",
    "pointing",
    "editing",
    "list",
    "saving",
    "printing",
    "keys",
    "main",
)
#: Where the digests stand between the two halves of the template.
_HERE = "<!-- digests -->"


@dataclass(frozen=True, slots=True)
class ReviewMode:
    """Corrections go back to the server that the page came from.

    Attributes:
        save: where changes are sent to, relative to the page.
        ids: what the server calls each digest, in their order; empty for the ids of their articles.
    """

    save: str = "./save"
    ids: tuple[str, ...] = ()


def page(digests: Iterable[Digest], groups: Sequence[Group] = (), *, review: ReviewMode | None = None) -> str:
    """Return the page of a run; see `pieces`, which holds only one digest at a time."""
    return "".join(pieces(digests, groups, review=review))


def pieces(
    digests: Iterable[Digest], groups: Sequence[Group] = (), *, review: ReviewMode | None = None
) -> Iterator[str]:
    """Yield the page of a run, piece by piece.

    Args:
        digests: in the order in which the page lists them.
        groups: articles that tell the same story, by their places among the digests; they stand together.
        review: where corrections are sent to; None for a page that saves them as a file.
    """
    head, foot = _template(reviewing=review is not None)
    yield head
    entries, codes = [], dict.fromkeys((*languages.available(), *hant.TAGS))
    for number, digest in enumerate(digests):
        written = digest.model_dump_json()
        yield _data(f"digest-{number}", written)
        codes |= dict.fromkeys((digest.article.language, *(brief.target_language for brief in digest.briefs)))
        codes |= dict.fromkeys(code for quote in digest.quotes for code in quote.translations)
        name = review.ids[number] if review and review.ids else digest.article.id
        entries.append(entry(digest, name, hashlib.sha256(written.encode()).hexdigest()))
    yield _data("data", json.dumps(_index(entries, tuple(codes), groups, review), ensure_ascii=False))
    yield foot


def _index(
    entries: list[dict[str, Any]], codes: Sequence[str], groups: Sequence[Group], review: ReviewMode | None
) -> dict[str, Any]:
    """Return what the page knows before a digest is opened: its list, the words of the codes and languages."""
    return {
        "entries": entries,
        "groups": [group(each) for each in groups],
        "codes": {code: meant.says for code, meant in CODES.items()},
        "proofs": [code for code, meant in CODES.items() if meant.weight == "proof"],
        "asks": dict(words.SEVERITY),
        "kinds": dict(words.KIND),
        "languages": {code: words.language(code) for code in codes},
        "marks": {code: languages.marks(code)._asdict() for code in codes},
        "commas": {code: languages.comma(code) for code in codes},
        "worn": list(marks.WORN),
        "from_right": [code for code in codes if languages.right_to_left(code)],
        "save": review.save if review else None,
    }


def _data(name: str, written: str) -> str:
    """Return JSON as a block that is never run: no ``<`` in it can end the block or open a comment."""
    escaped = written.replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{escaped}</script>\n'


@cache
def _template(*, reviewing: bool) -> tuple[str, str]:
    """Return the page before and after its digests, with the hashes of its own style sheet and script."""
    style, script = _read("page.css"), _script()
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(_read("page.html.jinja"))
    made = template.render(
        style=style, script=script, style_hash=_hash(style), script_hash=_hash(script), reviewing=reviewing
    )
    head, _, foot = made.partition(_HERE)
    return head, foot


def _script() -> str:
    """Return the script: its files in one function, so that none of their names is anybody else's."""
    parts = "\n".join(_read(f"{name}.js") for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{parts}}})();\n'


def _read(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """Return a hash as a content security policy names it (https://www.w3.org/TR/CSP3/#grammardef-hash-source)."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
