"""What editors corrected becomes entries to look at."""

import tomllib

from typer.testing import CliRunner

from summarizer import cli
from summarizer.digest import Change, Digest, corrections
from summarizer.glossary import Glossary, load
from summarizer.glossary.suggest import proposals, toml
from tests.support import written

ARTICLE = (
    "The framework agreement with Trieste was signed on Monday. Companies welcome the framework agreement, "
    "and the port will grow."
)
TOLD = (
    "L'intesa di base con Trieste è stata firmata lunedì.",
    "Le imprese accolgono bene l'intesa di base, e il porto crescerà.",
)
EDITED = (
    "L'accordo quadro con Trieste è stato firmato lunedì.",
    "Le imprese accolgono bene l'accordo quadro, e il porto crescerà.",
)


def made(number: int = 2) -> Digest:
    sentences = [s + "." for s in ARTICLE.removesuffix(".").split(". ")]
    segments = [(line, text, written.at(ARTICLE, line)) for line, text in zip(sentences, TOLD, strict=True)]
    brief = written.brief("en", "it", (sentences[0], TOLD[0]), *segments)
    digest = written.digest(ARTICLE, "en", headline=sentences[0], abstract=ARTICLE, briefs=[brief])
    places = [f"/briefs/0/segments/{i}/target" for i in range(number)]
    changes = [Change(kind="edit", where=w, before=b, after=a) for w, b, a in zip(places, TOLD, EDITED, strict=False)]
    return corrections.apply(digest, changes, "Ada")


def test_the_same_correction_in_two_lines_tells_the_term():
    (found,) = [p for p in proposals([made()], Glossary()) if len(p.lines) == 2]
    assert (found.term, found.before, found.after) == ("framework agreement", "intesa di base", "accordo quadro")
    (entry,) = tomllib.loads(toml([found]))["entry"]
    assert entry == {
        "term": "framework agreement",
        "language": "en",
        "renderings": {"it": "accordo quadro"},
        "forbidden": {"it": "intesa di base"},
    }


def test_one_correction_leaves_the_term_to_a_person():
    (found,) = proposals([made(1)], Glossary())
    assert (found.term, found.after) == ("", "accordo quadro")
    told = toml([found])
    assert "which of its words is the term?" in told
    assert tomllib.loads(told) == {}
    assert "# The framework agreement with Trieste" in told


def test_a_speakers_name_is_a_term_by_itself():
    article = "大使朱莉娅·费兰迪表示：“合作将继续下去，两国都会从中受益。”"
    line = written.at(article, article)
    quote = written.quote(article, "合作将继续下去，两国都会从中受益。", "朱莉娅·费兰迪")
    old, new = (
        "So sagte — ha detto Julia Ferandi, ambasciatrice.",
        "So sagte — ha detto Giulia Ferrandi, ambasciatrice.",
    )
    brief = written.brief("zh", "it", (article, old), (article, old, line))
    digest = written.digest(article, "zh", headline=article, abstract=article, quotes=[quote], briefs=[brief])
    change = Change(kind="edit", where="/briefs/0/headline/target", before=old, after=new)
    (found,) = proposals([corrections.apply(digest, [change])], Glossary())
    assert (found.term, found.person, found.after) == ("朱莉娅·费兰迪", True, "Giulia Ferrandi")


def test_what_a_glossary_has_is_not_proposed_again(tmp_path):
    path = tmp_path / "known.csv"
    path.write_text("term,language,it\nframework agreement,en,accordo quadro\n", encoding="utf-8")
    assert proposals([made()], load([path])) == []


def test_the_command_prints_a_file_that_can_be_read(tmp_path):
    (tmp_path / "port.json").write_text(made().model_dump_json(), encoding="utf-8")
    ran = CliRunner().invoke(cli.app, ["glossary", "suggest", str(tmp_path)])
    assert ran.exit_code == 0, ran.output
    (tmp_path / "new.toml").write_text(ran.stdout, encoding="utf-8")
    assert load([tmp_path / "new.toml"]).entries[0].renderings == {"it": ("accordo quadro",)}
    ran = CliRunner().invoke(cli.app, ["glossary", "check", str(tmp_path / "new.toml")])
    assert "1 term" in ran.stdout
