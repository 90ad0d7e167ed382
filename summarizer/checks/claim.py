"""What a check is given: a line, and all that the line is held against."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice

from summarizer.article.findings import Finding
from summarizer.glossary.forms import folded
from summarizer.glossary.mentions import Mention, mentions
from summarizer.glossary.model import Glossary, spoken
from summarizer.ground.evidence import Evidence
from summarizer.ground.reading import Reading
from summarizer.ground.text import Text

__all__ = ["Check", "Claim", "first_of"]

#: A statement with more clauses than this is a text; each is held against every clause of its sources.
_PIECES = 40


@dataclass(frozen=True, eq=False)  # no slots: what is like the line is sought when the first check asks
class Claim:
    """A statement about an article, or the translation of a line of its digest.

    Attributes:
        line: what is checked, in its own language.
        sources: what it is held against: the sentences behind a statement, the one source line of a translation.
        reading: the article; statements and source lines are in its language.
        where: JSON pointer (RFC 6901) of the line in the digest.
        evidence: where a statement comes from; empty for a translation.
        cut: the unfinished end at which the model was stopped; empty when it was not.
        glossary: what a translation has to call things.
    """

    line: Text
    sources: tuple[Text, ...]
    reading: Reading
    where: str
    evidence: Evidence = field(default_factory=Evidence)
    cut: str = ""
    glossary: Glossary = field(default_factory=Glossary)

    @property
    def source(self) -> Text:
        """The source line of a translation."""
        return self.sources[0]

    @property
    def pieces(self) -> tuple[Text, ...]:
        """The line and its first clauses, each of which may deny or repeat something by itself."""
        return (self.line, *islice(self.line.clauses, _PIECES))

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """What the source line of a translation has of the glossary."""
        if not self.glossary:
            return ()
        return mentions(self.source.text, self.source.language, self.glossary, self.reading.text.once(_folded))

    def fixed(self, name: str) -> bool:
        """Tell whether the glossary has the last word on a name of either line: its own check looks after it."""
        own, target = self.source.language, self.line.language
        known = (m.entry for m in self.mentions if m.entry.kind != "term" and spoken(m.entry.renderings, target))
        forms = (form for e in known for form in (*spoken(e.sources, own), *spoken(e.renderings, target)))
        return any(name in form or form in name for form in forms)

    @cached_property
    def alike(self) -> tuple[Text, ...]:
        """Sentences of the article that may say the same as a statement or one of its clauses."""
        index, every = self.reading.index, self.reading.sentences
        return tuple(every[i] for i in dict.fromkeys(i for p in self.pieces for i in index.alike(p.terms)))


def _folded(article: Text) -> str:
    return folded(article.text)


#: A check yields what is wrong with a line; nothing where it is right or the check cannot tell.
Check = Callable[[Claim], Iterator[Finding]]


def first_of(*checks: Check) -> Check:
    """Return the check that yields what the first of several yields that objects: they tell one fault in turn."""

    def first(claim: Claim) -> Iterator[Finding]:
        found = (tuple(check(claim)) for check in checks)
        yield from next((own for own in found if own), ())

    return first
