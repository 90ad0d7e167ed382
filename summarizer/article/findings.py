"""What the checks found: every partial result is listed by code, place, class and severity."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from summarizer.article.span import Span

__all__ = ["CODES", "WORDING", "Code", "Finding", "Severity", "Standing", "Weight"]

Severity = Literal["info", "warning", "error"]
Weight = Literal["proof", "doubt", "house", "note"]
Standing = Literal["open", "cleared", "confirmed"]


@dataclass(frozen=True, slots=True)
class Code:
    """What a finding code says.

    Attributes:
        weight: ``proof``, it cannot be right; ``doubt``, it is probably wrong; ``house``, it breaks a rule of
            the office's own, which says nothing about its truth; ``note``, something to know.
        severity: ``error``, this line must not go out as it is; ``warning``, a person should look; ``info``.
        says: what it tells the reader.
    """

    weight: Weight
    severity: Severity
    says: str


def _proof(says: str) -> Code:
    return Code("proof", "error", says)


def _doubt(says: str) -> Code:
    return Code("doubt", "warning", says)


def _house(says: str) -> Code:
    return Code("house", "warning", says)


def _note(severity: Severity, says: str) -> Code:
    return Code("note", severity, says)


#: Each finding code with its class and severity (``docs/findings.md`` is checked against it). A check may only call
#: itself proof if it alarms on at most 2 of 1,000 lines of professional translation (``make bench-checks``).
CODES: Mapping[str, Code] = MappingProxyType(
    {
        "article.fragment": _note("info", "the article begins or ends in the middle of a sentence"),
        "article.extraction": _note("warning", "part of the page's text may not have been extracted"),
        "article.hidden": _note("warning", "text that no reader of the file sees was left out"),
        "article.letter": _note(
            "info", "a mail's other parts were left out: a signature, a notice, the mail it answers"
        ),
        "article.truncated": _note("warning", "part of the article could not be read or did not reach the model"),
        "article.encoding": _note("warning", "some letters did not decode, or look wrongly decoded"),
        "article.repaired": _note(
            "info", "wrongly decoded or escaped letters, or spaced-out Chinese, were put right"
        ),
        "article.cleaned": _note("info", "control, bidirectional or surrogate characters were removed"),
        "article.language": _note(
            "warning", "the article's language is uncertain, another than given, or not one alone"
        ),
        "article.instructions": _note("warning", "the article holds text that addresses a language model"),
        "summary.extracted": _note("info", "no model was asked: the headline and abstract are the article's own"),
        "summary.language": _proof("a statement is not in the article's language"),
        "summary.attribution": _note("info", "a statement tells as a fact what somebody in the article says"),
        "summary.negation": _doubt(
            "a statement has a negation that its source does not have, lacks one, or says the contrary"
        ),
        "summary.speaker": _doubt("a statement has one person say what another says in the article"),
        "summary.empty": _proof("a headline or statement holds no word"),
        "summary.cut": _doubt("a statement ran into its length limit; its unfinished end was left out"),
        "summary.fragment": _doubt("a statement ran into its length limit and breaks off"),
        "summary.unsupported": _doubt("a statement shares too few words with the article to be a report of it"),
        "field.absent": _proof("a value that its field takes from the article is not there"),
        "field.choice": _proof("a value is none of its field's choices"),
        "field.elsewhere": _doubt("a value stands in another part of the article than the rest of its row"),
        "field.kind": _proof("a field for a figure or name holds none that can be read, or a garbled figure or date"),
        "field.left_out": _note("warning", "a value of a section with an objection to it was left out"),
        "field.missing": _note("error", "a section could not be made: the model gave no usable answer for it"),
        "field.record": _proof("a value of a section is not what the article has at its place"),
        "field.unread": _note("info", "a field for a date holds words of the article that no rule reads as one"),
        "field.row": _note("warning", "a row of a section was left out, since what it must have is not proved"),
        "figure.changed": _proof("a figure in digits has another value than the source's, which gives it nowhere"),
        "figure.invented": _proof("a statement has a figure in digits that the article gives nowhere"),
        "figure.contradicted": _doubt("a figure or magnitude differs from the one that the source has for it"),
        "figure.unsupported": _doubt("a figure that the source does not give"),
        "figure.elsewhere": _doubt("a figure stands in another sentence than what the statement reports"),
        "figure.record": _proof("a listed figure is not what the article has at its place"),
        "figure.missing": _doubt("a translation leaves out a figure of its source"),
        "figure.garbled": _note("warning", "a figure of the article cannot be right as printed; it was not repaired"),
        "name.unsupported": _doubt("a capitalised word that the article does not have"),
        "name.office": _doubt("a person has an office that the article does not give them"),
        "name.missing": _doubt("a translation does not have the name of a person that its source names"),
        "name.rendering": _doubt("a name is written in two ways in one brief"),
        "glossary.missing": _doubt("a translation lacks what the glossary has for a term of its line"),
        "glossary.forbidden": Code(
            "doubt", "error", "a translation has what the glossary forbids for a term of its line"
        ),
        "name.transliterated": _note(
            "info", "a name stands in another script, and its original nowhere in the brief"
        ),
        "answer.suspicious": _proof("an answer follows text of the article, or holds what no digest should"),
        "quote.unverified": _proof("a quote is not what the article has at its place"),
        "quote.kind": _doubt("a quote is called direct and stands in no marks, or the other way round"),
        "quote.speech": _note("info", "a quote stands where the rules find nobody speaking"),
        "quote.stranger": _proof("a quote has a speaker whom the article does not name"),
        "quote.misattributed": _doubt("a quote has a speaker whom the article does not give it"),
        "quote.speaker": _note("info", "the model and the rules name a speaker differently; the article settles it"),
        "quote.named": _doubt("the model names this speaker, and the article does not tie the name to the words"),
        "quote.passed": _note("info", "a long quotation is nobody's: a title, a slogan or the writer's own sentence"),
        "quote.choice": _note("warning", "the model chose a quote that the article does not have"),
        "quote.unattributed": _note("warning", "who said a quote is not certain, so no speaker is given"),
        "summary.left_out": _note("warning", "a statement with an objection to it was left out of the summary"),
        "review.difference": _doubt("a second reading says that a line says something else than its source"),
        "review.missing": _note("warning", "a second reading was asked for and could not be had"),
        "brief.language": _proof("a line of a brief is not in its language"),
        "brief.script": _proof("a line of a brief is in the other script of Chinese than was asked for"),
        "brief.converted": _note(
            "warning", "a line came in simplified characters and was turned into traditional ones by a dictionary"
        ),
        "brief.length": _doubt("a translation breaks off, or is far shorter or longer than its source line"),
        "brief.words": _doubt("words of a translation stand in the source language still"),
        "brief.name": _doubt("a translation names a person, place or country that its source line does not name"),
        "brief.place": _proof("a translation has one well-known city in the place of another"),
        "brief.negation": _doubt(
            "a translation has a negation that its source line does not have, lacks one, or says the contrary"
        ),
        "brief.repeated": _doubt("two different lines have the same translation, or nearly the same"),
        "brief.swapped": _doubt("a translation fits another line of the brief far better than its own"),
        "brief.untranslated": _note("error", "a line has no translation that passed the checks and was left out"),
        "brief.missing": _note("error", "a brief could not be made: the model gave no usable answer for it"),
        "checks.fewer": _note("info", "a language without word lists: which checks were not made for it"),
        "brief.skipped": _note("info", "a target language is the article's own"),
        "brief.draft": _note("info", "the embedded model wrote this: a draft to check, not text to publish"),
        "house.word": _house("a line has a word that the house style forbids"),
        "house.headline": _house("a headline is longer than the settings allow"),
        "house.length": _house("the abstract, or a statement, has another length than the settings ask for"),
        "correction.refused": _proof("a correction cannot be made: what it names is not there, or not for editing"),
        "correction.stale": _doubt("a line was corrected in one language and stands in the other as it was"),
        "digest.identity": _proof("the digest's article id is not the SHA-256 of the article's text"),
        "digest.offsets": _proof("a span lies outside the article, or sentences are out of order"),
        "provenance.model": _note("info", "another model than the requested one says that it answered"),
        "provenance.usage": _note("info", "the endpoint gave no usable token counts"),
    }
)


#: Doubts about the words of a line and not about what it says: no reader of the line alone can settle them.
WORDING = frozenset({"glossary.forbidden", "glossary.missing", "name.rendering"})


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know before publishing.

    Attributes:
        code: dotted, one of `CODES`.
        message: one line in plain words.
        where: JSON pointer (RFC 6901) into the digest, ``""`` for the whole of it.
        span: the place in the article's text, None when there is none.
        standing: of a doubt: ``open``; ``cleared``, a second reading did not share it, or a person let it go;
            ``confirmed``, a second reading did.
        within: the place in the line at `where`, None when there is none.
    """

    code: str
    message: str
    where: str = ""
    span: Span | None = None
    standing: Standing = "open"
    within: Span | None = None

    @property
    def proof(self) -> bool:
        """Whether what it is about cannot be right: by the rule alone, or because rule and reader agree."""
        return CODES[self.code].weight == "proof" or self.standing == "confirmed"

    @property
    def doubt(self) -> bool:
        """Whether what it is about is probably wrong, and nobody has settled it."""
        return CODES[self.code].weight == "doubt" and self.standing == "open"

    @property
    def house(self) -> bool:
        """Whether what it is about breaks a rule of the office's own."""
        return CODES[self.code].weight == "house"

    @property
    def severity(self) -> Severity:
        """``info``, ``warning`` or ``error``: as `CODES` gives it, unless a reader settled a doubt."""
        settled: Mapping[Standing, Severity] = {"cleared": "info", "confirmed": "error"}
        return settled.get(self.standing) or CODES[self.code].severity
