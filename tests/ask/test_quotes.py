import itertools

from summarizer import speech
from summarizer.article import from_text
from summarizer.ask import quotes

SENTENCE = "the new terminal will bring work and trade to the whole region in the years to come. "
LONG = (
    "The mayor, Anna Rossi, said " + SENTENCE + "".join(f"It is step number {i} of a long plan. " for i in range(40))
)


def parts(text):
    article = from_text(text)
    said = speech.Speech(text.index("the new"), len(article.text), "reported", None)
    return article, said, list(quotes._parts(article, said))


def test_a_short_run_stays_whole():
    _article, said, found = parts("The mayor said " + SENTENCE.strip())
    assert found == [said]


def test_a_long_run_is_offered_in_parts_that_leave_nothing_out():
    article, said, found = parts(LONG)
    assert len(found) > 1
    assert all(p.end - p.start <= 700 for p in found)
    assert (found[0].start, found[-1].end) == (said.start, said.end)
    between = [article.text[a.end : b.start] for a, b in itertools.pairwise(found)]
    assert all(gap.strip() == "" for gap in between)


def test_a_long_run_is_parted_where_paragraphs_end():
    half = "It is a step of a long plan. " * 15
    article, _said, found = parts(f"The mayor said {SENTENCE}{half}\n\n{half}")
    assert any(article.text[p.end :].startswith("\n\n") for p in found)
