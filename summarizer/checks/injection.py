"""Answers that follow instructions found in the article, or speak of themselves instead of the article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer import languages
from summarizer.ground.evidence import terms
from summarizer.span import Span

__all__ = ["Screen"]

#: A host's labels have 63 characters at most (RFC 1035), a mail address begins where its characters do: without
#: either bound a run of full stops would be read once for each of them.
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]++@[\w-]++\.\w+"
    r"|\b[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,9}\.[a-z]{2,63}/\S*",
    re.ASCII,
)
#: Tags, entities, Markdown and markers of ours: what no line of a digest is made of.
_MARKUP = re.compile(
    r"<\s{0,9}/?\s{0,9}[a-zA-Z][^>]{0,300}>|&#?\w+;|javascript:|```|~~~|\*\*|\[\d+\]|^#+ |^[-*+>] "
    r"|\[(?:number|money|percent|date|ordinal) \d"
)
#: The same few characters seven times and more: a small model that is stuck.
_STUTTER = re.compile(r"(\S.{0,11}?)\1{6,}")
#: A statement made of at least this share of an instruction's words, and less of the article's, follows it.
_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Screen:
    """What an answer about one article is held against.

    Attributes:
        text: the article's text.
        language: its language.
        instructions: sentences of the article that address a language model.
    """

    text: str
    language: str
    instructions: Sequence[Span]

    def reason(self, output: str, language: str, source: str = "") -> str | None:
        """Return why `output`, in `language`, is suspicious; None when it is not.

        What the article holds, or the `source` line of a translation, is nobody's invention.
        """
        if opening := _opening(output, language, source):
            return f"it begins like an answer about itself: {opening!r}"
        for address in _ADDRESS.findall(output):
            if address.rstrip(".,;:)") not in self.text:
                return f"it gives the address {address!r}, which is not in the article"
        if (markup := _MARKUP.search(output)) and markup[0] not in self.text + source:
            return f"it holds the markup {markup[0]!r}"
        if (stuck := _STUTTER.search(output)) and stuck[0] not in self.text + source:
            return f"it repeats {stuck[1]!r} over and over"
        if self._follows(output, language):
            return "it repeats text that the article addresses to a language model"
        return None

    def _follows(self, output: str, language: str) -> bool:
        wanted = terms(output, language)
        if not self.instructions or not wanted:
            return False
        ordered = frozenset[str]().union(*(terms(s.of(self.text), language) for s in self.instructions))
        rest = terms(self._without_instructions(), language)
        return len(wanted & ordered) >= _SHARE * len(wanted) and len(wanted & rest) < len(wanted & ordered)

    def _without_instructions(self) -> str:
        kept, at = [], 0
        for span in self.instructions:
            kept.append(self.text[at : span.start])
            at = span.end
        return " ".join([*kept, self.text[at:]])


def _opening(output: str, language: str, source: str) -> str | None:
    """Return the phrase by which a model speaks of its answer, or refuses one, where the source has no such word."""
    said = output.lower().replace("’", "'")
    table = languages.section(language, "refusal")
    known = source.lower().replace("’", "'")
    for phrase in (*table["phrases"], *table["prefaces"]):
        if said.startswith(phrase) and not known.startswith(phrase):
            return str(phrase)
    return None
