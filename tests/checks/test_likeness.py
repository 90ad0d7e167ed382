"""Translations beside each other: one that stands at another line, or repeats another's."""

from itertools import pairwise, permutations

import pytest

from summarizer.checks.likeness import objections
from summarizer.errors import ConfigurationError

LINES = {
    "en": (
        "The port of Bari handled 3,450 containers in May, 12% more than a year ago.",
        "Renate Vogel, president of the Austrian chamber, will visit Turin on 9 June 2025.",
        "Will the new terminal be ready in time?",
        "The works cost 18.6 million euros and employ 240 people.",
        "“We are late by 45 days,” said Qian Liwen, director of the works.",
        "Trains from China take 16 days to reach Milan.",
    ),
    "it": (
        "Il porto di Bari ha movimentato a maggio 3.450 container, il 12% in più di un anno fa.",
        "Renate Vogel, presidente della camera austriaca, visiterà Torino il 9 giugno 2025.",
        "Il nuovo terminal sarà pronto in tempo?",
        "I lavori costano 18,6 milioni di euro e danno lavoro a 240 persone.",
        "«Abbiamo 45 giorni di ritardo», ha detto Qian Liwen, direttrice dei lavori.",
        "I treni dalla Cina impiegano 16 giorni per arrivare a Milano.",
    ),
    "zh": (
        "巴里港5月处理了3450个集装箱，比一年前增长12%。",
        "奥地利商会会长Renate Vogel将于2025年6月9日访问都灵。",
        "新码头能按时完工吗？",
        "工程耗资1860万欧元，雇用了240人。",
        "工程主任钱丽文说：“我们晚了45天。”",
        "来自中国的列车16天可抵达米兰。",
    ),
}
DIRECTIONS = list(permutations(LINES, 2))


def codes(pairs, source, target):
    return [tuple(f.code for f in found) for found in objections(pairs, source, target)]


def moved(source, target, order):
    """Return the pairs in which translation number `order[i]` stands at line `i`."""
    return [(line, LINES[target][j]) for line, j in zip(LINES[source], order, strict=True)]


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_lines_at_their_places_are_not_objected_to(source, target):
    assert codes(moved(source, target, range(6)), source, target) == [()] * 6


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
@pytest.mark.parametrize("order", [(1, 0, 2, 3, 4, 5), (0, 1, 2, 5, 4, 3), (3, 1, 2, 0, 4, 5), (0, 4, 2, 3, 1, 5)])
def test_two_translations_in_each_others_place_are_both_found(source, target, order):
    expected = [("brief.swapped",) if i != j else () for i, j in enumerate(order)]
    assert codes(moved(source, target, order), source, target) == expected


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_three_translations_that_moved_round_are_found(source, target):
    found = codes(moved(source, target, (1, 3, 2, 0, 4, 5)), source, target)
    assert found == [("brief.swapped",), ("brief.swapped",), (), ("brief.swapped",), (), ()]


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_a_translation_of_another_line_is_found_where_it_is_wrong(source, target):
    assert codes(moved(source, target, (0, 1, 2, 0, 4, 5)), source, target)[3] == ("brief.repeated",)
    assert codes(moved(source, target, (0, 1, 2, 0, 4, 5)), source, target)[0] == ()


@pytest.mark.parametrize(("source", "target"), DIRECTIONS)
def test_a_row_that_slipped_is_found_whole(source, target):
    early = list(zip(LINES[source][:-1], LINES[target][1:], strict=True))
    late = list(zip(LINES[source][1:], LINES[target][:-1], strict=True))
    assert codes(early, source, target) == [("brief.swapped",)] * 5
    assert codes(late, source, target) == [("brief.swapped",)] * 5


def test_a_line_in_a_row_that_slipped_may_show_nothing_by_itself():
    plain = [
        ("The village had never seen a drier spring.", "Il villaggio non aveva mai visto una primavera più secca.")
    ]
    plain += [("The workers waited at the gates all night.", "Gli operai hanno atteso ai cancelli tutta la notte.")]
    first, second, third, *rest = moved("en", "it", range(6))
    slipped = [(line, text) for (line, _), (_, text) in pairwise([first, *plain, second, third])]
    assert codes([*slipped, *rest], "en", "it")[:3] == [("brief.swapped",)] * 3
    assert codes([first, slipped[1], second, third, *rest], "en", "it") == [()] * 7


@pytest.mark.parametrize(
    ("source", "target", "old", "new"),
    [
        ("en", "it", "3.450", "3.950"),
        ("en", "it", "maggio", "marzo"),
        ("it", "en", "12%", "18.6%"),
        ("zh", "en", "Bari", "Brindisi"),
        ("en", "zh", "3450", "3459"),
        ("it", "zh", "处理", "运走"),
    ],
)
def test_a_translation_of_another_line_with_one_thing_changed_is_found(source, target, old, new):
    pairs = moved(source, target, range(6))
    pairs[3] = (pairs[3][0], pairs[0][1].replace(old, new))
    assert pairs[3][1] != pairs[0][1]
    assert codes(pairs, source, target)[3] == ("brief.repeated",)


def test_the_message_says_which_line_it_is_about():
    first, second = objections(moved("en", "it", (1, 0, 2, 3, 4, 5)), "en", "it")[:2]
    assert repr(LINES["en"][0]) in first[0].message + second[0].message
    assert not first[0].proof
    assert first[0].severity == "warning"


def test_a_line_that_stands_twice_has_its_translation_twice():
    pairs = moved("en", "it", range(6))
    assert codes([*pairs, pairs[0]], "en", "it") == [()] * 7


def test_lines_that_say_the_same_may_have_the_same_translation():
    pairs = [
        ("赵小川说。", "said Zhao Xiaochuan."),
        ("赵小川表示。", "said Zhao Xiaochuan."),
        *moved("zh", "en", range(6)),
    ]
    assert codes(pairs, "zh", "en") == [()] * 8


def test_two_lines_of_other_words_that_no_anchor_tells_apart_are_both_doubted():
    twice = "Gli operai hanno atteso davanti ai cancelli per tutta la notte."
    pairs = [("The harvest was poor again because of heavy storms.", twice)]
    pairs += [("The village had never seen a drier spring before.", twice)]
    assert codes(pairs, "en", "it") == [("brief.repeated",)] * 2


def test_one_skipped_line_shifts_those_that_follow():
    texts = (*LINES["it"][:2], *LINES["it"][3:], "")
    found = codes(list(zip(LINES["en"], texts, strict=True)), "en", "it")
    assert found[:2] == [(), ()]
    assert {("brief.swapped",)} == set(found[3:])


@pytest.mark.parametrize(
    "pairs", [[], [("", "")], [("", "x"), ("x", "")], [("…", "…"), ("—", "!")], [("a", "b")] * 3]
)
def test_lines_without_words_are_no_trouble(pairs):
    assert codes(pairs, "en", "it") == [()] * len(pairs)


def test_lines_of_any_length_and_number_are_compared():
    pairs = [(f"Line {i} of a long table. " * 3, f"Riga {i} di una lunga tabella. " * 3) for i in range(300)]
    assert len(objections([*pairs, ("word " * 5000, "parola " * 5000)], "en", "it")) == 301


def test_a_language_that_nobody_knows_is_told():
    with pytest.raises(ConfigurationError, match="'xx' is not supported"):
        objections([("a", "b")], "en", "xx")
