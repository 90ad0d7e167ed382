"""For other people's gold: a folder to begin with, and draft labels for a person to correct."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from summarizer import figures, languages, resources, speech
from summarizer.article import Article
from summarizer.errors import ConfigurationError
from summarizer.evals import outputs
from summarizer.evals.cases import (
    ID,
    PLACE,
    SCHEMA_FILE,
    Case,
    KeyFact,
    Mark,
    Party,
    QuoteLabel,
    Reference,
    ReferenceLine,
)
from summarizer.speech import Speech
from summarizer.tasks import Task

__all__ = ["check_free", "empty_row", "init", "label", "mark", "quote_label", "reference"]

_FILES = ("README.md", "gold/example.json")


def init(folder: Path) -> tuple[Path, ...]:
    """Write guidelines, schema and an example into `folder`; return the files.

    Raises:
        ConfigurationError: one of them is there already, or the folder cannot be written. Nothing is overwritten.
    """
    texts = {name: resources.read("evals/starter", name.rpartition("/")[2]) for name in _FILES}
    texts[SCHEMA_FILE] = resources.read("schemas", SCHEMA_FILE)
    if there := [name for name in texts if (folder / name).exists()]:
        raise ConfigurationError(f"{folder / there[0]} is there already; name a new folder")
    try:
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(f"cannot write into {folder}: {error.strerror}") from None
    return tuple(folder / name for name in sorted(texts))


def label(article: Article, out: Path, targets: Sequence[str], tasks: Sequence[Task] = ()) -> Path:
    """Write what the rules find in an article as a draft gold file; return its path.

    Quotes, speakers and figures are the rules' own, so a draft says nothing about how good the rules are: it only
    spares typing. Its `labellers` is 0 until a person has read the article and corrected every label. Of a task there
    is a row to write in: no rule knows what stands in it.

    Raises:
        ConfigurationError: the file is there already, is not named as gold is or cannot be written, or a language
            is unknown. Nothing is overwritten.
    """
    check_free(out)
    languages.checked(article.language)
    given = dict.fromkeys(languages.get(code).code for code in targets)
    codes = tuple(code for code in given if code != article.language)
    found = figures.find(article.text, article.language)
    first = article.sentences[0]
    draft = Case(
        **{"$schema": f"../{SCHEMA_FILE}"},
        gold_version="1",
        id=out.stem,
        part="development",
        origin=Path(article.source).name,
        labellers=0,
        language=article.language,
        targets=codes,
        text=article.text,
        key_facts=(_fact(article, first.start, first.end, codes),),
        quotes=tuple(
            quote_label(said, article.text) for said in speech.outermost(speech.find(article.text, article.language))
        ),
        not_speakers=(),
        figures=tuple(mark(article.text, f.start, f.end) for f in found if not f.suspect),
        garbled=tuple(mark(article.text, f.start, f.end) for f in found if f.suspect),
        traps=(),
        briefs={code: reference(first.text, code) for code in codes},
        sections={task.name: (empty_row(task),) for task in tasks},
    )
    outputs.write(out, draft, by_alias=True)
    return out


def check_free(out: Path) -> None:
    """Refuse a place for a draft where something is, or where gold would never be found.

    Raises:
        ConfigurationError: see `label`.
    """
    if out.is_dir():
        raise ConfigurationError(f"{out} is a folder; name a file in it, such as {out / 'article.json'}")
    if out.exists():
        raise ConfigurationError(f"{out} is there already; it may hold somebody's labels: name a new file")
    if out.suffix != ".json":
        raise ConfigurationError(f"{out}: the name of a gold file ends in .json; name it {out.name}.json, say")
    if not re.match(ID, out.stem):
        raise ConfigurationError(
            f"{out}: the file's name is the case's id: lower-case letters, digits, points, hyphens and underscores, "
            "a letter or a digit first"
        )


def mark(text: str, start: int, end: int) -> Mark:
    """Return a stretch of an article as gold marks it."""
    return Mark(start=start, end=end, text=text[start:end])


def empty_row(task: Task) -> Mapping[str, tuple[str, ...]]:
    """Return the place where a person writes a row of a task: a value to replace for each of its fields."""
    return {field.name: (PLACE,) for field in task.fields}


def _fact(article: Article, start: int, end: int, targets: Sequence[str]) -> KeyFact:
    """Return the first sentence as a fact, with places for its wordings."""
    wordings = {languages.base(code): ((PLACE,),) for code in (article.language, *targets)}
    first = mark(article.text, start, end)
    return KeyFact(fact=first.text, evidence=(first,), values=(), wordings=wordings)


def quote_label(said: Speech, text: str) -> QuoteLabel:
    """Return what the rules hear as the draft of a label."""
    speaker = said.speaker
    party = Party(name=speaker.name, role=speaker.role, organisation=speaker.organisation) if speaker else None
    kind = "direct" if said.kind == "direct" else "reported"
    return QuoteLabel(start=said.start, end=said.end, text=text[said.start : said.end], kind=kind, speaker=party)


def reference(source: str, code: str) -> Reference:
    """Return the place where a person writes a reference brief in a language."""
    empty = ReferenceLine(source=source, target=f"({languages.name(code)}: write this line by hand)")
    return Reference(headline=empty, lines=(empty,))
