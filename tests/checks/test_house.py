"""A house's own rules: found where they are broken, with their place, and nowhere else."""

import pytest

from summarizer.article.findings import Finding
from summarizer.ask.trust import Trust, defended, harm, open_to
from summarizer.checks.house import Forbidden, Rules

#: Rule, language of the line, line → the words found in it.
WORDS = [
    ("excellence", "en", "A centre of Excellence opened.", ["Excellence"]),
    ("excellence", "en", "An excellency came; excellences are many.", []),
    ("utilis*", "en", "They utilised it, and utilising helps; utensils do not.", ["utilised", "utilising"]),
    ("state of the art", "en", "A state  of the\u00a0art plant.".replace("  ", " "), ["state of the\u00a0art"]),
    ("co-operate", "en", "They co‑operate.", ["co‑operate"]),
    ("C++", "en", "Written in C++ by them.", ["C++"]),
    ("d'eccellenza", "it", "Un polo d’eccellenza a Trieste.", ["d’eccellenza"]),
    ("attenzionare", "it", "Lo ha attenzionato.", []),
    ("perché", "it", "Perché no?", ["Perché"]),
    ("情况", "zh", "据了解，有关情况正常。", ["情况"]),
    ("AI", "zh", "公司使用AI技术。", ["AI"]),
    ("AI", "zh", "公司使用AIR技术。", []),
    ("重大*", "zh", "取得重大进展。", ["重大"]),
]


@pytest.mark.parametrize(("word", "language", "line", "found"), WORDS)
def test_a_forbidden_word_is_found_with_its_place_in_the_line(word, language, line, found):
    told = list(Rules((Forbidden(word),)).objections(line, language, "/summary/abstract"))
    assert [f.within.of(line) for f in told] == found
    assert {f.code for f in told} <= {"house.word"}


def test_a_word_of_one_language_is_free_in_the_others_and_what_to_say_is_said():
    rules = Rules((Forbidden("come", "the verb", "en"),))
    assert list(rules.objections("Come sempre, piove.", "it", "/briefs/0/segments/0/target")) == []
    (told,) = rules.objections("They come home.", "en-GB", "/summary/abstract")
    assert told.message == "“come” is on the house's list of forbidden words: say “the verb”"


@pytest.mark.parametrize(
    ("line", "language", "where", "beyond"),
    [
        ("One two three four five", "en", "/summary/headline", ["five"]),
        ("Uno due tre quattro cinque", "it", "/briefs/0/headline/target", ["cinque"]),
        ("One two three four", "en", "/summary/headline", []),
        ("One two three four five", "en", "/summary/key_points/0", []),
        ("港口去年的吞吐量达到六千二百万人次并创下历史新高成为地区第一", "zh", "/summary/headline", ["第一"]),
        ("Antidisestablishmentarianism everywhere", "en", "/summary/headline", [" everywhere"]),
    ],
)
def test_a_headline_beyond_its_limit_is_found_with_what_is_beyond(line, language, where, beyond):
    rules = Rules(headline_words=4, headline_chars=28)
    assert [f.within.of(line) for f in rules.objections(line, language, where)] == beyond


def test_two_sentences_in_one_statement_are_found_where_a_length_was_asked_for():
    line = "The port grew. Its terminal opened in 2023."
    assert list(Rules().objections(line, "en", "/summary/abstract")) == []
    (told,) = Rules(one_sentence=True).objections(line, "en", "/summary/abstract")
    assert (told.code, told.within.of(line)) == ("house.length", "Its terminal opened in 2023.")
    assert list(Rules(one_sentence=True).objections(line, "en", "/briefs/0/segments/0/target")) == []


def test_what_breaks_a_rule_is_asked_again_and_neither_left_out_nor_settled_by_a_reader():
    broken = Finding("house.word", "“x” is forbidden")
    assert (broken.severity, broken.proof, broken.doubt, broken.house) == ("warning", False, False, True)
    assert open_to([broken]) == (broken,)
    assert Trust(high=False, review="none").against([broken]) is None
    assert not Trust(high=True, review="doubts").reads([broken])
    assert harm([]) < harm([broken]) < harm([Finding("brief.length", "long")])
    assert defended([broken], "it is a name")[0].message.endswith("(the model lets it stand: it is a name)")
