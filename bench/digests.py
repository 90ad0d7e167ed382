"""What the rules say of every text, one line each, so that two commits can be compared: is the behaviour the same?

Digests without a model, and what ``check`` says of them, of the seeds, the gold and every so many-th text of the
outside sets. Times and versions are left out. Run ``python -m bench.digests > before.jsonl``, the same on the other
commit, then ``diff`` them.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench import texts
from bench.any_text import filled
from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.digest.audit import audit
from summarizer.errors import SummarizerError
from summarizer.evals import cases

ROOT = Path(__file__).resolve().parent.parent


def gold(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield language and text of every labelled article, once: the second reader's are the same articles."""
    for name in ("recorded", "unrecorded"):
        yield from ((case.language, case.text) for case in cases.load(folder / name))


def said(summarizer: Summarizer, language: str, text: str) -> dict[str, object]:
    """Return what the rules say of one text."""
    try:
        digest = summarizer.extract(from_text(text, language=language))
    except SummarizerError as error:
        return {"error": str(error)}
    checked = [[f.code, f.where, f.message] for f in audit(filled(digest))]
    return {"digest": digest.model_dump(mode="json", exclude={"provenance"}), "check": checked}


def main(given: Sequence[str]) -> None:
    """Write a line for each text."""
    parser = argparse.ArgumentParser(prog="python -m bench.digests", description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data", help="folder of the data sets")
    parser.add_argument("--every", type=int, default=10, help="take every so many-th text of the data sets")
    arguments = parser.parse_args(given)
    outside = list(texts.real(arguments.data))[:: arguments.every]
    with Summarizer(Settings()) as summarizer:
        for language, text in (*texts.seeds(ROOT / "seeds"), *gold(ROOT / "evals" / "gold"), *outside):
            row = {"language": language, "beginning": text[:60], **said(summarizer, language, text)}
            sys.stdout.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
