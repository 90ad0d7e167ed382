"""A published digest that somebody altered: each alteration is found, in articles of each language; none is invented."""

import functools
import hashlib
from pathlib import Path

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text, load
from summarizer.digest import Brief, Digest, Line, Segment, Statement
from summarizer.digest.audit import audit
from tests.support.endpoint import serving
from tests.support.model import extractive

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
ARTICLES = {
    "en": (
        "Shanghai Mayor Gong Zheng met Italian Ambassador Massimo Ambrosetti on 12 October 2023. "
        "Gong said that the city will not raise the tax on Italian companies next year. "
        '"The new terminal cost 186.3 million euros," said Massimo Ambrosetti, Italian Ambassador to China.\n\n'
        "The port of Trieste handled 62 million tonnes of goods in 2023."
    ),
    "it": (
        "Il sindaco di Torino, Carlo Bianchi, ha incontrato il 12 ottobre 2023 l'ambasciatrice Anna Rossi. "
        "Bianchi ha detto che il comune non aumenterà le tasse alle imprese cinesi nel prossimo anno. "
        "«Il nuovo terminal è costato 186,3 milioni di euro», ha dichiarato l'ambasciatrice Anna Rossi.\n\n"
        "Il porto di Trieste ha movimentato 62 milioni di tonnellate di merci nel 2023."
    ),
    "zh": (
        "2023年10月12日，上海市市长龚正会见了意大利大使安博思。"
        "龚正表示，上海明年不会提高意大利企业的税收。"
        "意大利大使安博思说：“新航站楼耗资1.863亿欧元。”\n\n"
        "的里雅斯特港2023年处理了6200万吨货物。"
    ),
}
#: language → the brief's language, and the article's last three sentences in it.
LINES = {
    "en": (
        "it",
        [
            "Gong ha detto che la città non aumenterà le tasse alle imprese italiane nel prossimo anno.",
            "«Il nuovo terminal è costato 186,3 milioni di euro», ha detto Massimo Ambrosetti, ambasciatore d'Italia in Cina.",
            "Il porto di Trieste ha movimentato 62 milioni di tonnellate di merci nel 2023.",
        ],
    ),
    "it": (
        "zh",
        [
            "比安奇表示，市政府明年不会提高对中国企业的税收。",
            "安娜·罗西大使说：“新航站楼耗资1.863亿欧元。”",
            "的里雅斯特港2023年处理了6200万吨货物。",
        ],
    ),
    "zh": (
        "en",
        [
            "Gong Zheng said that Shanghai will not raise taxes on Italian companies next year.",
            'Italian ambassador An Bosi said: "The new terminal cost 186.3 million euros."',
            "The port of Trieste handled 62 million tonnes of goods in 2023.",
        ],
    ),
}


@functools.cache
def published(language: str) -> Digest:
    article = from_text(ARTICLES[language], language=language)
    target, lines = LINES[language]
    told = article.sentences[1:4]
    spans = [((s.start, s.end),) for s in told]
    brief = Brief(
        source_language=language,
        target_language=target,
        headline=Line(source=told[2].text, target=lines[2]),
        segments=tuple(
            Segment(source=s.text, target=text, evidence=e) for s, text, e in zip(told, lines, spans, strict=True)
        ),
    )
    points = tuple(Statement(text=s.text, evidence=e) for s, e in zip(told, spans, strict=True))
    made = Summarizer(Settings()).extract(article)
    summary = made.summary.model_copy(
        update={"headline": told[2].text, "abstract": article.sentences[0].text, "key_points": points}
    )
    return made.model_copy(update={"summary": summary, "briefs": (brief,)})


def altered(language, **changes):
    """Return a digest with replaced parts; a path of names and numbers joined by ``__`` leads to each."""
    body = published(language).model_dump()
    for path, value in changes.items():
        node, *steps = body, *path.split("__")
        for step in steps[:-1]:
            node = node[int(step) if step.isdigit() else step]
        last = int(steps[-1]) if steps[-1].isdigit() else steps[-1]
        assert node[last] != value
        node[last] = value(node[last]) if callable(value) else value
    return Digest.model_validate(body)


def replaced(old, new):
    def change(text):
        assert old in text
        return text.replace(old, new)

    return change


def objections(digest, where=""):
    return {f.code for f in audit(digest) if f.severity != "info" and f.where.startswith(where)}


def spoken(language):
    """Return the position of the direct quote."""
    return next(i for i, q in enumerate(published(language).quotes) if q.kind == "direct")


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_what_nobody_altered_is_clean(language):
    assert [f for f in audit(published(language)) if f.severity == "error"] == []


FIGURES = {"figure.changed", "figure.invented", "figure.contradicted", "figure.unsupported"}


@pytest.mark.parametrize(
    ("language", "point", "old", "new", "expected"),
    [
        ("en", 2, "62 million", "63 million", FIGURES),
        ("en", 2, "62 million", "62 billion", FIGURES),
        ("en", 1, "euros", "dollars", FIGURES),
        ("en", 2, "2023", "2022", FIGURES),
        ("en", 0, "will not raise", "will raise", {"summary.negation"}),
        ("en", 2, "handled", "never handled", {"summary.negation"}),
        ("en", 0, "Gong said", "Massimo Ambrosetti said", {"summary.speaker"}),
        ("en", 0, "Gong said", "Ambrosetti said", {"summary.speaker"}),
        ("it", 2, "62 milioni", "26 milioni", FIGURES),
        ("it", 2, "62 milioni", "62 miliardi", FIGURES),
        ("it", 1, "euro", "dollari", FIGURES),
        ("it", 2, "nel 2023", "nel 2021", FIGURES),
        ("it", 0, "non aumenterà", "aumenterà", {"summary.negation"}),
        ("it", 2, "ha movimentato", "non ha movimentato", {"summary.negation"}),
        ("it", 0, "Bianchi ha detto", "Anna Rossi ha detto", {"summary.speaker"}),
        ("zh", 2, "6200万", "6300万", FIGURES),
        ("zh", 2, "6200万", "6200亿", FIGURES),
        ("zh", 1, "欧元", "美元", FIGURES),
        ("zh", 2, "2023年", "2022年", FIGURES),
        ("zh", 0, "不会提高", "会提高", {"summary.negation"}),
        ("zh", 2, "处理了", "没有处理", {"summary.negation"}),
        ("zh", 0, "龚正表示", "安博思表示", {"summary.speaker"}),
    ],
)
def test_an_altered_statement_is_found(language, point, old, new, expected):
    changed = altered(language, **{f"summary__key_points__{point}__text": replaced(old, new)})
    assert objections(changed, f"/summary/key_points/{point}") & expected


@pytest.mark.parametrize(
    ("language", "line", "old", "new", "expected"),
    [
        ("en", 2, "62 milioni", "63 milioni", FIGURES | {"figure.missing"}),
        ("en", 2, "62 milioni", "62 miliardi", FIGURES),
        ("en", 1, "euro", "dollari", FIGURES),
        ("en", 2, "nel 2023", "nel 2022", FIGURES),
        ("en", 0, "non aumenterà", "aumenterà", {"brief.negation"}),
        ("en", 2, "ha movimentato", "non ha movimentato", {"brief.negation"}),
        ("en", 1, "Massimo Ambrosetti", "Gong Zheng", {"brief.name", "name.missing"}),
        ("it", 2, "6200万", "620万", FIGURES),
        ("it", 2, "6200万", "6200亿", FIGURES),
        ("it", 1, "欧元", "美元", FIGURES),
        ("it", 0, "不会提高", "会提高", {"brief.negation"}),
        ("it", 2, "处理了", "没有处理", {"brief.negation"}),
        ("zh", 2, "62 million", "6.2 million", FIGURES),
        ("zh", 2, "62 million", "62 billion", FIGURES),
        ("zh", 1, "euros", "dollars", FIGURES),
        ("zh", 0, "will not raise", "will raise", {"brief.negation"}),
        ("zh", 2, "handled", "never handled", {"brief.negation"}),
    ],
)
def test_an_altered_line_of_a_brief_is_found(language, line, old, new, expected):
    changed = altered(language, **{f"briefs__0__segments__{line}__target": replaced(old, new)})
    assert objections(changed, f"/briefs/0/segments/{line}/target") & expected


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_a_line_in_the_wrong_language_is_found(language):
    own = published(language).briefs[0].segments[0].source
    assert "brief.language" in objections(
        altered(language, briefs__0__segments__0__target=own), "/briefs/0/segments/0"
    )
    other = {"en": LINES["it"][1][0], "it": LINES["zh"][1][0], "zh": LINES["en"][1][0]}[language]
    assert "brief.language" in objections(
        altered(language, briefs__0__segments__0__target=other), "/briefs/0/segments/0"
    )


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_an_altered_source_line_of_a_brief_is_held_against_the_article(language):
    old, new = {"en": ("62", "63"), "it": ("62", "63"), "zh": ("6200", "6300")}[language]
    changed = altered(language, briefs__0__segments__2__source=replaced(old, new))
    assert objections(changed, "/briefs/0/segments/2/source") & FIGURES


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_an_invented_or_altered_quote_is_found(language):
    number = spoken(language)
    text = published(language).quotes[number].text
    for wrong in (text.replace("1", "7", 1), text[:-1] + "?", "We love " + text, "没有" + text):
        assert "quote.unverified" in objections(
            altered(language, **{f"quotes__{number}__text": wrong}), f"/quotes/{number}"
        )


def test_a_quote_that_stands_elsewhere_is_told_its_place():
    number = spoken("en")
    moved = altered("en", **{f"quotes__{number}__start": 0})
    message = next(f.message for f in audit(moved) if f.code == "quote.unverified")
    assert f"{published('en').quotes[number].start} to" in message


@pytest.mark.parametrize(
    ("language", "negated", "plain"), [("en", "will not", "will"), ("it", "non aum", "aum"), ("zh", "不会", "会")]
)
def test_a_quote_that_lost_its_negation_is_found(language, negated, plain):
    number = next(i for i, q in enumerate(published(language).quotes) if negated in q.text)
    changed = altered(language, **{f"quotes__{number}__text": replaced(negated, plain)})
    assert "quote.unverified" in objections(changed)


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_another_speaker_is_found(language):
    speakers = [q.speaker for q in published(language).quotes]
    assert len({s.name for s in speakers}) == 2
    changed = altered(language, quotes__0__speaker=speakers[1].model_dump())
    assert "quote.misattributed" in objections(changed, "/quotes/0/speaker")
    unknown = {"en": "John Smith", "it": "Mario Verdi", "zh": "王小明"}[language]
    assert "quote.stranger" in objections(altered(language, quotes__0__speaker__name=unknown), "/quotes/0/speaker")


@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_a_speaker_without_a_name_is_told(name):
    number = spoken("en")
    changed = altered("en", **{f"quotes__{number}__speaker__name": name, f"quotes__{number}__end": 10**6})
    assert "quote.stranger" in objections(changed, f"/quotes/{number}/speaker/name")
    start = ARTICLES["en"].index("The port of Trieste")
    alone = altered(
        "en", quotes__0__start=start, quotes__0__text=ARTICLES["en"][start:], quotes__0__speaker__name=name
    )
    assert "quote.stranger" in objections(alone, "/quotes/0/speaker/name")


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_another_persons_office_is_found(language):
    role = next(q.speaker.role for q in published(language).quotes[1:] if q.speaker)
    assert role
    assert "name.office" in objections(altered(language, quotes__0__speaker__role=role), "/quotes/0/speaker/role")
    strange = {"en": "prime minister", "it": "presidente del consiglio", "zh": "国务院总理"}[language]
    assert "name.office" in objections(altered(language, quotes__0__speaker__role=strange), "/quotes/0/speaker/role")
    changed = altered(language, quotes__0__speaker__organisation="Deutsche Bank")
    assert "name.office" in objections(changed, "/quotes/0/speaker/organisation")


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_reported_speech_that_wears_marks_is_found(language):
    number = next(i for i, q in enumerate(published(language).quotes) if q.kind == "reported")
    assert "quote.kind" in objections(altered(language, **{f"quotes__{number}__kind": "direct"}))
    assert "quote.kind" in objections(altered(language, **{f"quotes__{spoken(language)}__kind": "reported"}))


def test_a_quote_where_nobody_speaks_is_told():
    text = ARTICLES["en"]
    start = text.index("The port of Trieste")
    changed = altered("en", quotes__0__start=start, quotes__0__end=len(text), quotes__0__text=text[start:])
    assert "quote.speech" in {f.code for f in audit(changed)}


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_a_wrong_translation_of_a_quote_is_found(language):
    number = spoken(language)
    target = LINES[language][0]
    wrong = {
        "it": "Il nuovo terminal è costato 186,3 miliardi di euro",
        "zh": "新航站楼耗资18.63亿欧元。",
        "en": "The new terminal cost 18.63 million euros.",
    }[target]
    changed = altered(language, **{f"quotes__{number}__translations": {target: wrong}})
    assert objections(changed, f"/quotes/{number}/translations/{target}") & FIGURES


@pytest.mark.parametrize("language", ["en", "it", "zh"])
@pytest.mark.parametrize("change", [{"value": "7"}, {"text": "7"}, {"start": 0, "end": 1}, {"unit": "kg"}])
def test_an_altered_figure_record_is_found(language, change):
    changes = {f"figures__1__{name}": value for name, value in change.items()}
    assert "figure.record" in objections(altered(language, **changes), "/figures/1")


def test_an_altered_article_is_found():
    changed = altered("en", article__text=replaced("62 million", "72 million"))
    assert {"digest.identity", "figure.record"} <= objections(changed)


def test_impossible_offsets_are_found_and_the_rest_is_still_held():
    assert "digest.offsets" in objections(altered("en", article__sentences=((0, 10**6),)), "/article/sentences/0")
    changed = altered("en", summary__key_points__0__evidence=((5, 5),))
    assert "digest.offsets" in objections(changed, "/summary/key_points/0/evidence/0")


def test_a_name_that_the_article_does_not_have_is_told():
    changed = altered("en", summary__key_points__2__text=replaced("Trieste", "Genoa"))
    assert "name.unsupported" in {f.code for f in audit(changed) if f.where == "/summary/key_points/2"}


def test_a_language_that_cannot_be_checked_is_told():
    assert "brief.language" in objections(altered("en", briefs__0__target_language="fr"))
    assert "summary.language" in objections(altered("en", summary__language="it"))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.stem)
def test_our_own_digest_has_no_error_that_it_does_not_carry(path):
    article = load(path)
    to = ["zh", "en" if article.language == "it" else "it"]
    with serving(extractive) as endpoint, Summarizer(Settings(base_url=endpoint.base_url, model="m")) as summarizer:
        digest = summarizer.summarize_sync(article, to)
    carried = {(f.code, f.where) for f in digest.findings}
    assert [f for f in audit(digest) if f.severity == "error" and (f.code, f.where) not in carried] == []


def test_the_identity_is_of_the_text_alone():
    digest = published("zh")
    assert hashlib.sha256(digest.article.text.encode()).hexdigest() == digest.article.id
