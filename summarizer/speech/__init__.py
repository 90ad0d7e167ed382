"""Who said what: direct and reported speech with its speaker, by rule alone."""

from collections.abc import Iterable, Iterator

from summarizer import languages
from summarizer.speech import alphabetic, by_marks, han
from summarizer.speech.model import Kind, Speaker, Speech
from summarizer.speech.words import QUOTED

__all__ = ["Kind", "Speaker", "Speech", "find", "outermost"]


def find(text: str, language: str) -> tuple[Speech, ...]:
    """Find the speech in an article, in order of its place.

    Where nouns have capitals (German), words in marks inside reported speech are direct speech of their own.

    Args:
        text: the article.
        language: BCP 47; of one without a folder what stands in quotation marks is found, and nobody who says it.

    Raises:
        ConfigurationError: nothing is known of the language, or its ``speech.toml`` is not as it must be.
    """
    own = languages.get(language)
    if own.general:
        return by_marks.find(text)
    text = text.replace(QUOTED, "\ue001")  # the one character that stands for a quoted passage while we read
    return han.find(text, own.code) if own.script == "han" else alphabetic.find(text, own.code)


def outermost(found: Iterable[Speech]) -> Iterator[Speech]:
    """Yield what is found but a speaker's own words inside what he is reported to say: no two overlap."""
    reached = -1
    for said in found:
        if said.start >= reached:
            yield said
            reached = said.end
