"""Speakers: the full name with role and organisation, however short the text calls them, or nobody."""

import pytest

from summarizer.speech import Speaker, find


def speakers(text: str, language: str) -> list[tuple[str, str | None, str | None] | None]:
    found = [s.speaker for s in find(text, language)]
    return [(s.name, s.role, s.organisation) if s else None for s in found]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Shanghai Mayor Gong Zheng said that trade grows.", ("Gong Zheng", "Mayor", "Shanghai")),
        ("en", "Vice Mayor of Beijing Sima Hong said that trade grows.", ("Sima Hong", "Vice Mayor", "Beijing")),
        ("en", "The Italian Ambassador to China, Massimo Ambrosetti, said that trade grows.", ("Massimo Ambrosetti", "Italian Ambassador to China", None)),
        ("en", "Sun Xiao, Secretary-General of the China Chamber of International Commerce, said that trade grows.", ("Sun Xiao", "Secretary-General", "China Chamber of International Commerce")),
        ("en", "Secretary-General of the China Chamber of International Commerce (CCOIC) Sun Xiao said that trade grows.", ("Sun Xiao", "Secretary-General", "China Chamber of International Commerce")),
        ("en", "Chen Shang, General Manager of Beijing Shougang Investment Co., Ltd., said that trade grows.", ("Chen Shang", "General Manager", "Beijing Shougang Investment Co., Ltd.")),
        ("en", "Marta Rizzo, head of sustainability at Novaplast Group, said that trade grows.", ("Marta Rizzo", "head of sustainability", "Novaplast Group")),
        ("en", "An official of the CCPIT Jilin Sub-council said that trade grows.", ("official of the CCPIT Jilin Sub-council", "official", "CCPIT Jilin Sub-council")),
        ("it", "Il segretario generale del governo di Pechino, Li Wei, ha affermato che gli scambi crescono.", ("Li Wei", "segretario generale", "governo di Pechino")),
        ("it", "Carla Rinaldi, presidente della Camera di commercio di Bologna, ha affermato che gli scambi crescono.", ("Carla Rinaldi", "presidente", "Camera di commercio di Bologna")),
        ("it", "Il sindaco di Lucca Paolo Gentilini ha affermato che gli scambi crescono.", ("Paolo Gentilini", "sindaco", "Lucca")),
        ("it", "L'assessora alla Cultura, Francesca Testa, ha affermato che gli scambi crescono.", ("Francesca Testa", "assessora alla Cultura", None)),
        ("it", "Il prof. Ugo Conti, rettore dell'Università di Trento, ha affermato che gli scambi crescono.", ("Ugo Conti", "rettore", "Università di Trento")),
        ("zh", "上海市市长龚正表示，贸易增长。", ("龚正", "市长", "上海市")),
        ("zh", "中国贸促会副会长张少刚表示，贸易增长。", ("张少刚", "副会长", "中国贸促会")),
        ("zh", "意大利驻华大使安博思表示，贸易增长。", ("安博思", "意大利驻华大使", None)),
        ("zh", "米兰商会会长卡洛·桑加利表示，贸易增长。", ("卡洛·桑加利", "会长", "米兰商会")),
        ("zh", "商务部新闻发言人何咏前24日表示，贸易增长。", ("何咏前", "新闻发言人", "商务部")),
    ],
)  # fmt: skip
def test_name_role_and_organisation_are_told_apart(
    language: str, text: str, expected: tuple[str, str | None, str | None]
) -> None:
    assert speakers(text, language) == [expected]


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Mayor Gong Zheng met Anna Bianchi. Gong said that trade grows.", "Gong Zheng"),
        ("en", "Ambassador Massimo Ambrosetti came. Ambrosetti said that trade grows.", "Massimo Ambrosetti"),
        ("en", "Mayor Gong Zheng met a guest. The mayor said that trade grows.", "Gong Zheng"),
        ("en", "Mayor Gong Zheng opened the fair. He said that trade grows.", "Gong Zheng"),
        ("en", "Mr. Gong said that trade grows. Gong Zheng is the mayor.", "Gong Zheng"),
        ("it", "Il sindaco Paolo Neri ha aperto la fiera. Neri ha affermato che gli scambi crescono.", "Paolo Neri"),
        ("it", "Il sindaco Paolo Neri ha aperto la fiera. Il primo cittadino ha affermato che gli scambi crescono.", "Paolo Neri"),
        ("zh", "市长龚正会见客人。龚市长表示，贸易增长。", "龚正"),
        ("zh", "市长龚正会见客人。他表示，贸易增长。", "龚正"),
        ("zh", "大使马西莫·安布罗塞蒂来访。安布罗塞蒂表示，贸易增长。", "马西莫·安布罗塞蒂"),
    ],
)  # fmt: skip
def test_short_forms_lead_to_the_full_name(language: str, text: str, name: str) -> None:
    assert [s.speaker.name for s in find(text, language) if s.speaker] == [name]


def test_two_people_with_one_family_name_are_kept_apart() -> None:
    text = (
        "Director Li Wei and President Li Qiang met. Li Qiang said that trade grows.\n\n"
        "Director Li said that exports grow.\n\nLi said that imports fell."
    )
    named = [s.speaker.name if s.speaker else None for s in find(text, "en")]
    assert named == ["Li Qiang", "Li Wei", None]


def test_the_mayor_is_not_the_vice_mayor() -> None:
    text = "Vice Mayor Zhang Min attended. The mayor said that trade grows."
    assert [s.speaker.name for s in find(text, "en") if s.speaker] == ["mayor"]


def test_a_body_speaks_under_its_full_name() -> None:
    text = "The China Chamber of Commerce met on Friday. The chamber said that trade grows."
    assert speakers(text, "en") == [("China Chamber of Commerce", None, None)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Gong Zheng and Massimo Ambrosetti said that trade grows."),
        ("en", '"Trade grows every single year." It rained on Sunday.'),
        ("zh", "龚正和安博思一致认为，贸易增长。"),
    ],
)
def test_an_attribution_that_is_not_certain_is_left_out(language: str, text: str) -> None:
    assert speakers(text, language) == [None]


@pytest.mark.parametrize("language", ["en", "it", "zh"])
def test_people_who_were_only_present_never_speak(language: str) -> None:
    texts = {
        "en": "Mayor Gong Zheng said that trade grows.\n\nThe Consul General, Tiziana D'Angelo, attended the meeting.",
        "it": "Il sindaco Paolo Neri ha affermato che gli scambi crescono.\n\nErano presenti Tiziana D'Angelo e il prefetto.",
        "zh": "市长龚正表示，贸易增长。\n\n总领事唐蒂安、副市长李强参加会见。",
    }
    assert len(speakers(texts[language], language)) == 1


def test_a_speaker_says_where_the_name_stands() -> None:
    text = "Mayor Gong Zheng met a guest. Gong said that trade grows."
    assert [s.speaker for s in find(text, "en")] == [Speaker("Gong Zheng", "Mayor", None, 6, 16)]


def test_an_expected_amount_is_nobodys_speech():
    text = "据市商务委员会副主任李明介绍，第八届进博会将于11月举行，意大利参展企业预计达160余家。"
    assert [s.speaker.name for s in find(text, "zh") if s.speaker] == ["李明"]
