"""A sentence that the model wrote about an article, held against the article."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from summarizer import languages
from summarizer.article.line import one_line
from summarizer.checks import (
    antonyms,
    attribution,
    figures,
    injection,
    length,
    magnitudes,
    names,
    negation,
    offices,
    script,
    support,
    telephones,
)
from summarizer.checks.claim import Claim, first_of
from summarizer.checks.house import Rules
from summarizer.ground.reading import Reading
from summarizer.ground.statement import Grounded, evidence, whole

__all__ = ["CHECKS", "GENERAL", "StatementChecker"]

#: What a statement is checked for, in the order in which a digest lists the findings.
CHECKS = (
    figures.in_statement,
    magnitudes.in_statement,
    telephones.in_statement,
    script.in_statement,
    injection.in_statement,
    support.in_statement,
    figures.elsewhere,
    length.in_statement,
    names.strange,
    attribution.told_as_fact,
    offices.in_statement,
    attribution.misattributed,
    first_of(negation.in_statement, antonyms.in_statement, negation.inverted, antonyms.restated),
    figures.rate_in_statement,
)
#: Those of them that need no words of a language.
GENERAL = (
    figures.in_statement,
    telephones.in_statement,
    script.in_statement,
    injection.in_statement,
    support.in_statement,
    figures.elsewhere,
    length.in_statement,
    names.strange,
)


@dataclass(frozen=True, slots=True)
class StatementChecker:
    """Holds statements in the article's own language against it.

    Attributes:
        reading: the article.
        rules: what the office forbids beside.
    """

    reading: Reading
    rules: Rules = field(default_factory=Rules)

    def ground(self, text: str, cited: Iterable[int], where: str, max_chars: int) -> Grounded:
        """Return `text` with its evidence and findings.

        Args:
            text: what the model wrote.
            cited: positions (0-based) of the sentences that it gave as its source.
            where: JSON pointer (RFC 6901) of the statement in the digest.
            max_chars: the length at which the model was stopped.
        """
        kept, cut = whole(one_line(text), self.reading.language, max_chars)
        line = self.reading.line(kept)
        found = evidence(line, cited, self.reading)
        claim = Claim(line, self.reading.within(found.spans), self.reading, where, found, cut)
        checks = GENERAL if languages.get(self.reading.language).general else CHECKS
        findings = (finding for check in checks for finding in check(claim))
        broken = self.rules.objections(kept, self.reading.language, where)
        return Grounded(kept, found.spans, self.reading.positions(found.spans), (*findings, *broken))
