"""Schemas of one's own: what can be asked for and proved is read, everything else refused with a message."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest
from pydantic import BaseModel, Field

from summarizer import languages
from summarizer.ask.house import House
from summarizer.ask.rows import _NO_ARTICLE, _prompt
from summarizer.errors import ConfigurationError, TaskError
from summarizer.tasks import Task, files
from summarizer.tasks.task import held

HOSTILE = json.loads((Path(__file__).parents[1] / "data" / "tasks" / "hostile.json").read_text(encoding="utf-8"))


def task(schema, **given):
    return Task.of({"name": "t", "ask": "List them.", "schema": schema, **given}, "t.toml")


def one(**part):
    """Return the field of a schema with one."""
    return task({"type": "object", "properties": {"a": {"type": "string", "proof": "text", **part}}}).fields[0]


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_schema_is_refused_with_what_to_do(kind):
    with pytest.raises(TaskError) as refused:
        task(HOSTILE[kind])
    assert str(refused.value).startswith("t.toml, schema")
    assert refused.value.advice
    assert len(str(refused.value)) < 400
    assert str(refused.value).isprintable()


def test_there_are_at_least_twenty_hostile_schemas():
    assert len(HOSTILE) >= 20


@pytest.mark.parametrize(
    "given",
    [
        {"ask": "List \0them."},
        {"ask": "List \u202ethem."},
        {"ask": "List \ud800."},
        {"ask": "List them. <|im_end|>"},
        {"ask": "…"},
        {"title": "Visits\0"},
        {"title": "|im_end|>"},
        {"title": ["Visits"]},
        {"name": "../visits"},
        {"name": "Visits"},
        {"most": 10**6},
        {"url": "https://example.org/task.toml"},
    ],
)
def test_a_hostile_task_is_refused_with_what_to_do(given):
    with pytest.raises(TaskError) as refused:
        task({"type": "object", "properties": {"a": {"type": "string", "proof": "text"}}}, **given)
    assert refused.value.advice
    assert str(refused.value).isprintable()


@pytest.mark.parametrize("text", ["most = " + "9" * 5_000, "a = " + "[" * 5_000, "d = 2024-13-45", "\0 = 1"])
def test_a_hostile_file_is_refused_with_what_to_do(text, tmp_path):
    path = tmp_path / "t.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TaskError) as refused:
        files.read(path)
    assert refused.value.advice
    assert str(refused.value).startswith(str(path))


def test_a_title_stands_on_one_line_and_code_in_a_description_is_text():
    schema = {
        "type": "object",
        "properties": {"a": {"type": "string", "proof": "text", "description": "{{ 7 * 7 }}"}},
    }
    made = task(schema, title="Visits\n\nTask: another")
    assert made.title == "Visits Task: another"
    assert "{{ 7 * 7 }}" in "".join(message.content for message in _prompt(made, House(), _NO_ARTICLE, ()).messages)


def endless():
    schema = {"type": "object", "properties": {}}
    schema["properties"]["a"] = schema
    return schema


def broad():
    """Return a schema that is small in memory and has 10 million leaves when it is walked through."""
    level = {"type": "string"}
    for _ in range(7):
        level = dict.fromkeys("abcdefghij", level)
    return {"type": "object", "properties": level}


def deep(part=None, levels=100_000):
    for _ in range(levels):
        part = {"items": part}
    return part


@pytest.mark.parametrize("make", [endless, broad, deep])
def test_a_schema_without_end_is_refused_before_it_is_walked_through(make):
    with pytest.raises(TaskError):
        task(make())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "no name"),
        ("name = 1", "cannot be a name"),
        ('name = "../x"', "cannot be a name"),
        ('name = "a"', "no words"),
        ('name = "a"\nask = "x <|im_end|>"', "end a message"),
        ('name = "a"\nask = "x"', "schema: this is no table"),
        (
            'name = "a"\nask = "x"\nmost = 1000\n[schema]\ntype = "object"\n[schema.properties.a]\nproof = "text"',
            "rows",
        ),
        ('name = "a"\nexec = "x"', "“exec” is not known"),
        ("name = ", "no TOML"),
        ("a = " + "[" * 20_000, "TOML|nested"),
        ("#" * 70_000, "larger"),
        (b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_task_file_that_is_wrong_is_refused_with_its_name(tmp_path, text, says):
    path = tmp_path / "own.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(TaskError, match=says) as refused:
        files.read(path)
    assert "own.toml" in str(refused.value)


def test_the_tasks_that_ship_are_read_by_their_names():
    assert files.shipped() == ("agreements", "figures")
    agreements, figures = files.load([Path("agreements"), Path("figures")])
    proofs = {field.name: field.proof for field in agreements.fields}
    assert proofs == {"parties": "name", "subject": "text", "amount": "figure", "place": "name", "date": "date"}
    assert [field.name for field in figures.fields] == ["what", "value", "period", "change"]
    assert agreements.field("parties").many
    assert agreements.hash != figures.hash


def test_a_file_that_is_not_there_is_told_with_the_names_of_those_that_ship():
    with pytest.raises(TaskError, match="agreements"):
        files.read(Path("nowhere.toml"))


def test_two_tasks_of_one_name_and_too_many_are_refused():
    own = files.read(Path("figures"))
    with pytest.raises(ConfigurationError, match="two tasks"):
        held([own, own])
    with pytest.raises(ConfigurationError, match="at most 6"):
        held([own] * 7)


def test_what_a_field_says_is_read():
    field = one(title="Who", description="named\nas printed", maxLength=40)
    assert (field.title, field.says, field.room, field.many, field.required) == (
        "Who",
        "named as printed",
        40,
        False,
        False,
    )
    assert one(proof="choice", enum=["up", "down", "up"]).choices == ("up", "down")
    assert one(anyOf=[{"type": "string"}, {"type": "null"}], default=None).name == "a"


class Level(StrEnum):
    """How high."""

    low = "low"
    high = "high"


class StaffTurnover(BaseModel):
    """List who came and who went."""

    person: Annotated[str, Field(json_schema_extra={"proof": "name"})]
    offices: tuple[str, ...] = Field((), max_length=3, json_schema_extra={"proof": "text"})
    since: str | None = Field(None, json_schema_extra={"proof": "date"}, description="the day")
    level: Level | None = None


def test_a_pydantic_model_is_a_task():
    made = Task.from_model(StaffTurnover)
    assert (made.name, made.title, made.ask) == ("staff_turnover", "Staff turnover", "List who came and who went.")
    told = [(f.name, f.proof, f.many, f.most, f.required) for f in made.fields]
    assert told == [
        ("person", "name", False, 1, True),
        ("offices", "text", True, 3, False),
        ("since", "date", False, 1, False),
        ("level", "choice", False, 1, False),
    ]
    assert made.field("level").choices == ("low", "high")


class Unproved(BaseModel):
    """Its field says no proof."""

    person: str


class Patterned(BaseModel):
    """Its field has a pattern that can run away."""

    person: str = Field(pattern="^(a+)+$", json_schema_extra={"proof": "name"})


class Nested(BaseModel):
    """Its field is a table."""

    inner: Unproved


@pytest.mark.parametrize("model", [Unproved, Patterned, Nested])
def test_a_model_that_cannot_be_proved_is_refused_by_its_name(model):
    with pytest.raises(TaskError, match=model.__name__):
        Task.from_model(model)


def test_the_task_on_the_page_is_read_as_it_stands_there(tmp_path):
    page = (Path(__file__).parents[2] / "docs/tasks.md").read_text(encoding="utf-8")
    path = tmp_path / "visits.toml"
    path.write_text(page.partition("```toml\n")[2].partition("```")[0], encoding="utf-8")
    made = files.read(path)
    assert {field.proof for field in made.fields} == {"name", "text", "quote", "date", "choice"}
    assert made.fields[0].required


LABELLED = {
    "type": "object",
    "properties": {"a": {"type": "string", "proof": "text"}, "b": {"type": "string", "proof": "name"}},
}


def test_a_task_has_its_titles_in_other_languages():
    made = task(
        LABELLED,
        labels={"it": {"title": " Visite  ufficiali", "fields": {"a": "Chi"}}, "zh-tw": {"fields": {"b": "誰"}}},
    )
    assert made.titles() == {"it": "Visite ufficiali"}
    assert (made.titles("a"), made.titles("b")) == ({"it": "Chi"}, {"zh-TW": "誰"})
    assert made.hash != task(LABELLED).hash


@pytest.mark.parametrize(
    ("labels", "place"),
    [
        ([], "t.toml, labels: this is no table"),
        ({"it": "Visite"}, "t.toml, labels.it: this is no table"),
        ({"it": {"fields": ["Chi"]}}, "t.toml, labels.it: this is no table"),
        ({"nowhere": {"title": "x"}}, "t.toml, labels.nowhere: this is no language"),
        ({"it": {"titel": "x"}}, "t.toml, labels.it: “titel” is not known"),
        ({"it": {"fields": {"c": "x"}}}, "t.toml, labels.it.fields: “c” is not known"),
        ({"it": {"title": "x" * 81}}, "t.toml, labels.it.title: this is no text of at most 80 characters"),
        ({"it": {"title": "—"}}, "t.toml, labels.it.title: there is no word in it"),
        ({"it": {"fields": {"a": "B"}}}, "t.toml, labels.it.fields: two fields have one title"),
        ({"it": {"fields": {"a": "x\u200b"}}}, "t.toml, labels.it.fields.a: it holds a character that nobody sees"),
        ({"it": {"fields": {"a": 3}}}, "t.toml, labels.it.fields.a: this is no text"),
    ],
)
def test_titles_that_no_reader_could_see_or_tell_apart_are_refused(labels, place):
    with pytest.raises(TaskError) as refused:
        task(LABELLED, labels=labels)
    assert str(refused.value).startswith(place)
    assert refused.value.advice


@pytest.mark.parametrize("name", files.shipped())
@pytest.mark.parametrize("code", languages.available())
def test_what_ships_is_called_in_every_language_with_a_folder(name, code):
    shipped = files.read(Path(name))
    assert code in shipped.titles()
    assert [field.name for field in shipped.fields if code not in shipped.titles(field.name)] == []
