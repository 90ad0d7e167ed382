import base64
import hashlib
import html
import re
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from summarizer import Settings, Summarizer
from summarizer.article import from_text
from summarizer.errors import EvalError
from summarizer.evals import outputs, page, report
from summarizer.evals.cases import Case, gold_hash
from summarizer.evals.judge import Judgement
from summarizer.evals.outputs import Cost, Failure, Record, Run
from summarizer.evals.page import lines as page_lines
from summarizer.evals.page.marks import Inked, paragraphs
from summarizer.evals.plain import PlainBrief, PlainDigest, PlainQuote
from tests.support.browser import dump, look
from tests.support.endpoint import serving
from tests.support.model import extractive

RUN = "document.title='ran';try{top.document.title='ran'}catch(e){}"
HOSTILE = (
    f'<script>{RUN}</script><img src=x onerror="{RUN}"><svg onload="{RUN}"></svg></script></style></title>'
    f'<details open ontoggle="{RUN}"><iframe srcdoc="<script>{RUN}</script>"></iframe>'
    f'"><a href="javascript:{RUN}" autofocus onfocus="{RUN}">here</a>'
    "<base href=https://example.org/><meta http-equiv=refresh content='0;url=data:text/html,x'>"
    "<link rel=stylesheet href=https://example.org/x.css>{{ 7*7 }}{% raw %}]]>--><!--"
)
ENGLISH = (
    "The port of Trieste handled 62 million tonnes in 2023.\n\n"
    '"Rail traffic grew by 7.6% last year," said Anna Rossi, president of the port authority. '
    '"We will hire 230 people," said Luca Bianchi, the mayor. '
    "Marco Verdi attended the meeting. The quay is 8,<> metres long."
)
CHINESE = "昨日下午，宁波市市长陈志远会见了意大利驻沪总领事罗西一行。\n\n陈志远说，宁波是古代海上丝绸之路的重要起点。双方去年贸易额达69.66亿元。"
ITALIAN = f"Il sindaco ha letto il cartello. {HOSTILE} Poi è andato via con 12 persone."


def mark(text, words, **more):
    start = text.index(words)
    return {"start": start, "end": start + len(words), "text": words, **more}


def fact(text, language, targets, words, group, values=()):
    wordings = {code: [[group]] for code in (language, *targets)}
    return {"fact": words, "evidence": [mark(text, words)], "values": list(values), "wordings": wordings}


def case(name, language, text, targets, **labels):
    reference = {"headline": {"source": "x", "target": "Titolo"}, "lines": [{"source": "x", "target": "Una riga."}]}
    empty = {"quotes": [], "not_speakers": [], "figures": [], "garbled": [], "traps": []}
    fixed = {"gold_version": "1", "id": name, "part": "development", "origin": "a test", "labellers": 1}
    briefs = dict.fromkeys(targets, reference)
    whole = {**fixed, "language": language, "text": text, "targets": targets, "briefs": briefs, **empty, **labels}
    return Case.model_validate(whole)


def english():
    person = {"name": "Anna Rossi", "role": "president", "organisation": "port authority"}
    quotes = [
        mark(ENGLISH, "Rail traffic grew by 7.6% last year", kind="direct", speaker=person),
        mark(ENGLISH, "We will hire 230 people", kind="direct", speaker={"name": "Luca Bianchi"}),
    ]
    traps = [
        {
            "wrong": "Rail fell by a half",
            "why": "it grew",
            "values": [],
            "wordings": {"en": [["fell"]], "it": [["calò"]]},
        },
        {"wrong": "The mayor left", "why": "no", "values": [], "wordings": {"en": [["left"]], "it": [["partito"]]}},
    ]
    return case(
        "en-port", "en", ENGLISH, ["it"],
        quotes=quotes,
        key_facts=[
            fact(ENGLISH, "en", ["it"], "62 million tonnes", "tonnes", ["62 million tonnes"]),
            fact(ENGLISH, "en", ["it"], "We will hire 230 people", "hire"),
        ],
        not_speakers=[mark(ENGLISH, "Marco Verdi")],
        figures=[mark(ENGLISH, "7.6%")],
        garbled=[mark(ENGLISH, "8,<>")],
        traps=traps,
    )  # fmt: skip


def chinese():
    person = {"name": "陈志远", "role": "市长", "organisation": "宁波市"}
    quotes = [mark(CHINESE, "宁波是古代海上丝绸之路的重要起点", kind="reported", speaker=person)]
    facts = [fact(CHINESE, "zh", ["it"], "双方去年贸易额达69.66亿元", "贸易额", ["69.66亿元"])]
    return case("zh-visit", "zh", CHINESE, ["it"], quotes=quotes, key_facts=facts)


def italian():
    person = {"name": HOSTILE, "role": HOSTILE, "organisation": None}
    quotes = [mark(ITALIAN, HOSTILE, kind="reported", speaker=person)]
    words = {"it": [["nave"]], "en": [["ship"]]}
    return case(
        "it-hostile", "it", ITALIAN, ["en"],
        quotes=quotes,
        key_facts=[fact(ITALIAN, "it", ["en"], "12 persone", "persone")],
        traps=[{"wrong": HOSTILE, "why": HOSTILE, "values": [], "wordings": words}],
    )  # fmt: skip


def failed():
    return case("en-failed", "en", "Nothing came of it on Friday.", ["it"],
                key_facts=[fact("Nothing came of it on Friday.", "en", ["it"], "Friday", "Friday")])  # fmt: skip


CASES = (english(), chinese(), italian(), failed())


def plain(name, digest):
    return Record(case=name, system="plain", cost=Cost(requests=1, input_tokens=900), plain=digest)


def english_record():
    quotes = [
        PlainQuote(text="Rail traffic grew by 7.6% last year", speaker="Anna Rossi", role="president"),
        PlainQuote(text="We will hire 230 people", speaker="Marco Verdi"),
        PlainQuote(text="Marco Verdi attended the meeting", speaker="Marco Verdi"),
        PlainQuote(text="We are very proud", speaker="Anna Rossi"),
        PlainQuote(text="Rail traffic grew by 7.6% last year", speaker="Anna Rossi", role="president"),
    ]
    brief = PlainBrief(
        language="it", headline="Il porto", lines=["The port is in the wrong language here.", "Treni +7,6%."]
    )
    return plain("en-port", PlainDigest(
        headline="Port handles 63 million tonnes", abstract="Rail fell last year. Traffic was 62 million tonnes.",
        key_points=["Il porto di Trieste assume presto duecentotrenta persone nuove."], quotes=quotes, briefs=[brief],
    ))  # fmt: skip


def hostile_record():
    quotes = [PlainQuote(text=HOSTILE, speaker=HOSTILE, role=HOSTILE)]
    brief = PlainBrief(language="en", headline=HOSTILE, lines=[HOSTILE, "reversed \u202etxet\u202c here \x07."])
    return plain("it-hostile", PlainDigest(
        headline=HOSTILE, abstract=f"{HOSTILE} 99%", key_points=[HOSTILE], quotes=quotes, briefs=[brief],
    ))  # fmt: skip


def chinese_record():
    with serving(extractive) as server, Summarizer(Settings(base_url=server.base_url, model="m")) as summarizer:
        digest = summarizer.summarize_sync(from_text(CHINESE, source="zh-visit", language="zh"), ["it"])
    return Record(case="zh-visit", system="plain", cost=Cost(requests=3), digest=digest)


@pytest.fixture(scope="module")
def records():
    broken = Record(
        case="en-failed", system="plain", cost=Cost(), failure=Failure(type="ModelRefused", message=HOSTILE)
    )
    made = (english_record(), chinese_record(), hostile_record(), broken)
    return {record.case: record for record in made}


@pytest.fixture(scope="module")
def scored(records, tmp_path_factory):
    folder = tmp_path_factory.mktemp("run")
    for record in records.values():
        outputs.write(folder / "outputs" / f"{record.case}.json", record)
    run = Run(
        version="1", system="plain", model=f"model {HOSTILE}", endpoint=HOSTILE, prompts={"plain": "v1#abc"},
        gold=gold_hash(CASES), mode="live", made="2026-01-02T03:04:05+00:00", cases=tuple(records), failures={},
    )  # fmt: skip
    outputs.write(folder / "run.json", run)
    return report.make(CASES, folder)


@pytest.fixture(scope="module")
def made(scored, records):
    return page.render(scored, CASES, records)


@pytest.fixture(scope="module")
def tree(made):
    return lxml_html.document_fromstring(made.encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))


def drill(tree, name):
    return tree.get_element_by_id(f"case-{name}")


def states(element):
    return Counter(" ".join(each.text_content().split()) for each in element.xpath(".//*[contains(@class, 'state')]"))


def texts(elements):
    return [" ".join(each.text_content().split()) for each in elements]


def test_what_strangers_wrote_is_text_and_nothing_else(tree):
    assert {each.tag for each in tree.iter() if isinstance(each.tag, str)}.isdisjoint(
        {"script", "img", "iframe", "base", "link", "object", "embed", "form"}
    )
    names = {name for each in tree.iter() if isinstance(each.tag, str) for name in each.attrib}
    assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcdoc", "action"}]
    assert all(each.get("href").startswith("#") for each in tree.iter("a"))
    assert len(tree.xpath("//meta")) == 5
    assert tree.text_content().count("{{ 7*7 }}") > 10
    assert [each.tag for each in tree.iter("svg")] == ["svg"] * len(tree.xpath("//td//*[@class='whisker']"))


def test_the_policy_allows_the_pages_own_style_and_nothing_more(made):
    style = made.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', made)[1]
    assert html.unescape(policy) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"url\(|@import|</", style)


def test_nothing_in_it_has_an_address(tree):
    values = [value for each in tree.iter() if isinstance(each.tag, str) for value in each.attrib.values()]
    assert not [value for value in values if "://" in value or value.startswith(("//", "data:"))]


def test_each_link_leads_somewhere_and_no_name_is_given_twice(tree):
    ids = [each.get("id") for each in tree.xpath("//*[@id]")]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert {each.get("href")[1:] for each in tree.iter("a")} <= set(ids)
    assert {value for each in tree.xpath("//@aria-labelledby") for value in each.split()} <= set(ids)


def test_the_table_holds_the_scores_of_the_report(scored, tree):
    rows = {}
    for row in tree.xpath("//table[@class='metrics']//tr[td]"):
        cells = texts(row.xpath("td"))
        rows[row.xpath("string(th/span[@class='name'])")] = (cells[0], *cells[2:6])
    wanted = [score for score in scored.scores if score.value is not None]
    assert set(rows) == {score.name for score in wanted}
    for score in wanted:
        value, *counts = rows[score.name]
        assert float(value.replace(",", "")) == pytest.approx(score.value, abs=0.0006 if score.value < 10 else 0.6)
        assert list(map(float, counts)) == pytest.approx([score.right, score.found, score.wanted, score.n], abs=1e-4)
    families = "Output Quotes Facts Figures Traps Language Briefs Evidence Length and cost"
    titles = texts(tree.xpath("//th[@scope='rowgroup']"))
    assert " ".join(titles) in {families, families.replace("Evidence ", "")}


def test_languages_and_parts_have_their_columns(tree):
    heads = [" ".join(each.itertext()) for each in tree.xpath("//table[@class='groups']/thead//th")]
    assert heads == ["Metric", "All 4 articles", "English 2 articles", "Italian 1 article", "Chinese 1 article",
                     "Development 4 articles"]  # fmt: skip


def test_what_is_marked_is_what_the_metrics_count(scored, tree):
    for counted in scored.cases:
        shown = drill(tree, counted.id)
        gold = states(shown.xpath(".//h4[.='Quotes']/following-sibling::div[1]")[0])
        facts = states(shown.xpath(".//h4[.='Facts and summary']/following-sibling::div[1]")[0])
        assert gold["found"] + gold["found in part"] == counted.counts["quotes.attributed"][0]
        assert facts["said"] == counted.counts["facts.recall"][0]
        assert len(shown.xpath(".//dl[@class='misses']//dd")) == len(counted.misses)
        assert states(shown)["avoided"] == counted.counts["traps.avoided"][0]


def test_each_quote_has_its_fate(tree):
    quotes = drill(tree, "en-port").xpath(".//section[h4='Quotes']")[0]
    gold, output = quotes.xpath("div")
    assert states(gold) == {"found": 1, "wrong speaker": 1}
    assert states(output) == {
        "right": 1,
        "given before": 1,
        "wrong speaker": 1,
        "no speech": 1,
        "not in the article": 1,
        "this person says nothing in the article": 2,
    }
    assert "output says Marco Verdi" in gold.text_content()
    assert "should be Luca Bianchi" in output.text_content()


def test_the_article_shows_its_labels(tree):
    shown = drill(tree, "en-port").xpath(".//div[@class='article']")[0]
    assert texts(shown.xpath(".//*[contains(@class, 'tag')]")) == [
        "F1", "Q1 Anna Rossi", "Q2 Luca Bianchi, wrong speaker", "F2, missed", "output quote 3: no speech",
        "garbled, not flagged",
    ]  # fmt: skip
    assert texts(shown.xpath(".//span[contains(@class, 'garbled')][contains(@class, 'ink')]")) == ["8,<>"]
    assert shown.xpath("string(.//span[contains(@class, 'silent')])") == "Marco Verdi"


def test_lines_say_what_is_wrong_with_them(tree):
    shown = drill(tree, "en-port")
    assert texts(shown.xpath(".//mark[@class='wrong']")) == ["63 million"]
    assert texts(shown.xpath(".//div[@class='output']//a[@class='tag fact']")) == ["F1"]
    notes = states(shown)
    assert notes["trap: Rail fell by a half"] == 1
    assert notes["not in English"] == 1
    assert notes["not in Italian"] == 1


def test_every_text_has_its_language(tree):
    shown = drill(tree, "zh-visit")
    assert shown.xpath(".//div[@class='article']/@lang") == ["zh"]
    assert set(shown.xpath(".//blockquote/@lang")) == {"zh"}
    assert set(shown.xpath(".//section[h4='Brief in Italian']//ul[1]//@lang")) == {"it"}
    assert tree.get("lang") == "en"
    strange = drill(tree, "en-port").xpath(".//span[@class='line'][@lang='']")
    assert texts(strange) == [
        "Il porto di Trieste assume presto duecentotrenta persone nuove.",
        "The port is in the wrong language here.",
    ]


def test_failed_articles_are_named_first_and_the_worst_come_first(scored, tree):
    assert tree.xpath("//header//div[@class='failed']//a/@href") == ["#case-en-failed"]
    order = [each.get("id").removeprefix("case-") for each in tree.xpath("//details[contains(@class, 'case ')]")]
    misses = {each.id: len(each.misses) for each in scored.cases}
    assert order[0] == "en-failed"
    assert all(misses[one] >= misses[other] for one, other in pairwise(order[1:]))
    assert "ModelRefused" in drill(tree, "en-failed").text_content()


def test_a_judges_opinion_stands_apart(scored, records):
    score = scored.scores[0].model_copy(update={"name": "judge.supported", "value": 0.5})
    opinion = Judgement(model="a judge", prompt="v1#abc", scores=(score,))
    text = page.render(scored.model_copy(update={"judgement": opinion}), CASES, records)
    assert "The opinion of a judge (prompt v1#abc)" in text
    assert "lines that the judge finds supported by the article" in text
    assert "A model as a judge" not in page.render(scored, CASES, records)


def test_a_judge_that_never_answered_has_dashes(scored, records):
    nothing = scored.scores[0].model_copy(
        update={"name": "judge.supported", "value": None, "low": None, "high": None}
    )
    opinion = Judgement(model="a judge", prompt="v1#abc", scores=(nothing,))
    text = page.render(scored.model_copy(update={"judgement": opinion}), CASES, records)
    judged = text[text.index("The opinion of a judge") :]
    assert "lines that the judge finds supported by the article" in judged
    assert ">–<" in judged


def test_what_cannot_be_seen_is_shown(made):
    assert "reversed \ufffdtxet\ufffd here \ufffd." in made
    assert "\u202e" not in made


def test_a_difference_has_a_sign_and_a_word(scored, records):
    moves = {"facts.recall": -0.1, "traps.avoided": 0.1, "cost.requests": 1.0}
    old = [
        s.model_copy(update={"value": s.value + moves.get(s.name, 0.0)}) if s.value is not None else s
        for s in scored.scores
    ]
    fewer = scored.cases[0].model_copy(update={"misses": ()})
    before = scored.model_copy(update={"scores": tuple(old), "cases": (fewer, *scored.cases[2:])})
    text = page.render(scored, CASES, records, before)
    tree = lxml_html.document_fromstring(text.encode())
    cells = {
        row.xpath("string(th/span[@class='name'])"): texts(row.xpath("td[@data-key='Difference']"))[0]
        for row in tree.xpath("//table[@class='metrics']//tr[td]")
    }
    assert cells["facts.recall"] == "+0.100 better"
    assert cells["traps.avoided"] == "−0.100 worse"
    assert cells["cost.requests"] == "−1.000"
    assert cells["schema.valid"] == "±0.000 same"
    changes = {
        each.get("id"): texts(each.xpath("summary/span"))[2]
        for each in tree.xpath("//details[contains(@class, 'case ')]")
    }
    assert changes["case-en-port"] == f"Change +{len(scored.cases[0].misses)}"
    assert changes["case-zh-visit"] == "Change new"
    assert "other gold" not in text


def test_a_baseline_on_other_gold_is_told(scored, records):
    before = scored.model_copy(update={"gold": scored.gold.model_copy(update={"hash": "0" * 12})})
    assert "The baseline was scored on other gold" in page.render(scored, CASES, records, before)


def test_a_case_without_gold_is_an_error(scored, records):
    with pytest.raises(EvalError, match="no case 'en-failed'"):
        page.render(scored, CASES[:3], records)


def test_a_case_without_an_output_file_is_shown_as_failed(scored):
    assert "No output: ModelRefused" in page.render(scored, CASES, {})


def test_it_is_small_and_quick(scored, records):
    long = CASES[0].model_copy(update={"text": ENGLISH + " The quay is long and the sea is wide." * 530})
    names = [f"copy-{i}" for i in range(53)]
    cases = [(long if i == 0 else CASES[i % 3]).model_copy(update={"id": name}) for i, name in enumerate(names)]
    many = scored.model_copy(
        update={"cases": tuple(scored.cases[i % 3].model_copy(update={"id": name}) for i, name in enumerate(names))}
    )
    kept = {name: list(records.values())[i % 3].model_copy(update={"case": name}) for i, name in enumerate(names)}
    started = time.process_time()
    size = len(page.render(many, cases, kept).encode())
    assert time.process_time() - started < 2
    assert len(long.text) > 20_000
    assert size < 3_000_000


@given(
    st.text("ab\n漢", max_size=40),
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 20), st.sampled_from(["quote", "fact", "figure"])), max_size=6
    ),
)
def test_pieces_are_the_text_and_carry_the_marks_over_them(text, spans):
    marks = [Inked(start, min(start + size, len(text)), (kind,)) for start, size, kind in spans if start < len(text)]
    lines = paragraphs(text, marks)
    assert ["".join(piece.text for piece in line) for line in lines] == [line for line in text.split("\n") if line]
    painted = [(char, piece.kinds) for line in lines for piece in line for char in piece.text]
    wanted = [
        (char, {kind for m in marks if m.start <= i < m.end for kind in m.kinds})
        for i, char in enumerate(text)
        if char != "\n"
    ]
    assert [(char, set(kinds)) for char, kinds in painted] == wanted


@pytest.mark.parametrize(
    ("figures", "pieces"),
    [
        (["12%"], [("a ", False), ("12%", True), (" b ", False), ("12%", True), (" of 12", False)]),
        (["12", "12%"], [("a ", False), ("12%", True), (" b ", False), ("12%", True), (" of ", False), ("12", True)]),
        ([], [("a 12% b 12% of 12", False)]),
    ],
)
def test_a_line_is_cut_at_its_figures(figures, pieces):
    assert list(page_lines._cut("a 12% b 12% of 12", figures)) == pieces


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_contrasts_with_what_it_stands_on(made, scheme):
    colours = dict(re.findall(r"--(\w[\w-]*): (#[0-9a-f]{6})", made.split(":root {")[scheme + 1].partition("}")[0]))
    on = {
        "ink": ("paper", "sheet", "quote", "bad-wash", "shade"),
        "soft": ("paper", "sheet"),
        "link": ("paper", "sheet", "bad-wash"),
        "accent": ("paper",),
        "good": ("paper", "good-wash"),
        "bad": ("paper", "sheet", "bad-wash"),
        "fact": ("paper", "sheet"),
    }
    for text, grounds in on.items():
        for ground in grounds:
            dark, light = sorted((luminance(colours[text]), luminance(colours[ground])))
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (text, ground)


def test_a_browser_runs_nothing_of_it(made, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(made, encoding="utf-8")
    seen = dump(file, tmp_path / "one")
    title = lxml_html.document_fromstring(seen).xpath("string(//title)")
    assert title.startswith("Eval of plain, model <script>")
    # the same words as markup do run: what is proven above is the page's doing
    file.write_text(f"<title>before</title><p>{HOSTILE}", encoding="utf-8")
    assert "<title>ran</title>" in dump(file, tmp_path / "two")


@pytest.mark.parametrize("width", [390, 768, 1040, 1280])
def test_a_browser_shows_it_without_scrolling_sideways(scored, records, tmp_path, width):
    seen = look(page.render(scored, CASES, records, baseline=scored), width, tmp_path)
    assert seen["inner"] == width
    assert seen["scroll"] <= width
    assert seen["wide"] == []
    assert (seen["scripts"], seen["handlers"], seen["loaded"]) == (0, [], 0)
    assert seen["top"] == "harness"
    assert seen["languages"] == ["en", "en", "it", "zh"]
    assert seen["chosen"] == [["en", "en"], ["it"], ["zh"]]
    assert (seen["sheets"], seen["margin"]) == (1, "0px")
