"""What is counted over news of other people: invented articles in a folder of their shape."""

import json

import pytest

from bench import real_text

SAID = "“The quay will be open to ships of every size by the end of May,” said Marta Rinaldi, the mayor."
NOBODY = "“The quay will be open to ships of every size by the end of May.” It was a fine day."
BANNER = "The banner “A harbour for everybody who comes here by day or by night” hung over the door."


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "ntrex").mkdir()
    lines = [
        {"doc": "paper.1", "en": SAID, "it": "Il molo è aperto.", "zh": "码头开放。"},
        {"doc": "paper.1", "en": "She left.", "it": "Se ne andò.", "zh": "她走了。"},
        {"doc": "paper.2", "en": "Rain fell.", "it": "Ha piovuto.", "zh": "下雨了。"},
    ]
    (tmp_path / "ntrex/lines.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    (tmp_path / "wikinews_it").mkdir()
    (tmp_path / "wikinews_it/1.txt").write_text("«Il molo riaprirà», ha detto Marta Rinaldi.", encoding="utf-8")
    return tmp_path


def quoted(text):
    return [text[start:end] for start, end in real_text.quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” and “no”.", ["yes", "no"]),
        ("“She said ‘no’ to “all” of it”, he said.", ["She said ‘no’ to “all” of it"]),
        ('"Yes," he said, "we \'may\' go."', ["Yes,", "we 'may' go."]),
        ('“Mixed marks", she said.', ["Mixed marks"]),
        ("'We will go,' said the sailors' union. It's late.", ["We will go,"]),
        ("“No end here.\nThe next one’s paragraph” ends.", []),
        ("他说：“是的。”「不」", ["是的。", "不"]),
        ('他称"开放"。A beam of 5" or so', ["开放"]),
        ("«Sì», dice, «l’arco “grande” c’è».", ["Sì", "l’arco “grande” c’è"]),
    ],
)
def test_quotations_are_paired_by_their_marks_within_a_paragraph(text, expected):
    assert quoted(text) == expected


def test_lines_of_a_document_are_one_article_and_a_document_is_in_one_half(folder):
    every = list(real_text.documents(folder))
    assert [(d.language, d.source, d.key) for d in every] == [
        ("it", "wikinews", "1.txt"),
        *((code, "ntrex", f"paper.{n}") for code in ("en", "it", "zh") for n in (1, 2)),
    ]
    assert every[1].text == f"{SAID}\nShe left."
    assert {d.key: d.half for d in every} == {"1.txt": "read", "paper.1": "read", "paper.2": "mend"}


@pytest.mark.parametrize(("code", "expected"), [("en", "T\na b\nc"), ("zh", "T\nab\nc")])
def test_lines_are_put_together_to_paragraphs_after_the_title(tmp_path, code, expected):
    rows = [{"block": 3, "en": line, "zh": line} for line in ("T", "a", "b", "c")]
    (tmp_path / "wmt21_zh_en").mkdir()
    (tmp_path / "wmt21_zh_en/lines.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert [d.text for d in real_text.documents(tmp_path, 2) if d.language == code] == [expected]


@pytest.mark.parametrize(("text", "fate"), [(SAID, "attributed"), (NOBODY, "explained")])
def test_a_quotation_has_a_speaker_or_a_reason(text, fate):
    tally = real_text.Tally()
    with real_text.Summarizer(real_text.Settings()) as summarizer:
        real_text.read(summarizer, real_text.Document("en", "s", "k", text), tally)
    assert tally.fates == {fate: 1}


def test_half_of_a_quotation_must_be_a_quote():
    with real_text.Summarizer(real_text.Settings()) as summarizer:
        digest = summarizer.extract(real_text.from_text(SAID, language="en"))
    quote = digest.quotes[0]
    assert real_text.fate(digest, quote.start, quote.end) == "attributed"
    assert real_text.fate(digest, quote.start, quote.end + 2 * len(quote.text)) == "passed over"


@pytest.mark.parametrize(
    ("said", "language", "enough"),
    [("one two three four five six seven – eight", "en", True), ("one two — three", "it", False),
     ("码头将于五月底向各种船只开放，请看", "zh", True), ("码头，将于，五月，底开，放。！", "zh", False)],
)  # fmt: skip
def test_a_quotation_is_long_enough_by_its_words_or_characters(said, language, enough):
    assert real_text.long_enough(said, language) is enough


def test_the_report_has_a_row_for_each_source_and_lists_what_was_passed_over(folder, capsys):
    assert real_text.main(["--data", str(folder), "-v", "it", "en"]) == 0
    printed = capsys.readouterr().out
    assert "| it | wikinews | 1 |" in printed
    assert "| en | ntrex | 2 | 1 | 1 | 0 | 0 | 0 | 100% |" in printed
    assert "zh" not in printed


def test_only_one_half_is_read(folder, capsys):
    real_text.main(["--data", str(folder), "--half", "mend", "en", "it"])
    assert [line for line in capsys.readouterr().out.splitlines() if "wikinews" in line or "ntrex" in line] == [
        "| en | ntrex | 1 | 0 | 0 | 0 | 0 | 0 | – | 0 | 0 |",
        "| it | ntrex | 1 | 0 | 0 | 0 | 0 | 0 | – | 0 | 0 |",
    ]


def test_without_data_it_says_so(tmp_path, capsys):
    assert real_text.main(["--data", str(tmp_path / "none")]) == 0
    assert "skipping" in capsys.readouterr().out


def test_an_unknown_language_is_refused(capsys):
    with pytest.raises(SystemExit):
        real_text.main(["fr"])
    assert "no rules for fr" in capsys.readouterr().err
