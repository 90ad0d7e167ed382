from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import from_text
from summarizer.ask.chunks import split, truncated
from summarizer.llm.tokens import tokens

PARAGRAPH = "The mayor opened the school in Modena on Monday. The town paid for it with its own money."


def test_an_article_that_fits_is_one_section():
    article = from_text(PARAGRAPH)
    (section,) = split(article, 32_768)
    assert section.sentences == article.sentences
    assert [number for number, _ in section.values["sentences"]] == [1, 2]


@settings(deadline=None)
@given(st.integers(2, 60), st.integers(2_048, 6_000))
def test_sections_cover_the_article_once_and_in_order(paragraphs, context_tokens):
    article = from_text("\n\n".join(f"{PARAGRAPH} It is number {i}." for i in range(paragraphs)))
    parts = split(article, context_tokens)
    assert [s for part in parts for s in part.sentences] == list(article.sentences)
    assert all(part.first < part.last for part in parts)
    assert [part.last for part in parts[:-1]] == [part.first for part in parts[1:]]


def test_sections_end_with_paragraphs_and_keep_the_articles_numbers():
    article = from_text("\n\n".join([PARAGRAPH] * 60))
    first, second, *_ = split(article, 2_048)
    assert article.text[first.sentences[-1].end : second.sentences[0].start] == "\n\n"
    assert second.values["sentences"][0][0] == first.last + 1


def test_one_sentence_longer_than_the_window_is_a_section_of_its_own():
    article = from_text("The mayor of Modena said " + "that the town grows and " * 400 + "stays.")
    (section,) = split(article, 2_048)
    (finding,) = truncated([section])
    shown = section.values["sentences"][0][1]
    assert tokens(shown) <= 2_048
    assert finding.code == "article.truncated"
    assert finding.span.of(article.text) == article.text[len(shown) :]


@settings(deadline=None)
@given(st.text())
def test_the_estimate_counts_every_han_character(text):
    assert tokens(text) >= sum("\u4e00" <= c <= "\u9fff" for c in text)
