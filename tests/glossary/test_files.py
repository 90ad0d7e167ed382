"""Glossaries in files: what each format says, and what is told of one that is wrong."""

from pathlib import Path

import pytest

from summarizer.errors import ConfigurationError
from summarizer.glossary import Entry, Glossary, load

TOML = """
[[entry]]
term = "supply chain"
language = "en"
note = "never logistics"
renderings = { it = ["catena di fornitura", "filiera"] }
forbidden.it = "supply chain"

[[entry]]
term = "林宝珍"
language = "zh"
kind = "person"
renderings.it = "Lin Baozhen"
titles = { zh = "市长", it = "sindaca" }
"""
CSV = """term;language;kind;it;forbidden it;title zh;title it;note
supply chain;en;;catena di fornitura | filiera;supply chain;;;never logistics
林宝珍;zh;person;Lin Baozhen;;市长;sindaca;
"""
TBX_2 = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="en"><text><body>
  <termEntry id="a"><descrip type="subjectField">organisation</descrip><note>since 2001</note>
    <langSet xml:lang="it"><tig><term>Agenzia ICE</term></tig></langSet>
    <langSet xml:lang="en">
      <tig><term>ICE Agency</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
      <tig><term>Trade Agency</term><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></tig>
      <tig><term>Italian <hi>Trade</hi> Agency</term>
        <termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
    </langSet>
  </termEntry>
</body></text></martif>
"""
TBX_3 = """<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
  xmlns:min="http://www.tbxinfo.net/ns/min"><text><body><conceptEntry id="a">
<min:subjectField>organisation</min:subjectField><note>since 2001</note>
<langSec xml:lang="it"><termSec><term>Agenzia ICE</term></termSec></langSec>
<langSec xml:lang="en">
<termSec><term>Italian Trade Agency</term></termSec><termSec><term>Trade Agency</term></termSec>
<termSec><term>ICE Agency</term><min:administrativeStatus>notRecommendedTerm</min:administrativeStatus></termSec>
</langSec></conceptEntry></body></text></tbx>
"""


def read(folder: Path, name: str, text: str | bytes) -> Glossary:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load([path])


def test_a_toml_file_and_a_table_say_the_same(tmp_path):
    told = read(tmp_path, "a.toml", "\ufeff" + TOML)
    assert read(tmp_path, "a.csv", CSV) == told
    assert read(tmp_path, "b.csv", CSV.replace(";", "\t").encode("utf-16")) == told
    chain, mayor = told.entries
    assert chain == Entry(
        "term",
        {"en": ("supply chain",)},
        {"it": ("catena di fornitura", "filiera")},
        {"it": ("supply chain",)},
        {},
        "never logistics",
    )
    assert mayor.sources == mayor.renderings == {"zh": ("林宝珍",), "it": ("Lin Baozhen",)}
    assert mayor.titles == {"zh": ("市长",), "it": ("sindaca",)}


def test_both_styles_of_tbx_are_read_with_what_is_preferred_first(tmp_path):
    told = read(tmp_path, "a.tbx", TBX_2)
    assert read(tmp_path, "b.tbx", TBX_3) == told
    (entry,) = told.entries
    assert (entry.kind, entry.note) == ("body", "since 2001")
    assert entry.renderings == {"it": ("Agenzia ICE",), "en": ("Italian Trade Agency", "Trade Agency")}
    assert entry.forbidden == {"en": ("ICE Agency",)}
    assert entry.sources["en"] == ("Italian Trade Agency", "Trade Agency", "ICE Agency")


def test_a_later_file_has_the_last_word_and_a_changed_one_is_read_again(tmp_path):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text("term,language,it\ntariff,en,tariffa\nport,en,porto\n", encoding="utf-8")
    second.write_text("term,language,it\nTariff,en,dazio\n", encoding="utf-8")
    both = load([first, second])
    assert [e.renderings["it"] for e in both.entries] == [("porto",), ("dazio",)]
    assert both.hash != load([second]).hash
    second.write_text("term,language,it\nTariff,en,imposta doganale\n", encoding="utf-8")
    assert load([first, second]).hash != both.hash
    assert load([]).hash == ""


ENTRY = '[[entry]]\nterm = "port"\nlanguage = "en"\n'
BOMB = '<!DOCTYPE t [\n<!ENTITY a "aaaaaaaa"><!ENTITY b "&a;&a;&a;">]>\n<tbx><conceptEntry/></tbx>'


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("g.toml", ENTRY + "renderings.it = 3\n", r"g\.toml, line 1: it must be text or a list of text"),
        ("g.toml", ENTRY + '\n[[entry]]\nterm = "a"\nlanguage = "en"\nrendering = "b"\n', r"line 5: .*'rendering'"),
        ("g.toml", ENTRY + "= 3", r"no TOML: .*line 4"),
        ("g.toml", "x = 1\n", r"line 1: there must be tables \[\[entry\]\]"),
        ("g.toml", ENTRY + ENTRY, r"line 4: 'port' \(en\) stands in line 1 already"),
        ("g.toml", '[[entry]]\nterm = "port"\nlanguage = "English"\n', r"'English' is no language"),
        ("g.toml", ENTRY + 'kind = "place"\n', r"'place' is no kind — choose one of term, person, body"),
        ("g.toml", ENTRY + 'renderings.it = "porto"\nforbidden.it = "porto"\n', r"a rendering and forbidden"),
        ("g.toml", ENTRY + 'titles.it = "sindaco"\n', r"only a person has titles"),
        ("g.toml", '[[entry]]\nterm = "节"\nlanguage = "zh"\n', r"'节' is part of many words"),
        ("g.toml", ENTRY + 'renderings.it = "por\\u0000to"\n', r"a character that nobody sees"),
        ("g.toml", ENTRY + 'renderings.it = "–"\n', r"holds no word"),
        ("g.csv", "", r"line 1: the file is empty"),
        ("g.csv", "term,it\nport,porto\n", r"line 1: there is no column 'language'"),
        ("g.csv", "term,language,italiano\n", r"line 1: the unknown column 'italiano'"),
        ("g.csv", "term,language,it\nport,en,porto,scalo\n", r"line 2: 4 cells where the first row has 3"),
        ("g.csv", 'term,language,it\nport,en,"porto\n', r"line 2: this is no row"),
        ("g.csv", "term,language,it\n,en,porto\n", r"line 2: the term is missing"),
        ("g.csv", "term,language\nport,en\ncaffè,it\n".encode("latin-1"), r"line 3: this is no UTF-8 — save"),
        ("g.tbx", BOMB, r"line 2: entities of the file's own are not read"),
        ("g.tbx", BOMB.encode("utf-16"), r"entities of the file's own are not read"),
        ("g.tbx", "<tbx><body>", r"g\.tbx, line 1: this is no XML"),
        ("g.tbx", "<html><body/></html>", r"there is no termEntry or conceptEntry"),
        ("g.xlsx", "PK", r"a glossary is a \.toml, \.csv or \.tbx file"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(name, text, told, tmp_path):
    with pytest.raises(ConfigurationError, match=told) as raised:
        read(tmp_path, name, text)
    assert str(tmp_path) not in str(raised.value) or name == "g.xlsx"
    assert raised.value.advice


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot read the glossary"):
        load([tmp_path / "none.toml"])
