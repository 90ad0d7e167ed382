"""Print what the rules alone find of speech: ``python -m bench.speech [gold|tuning|last|fresh|unseen] [-v]``."""

# ruff: noqa: T201  (a script that prints its measures)
import sys
import time

from summarizer.speech import find
from tests.support.labelled_speech import Counts, articles, measure


def table(part: str | None, *, verbose: bool) -> None:
    """Print the measures by language."""
    for language in ("en", "it", "zh"):
        total = {name: Counts() for name in ("direct", "reported", "speaker", "named", "role")}
        number = 0
        for article in articles(language, part):
            number += 1
            counts, notes = measure(article)
            for name, count in counts.items():
                total[name].add(count.gold, count.found, count.right)
            if verbose and notes:
                print(f"== {language}/{article.name}", *notes, sep="\n   ")
        shares = "  ".join(
            f"{name} {c.right}/{c.gold} found {c.found} F1 {c.f1:.3f}"
            if name in {"direct", "reported"}
            else f"{name} {c.right}/{c.gold} {c.right / max(1, c.gold):.3f}"
            for name, c in total.items()
        )
        print(f"{language} {number} articles: {shares}")


def speed(characters: int = 20_000) -> None:
    """Print the processor seconds for an article of so many characters and for one of twice the length."""
    for language in ("en", "it", "zh"):
        whole = "\n\n".join(article.text for article in articles(language))
        seconds = []
        for length in (characters, 2 * characters):
            text = (whole * (length // len(whole) + 1))[:length]
            runs = []
            for _ in range(5):
                start = time.process_time()
                find(text, language)
                runs.append(time.process_time() - start)
            seconds.append(min(runs))
        print(f"{language} {characters} characters: {seconds[0] * 1000:.1f} ms, twice: {seconds[1] * 1000:.1f} ms")


if __name__ == "__main__":
    chosen = next((word for word in sys.argv[1:] if word in {"gold", "tuning", "last", "fresh", "unseen"}), None)
    table(chosen, verbose="-v" in sys.argv)
    speed()
