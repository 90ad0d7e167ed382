"""What is read once of a Chinese article: the same as if each sentence were read by itself."""

import pytest

from summarizer.article import segment
from summarizer.speech.han.cues import Parser
from summarizer.speech.han.names import names_in
from summarizer.speech.han.patterns import patterns
from summarizer.speech.han.pieces import CLAUSE
from summarizer.speech.han.scan import Scan, characters
from summarizer.speech.han.subjects import Subjects
from summarizer.speech.marks import passages
from summarizer.speech.words import QUOTED, masked
from tests.support.labelled_speech import articles

TEXTS = [
    *(masked(article.text, passages(article.text)) for article in articles("zh")),
    f"甲说，{QUOTED * 6}{QUOTED * 4}乙来了。A-B公司3.5亿元，{QUOTED}",
]


@pytest.mark.parametrize("plain", TEXTS)
def test_a_sentence_cut_out_of_the_article_is_the_same_as_read_alone(plain: str) -> None:
    found = patterns("zh")
    scan = Scan(plain, found)
    for piece in segment.split(plain, "zh"):
        text = plain[piece.start : piece.end]
        assert scan.words(piece.start, piece.end) == characters(plain, piece.start, piece.end)
        alone = [(match.start() + piece.start, match.end() + piece.start) for match in CLAUSE.finditer(text)]
        assert list(scan.clauses(piece.start, piece.end)) == alone
        verbs = [match.start() for match in scan.verbs(piece.start, piece.end)]
        assert verbs == [match.start() + piece.start for match in found.cues.verb.finditer(text)]


@pytest.mark.parametrize("plain", TEXTS)
def test_a_sentence_passed_over_has_no_cue(plain: str) -> None:
    found = patterns("zh")
    scan = Scan(plain, found)
    subjects = Subjects(plain, names_in(plain, found), found)
    skipped = [p for p in segment.split(plain, "zh") if scan.silent(p.start, p.end)]
    scan.silent = lambda _start, _end: False  # type: ignore[method-assign]
    parser = Parser(plain, subjects, found, scan, {})
    assert [parser.parse(piece.start, piece.end)[2] for piece in skipped] == [[] for _ in skipped]


def test_words_of_quotations_that_touch_are_cut_at_the_sentence() -> None:
    words = Scan(f"他说。{QUOTED * 8}", patterns("zh")).words(0, 5)
    assert (words.printed, words.ends) == (["他", "说", "。", QUOTED], [1, 2, 3, 5])
