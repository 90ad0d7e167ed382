"""What each template is given, in small: a template of one's own is filled in with it before anything is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

__all__ = ["GIVEN", "Sample"]


@dataclass(frozen=True, slots=True)
class Sample:
    """Values of a template, and what of them a model must see.

    Attributes:
        values: the names that the template is given.
        shown: name → the words that must stand in the text: without them the model would answer blindly.
    """

    values: Mapping[str, Any]
    shown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_SENTENCES = ((901, "The Chamber opened an office."), (902, "It has nine rooms."))
_NAME = "English"
#: Nothing is known of these lines beside their words, and everything of those.
_BARE = {"number": 903, "text": "It has nine rooms.", "role": "", "figures": [], "names": [], "last": ""}
_FULL = {
    "number": 904,
    "text": "The Chamber paid 4.9 billion.",
    "role": "own words of Ada Neri",
    "last": "Quarantanove.",
}
_OBJECTIONS = ("the figure is another one", "it breaks off")
_TARGETS = (
    {"code": "it", "name": "Italian", "across_scripts": False},
    {"code": "zh", "name": "Chinese", "across_scripts": True},
)


def _translation() -> tuple[Sample, ...]:
    full = {
        **_FULL,
        "figures": [("it", [("4.9 billion", "4,9 miliardi")]), ("zh", [("4.9 billion", "49亿")])],
        "names": [("it", ["Ada Neri"])],
        "objections": _OBJECTIONS,
    }
    common: dict[str, Any] = {"source_language": _NAME, "lines": [{**_BARE, "objections": ()}]}
    again = {"lines": [*common["lines"], full], "targets": _TARGETS, "spoken": True, "again": True}
    first = {"targets": _TARGETS[:1], "spoken": False, "again": False, "published": ""}
    lines = (*_lines(_BARE, full), *_OBJECTIONS, "Quarantanove.")
    shown = {"targets": ("Italian", "Chinese"), "lines": lines}
    return (
        Sample(common | first, {"targets": ("Italian",), "lines": _lines(_BARE)}),
        Sample(common | again | {"published": "2026-05-04"}, shown),
    )


def _glossary() -> tuple[Sample, ...]:
    bare = {"term": "Chamber", "forms": [], "forbidden": [], "titles": [], "note": "", "lines": [1]}
    full = {
        "term": "Belt and Road",
        "forms": ["Via della Seta"],
        "forbidden": ["cintura"],
        "titles": ["Minister", "ministro"],
        "note": "never translated word by word",
        "lines": [1, 2],
    }
    targets = [{"name": "Italian", "entries": [bare, full]}]
    shown = ("Italian", "Chamber", "Belt and Road", "Via della Seta", "cintura", "ministro")
    return (Sample({"targets": targets}, {"targets": shown}),)


def _embedded() -> tuple[Sample, ...]:
    bare = {**_BARE, "objections": (), "placeholders": []}
    full = {
        **_FULL,
        "figures": [("4.9 billion", "4,9 miliardi")],
        "placeholders": [("[money 1]", "4.9 billion", "4,9 miliardi")],
        "names": ["Ada Neri"],
        "objections": _OBJECTIONS,
    }
    common = {"source_language": _NAME, "target_language": "Italian"}
    shown = {"target_language": ("Italian",), "lines": (*_lines(bare, full), *_OBJECTIONS, "[money 1]")}
    return (
        Sample({**common, "lines": [bare], "placeholders": False}, {"lines": _lines(bare)}),
        Sample({**common, "lines": [bare, full], "placeholders": True}, shown),
    )


def _summary() -> tuple[Sample, ...]:
    common = {"language": _NAME, "headline": "12 words", "key_points": 6}
    shown = {"language": (_NAME,)}
    return (
        Sample({**common, "abstract": 1, "further": True}, shown),
        Sample({**common, "abstract": 3, "further": False}, shown),
    )


def _quotes() -> tuple[Sample, ...]:
    quotes = [
        {"number": 905, "text": "We shall build nine rooms.", "speaker": "Ada Neri"},
        {"number": 906, "text": "It was time.", "speaker": ""},
    ]
    return Sample({"quotes": [], "most": 8}), Sample({"quotes": quotes, "most": 8}, {"quotes": _lines(*quotes)})


def _mend() -> tuple[Sample, ...]:
    statement = {"number": 907, "text": "The Chamber shut an office.", "objections": _OBJECTIONS}
    shown = {"statements": (*_lines(statement), *_OBJECTIONS), "language": (_NAME,)}
    return (Sample({"language": _NAME, "statements": [statement]}, shown),)


def _review() -> tuple[Sample, ...]:
    statement = {"number": 908, "text": "The Chamber opened an office.", "about": "[901]", "source": _SENTENCES[0][1]}
    first = {"number": 909, "text": "Ha nove stanze.", "about": "Italian", "source": "It has nine rooms."}
    second = {"number": 910, "text": "它有九个房间。", "about": "Chinese", "source": ""}
    sources = ("It has nine rooms.",)
    behind = {"lines": (*_lines(statement), "[901]"), "sentences": _cited()}
    return (
        Sample({"sentences": _SENTENCES, "lines": [statement]}, behind),
        Sample({"sentences": [], "lines": [first, second]}, {"lines": (*_lines(first, second), *sources)}),
    )


def _fields() -> tuple[Sample, ...]:
    proofs = ("quote", "name", "figure", "date", "choice", "text")
    fields = [
        {
            "name": f"of_{p}",
            "says": "",
            "proof": p,
            "most": 0,
            "choices": ("signed", "drafted") if p == "choice" else (),
            "required": p == "text",
        }
        for p in proofs
    ]
    told = {**fields[1], "name": "parties", "says": "who signed it", "most": 4}
    common: dict[str, Any] = {"title": "Agreements signed", "ask": "List what was signed.", "most": 7}
    row = {"number": 911, "text": "of_name: Ada Neri", "objections": _OBJECTIONS}
    shown = {"ask": ("List what was signed.",), "fields": (*(str(f["name"]) for f in fields), "signed", "drafted")}
    again = {"fields": ("parties", "who signed it"), "rows": (*_lines(row), *_OBJECTIONS)}
    return (
        Sample({**common, "fields": fields, "rows": []}, shown),
        Sample({**common, "fields": [told], "rows": [row]}, again),
    )


def _cited() -> tuple[str, ...]:
    return tuple(str(part) for sentence in _SENTENCES for part in sentence)


def _lines(*lines: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(line[part]) for line in lines for part in ("number", "text"))


_ARTICLE = Sample(
    {"key": "0123456789abcdef", "language": "en", "sentences": _SENTENCES},
    {"sentences": _cited(), "key": ("<article-0123456789abcdef", "</article-0123456789abcdef>")},
)
_STYLE = Sample(
    {"key": "fedcba9876543210", "style": "Write plainly."},
    {"style": ("Write plainly.",), "key": ("<style-fedcba9876543210", "</style-fedcba9876543210>")},
)

#: Task of each template that an office may replace → what it is given.
GIVEN: Mapping[str, tuple[Sample, ...]] = MappingProxyType(
    {
        "article": (_ARTICLE,),
        "choice": _quotes()[1:],
        "fields": _fields(),
        "glossary": _glossary(),
        "lines": _embedded(),
        "mend": _mend(),
        "merge": _summary(),
        "quotes": _quotes(),
        "review": _review(),
        "reviewer": (Sample({}),),
        "style": (_STYLE,),
        "summary": _summary(),
        "system": (Sample({}),),
        "translation": _translation(),
        "translator": (Sample({}),),
    }
)
