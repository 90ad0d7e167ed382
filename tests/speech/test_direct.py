"""Direct speech: marks of three languages, split, long, broken and merely apparent quotations."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.speech import find
from summarizer.speech.marks import passages


def direct(text: str, language: str) -> list[tuple[str, str | None]]:
    found = [s for s in find(text, language) if s.kind == "direct"]
    return [(text[s.start : s.end], s.speaker.name if s.speaker else None) for s in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", '"We will grow," Anna Rossi said.', [("We will grow,", "Anna Rossi")]),
        ("en", "“We will grow,” said Anna Rossi.", [("We will grow,", "Anna Rossi")]),
        ("en", "‘We’re growing,’ said Anna Rossi.", [("We’re growing,", "Anna Rossi")]),
        ("en", "'We're growing, and it's good,' said Anna Rossi.", [("We're growing, and it's good,", "Anna Rossi")]),
        ("en", "«We will grow», said Anna Rossi.", [("We will grow", "Anna Rossi")]),
        ("en", "„We will grow“, said Anna Rossi.", [("We will grow", "Anna Rossi")]),
        ("en", 'Anna Rossi said: "We will grow."', [("We will grow.", "Anna Rossi")]),
        ("en", 'Anna Rossi told reporters: "We will grow."', [("We will grow.", "Anna Rossi")]),
        ("en", 'Anna Rossi: "We will grow this year."', [("We will grow this year.", "Anna Rossi")]),
        ("en", 'Anna Rossi was blunt: "We will not grow."', [("We will not grow.", "Anna Rossi")]),
        (
            "en",
            '"We will grow," Anna Rossi said, "but slowly."',
            [("We will grow,", "Anna Rossi"), ("but slowly.", "Anna Rossi")],
        ),
        (
            "en",
            '"We will grow," Anna Rossi said. "It takes time."',
            [("We will grow,", "Anna Rossi"), ("It takes time.", "Anna Rossi")],
        ),
        ("en", '"He called it a “golden age” of trade," said Anna Rossi.', [("He called it a “golden age” of trade,", "Anna Rossi")]),
        ("en", "“She told me, ‘Come back,’ and I did,” Anna Rossi said.", [("She told me, ‘Come back,’ and I did,", "Anna Rossi")]),
        ("it", "«Cresceremo», ha detto Anna Rossi.", [("Cresceremo", "Anna Rossi")]),
        ("it", "“Cresceremo ancora”, spiega Anna Rossi.", [("Cresceremo ancora", "Anna Rossi")]),
        ("it", '"È un po\' presto", ha dichiarato Anna Rossi.', [("È un po' presto", "Anna Rossi")]),
        ("it", "»Cresceremo«, ha detto Anna Rossi.", [("Cresceremo", "Anna Rossi")]),
        ("it", "Anna Rossi ha dichiarato: «Cresceremo».", [("Cresceremo", "Anna Rossi")]),
        ("it", "«Cresceremo», sorride Anna Rossi.", [("Cresceremo", "Anna Rossi")]),
        ("it", "«Cresceremo molto». Lo ha detto Anna Rossi.", [("Cresceremo molto", "Anna Rossi")]),
        ("it", "«Cresceremo», ha detto Anna Rossi, «ma piano».", [("Cresceremo", "Anna Rossi"), ("ma piano", "Anna Rossi")]),
        ("it", "«L'ha chiamata “età dell'oro”», ha detto Anna Rossi.", [("L'ha chiamata “età dell'oro”", "Anna Rossi")]),
        ("zh", "市长王明说：“我们会发展。”", [("我们会发展。", "王明")]),
        ("zh", "“我们会发展。”市长王明说。", [("我们会发展。", "王明")]),
        ("zh", "“我们会发展，”市长王明说，“而且很快。”", [("我们会发展，", "王明"), ("而且很快。", "王明")]),
        ("zh", "「我們會發展。」市长王明说。", [("我們會發展。", "王明")]),
        ("zh", "市长王明说：『我们会发展。』", [("我们会发展。", "王明")]),
        ("zh", '市长王明表示："我们会发展。"', [("我们会发展。", "王明")]),
        ("zh", "“他说‘走出去’很重要。”市长王明说。", [("他说‘走出去’很重要。", "王明")]),
        ("zh", "市长王明在会上指出：“我们会发展。”", [("我们会发展。", "王明")]),
    ],
)  # fmt: skip
def test_a_quotation_is_cut_inside_its_marks(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert direct(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", 'Companies want to "go global" this year.'),
        ("en", 'The forum, with the theme "Openness and Collaboration for a Shared Future", opened on Friday.'),
        ("en", 'He gave a speech titled "Exhibition Economy: A Catalyst for International Connectivity".'),
        ("en", 'The "two zones" initiative was extended.'),
        ("en", 'The screen is 42" wide and the frame 3" thick.'),
        ("en", "The workers' rights and the companies' profits grew in the '90s."),
        ("en", 'Its novel "We Will Never Leave This Town." sold well.'),
        ("it", 'Il tema è "Approfondire gli scambi e la cooperazione e Promuovere lo sviluppo comune".'),
        ("it", "Il cosiddetto «bonus telai» scade a giugno."),
        ("it", "L'italiano e l'inglese sono le lingue dell'evento: un po' poco."),
        ("it", 'La mostra "Il filo e il drago" resta aperta.'),
        ("zh", "以“开放合作 共创未来”为主题的论坛在北京举行。"),
        ("zh", "企业“走出去”步伐加快。"),
        ("zh", "“一带一路”倡议提出十年来，成果丰硕。"),
        ("zh", "公司获评“专精特新”企业。"),
    ],
)
def test_titles_slogans_terms_and_inches_are_no_speech(language: str, text: str) -> None:
    assert direct(text, language) == []


def test_a_quotation_over_paragraphs_is_one() -> None:
    text = "“We came in the spring.\n\n“We stayed for the summer.\n\n“We'll never leave,” Anna Rossi said."
    assert direct(text, "en") == [(text[1 : text.index("” Anna")], "Anna Rossi")]


def test_a_quotation_that_never_closes_ends_before_its_cue() -> None:
    text = 'It rained.\n\n"We came in the spring. We stayed. Anna Rossi said.\n\nThe event closed on Sunday.'
    assert direct(text, "en") == [("We came in the spring. We stayed.", "Anna Rossi")]


def test_a_quotation_that_never_closes_after_its_cue_ends_with_the_paragraph() -> None:
    text = 'Anna Rossi said: "We came in the spring. We stayed.\n\nThe event closed on Sunday.'
    assert direct(text, "en") == [("We came in the spring. We stayed.", "Anna Rossi")]


def test_a_mark_that_never_closes_without_a_cue_is_a_misprint() -> None:
    assert direct('The "fair closed on Sunday. It rained.', "en") == []


def test_a_quotation_that_never_opens_begins_with_its_paragraph() -> None:
    text = 'It rained.\n\nWe came in the spring," said Anna Rossi.'
    assert direct(text, "en") == [("We came in the spring,", "Anna Rossi")]


def test_a_quotation_alone_in_the_next_paragraph_goes_on() -> None:
    text = '"We came in the spring," Anna Rossi said.\n\n"We stayed for the whole summer."'
    assert direct(text, "en") == [
        ("We came in the spring,", "Anna Rossi"),
        ("We stayed for the whole summer.", "Anna Rossi"),
    ]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("“a “nested” b”", ["a “nested” b"]),
        ("‘The workers’ rights matter,’ he said", ["The workers’ rights matter,"]),
        ("l'Italia è un po' 'bella' e l'altra", ["bella"]),
        ('a 7" pipe and "a fair"', ["a fair"]),
        ("„gut“ und »besser«", ["gut", "besser"]),
        ("“好，“他说", ["好，"]),
    ],
)
def test_marks_are_paired(text: str, inside: list[str]) -> None:
    assert [text[p.start : p.end] for p in passages(text)] == inside


@given(st.text(alphabet="\"'“”‘’«»„「」 aB.,\n中。", max_size=80))
def test_passages_never_overlap(text: str) -> None:
    found = passages(text)
    assert all(0 <= p.outer_start <= p.start < p.end <= p.outer_end <= len(text) for p in found)
    assert all(one.outer_end <= other.outer_start for one, other in pairwise(found))
