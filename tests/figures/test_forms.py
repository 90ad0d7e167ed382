import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.figures import find, forms, in_print, same

LANGUAGES = ("en", "it", "zh")


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("Trade reached 4.9 billion yuan.", "en", "zh", [("4.9 billion yuan", "49亿元")]),
        ("贸易额达49亿元。", "zh", "en", [("49亿元", "4.9 billion yuan")]),
        ("参观者达12万人次。", "zh", "it", [("12万", "120.000")]),
        ("Il fatturato è di 3,2 miliardi di euro.", "it", "en", [("3,2 miliardi di euro", "3.2 billion euros")]),
        ("Il magazzino misura 9.500 metri quadrati.", "it", "en", [("9.500", "9,500")]),
        ("Il magazzino misura 9.500 metri quadrati.", "it", "zh", [("9.500", "9500")]),
        ("Le vendite sono salite del 7,6%.", "it", "zh", [("7,6%", "7.6%")]),
        ("The loan of 200 billion dollars was signed.", "en", "zh", [("200 billion dollars", "2000亿美元")]),
    ],
)
def test_a_form_is_handed_over_where_scale_or_separators_change(text, source, target, wanted):
    assert list(forms(text, source, target)) == wanted


def test_a_good_model_is_told_of_digits_alone():
    text = "Sales of 16.6 million cars, 30,154 here, fell 2.6 percent."
    assert [printed for printed, _ in forms(text, "en", "zh", digits=True)] == ["16.6 million"]
    assert forms(text, "en", "it", digits=True) == ()
    assert len(forms(text, "en", "it")) == 3


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("A third of the members left.", "en", "it"),
        ("Un terzo dei soci ha lasciato.", "it", "en"),
        ("Nel 2024 i ricavi sono saliti a 3 milioni di euro.", "it", "en"),
        ("Si celebra il 45° anniversario.", "it", "zh"),
        ("The fair runs on 13 and 17 October 2025.", "en", "it"),
        ("Le due aziende hanno 28 soci.", "it", "en"),
        ("Exports rose 7.6% and 1,340 people came.", "en", "zh"),
        ("The park has 49 million visitors.", "en", "it"),
        ("拨打12315热线，有2000人。", "zh", "it"),
        ("Channels in 4K and 8K.", "en", "it"),
        ("Version 2.0 of the plan.", "en", "it"),
        ("四千万人受益，百万富翁除外。", "zh", "en"),
        ("现场有30多万人。", "zh", "en"),
        ("Agreements of <> billion yuan were signed by 8,<> buyers.", "en", "zh"),
    ],
)
def test_no_form_is_handed_over_that_a_translator_does_not_need(text, source, target):
    assert forms(text, source, target) == ()


numerals = st.decimals(min_value="0.1", max_value="99999", places=2).map(lambda value: f"{value.normalize():,f}")
amounts = st.sampled_from(["{}", "{} million", "{} billion", "{} billion yuan", "{}%", "${} million", "{} euros"])


@settings(max_examples=200, deadline=None)
@given(numerals, amounts, st.sampled_from(["it", "zh"]))
def test_a_form_reads_back_as_its_figure(numeral, amount, target):
    text = f"The total is {amount.format(numeral)} today."
    for printed, form in forms(text, "en", target):
        figure, back = next(f for f in find(text, "en") if f.text == printed), find(form, target)
        assert len(back) == 1
        assert back[0].text == form
        assert same(figure, back[0])
        assert same(back[0], figure)


@pytest.mark.parametrize(
    ("text", "source", "target", "wanted"),
    [
        ("on 12 October 2023", "en", "it", "12 ottobre 2023"),
        ("ninety-three euros", "en", "it", "93 euro"),
        ("中午11点半", "zh", "en", None),
        ("alle sei del mattino", "it", "en", None),
        ("the 45th fair", "en", "it", None),
        ("a third of all", "en", "it", None),
        ("agent 007 came", "en", "it", "007"),
    ],
)
def test_what_a_person_would_print(text, source, target, wanted):
    assert in_print(find(text, source)[0], source, target) == wanted
