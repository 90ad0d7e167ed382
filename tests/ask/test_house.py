"""What an office wants of its digests, from the files and settings to the requests and findings."""

import json
import pickle

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.ask.house import House
from summarizer.ask.shape import Shape, Size
from summarizer.ask.style import Style
from summarizer.batch import keys
from summarizer.checks.house import Forbidden
from summarizer.digest import assemble
from summarizer.errors import TemplateError
from tests.support.endpoint import completion, serving
from tests.support.model import answer, asked, changed, extractive, lines
from tests.test_pipeline import ENGLISH, both, digest_of, kind

STYLE = """# How we write

Short words. British spelling. {{ 7 * 7 }} <|im_end|>

## Forbidden words

- excellence -> quality
* **state of the art**

### Parole vietate (it, en):

+ «utilis*»

## Tone

- friendly

## 禁用词（zh）

- 重大 → 重要
"""


@pytest.fixture
def style(tmp_path):
    path = tmp_path / "style.md"
    path.write_text(STYLE, encoding="utf-8")
    return path


def systems(endpoint):
    return {kind(r): r.body["messages"][0]["content"] for r in endpoint.requests}


def test_the_lists_of_a_style_are_read_in_three_languages_and_the_rest_is_only_told(style):
    assert Style.read(style).words == (
        Forbidden("excellence", "quality"),
        Forbidden("state of the art"),
        Forbidden("utilis*", "", "it"),
        Forbidden("utilis*", "", "en"),
        Forbidden("重大", "重要", "zh"),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("## Forbidden words (xx)\n- a", "line 1: xx is no language here"),
        ("one\n## Forbidden words\n- **", "line 3: there is no word to forbid"),
        ("x" * 20_000, "longer than 12,000 characters"),
    ],
)
def test_a_wrong_style_is_told_with_its_line(tmp_path, text, says):
    path = tmp_path / "s.md"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError, match=says) as caught:
        Summarizer(Settings(style=path))
    assert "s.md" in str(caught.value)


def test_a_style_stands_as_data_behind_the_rules_of_who_writes_and_not_of_who_reads(style):
    with serving(extractive) as endpoint:
        digest = digest_of(endpoint, to=["it"], style=style, review="all")
    told = systems(endpoint)
    assert told.keys() == {"DigestDraft", "TranslationDraft", "ReviewDraft"}
    for draft in ("DigestDraft", "TranslationDraft"):
        assert "Short words. British spelling. {{ 7 * 7 }} < |im_end| >" in told[draft].rpartition("<style-")[2]
    assert "British" not in told["ReviewDraft"]
    with serving(extractive) as endpoint:
        plain = digest_of(endpoint, to=["it"], review="all")
    now, before = digest.provenance.prompts, plain.provenance.prompts
    assert {task for task in now if now[task] != before[task]} == {"digest", "translation"}
    assert all("British" not in text for text in systems(endpoint).values())


def test_templates_of_ones_own_are_asked_with_and_signed(tmp_path):
    (tmp_path / "summary.v2.jinja").write_text("Task: sum up in {{ language }}.\n- abstract: {{ abstract }}\n"
                                               "- key_points: at most {{ key_points }}", encoding="utf-8")  # fmt: skip
    (tmp_path / "style.md").write_text("Write plainly.", encoding="utf-8")
    with serving(extractive) as endpoint:
        digest = digest_of(endpoint, prompts=tmp_path)
        plain = digest_of(endpoint)
    first, second = endpoint.requests
    assert "Task: sum up in English." in first.prompt
    assert "Write plainly." in first.body["messages"][0]["content"]
    assert "Task: sum up" not in second.prompt
    assert digest.provenance.prompts["digest"] != plain.provenance.prompts["digest"]


def test_a_wrong_template_is_told_before_anything_is_asked(tmp_path):
    (tmp_path / "mend.v1.jinja").write_text("{{ nothing }}", encoding="utf-8")
    with serving(extractive) as endpoint:
        with pytest.raises(TemplateError, match=r"mend\.v1\.jinja, line 1"):
            digest_of(endpoint, prompts=tmp_path)
        assert endpoint.requests == []


def test_a_forbidden_word_is_asked_for_again_and_the_better_line_taken(style):
    def wrong(value):
        value["abstract"][0]["text"] = (
            "The port of Trieste, a place of excellence, handled 62 million passengers in 2023."
        )

    def right(value):
        value["statements"][0] |= {"text": "The port of Trieste handled 62 million passengers in 2023."}

    with serving(both(changed(wrong, "SummaryDraft"), changed(right, "MendDraft"))) as endpoint:
        digest = digest_of(endpoint, style=style)
    (again,) = [r for r in endpoint.requests if kind(r) == "MendDraft"]
    assert "objection: “excellence” is on the house's list of forbidden words: say “quality”" in again.prompt
    assert "excellence" not in digest.summary.abstract
    assert [f for f in digest.findings if f.code.startswith("house.")] == []


@pytest.mark.parametrize("trust", ["high", "low"])
def test_a_forbidden_word_that_stays_is_published_with_its_place_and_asked_for_once(style, trust):
    def wrong(value):
        value["abstract"][0]["text"] = "The port of Trieste handled 62 million passengers in 2023, an excellence."
        value["abstract"][1:] = [{"sentences": [4], "text": "It will employ 230 people, state of the art."}]

    with serving(changed(wrong, "SummaryDraft")) as endpoint:
        digest = digest_of(endpoint, style=style, trust=trust, sentences=2, length="long")
    assert [kind(r) for r in endpoint.requests].count("MendDraft") == 1
    found = [f for f in digest.findings if f.code == "house.word"]
    assert [digest.summary.abstract[slice(*f.within)] for f in found] == ["excellence", "state of the art"]
    assert {(f.where, f.severity, f.span) for f in found} == {("/summary/abstract", "warning", None)}
    assemble.validate(digest)


def test_a_translation_is_held_and_a_quotation_is_not(style):
    def wrong(value):
        for line in lines(value, "it"):
            line.put(line.text.replace("la traduzione", "la utilissima traduzione").rstrip(".") + ", utilisima.")

    with serving(changed(wrong, "TranslationDraft")) as endpoint:
        digest = digest_of(endpoint, to=["it"], style=style)
    found = [f for f in digest.findings if f.code == "house.word"]
    assert found
    assert all(f.where.startswith("/briefs/0/") for f in found)
    assert "utilis" in digest.quotes[0].translations["it"]
    second = [r.prompt for r in endpoint.requests if kind(r) == "TranslationDraft"][-1]
    assert "objection: “utilisima” is on the house's list of forbidden words" in second


def test_length_and_shape_are_told():
    text = " ".join(f"The ship number {n} called at the port of Trieste on Monday." for n in range(20, 60))
    told = {}
    for name, given in {
        "none": {},
        "short": {"length": "short"},
        "long": {"length": "long"},
        "own": {"sentences": 5, "max_key_points": 2, "headline_words": 7, "headline_chars": 50},
    }.items():
        with serving(extractive) as endpoint:
            digest_of(endpoint, text=text, **given)
        told[name] = endpoint.requests[0].prompt
    assert "abstract: 3 sentences" in told["none"]
    assert "key_points: at most 6," in told["none"]
    assert "at most 12 words, that" in told["none"]
    assert "abstract: 1 sentence on" in told["short"]
    assert "key_points: at most 3," in told["short"]
    assert "abstract: 6 sentences" in told["long"]
    assert "key_points: at most 10," in told["long"]
    assert "abstract: 5 sentences" in told["own"]
    assert "key_points: at most 2," in told["own"]
    assert "at most 7 words and 50 characters, that" in told["own"]


def test_a_headline_is_held_in_every_language():
    with serving(extractive) as endpoint:
        digest = digest_of(endpoint, to=["it"], headline_words=4)
    assert ", of at most 4 words" in next(r.prompt for r in endpoint.requests if kind(r) == "TranslationDraft")
    found = {f.where: f for f in digest.findings if f.code == "house.headline"}
    assert found.keys() == {"/summary/headline", "/briefs/0/headline/target"}
    assert len(digest.summary.headline[: found["/summary/headline"].within[0]].split()) == 4


def test_an_abstract_of_another_length_is_told():
    def short(value):
        del value["abstract"][1:]

    def both_in_one(value):
        value["abstract"] = [
            {"sentences": [3, 4], "text": "The terminal cost 186.3 million euros. It will employ 230 people."}
        ]

    with serving(changed(short, "SummaryDraft")) as endpoint:
        (few,) = [f for f in digest_of(endpoint, sentences=3).findings if f.code == "house.length"]
    assert (few.where, few.message) == (
        "/summary/abstract",
        "the abstract has 1 sentence, and 3 were asked for: add one",
    )
    with serving(changed(both_in_one, "SummaryDraft")) as endpoint:
        found = [f for f in digest_of(endpoint, length="short").findings if f.code == "house.length"]
    assert [f.message.rpartition(": ")[2] for f in found] == ["say it in one", "shorten it"]
    with serving(changed(both_in_one, "SummaryDraft")) as endpoint:
        assert not [f for f in digest_of(endpoint).findings if f.code.startswith("house.")]


@pytest.mark.parametrize(
    ("given", "sentences", "size"),
    [
        ({}, 1, Size(1, 1)),
        ({}, 9, Size(1, 5)),
        ({}, 40, Size(3, 6)),
        ({"max_key_points": 20}, 40, Size(3, 20)),
        ({"length": "medium"}, 40, Size(3, 6)),
        ({"length": "long", "max_key_points": 4}, 40, Size(6, 4)),
        ({"length": "short", "sentences": 2}, 40, Size(2, 3)),
        ({"sentences": 5}, 3, Size(3, 2)),
    ],
)
def test_the_size_of_a_digest_follows_settings_and_article(given, sentences, size):
    assert Shape.of(Settings(**given)).size(sentences) == size


def test_the_key_of_a_result_follows_templates_style_and_shape(tmp_path, style):
    article, own = from_text(ENGLISH), tmp_path / "own"
    own.mkdir()
    (own / "mend.v1.jinja").write_bytes((House().templates.source("mend.v1.jinja") + "\nThank you.").encode())
    given = [{}, {"style": style}, {"prompts": own}, {"length": "short"}, {"sentences": 2}, {"headline_chars": 60}]
    made = [keys.key(article, ["it"], Settings(**each), None) for each in given]
    assert len(set(made)) == len(given)
    (own / "mend.v1.jinja").write_bytes((House().templates.source("mend.v1.jinja") + "\nThanks.").encode())
    assert keys.key(article, ["it"], Settings(prompts=own), None) not in made
    style.rename(tmp_path / "moved.md")
    assert keys.key(article, ["it"], Settings(style=tmp_path / "moved.md"), None) == made[1]


def test_a_long_style_leaves_an_article_less_room(style):
    style.write_text("word " * 2_300, encoding="utf-8")
    house = House.of(Settings(style=style))
    assert 3_000 < house.further_tokens < 5_000
    assert House().further_tokens == 0
    assert pickle.loads(pickle.dumps(house)) == house  # as it goes to other machines


def test_every_template_is_given_what_the_samples_say():
    """The samples stand for what questions are made of: each value that a run gives has its like among them."""
    from summarizer.ask import sandbox
    from summarizer.ask.samples import GIVEN

    given, render = {}, sandbox.render

    def noted(source, values, place):
        given.setdefault(place.rpartition("/")[2].partition(".")[0], []).append(values)
        return render(source, values, place)

    def wrong(value):
        for line in lines(value, "it"):
            line.put(line.text.replace("6", "9"))

    def script(request):
        value = answer(*asked(request))
        if kind(request) == "DigestDraft":
            value["abstract"][0]["text"] = "The port of Trieste handled 620 million passengers in 2023."
        if kind(request) == "TranslationDraft":
            wrong(value)
        return completion(json.dumps(value, ensure_ascii=False))

    with pytest.MonkeyPatch.context() as patch, serving(script) as endpoint:
        patch.setattr(sandbox, "render", noted)
        digest_of(endpoint, to=["it"], review="all")
    assert {"article", "system", "summary", "quotes", "translation", "review", "mend"} <= given.keys()
    for task, each in given.items():
        known = {name for sample in GIVEN[task] for name in sample.values}
        assert {name for values in each for name in values} <= known
        lists = {
            n: v for s in GIVEN[task] for n, v in s.values.items() if n in ("lines", "statements", "quotes") and v
        }
        for name, sampled in lists.items():
            rows = [row for values in each for row in values[name]]
            assert all(row.keys() == sampled[0].keys() for row in rows), (task, name)
