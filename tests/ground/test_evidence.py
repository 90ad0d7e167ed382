from summarizer.article.segment import split
from summarizer.ground.evidence import Index

TEXT = (
    "Shanghai Mayor Gong Zheng met the Italian ambassador on Friday. "
    "The port handled 62 million passengers in 2023. "
    "The new terminal will employ 230 people from next spring."
)
INDEX = Index.of(split(TEXT, "en"), "en")


def texts(evidence):
    return [span.of(TEXT) for span in evidence.spans]


def test_a_cited_sentence_that_says_it_is_kept():
    assert texts(INDEX.evidence("The port had 62 million passengers in 2023.", [1], "en")) == [
        INDEX.sentences[1].text
    ]


def test_a_cited_sentence_that_does_not_is_replaced_by_the_one_that_does():
    found = INDEX.evidence("The terminal will employ 230 people.", [0], "en")
    assert texts(found) == [INDEX.sentences[2].text]
    assert found.supported


def test_a_sentence_that_adds_nothing_is_left_out():
    found = INDEX.evidence("The port had 62 million passengers in 2023.", [0, 1, 2], "en")
    assert texts(found) == [INDEX.sentences[1].text]


def test_numbers_out_of_range_are_no_evidence():
    assert texts(INDEX.evidence("The port had 62 million passengers.", [7, -1], "en")) == [INDEX.sentences[1].text]


def test_an_invented_statement_is_not_supported():
    assert not INDEX.evidence("Volcanoes erupted across Iceland overnight.", [0], "en").supported


def test_inflection_does_not_hide_evidence():
    index = Index.of(split("I due governi hanno firmato accordi di cooperazione.", "it"), "it")
    assert index.evidence("I governi firmano un accordo per cooperare.", [], "it").supported


def test_chinese_words_need_no_blanks_to_be_evidence():
    index = Index.of(split("上海市市长龚正周五会见了意大利大使。港口去年运送旅客。", "zh"), "zh")
    assert index.evidence("龚正会见意大利大使", [1], "zh").spans[0].start == 0


TALKS = (
    "Washington sent envoys to Doha last summer. {}"
    "They were on the verge of a deal with the Taliban when Trump scuttled it in September. The hostages are well."
)
VERGE = "Washington was on the verge of a deal with the Taliban that Trump scuttled in September."


def test_a_cited_sentence_beside_one_that_says_it_is_kept_for_it_tells_who_is_meant():
    index = Index.of(split(TALKS.format(""), "en"), "en")
    found = index.evidence(VERGE, [0, 1, 2], "en")
    assert [span.start for span in found.spans] == [s.start for s in index.sentences[:2]]


def test_a_cited_sentence_further_off_that_adds_little_is_left_out():
    index = Index.of(split(TALKS.format("It rained in the desert. "), "en"), "en")
    found = index.evidence(VERGE, [0, 2], "en")
    assert [span.start for span in found.spans] == [index.sentences[2].start]


def test_a_cited_sentence_stays_beside_one_that_shares_more_if_it_says_something_else():
    text = (
        "Exports of the region to Italy grew by 6 percent in the first half, the chamber said. "
        "Italy, in the words of the president, is her main market. "
    )
    index = Index.of(split(text, "en"), "en")
    every = [sentence.text for sentence in index.sentences]
    both = index.evidence("Exports of the region to Italy grew in the first half, the president's market.", [1], "en")
    assert [span.of(text) for span in both.spans] == every
    best = index.evidence("Exports of the region to Italy grew in the first half.", [1], "en")
    assert [span.of(text) for span in best.spans] == every[:1]
