"""Glossaries as TBX (ISO 30042): each concept with its terms in any languages, in both of the standard's styles.

Nothing outside the file is read: a document type is passed over, and declared entities are refused.
"""

import re
from collections.abc import Iterator
from typing import Any

from summarizer.glossary.rows import Row, wrong

__all__ = ["rows"]

_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,400}\?>")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: Names of elements, of TBX 2 and of TBX 3.
_CONCEPTS, _LANGUAGES, _TERMS = ("termEntry", "conceptEntry"), ("langSet", "langSec"), ("tig", "ntig", "termSec")
#: What an administrative status (ISO 12620) says of a term that is not to be used.
_NOT_USED = ("deprecated", "superseded", "notrecommended")
_KINDS = {"person": "person", "people": "person", "body": "body", "organisation": "body", "organization": "body"}


def rows(text: str, name: str) -> Iterator[Row]:
    """Yield the concepts of a file.

    Raises:
        ConfigurationError: it is no TBX, or declares entities.
    """
    root = _root(text, name)
    concepts = [element for element in _each(root) if _local(element) in _CONCEPTS]
    if not concepts:
        raise wrong(name, 1, "there is no termEntry or conceptEntry", "export the terms as TBX (ISO 30042)")
    for concept in concepts:
        yield _row(concept, name)


def _root(text: str, name: str) -> Any:
    from lxml import etree

    if (at := text.find("<!ENTITY")) >= 0:
        told = "entities of the file's own are not read"
        raise wrong(name, text.count("\n", 0, at) + 1, told, "export it again without <!ENTITY …>")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    declared = _DECLARATION.match(text)
    blank = "\n" * declared[0].count("\n") if declared else ""
    try:
        return etree.fromstring((blank + _DECLARATION.sub("", text)).encode(), parser)
    except etree.XMLSyntaxError as error:
        raise wrong(name, error.lineno or 1, f"this is no XML: {error.msg}", "export it again as TBX") from None


def _row(concept: Any, name: str) -> Row:
    used: dict[str, list[str]] = {}
    not_used: dict[str, list[str]] = {}
    for section in _within(concept, _LANGUAGES):
        tag = section.get(_LANGUAGE, "")
        for term, status in _terms(section):
            shelf = not_used if status.startswith(_NOT_USED) else used
            own = shelf.setdefault(tag, [])
            own.insert(0, term) if status.startswith("preferred") else own.append(term)
    tags = dict.fromkeys((*used, *not_used))
    return Row(
        name,
        concept.sourceline or 1,
        kind=next((kind for text in _texts(concept, "subjectField") if (kind := _KINDS.get(text.lower()))), ""),
        note="; ".join(_texts(concept, "note")),
        sources={tag: (*used.get(tag, ()), *not_used.get(tag, ())) for tag in tags},
        renderings={tag: tuple(terms) for tag, terms in used.items()},
        forbidden={tag: tuple(terms) for tag, terms in not_used.items()},
    )


def _terms(section: Any) -> Iterator[tuple[str, str]]:
    """Yield the terms of a language with their administrative status, in small letters without hyphens."""
    for holder in _within(section, _TERMS):
        status = next(iter(_texts(holder, "administrativeStatus")), "").lower().replace("-", "")
        for term in _within(holder, ("term",)):
            if words := _words(term):
                yield words, status


def _texts(holder: Any, kind: str) -> Iterator[str]:
    """Yield the texts of what is called `kind`, by its name or by its attribute type."""
    for element in _each(holder):
        if kind in (_local(element), element.get("type")) and (words := _words(element)):
            yield words


def _within(holder: Any, names: tuple[str, ...]) -> Iterator[Any]:
    return (element for element in _each(holder) if _local(element) in names)


def _each(holder: Any) -> Iterator[Any]:
    """Yield the elements within one, and no comments."""
    return (element for element in holder.iter() if isinstance(element.tag, str))


def _local(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())
