"""No text ends a run: what the rules read, extract and check is found or refused, and nothing is raised."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer import Settings, Summarizer, figures, speech
from summarizer.article import from_text, load_bytes
from summarizer.digest import Brief, Digest, Line, Segment, Statement, assemble
from summarizer.digest.audit import audit
from summarizer.errors import ArticleError

LANGUAGES = ("en", "it", "zh", "ar", "ja")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
#: Words of real articles; where they stand together makes no sense.
WORDS = [word for path in sorted(SEEDS.glob("*.txt")) for word in path.read_text("utf-8").split(" ")]
PIECES = [
    *('"', "“", "”", "«", "»", "‘", "’", "'", "「", "」", "(", ")", "（", "[", "<p>", "_____", "- ", " — ", "…", ". ", "。"),
    *(" ", "\n", "\n\n", "\t", "\u200b", "\u202e", "\u0301", "🙂", "\ue000", "\ud800", "\x00", ", ", "，", ": ", "：", "%"),
    *("12,5", "1.000.000", "$3 million", "百分之", "三万亿", "12/13/2024", "2024年", "twenty-", "cento", "1/2", "+", "€"),
    *("il sindaco", "ha detto che", "secondo", "del", "presidente a", "Mayor Anna Rossi", " said", " president of the"),
    *("市长", "王明", "表示", "说：", "据", "的", "他", "not ", "non ", "不", "https://a.b/", "a@b.c", "Q:", "记者："),
]  # fmt: skip
#: Beginnings, sentences and ends that rules of grammar answer to.
PHRASES = [
    *("The mayor said that trade grew. ", "Il sindaco ha detto che gli scambi crescono. ", "市长王明说：“是的。” ", "他表示，"),
    *("\n\n____\n\n", "La portavoce del ", "sindaco", "Lo ha detto il presidente a Sarezzo ", "(provincia di Brescia)"),
    *("«Sì», ha detto ", "“Yes,” said ", "Anna Rossi, president of the ", "port authority", "Secondo ", "According to "),
]  # fmt: skip
WORD = st.sampled_from(WORDS).map("{} ".format)
PIECE = st.one_of(st.sampled_from(PHRASES), st.sampled_from(PIECES), WORD, st.text(max_size=4))
TEXTS = st.lists(PIECE, max_size=14).map("".join)


@pytest.fixture(scope="module")
def summarizer():
    with Summarizer(Settings()) as made:
        yield made


def filled(digest: Digest) -> Digest:
    """Say in another language what the digest has: every check of a line has something to do."""
    text, spans = digest.article.text, digest.article.sentences[:3]
    lines = [" ".join(text[start:end].split()) for start, end in spans]
    target = "en" if digest.article.language == "zh" else "zh"
    segments = [
        Segment(source=line, target=other, evidence=(span,))
        for line, other, span in zip(lines, reversed(lines), spans, strict=True)
    ]
    headline = Line(source=lines[0], target=lines[-1])
    brief = Brief(
        source_language=digest.article.language,
        target_language=target,
        headline=headline,
        segments=tuple(segments),
    )
    points = tuple(
        Statement(text=f"{line} {lines[0]}", evidence=(span,)) for line, span in zip(lines, spans, strict=True)
    )
    summary = digest.summary.model_copy(update={"key_points": points})
    return digest.model_copy(update={"summary": summary, "briefs": (brief,)})


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_any_text_is_read_extracted_and_checked(summarizer: Summarizer, language: str, text: str) -> None:
    found = (*speech.find(text, language), *figures.find(text, language))
    assert all(0 <= each.start < each.end <= len(text) for each in found)
    try:
        article = from_text(text, language=language)
    except ArticleError:
        return
    digest = summarizer.extract(article)
    assemble.validate(digest)
    audit(filled(digest))


@settings(max_examples=100, deadline=None)
@given(
    TEXTS,
    st.sampled_from(["a.txt", "a.md", "a.html", "-"]),
    st.sampled_from(["utf-8", "utf-16", "gb18030", "latin-1"]),
)
def test_any_bytes_are_an_article_or_refused(text: str, source: str, encoding: str) -> None:
    try:
        article = load_bytes(text.encode(encoding, "replace"), source)
    except ArticleError:
        return
    assert article.sentences
