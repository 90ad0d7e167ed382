"""Near-duplicates: which pairs are found and which are not one story, and how long a run of 5,000 articles takes.

``python -m bench.same --data ../shared/data``. Stories are real articles of several kinds, each printed again by two
made-up outlets that edit: words replaced, sentences left out, moved and added, another headline, another outlet's
lines around it. What is not one story are all other pairs: of articles of other events, and of one topic.
"""

import argparse
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

from summarizer.article import from_text, segment
from summarizer.digest import ArticleRecord
from summarizer.digest.assemble import article_record
from summarizer.digest.same import together

#: Of an outlet that prints an agency's story: words replaced, sentences left out, from where it is cut.
EDITS = {
    "as it came": (0.0, 0.0, 1.0),
    "light (5 % of the words)": (0.05, 0.05, 1.0),
    "edited (10 %, a tenth left out)": (0.10, 0.10, 1.0),
    "heavy (15 %, a fifth left out)": (0.15, 0.20, 1.0),
    "rewritten (25 %, a fifth left out)": (0.25, 0.20, 1.0),
    "cut to its first half": (0.05, 0.0, 0.5),
    "cut to its first third": (0.05, 0.0, 0.34),
}
_AROUND = {
    "en": (
        "Read more in our app and on our website. Subscribe to our newsletter for the latest news from the region. "
        "All rights reserved. This material may not be published, broadcast, rewritten or redistributed."
    ),
    "it": (
        "Leggi anche le altre notizie sul nostro sito e iscriviti alla nostra newsletter per restare aggiornato. "
        "Riproduzione riservata. È vietata la copia anche parziale di questo articolo senza autorizzazione."
    ),
    "zh": "更多精彩内容请关注本报官方微信公众号。版权所有，未经书面授权，不得转载或以其他方式使用本网站的文章。责任编辑：本报记者。",
}


def stories(data: Path) -> dict[str, list[str]]:
    """Return real texts by language, 80 words and more each."""
    found = defaultdict[str, list[str]](list)
    documents = defaultdict[tuple[str, str], list[str]](list)
    for line in (data / "ntrex/lines.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for code in ("en", "it", "zh"):
            documents[code, row["doc"]].append(row[code])
    for line in (data / "wmt21_zh_en/lines.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        documents["zh", f"wmt {row['block']}"].append(row["zh"])
    for (code, _), lines in documents.items():
        found[code].append("\n".join(lines))
    found["it"] += [path.read_text(encoding="utf-8") for path in sorted((data / "wikinews_it").glob("*.txt"))]
    rows = (json.loads(line) for line in (data / "bump/pairs.jsonl").read_text(encoding="utf-8").splitlines())
    found["en"] += dict.fromkeys(row["article"] for row in rows)
    return {code: [text for text in texts if _long(text, code)] for code, texts in found.items()}


def _long(text: str, code: str) -> bool:
    return len(text) >= 140 if code == "zh" else len(text.split()) >= 80


def record(text: str, language: str) -> ArticleRecord:
    return article_record(from_text(text, language=language))


def reprinted(
    text: str, language: str, edit: tuple[float, float, float], chance: random.Random, words: Sequence[str]
) -> str:
    """Return a text as another outlet prints it: under a headline of its own, with its own lines at the end."""
    replaced, left_out, cut = edit
    sentences = [s.text for s in segment.split(text, language)]
    kept = [s for s in sentences[: max(2, round(len(sentences) * cut))] if chance.random() >= left_out] or sentences[
        :2
    ]
    space = "" if language == "zh" else " "
    body = space.join(_replaced(s, language, replaced, chance, words) for s in kept)
    headline = space.join(chance.choice(words) for _ in range(8))
    return f"{headline}\n\n{body}\n\n{_AROUND[language]}"


def _replaced(sentence: str, language: str, share: float, chance: random.Random, words: Sequence[str]) -> str:
    pieces = list(sentence) if language == "zh" else sentence.split()
    # an edit of a Chinese word is one of two characters
    rate = share / 2 if language == "zh" else share
    changed = [(chance.choice(words) if chance.random() < rate else piece) for piece in pieces]
    return ("" if language == "zh" else " ").join(changed)


def measured(texts: Sequence[str], language: str, edit: tuple[float, float, float]) -> tuple[int, int, int]:
    """Return pairs of one story, those found, and those found that are none: each story in its own words and twice more."""
    chance = random.Random(13)
    words = "".join(texts) if language == "zh" else " ".join(texts).split()
    articles, story = [], []
    for number, text in enumerate(texts):
        for version in range(3 if number % 2 else 1):
            printed = text if not version else reprinted(text, language, edit, chance, words)
            articles.append(record(f"{printed}\n\n{_AROUND[language]}" if not version else printed, language))
            story.append(number)
    found = {pair for group in together(articles) for pair in combinations(group, 2)}
    right = {pair for pair in combinations(range(len(story)), 2) if story[pair[0]] == story[pair[1]]}
    return len(right), len(found & right), len(found - right)


def timed(texts: Sequence[str], number: int) -> tuple[float, int, int]:
    """Return seconds, articles and groups for a run of made-up articles of 400 words, a fifth of them in threes."""
    chance, words = random.Random(5), " ".join(texts).split()
    articles = []
    while len(articles) < number:
        sentences = [" ".join(chance.choices(words, k=20)) + "." for _ in range(20)]
        for _ in range(3 if chance.random() < 0.08 else 1):
            kept = [s for s in sentences if chance.random() > 0.1]
            articles.append(_plain("\n".join([*kept, _AROUND["en"]])))
    began = time.perf_counter()
    groups = together(articles)
    return time.perf_counter() - began, len(articles), len(groups)


def _plain(text: str) -> ArticleRecord:
    return ArticleRecord(
        id="0" * 64, source="made up", title=None, language="en", published=None, outlet=None, text=text, sentences=()
    )


def rows(texts: dict[str, list[str]]) -> Iterator[str]:
    for code, own in texts.items():
        yield f"{code}: {len(own)} stories"
        for name, edit in EDITS.items():
            right, found, wrong = measured(own, code, edit)
            yield f"  {name:<36} found {found:>4} of {right:>4} ({found / right:6.1%})  wrong {wrong}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--articles", type=int, default=5000)
    arguments = parser.parse_args()
    texts = stories(arguments.data)
    for line in rows(texts):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
    seconds, number, groups = timed(texts["en"], arguments.articles)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = f"{number} articles of 400 words: {seconds:.1f} s, {groups} groups, {memory:.0f} MB at most"
    sys.stdout.write(f"{told}\n")


if __name__ == "__main__":
    main()
