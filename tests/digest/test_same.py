"""The same story in several outlets: what stands together, what does not, and what differs in it."""

import itertools
import json
from pathlib import Path

import pytest

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.digest import same
from summarizer.digest.assemble import article_record
from tests.digest.test_audit import published

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"

STORY = {
    "en": [
        "The port of Trieste will get a new container terminal, the regional government said on Tuesday.",
        "The terminal will cost 12 million euros and is to open in May 2027.",
        "About 340 people will work there, among them 60 apprentices from the region.",
        "“We have waited for this terminal for ten years,” said Anna Rossi, president of the port authority.",
        "She thanked the companies from Shanghai that had helped to plan the quays and the railway.",
        "The railway to the terminal is being paid for by the ministry of transport in Rome.",
    ],
    "it": [
        "Il porto di Trieste avrà un nuovo terminal per i container, ha annunciato martedì la giunta regionale.",
        "Il terminal costerà 12 milioni di euro e sarà aperto nel maggio 2027.",
        "Vi lavoreranno circa 340 persone, tra cui 60 apprendisti della regione.",
        "«Abbiamo atteso questo terminal per dieci anni», ha detto Anna Rossi, presidente dell'autorità portuale.",
        "Ha ringraziato le imprese di Shanghai che hanno aiutato a progettare le banchine e la ferrovia.",
        "La ferrovia verso il terminal è pagata dal ministero dei trasporti di Roma.",
    ],
    "zh": [
        "的里雅斯特港将建设一座新的集装箱码头，大区政府星期二宣布了这一消息。",
        "该码头将耗资1200万欧元，计划于2027年5月启用。",
        "约有340人将在那里工作，其中包括来自该地区的60名学徒。",
        "港务局局长安娜·罗西说：“我们等这座码头等了十年。”",
        "她感谢来自上海的企业帮助规划码头和铁路。",
        "通往码头的铁路由罗马的交通部出资修建。",
    ],
}
OTHER_COST = {"en": ("12 million", "21 million"), "it": ("12 milioni", "21 milioni"), "zh": ("1200万", "2100万")}
OTHER_WORDS = {
    "en": ("waited for", "fought for"),
    "it": ("atteso", "sognato"),
    "zh": ("等这座码头等了", "盼这座码头盼了"),
}
#: The same subject on the same day, told by somebody else.
TOPIC = {
    "en": (
        "Trieste's harbour is short of space: every second container ship has to wait. The town council discussed a new "
        "quay on Tuesday and wants to hear the companies first. Anna Rossi, president of the port authority, warned of "
        "costs of 12 million euros and did not say when building could begin. Fishermen protested in front of the hall."
    ),
    "it": (
        "Nel porto di Trieste manca lo spazio: una nave su due deve aspettare. Il consiglio comunale ha discusso martedì di "
        "una nuova banchina e vuole prima ascoltare le imprese. Anna Rossi, presidente dell'autorità portuale, ha avvertito "
        "che i costi sono di 12 milioni di euro e non ha detto quando cominceranno i lavori. I pescatori hanno protestato."
    ),
    "zh": (
        "的里雅斯特的港口缺少空间，每两艘集装箱船就有一艘要等待。市议会星期二讨论了新泊位，希望先听取企业意见。"
        "港务局局长安娜·罗西警告费用将达1200万欧元，没有说何时开工。渔民在会议厅前抗议。"
    ),
}
AROUND = {
    "en": "Subscribe to our newsletter for the latest news. All rights reserved, no copying without our written consent.",
    "it": "Iscriviti alla nostra newsletter per restare aggiornato. Riproduzione riservata, vietata la copia senza consenso.",
    "zh": "更多精彩内容请关注本报官方微信公众号。版权所有，未经书面授权，不得转载或以其他方式使用。",
}


def record(text, language, title=None):
    return article_record(from_text(text, language=language)).model_copy(update={"title": title})


def joined(language, *sentences):
    return ("" if language == "zh" else " ").join(sentences)


def digest(text, language, outlet=None, url=None):
    article = from_text(text, source=f"news/{outlet or 'a'}.txt", language=language)
    made = Summarizer(Settings()).extract(article)
    return made.model_copy(update={"article": made.article.model_copy(update={"outlet": outlet, "url": url})})


@pytest.fixture(scope="module", params=["en", "it", "zh"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def outlets(language):
    """One story in three outlets, one of which has another cost and another word in the quote; and another story."""
    story = STORY[language]
    whole = joined(language, *story)
    altered = whole.replace(*OTHER_COST[language]).replace(*OTHER_WORDS[language])
    cut = joined(language, *story[:4])
    texts = [("Corriere", whole), ("Xinhua", altered), ("Gazzetta", TOPIC[language]), ("Ansa", cut)]
    return [digest(text, language, outlet) for outlet, text in texts]


def test_the_same_story_stands_together_and_another_of_its_topic_apart(outlets):
    assert [group.members for group in same.groups(outlets)] == [(0, 1, 3)]


def test_a_figure_that_differs_is_shown_with_who_prints_what(outlets, language):
    (group,) = same.groups(outlets)
    (figure,) = [d for d in group.differs if d.kind == "figure"]
    assert [v.member for v in figure.values] == [0, 1, 3]
    for value in figure.values:
        text = outlets[value.member].article.text
        assert value.span.of(text) == value.text
        assert value.text in value.sentence
    right, wrong = OTHER_COST[language]
    assert [right in v.text for v in figure.values] == [True, False, True]
    said = same.told(figure, same.names_of(outlets, group.members))
    assert said.startswith("Corriere and Ansa print ")
    assert f"Xinhua {wrong}" in said


def test_a_quote_with_another_word_is_shown_and_one_that_is_the_same_is_not(outlets, language):
    (group,) = same.groups(outlets)
    (quote,) = [d for d in group.differs if d.kind == "quote"]
    assert [v.member for v in quote.values] == [0, 1, 3]
    right, wrong = OTHER_WORDS[language]
    assert [(right in v.text, wrong in v.text) for v in quote.values] == [(True, False), (False, True), (True, False)]
    assert "quote" in same.told(quote, same.names_of(outlets, group.members))


def test_a_quote_that_one_leaves_out_is_said_not_to_be_there(language):
    story = STORY[language]
    digests = [
        digest(joined(language, *story), language, "A"),
        digest(joined(language, *story[:3], *story[4:]), language, "B"),
    ]
    (group,) = same.groups(digests)
    (quote,) = group.differs
    assert [v.member for v in quote.values] == [0]
    assert same.told(quote, same.names_of(digests, group.members)).endswith("; not in B")


def test_marks_spaces_and_rounding_that_is_said_to_be_one_are_no_difference():
    story = joined("en", *STORY["en"])
    plain = (
        story.replace("“", '"')
        .replace("”", '"')
        .replace("About 340", "342")
        .replace("12 million euros", "€12,000,000")
    )
    digests = [digest(story, "en", "A"), digest(plain, "en", "B")]
    (group,) = same.groups(digests)
    assert group.differs == ()


def test_dates_that_cannot_both_be_right_differ_and_those_that_can_do_not():
    story = joined("en", *STORY["en"])
    digests = [digest(story.replace("on Tuesday", when).replace("May 2027", opens), "en", when) for when, opens in
               [("on Tuesday", "May 2027"), ("on 3 November", "2027"), ("on 3 November 2026", "June 2027")]]  # fmt: skip
    (group,) = same.groups(digests)
    assert [[v.text for v in d.values] for d in group.differs] == [["May 2027", "2027", "June 2027"]]


def test_neither_a_headline_nor_an_outlets_own_lines_make_a_story(language):
    stories = [joined(language, *STORY[language][:3]), TOPIC[language], *others(language)]
    title = STORY[language][0]
    articles = [record(f"{title}\n\n{text}\n\n{AROUND[language]}", language, title) for text in stories]
    assert same.together(articles) == ()
    # another headline over the same words is the same story
    again = record(f"{STORY[language][5]}\n\n{stories[1]}\n\n{AROUND[language]}", language)
    assert same.together([*articles, again]) == ((1, len(articles)),)


def others(language):
    made = published(language).article.text
    return [made, STORY[language][4] + STORY[language][5]]


def test_a_survey_of_the_day_does_not_tie_its_stories_together(language):
    one, two = joined(language, *STORY[language]), TOPIC[language]
    three = published(language).article.text
    survey = joined(language, *STORY[language][:2], TOPIC[language][:150], three[:150], two[200:], one[-150:])
    found = same.together([record(text, language) for text in (one, two, three, survey)])
    assert all(not {0, 1} <= set(group) and not {0, 2} <= set(group) and not {1, 2} <= set(group) for group in found)


def test_languages_are_never_one_group_and_few_words_are_no_story():
    texts = [("en", "One two three."), ("en", "One two three."), ("it", ""), ("zh", "一二三")]
    records = [record(joined(code, *STORY[code]), code) for code in STORY]
    assert same.together(records) == ()
    template = records[0]
    assert same.together([template.model_copy(update={"text": text, "language": code}) for code, text in texts]) == ()
    assert same.together([]) == same.groups([]) == ()


def test_an_identical_text_is_one_story_however_often_it_is_printed():
    records = [record(joined("en", *STORY["en"]), "en")] * 40
    assert same.together(records) == (tuple(range(40)),)


def test_the_groups_do_not_depend_on_how_often_they_are_asked_for(outlets):
    assert same.groups(outlets) == same.groups(list(outlets))
    for order in itertools.permutations(range(4)):
        members = {tuple(sorted(order[i] for i in g.members)) for g in same.groups([outlets[i] for i in order])}
        assert members == {(0, 1, 3)}


def test_who_prints_is_named_by_outlet_address_or_file():
    given = [digest(STORY["en"][0], "en", "Corriere"), digest(STORY["en"][0], "en", None, "https://news.example/a"),
             digest(STORY["en"][0], "en", None, "http://["), digest(STORY["en"][0], "en", "Corriere")]  # fmt: skip
    assert same.names_of(given, [0, 1, 2]) == {0: "Corriere", 1: "news.example", 2: "a.txt"}
    assert same.names_of(given, [0, 3]) == {0: "Corriere (1)", 3: "Corriere (4)"}


@pytest.mark.skipif(not DATA.is_dir(), reason="measured on news outside the repository")
def test_real_articles_of_one_newsroom_are_no_duplicates():
    texts = [path.read_text(encoding="utf-8") for path in sorted((DATA / "wikinews_it").glob("*.txt"))]
    rows = [json.loads(row) for row in (DATA / "bump/pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    english = list(dict.fromkeys(row["article"] for row in rows))
    assert same.together([record(text, "it") for text in texts]) == ()
    assert same.together([record(text, "en") for text in english]) == ()
