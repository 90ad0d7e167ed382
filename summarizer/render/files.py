"""Digests as files for people: each format with its ending and what writes it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from types import MappingProxyType

from summarizer.digest import Digest
from summarizer.errors import ConfigurationError
from summarizer.render import rows, tables
from summarizer.render.mail import mail
from summarizer.render.markdown import markdown
from summarizer.render.text import review

__all__ = ["FORMATS", "Format", "Named", "need_documents", "of_template", "rendered"]

#: Digests with the names of their inputs.
Named = Sequence[tuple[str, Digest]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format for people.

    Attributes:
        suffix: of its files.
        write: makes one file of one digest or of several.
        together: it is a table or a page, of all digests in one file.
        parts: makes a file of each of their parts, by its name without the ending; None where there are no parts.
    """

    suffix: str
    write: Callable[[Named], bytes]
    together: bool = False
    parts: Callable[[Named], Mapping[str, bytes]] | None = None


def rendered(named: Named, form: str) -> bytes:
    """Return digests in a format of `FORMATS`: one file, several digests one after the other.

    Raises:
        ConfigurationError: a package is not installed.
    """
    return FORMATS[form].write(named)


def of_template(named: Named, template: Path) -> bytes:
    """Return a Word file made of a template and digests.

    Raises:
        ConfigurationError: a package is not installed.
        TemplateError: see `summarizer.render.template.filled`.
    """
    need_documents()
    from summarizer.render.template import filled

    return filled(template, [digest for _, digest in named])


def need_documents() -> None:
    """Make sure that Word files can be written.

    Raises:
        ConfigurationError: python-docx or docxtpl is not installed.
    """
    try:
        import docx  # noqa: F401 - whether it is there is what is asked
        import docxtpl  # noqa: F401 - the same
    except ImportError as error:
        raise ConfigurationError(
            f"Word files need a package that is not installed: {error.name}",
            "install it: pip install 'summarizer-briefs[documents]'",
        ) from None


def _docx(named: Named) -> bytes:
    need_documents()
    from summarizer.render.docx import document

    return document([digest for _, digest in named])


def _page(named: Named) -> bytes:
    from summarizer.digest import same
    from summarizer.render.page import page

    digests = [digest for _, digest in named]
    return page(digests, same.groups(digests)).encode()


def _mail(named: Named) -> bytes:
    return mail([digest for _, digest in named])


def _text(named: Named) -> bytes:
    return review([digest for _, digest in named]).encode()


def _markdown(named: Named) -> bytes:
    return "\n---\n\n".join(markdown(digest) for _, digest in named).encode()


def _quotes(named: Named) -> bytes:
    file = BytesIO()
    tables.write(tables.quotes(named), tables.quote_columns(), file)
    return file.getvalue()


def _figures(named: Named) -> bytes:
    file = BytesIO()
    tables.write(tables.figures(named), tables.FIGURES, file)
    return file.getvalue()


def _sections(named: Named) -> bytes:
    made = _each_section(named)
    if len(made) > 1:
        several = f"these digests have several sections: {', '.join(made)}"
        raise ConfigurationError(several, "name a folder with --out: a table is written for each")
    return next(iter(made.values()))


def _each_section(named: Named) -> Mapping[str, bytes]:
    return {name: _table(table) for name, table in rows.rows(named).items()}


def _table(table: rows.Rows) -> bytes:
    file = BytesIO()
    tables.write(table.rows, table.columns, file)
    return file.getvalue()


#: By the name that the command knows them by.
FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "html": Format(".html", _page, together=True),
        "docx": Format(".docx", _docx),
        "eml": Format(".eml", _mail),
        "text": Format(".txt", _text),
        "markdown": Format(".md", _markdown),
        "csv-quotes": Format(".csv", _quotes, together=True),
        "csv-figures": Format(".csv", _figures, together=True),
        "csv-sections": Format(".csv", _sections, together=True, parts=_each_section),
    }
)
