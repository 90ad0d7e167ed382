"""Reported speech: cues before, after and inside a clause, nouns of speech, and what runs on."""

import pytest

from summarizer.speech import find


def reported(text: str, language: str) -> list[tuple[str, str | None]]:
    found = [s for s in find(text, language) if s.kind != "direct"]
    return [(text[s.start : s.end], s.speaker.name if s.speaker else None) for s in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Anna Rossi said that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi said trade would grow.", [("trade would grow.", "Anna Rossi")]),
        ("en", "Anna Rossi told reporters on Monday that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi said in a statement that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Speaking in Milan, Anna Rossi pointed out that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi, speaking in Milan, noted that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Trade will grow next year, Anna Rossi said.", [("Trade will grow next year", "Anna Rossi")]),
        ("en", "Trade will grow next year, said Anna Rossi.", [("Trade will grow next year", "Anna Rossi")]),
        ("en", "Trade will grow next year, according to Anna Rossi.", [("Trade will grow next year", "Anna Rossi")]),
        ("en", "According to Anna Rossi, trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi expressed her hope that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi expressed willingness to help small firms.", [("to help small firms.", "Anna Rossi")]),
        ("en", "Anna Rossi stressed the importance of open trade.", [("the importance of open trade.", "Anna Rossi")]),
        ("en", "Anna Rossi said trade fell, adding that it will grow.", [("trade fell", "Anna Rossi"), ("it will grow.", "Anna Rossi")]),
        ("en", "Anna Rossi met the press and said that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("en", 'Anna Rossi said the deal was "the best news in ten years".', [('the deal was "the best news in ten years".', "Anna Rossi")]),
        ("en", "The Ministry of Commerce said that trade will grow.", [("trade will grow.", "Ministry of Commerce")]),
        ("en", "Anna Rossi was quoted as saying that trade will grow.", [("trade will grow.", "Anna Rossi")]),
        ("it", "Anna Rossi ha affermato che gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Anna Rossi ha poi aggiunto che gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Anna Rossi afferma che gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Secondo Anna Rossi, gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Secondo Anna Rossi gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Ad avviso di Anna Rossi, gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "A detta di Anna Rossi, gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Gli scambi cresceranno, ha detto Anna Rossi.", [("Gli scambi cresceranno", "Anna Rossi")]),
        ("it", "Gli scambi cresceranno, secondo Anna Rossi.", [("Gli scambi cresceranno", "Anna Rossi")]),
        ("it", "Anna Rossi ha espresso la speranza che gli scambi crescano.", [("gli scambi crescano.", "Anna Rossi")]),
        ("it", "Anna Rossi si è detta convinta che gli scambi cresceranno.", [("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Anna Rossi ha sottolineato l'importanza degli scambi.", [("l'importanza degli scambi.", "Anna Rossi")]),
        ("it", "Anna Rossi ha detto che il calo è finito, aggiungendo che gli scambi cresceranno.", [("il calo è finito", "Anna Rossi"), ("gli scambi cresceranno.", "Anna Rossi")]),
        ("it", "Il Ministero del Commercio ha comunicato che gli scambi crescono.", [("gli scambi crescono.", "Ministero del Commercio")]),
        ("zh", "市长王明表示，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "市长王明说，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "市长王明强调，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "市长王明在会上介绍说，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "据市长王明介绍，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "市长王明表示愿推动更多企业来投资。", [("愿推动更多企业来投资。", "王明")]),
        ("zh", "市长王明说：贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "市长王明会见客人，并表示，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "在市长王明看来，贸易将继续增长。", [("贸易将继续增长。", "王明")]),
        ("zh", "商务部表示，贸易将继续增长。", [("贸易将继续增长。", "商务部")]),
    ],
)  # fmt: skip
def test_what_is_reported_is_cut_without_its_cue(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert reported(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It is said that the tower was built in one night."),
        ("en", "According to incomplete statistics, 1,500 deals were signed."),
        ("en", "The city is noted for its silk, and it added 5,000 jobs."),
        ("en", "Anna Rossi attended the meeting. The ambassador was also present."),
        ("en", "Anna Rossi declined to say that trade will grow."),
        ("it", "Secondo quanto appreso, gli investimenti ammontano a 230 milioni."),
        ("it", "Si dice che la torre sia stata costruita in una notte."),
        ("it", "All'incontro erano presenti Anna Rossi e il sindaco."),
        ("it", "Era previsto che la fiera aprisse a maggio."),
        ("zh", "据了解，本届展会签约200多项。"),
        ("zh", "市长王明出席会议。副市长李强参加活动。"),
        ("zh", "据悉，贸易将继续增长。"),
    ],
)
def test_nobody_speaks_here(language: str, text: str) -> None:
    assert find(text, language) == ()


def test_reported_speech_runs_on_through_its_paragraph() -> None:
    text = (
        "Mayor Gong Zheng said that China and Italy are ancient civilizations. Shanghai is a bridge between them. "
        "We welcome Italian companies."
    )
    assert reported(text, "en") == [(text[text.index("China") :], "Gong Zheng")]


def test_a_closing_cue_claims_what_was_reported_before_it() -> None:
    text = (
        "Mayor Gong Zheng said that Shanghai is open.\n\nCurrently, Shanghai is building a new port. "
        "We welcome Italian companies, the mayor said.\n\nThe consul attended the meeting."
    )
    second = text[text.index("Currently") : text.index(", the mayor said")]
    assert reported(text, "en") == [("Shanghai is open.", "Gong Zheng"), (second, "Gong Zheng")]


def test_first_person_carries_reported_speech_into_the_next_paragraph() -> None:
    text = (
        "Mayor Gong Zheng said that Shanghai is open.\n\nWe welcome Italian companies.\n\nThe event was held in May."
    )
    assert reported(text, "en") == [("Shanghai is open.\n\nWe welcome Italian companies.", "Gong Zheng")]


@pytest.mark.parametrize(
    "narrator",
    [
        "The consul attended the meeting.",
        "Consul Tiziana D'Angelo is based in Shanghai.",
        "Gong Zheng is also a deputy party secretary.",
        "He is also a deputy party secretary.",
        "Two agreements were signed in the afternoon.",
    ],
)
def test_the_narrator_takes_over(narrator: str) -> None:
    text = f"Mayor Gong Zheng said that Shanghai is open. {narrator}"
    assert reported(text, "en") == [("Shanghai is open.", "Gong Zheng")]


def test_reported_speech_in_the_past_does_not_run_on() -> None:
    text = "Anna Rossi said the bank would cut 300 jobs. The bank has 2,000 employees."
    assert reported(text, "en") == [("the bank would cut 300 jobs.", "Anna Rossi")]


def test_another_speaker_takes_over() -> None:
    text = "市长王明说，宁波是重要起点。我们欢迎企业。总领事马西莫·罗西表示，愿推动投资。"
    assert reported(text, "zh") == [("宁波是重要起点。我们欢迎企业。", "王明"), ("愿推动投资。", "马西莫·罗西")]


def test_the_italian_speaker_may_be_left_out() -> None:
    text = (
        "Il sindaco Paolo Neri ha affermato che il porto è pronto. Ha poi aggiunto che i lavori finiranno a maggio."
    )
    assert reported(text, "it") == [
        ("il porto è pronto.", "Paolo Neri"),
        ("i lavori finiranno a maggio.", "Paolo Neri"),
    ]


def test_own_words_inside_make_it_mixed_and_a_term_does_not() -> None:
    mixed = find('Anna Rossi said the deal was "the best news in ten years".', "en")
    plain = find('Anna Rossi said that firms should "go global" now.', "en")
    assert [s.kind for s in mixed + plain] == ["mixed", "reported"]
