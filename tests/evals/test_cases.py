import copy
import json

import pytest

from summarizer import errors
from summarizer.evals import cases

TEXT = '"Rail traffic grew by 7.6%," said Anna Rossi, the mayor of Trieste. Marco Bianchi was there.'
QUOTE = "Rail traffic grew by 7.6%,"
WORDS = {"en": [["rail"], ["grew", "rose"]], "it": [["ferrovi", "treni"]], "zh": [["铁路"]]}


def mark(words: str, **more: object) -> dict[str, object]:
    """A label of the first place of these words."""
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def gold(**over: object) -> dict[str, object]:
    """A right gold file; `over` replaces fields."""
    line = {"source": "Rail traffic grew.", "target": "Il traffico ferroviario è cresciuto."}
    zh = {"source": "Rail traffic grew.", "target": "铁路运输增长。"}
    whole: dict[str, object] = {
        "gold_version": "1",
        "id": "trieste",
        "part": "development",
        "origin": "written for this test",
        "labellers": 1,
        "language": "en",
        "targets": ["it", "zh"],
        "text": TEXT,
        "key_facts": [{"fact": "Rail grew", "evidence": [mark(QUOTE)], "values": ["7.6%"], "wordings": WORDS}],
        "quotes": [mark(QUOTE, kind="direct", speaker={"name": "Anna Rossi", "role": "mayor"})],
        "not_speakers": [mark("Marco Bianchi")],
        "figures": [mark("7.6%")],
        "garbled": [],
        "traps": [{"wrong": "Rail fell", "why": "swap", "values": ["6.7%"], "wordings": WORDS}],
        "briefs": {"it": {"headline": line, "lines": [line]}, "zh": {"headline": zh, "lines": [zh]}},
    }
    return copy.deepcopy({**whole, **over})


@pytest.fixture
def saved(tmp_path):
    """Write a gold file and return its path."""

    def write(value: object, name: str = "trieste.json"):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False), encoding="utf-8")
        return path

    return write


def test_a_right_file_is_read_with_its_labels(saved):
    case = cases.read(saved(gold()))
    assert (case.id, case.quotes[0].speaker.name, case.figures[0].text) == ("trieste", "Anna Rossi", "7.6%")


def test_the_schema_key_of_editors_is_allowed(saved):
    assert cases.read(saved({"$schema": "../../schemas/gold.v1.schema.json", **gold()})).id == "trieste"


def fact(**over: object) -> list[object]:
    known: list[dict[str, object]] = gold()["key_facts"]  # type: ignore[assignment]
    return [{**known[0], **over}]


QUOTED = gold()["quotes"][0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("over", "says"),
    [
        ({"figures": [{"start": 0, "end": 4, "text": "7.6%"}]}, "figures/0: [0, 4) of the text is"),
        ({"figures": [{"start": 900, "end": 904, "text": "7.6%"}]}, "figures/0"),
        ({"quotes": [{**QUOTED, "end": QUOTED["end"] - 1}]}, "quotes/0"),
        ({"figures": [mark("7.6%"), mark("7.6%")]}, "figures/1: [22, 26) is labelled twice"),
        ({"quotes": [QUOTED, mark("traffic grew", kind="direct", speaker=None)]}, "overlap"),
        ({"quotes": [QUOTED, QUOTED]}, "labelled twice"),
        ({"key_facts": fact(evidence=[mark("7.6%"), mark("7.6%")])}, "key_facts/0/evidence/1"),
        ({"key_facts": [*fact(), *fact()]}, "key_facts/1: the same fact"),
        ({"targets": ["it"]}, "briefs"),
        ({"targets": ["it", "it", "zh"]}, "twice"),
        ({"targets": ["it", "zh", "xx"]}, "'xx' is not one of"),
        ({"targets": ["it", "zh-CN"]}, "'zh-CN' is not one of"),
        ({"language": "xx"}, "'xx' is not one of"),
        ({"language": "it"}, "own language"),
        ({"key_facts": fact(wordings={"en": [["rail"]], "it": [["treni"]]})}, "for 'zh' is missing or empty"),
        ({"key_facts": fact(wordings={**WORDS, "it": []})}, "for 'it' is missing or empty"),
        ({"key_facts": fact(wordings={**WORDS, "en": [["rail"], []]})}, "for 'en' is missing or empty"),
        ({"key_facts": fact(wordings={**WORDS, "en": [["rail", " "]]})}, "for 'en' is missing or empty"),
        ({"key_facts": fact(values=["a lot"])}, "key_facts/0/values: 'a lot' is no figure"),
        ({"key_facts": fact(evidence=[])}, "key_facts/0/evidence"),
        ({"text": TEXT + "\u200b"}, "not clean from character"),
        ({"text": TEXT + "\r\n"}, "not clean from character"),
        ({"id": "genoa"}, "the file must be called genoa.json"),
        ({"id": "../trieste"}, "id"),
        ({"note": "x"}, "note: Extra inputs"),
        ({"gold_version": "2"}, "gold_version"),
        ({"part": "test"}, "part"),
    ],
)
def test_a_wrong_file_is_refused_with_the_place(saved, over, says):
    path = saved(gold(**over))
    with pytest.raises(errors.GoldError) as caught:
        cases.read(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"gold_version": "1"}'])
def test_what_is_no_gold_file_is_refused(saved, content):
    with pytest.raises(errors.GoldError):
        cases.read(saved(content))


def test_all_faults_of_a_file_are_counted(saved):
    with pytest.raises(errors.GoldError, match=r"\(and 1 more\)"):
        cases.read(saved(gold(figures=[{"start": 0, "end": 1, "text": "x"}, {"start": 1, "end": 2, "text": "y"}])))


def test_a_missing_folder_is_a_wrong_setting(tmp_path):
    with pytest.raises(errors.ConfigurationError, match="eval init"):
        cases.load(tmp_path / "none")


def test_an_empty_folder_is_no_gold(tmp_path):
    with pytest.raises(errors.GoldError, match="holds no gold"):
        cases.load(tmp_path)


def test_one_article_is_not_counted_twice(saved, tmp_path):
    saved(gold())
    saved(gold(id="twin"), "twin.json")
    with pytest.raises(errors.GoldError, match="label the same article"):
        cases.load(tmp_path)


def test_cases_are_chosen_by_id_once_each(saved):
    case = cases.read(saved(gold()))
    assert cases.chosen((case,), ()) == (case,)
    assert cases.chosen((case,), ("trieste", "trieste")) == (case,)
    with pytest.raises(errors.ConfigurationError, match="known: trieste"):
        cases.chosen((case,), ("genoa",))


def test_the_hash_does_not_depend_on_layout_or_order(saved, tmp_path):
    one, other = gold(), gold(id="a", text=TEXT + " More.")
    (tmp_path / "x").mkdir()
    plain = (cases.read(saved(one)), cases.read(saved(other, "a.json")))
    laid = saved(json.dumps(dict(reversed(one.items())), indent=4), "x/trieste.json")
    schema = saved({"$schema": "x", **other}, "x/a.json")
    assert cases.gold_hash(plain) == cases.gold_hash((cases.read(schema), cases.read(laid)))


@pytest.mark.parametrize(
    "over",
    [
        {"text": TEXT + " More."},
        {"labellers": 2},
        {"part": "held"},
        {"figures": []},
        {"not_speakers": []},
        {"quotes": [{**QUOTED, "kind": "reported"}]},
        {"quotes": [{**QUOTED, "speaker": {"name": "Anna Rossi", "role": None}}]},
        {"key_facts": fact(values=["7.7%"])},
        {"key_facts": fact(wordings={**WORDS, "zh": [["铁"]]})},
        {"traps": []},
    ],
)
def test_every_label_is_in_the_hash(saved, over):
    before = cases.gold_hash((cases.read(saved(gold())),))
    assert cases.gold_hash((cases.read(saved(gold(**over))),)) != before


def test_a_dropped_file_changes_the_hash(saved):
    one, other = cases.read(saved(gold())), cases.read(saved(gold(id="a", text=TEXT + " More."), "a.json"))
    assert cases.gold_hash((one, other)) != cases.gold_hash((one,))


def test_folders_inside_a_gold_folder_are_not_read(saved, tmp_path):
    saved(gold())
    (tmp_path / "second_reader").mkdir()
    saved(gold(), "second_reader/trieste.json")
    saved("no gold", "second_reader/notes.json")
    assert [case.id for case in cases.load(tmp_path)] == ["trieste"]
