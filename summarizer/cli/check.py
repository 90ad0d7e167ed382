"""The command ``summarizer check``: published digests held against the articles inside them."""

from typing import TYPE_CHECKING, Annotated

import typer

from summarizer.cli.flags import Debug, Glossaries, Listed, Listing
from summarizer.cli.given import files
from summarizer.cli.telling import tell
from summarizer.errors import ArticleError, ConfigurationError, GroundingError, SummarizerError, UnexpectedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from summarizer.article.findings import Finding
    from summarizer.config import Settings
    from summarizer.digest import Digest
    from summarizer.glossary import Glossary

__all__ = ["check"]

_SOME_FAILED = 6


def check(
    sources: Annotated[
        list[str], typer.Argument(metavar="DIGESTS", help="JSON or JSON Lines files, folders of them, or -.")
    ],
    form: Listed = Listing.text,
    glossary: Glossaries = None,
    debug: Debug = False,
) -> None:
    """Hold published digests against the articles inside them, by the rules alone.

    Prints each finding with its place. Exit codes: 0 no finding of severity error, 2 a file that is no digest,
    4 at least one error, 7 a fault of this program, 6 such a fault with some digests and not with others.
    """
    from summarizer import config as configuration
    from summarizer.glossary import load

    shown, held = configuration.load() if debug else None, load(glossary or ())
    codes = [code for path in _paths(sources) for code in _audited(path, form, shown, held)]
    kinds = set(codes) or {0}
    if ArticleError.exit_code in kinds:
        raise typer.Exit(ArticleError.exit_code)
    some = UnexpectedError.exit_code in kinds and len(kinds) > 1
    raise typer.Exit(_SOME_FAILED if some else max(kinds))


def _paths(sources: list[str]) -> "Iterator[str]":
    """Yield the files to check.

    Raises:
        ConfigurationError: there is no digest in a folder.
    """
    for source in sources:
        found = files(source)
        if not found:
            raise ConfigurationError(f"{source}: there is no digest in this folder", "name the folder of the digests")
        yield from found


def _audited(source: str, form: Listing, debug: "Settings | None", glossary: "Glossary") -> "Iterator[int]":
    """Yield an exit code for each digest in a file, and print what is wrong with it."""
    from summarizer.digest.audit import digests
    from summarizer.errors import reported

    try:
        with reported(None):
            for name, digest in digests(source):
                yield _held(name, digest, form, debug, glossary)
    except SummarizerError as error:
        tell(error, source, debug)
        yield error.exit_code


def _held(name: str, digest: "Digest", form: Listing, debug: "Settings | None", glossary: "Glossary") -> int:
    """Return the exit code of one digest; a fault of ours is told and does not stop the others."""
    from summarizer.digest.audit import audit
    from summarizer.errors import reported

    try:
        with reported(digest.article.id):
            found = audit(digest, glossary) if glossary else audit(digest)
    except UnexpectedError as error:
        tell(error, name, debug)
        return error.exit_code
    _list(name, found, form)
    return GroundingError.exit_code if any(f.severity == "error" for f in found) else 0


def _list(name: str, found: "tuple[Finding, ...]", form: Listing) -> None:
    import json

    from summarizer.article.line import one_line

    for f in found:
        if form is Listing.json:
            span = [f.span.start, f.span.end] if f.span else None
            row = {"digest": name, "where": f.where, "code": f.code, "severity": f.severity}
            typer.echo(json.dumps({**row, "message": f.message, "span": span}, ensure_ascii=False))
        else:
            typer.echo(one_line(f"{name}: {f.where or '/'} {f.code} {f.severity} {f.message}"))
