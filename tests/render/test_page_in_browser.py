import json
import random
import threading
from importlib import resources

import pytest

from summarizer import languages
from summarizer.digest import Digest, corrections
from summarizer.digest.audit import audit
from summarizer.digest.same import Difference, Group
from summarizer.render import marks
from summarizer.render.page import ReviewMode, page
from summarizer.render.sheet import sheet
from summarizer.review.files import Shelf
from summarizer.review.server import Review
from tests.render.test_page import value
from tests.support.driver import chromium, opening
from tests.support.press import PORT, fair, port, run, visit
from tests.support.written import brief, digest, quote

RUN = "document.title='ran';try{top.document.title='ran'}catch(e){}"
#: Ways to have a page run something; what is between them is drawn by lot.
WAYS = (
    f"<script>{RUN}</script>",
    f'<img src=x onerror="{RUN}">',
    f'<svg/onload="{RUN}">',
    f'"><svg><animate onbegin="{RUN}" attributeName=x dur=1s>',
    f'<details open ontoggle="{RUN}">',
    f'"autofocus onfocus="{RUN}" x="',
    f"javascript:{RUN}",
    f"</script><script>{RUN}</script><!--<script>",
    f'<iframe srcdoc="<script>{RUN}</script>">',
    "</style><style>@import 'data:text/css,*{}'</style><base href=//example.org>",
    "<meta http-equiv=refresh content='0;url=data:text/html,x'>",
    f"');{RUN}//",
    f"${{{RUN}}}{{{{7*7}}}}{{% raw %}}",
    "\u202ereversed\u202c\u0007\u2028\u2029",
    "__proto__",
    "constructor",
)


@pytest.fixture(scope="module")
def browser():
    with chromium() as started:
        yield started


@pytest.fixture
def show(browser, tmp_path):
    with opening(browser, tmp_path) as shown:
        yield shown


def line(shown, where):
    return shown.locator(f'#digest .line[data-where="{where}"]')


def lit(shown):
    return shown.locator("#article .sentence.lit").evaluate_all("all => all.map(one => Number(one.dataset.sentence))")


def lines_lit(shown):
    return shown.locator("#digest .line.lit").evaluate_all("all => all.map(one => one.dataset.where)")


def listed(shown):
    return shown.locator("#items li:visible .headline").all_text_contents()


def focused(shown):
    return shown.evaluate(
        "document.activeElement.dataset.where ?? document.activeElement.id ?? document.activeElement.tagName"
    )


def until(shown, script, wanted=True):
    """Wait for what a script says; the page's policy keeps Playwright's own waiting out."""
    for _ in range(250):
        if shown.evaluate(script) == wanted:
            return
        shown.wait_for_timeout(20)
    raise AssertionError(script)


def test_the_article_is_numbered_and_marked_at_its_code_points(show):
    shown = show(page(run()))
    assert shown.locator("#article .sentence > .number").all_inner_texts() == ["1", "2", "3", "4"]
    assert shown.locator("#article .sentence .quote").all_inner_texts() == [
        "Rail traffic grew by 7.6% last year",
        "We will hire 230 people",
    ]
    assert shown.locator("#article .sentence .figure").all_inner_texts() == ["62 million tonnes"]
    assert shown.locator("#article .sentence .suspect").all_inner_texts() == ["8,<>"]
    assert shown.locator("#article .sentence .person").all_inner_texts() == ["Anna Rossi", "Luca Bianchi"]
    text = shown.locator("#article .text").evaluate(
        "t => { t.querySelectorAll('.number').forEach(n => n.remove()); return [...t.children].map(p => p.textContent).join('\\n\\n'); }"
    )
    assert text == PORT


def test_pointing_at_a_line_lights_its_source_and_the_other_way_round(show):
    shown = show(page(run()))
    line(shown, "/briefs/0/segments/1").hover()
    assert lit(shown) == [1]
    line(shown, "/quotes/1").hover()
    assert lit(shown) == [2]
    assert shown.locator("#article .quote.lit").all_inner_texts() == ["We will hire 230 people"]
    shown.locator('#article [data-sentence="0"]').hover(position={"x": 30, "y": 10})
    wanted = ["/summary/abstract", "/summary/key_points/0", "/briefs/0/segments/0"]
    assert lines_lit(shown) == wanted
    shown.locator('#article [data-sentence="1"]').focus()
    assert lines_lit(shown) == ["/summary/key_points/1", "/quotes/0", "/briefs/0/segments/1"]
    shown.mouse.move(5, 5)
    assert lines_lit(shown) == ["/summary/key_points/1", "/quotes/0", "/briefs/0/segments/1"]


def test_a_tap_on_a_phone_shows_the_source_beneath_the_line(show):
    shown = show(page([port()]), 390, has_touch=True, is_mobile=True)
    line(shown, "/summary/key_points/1").tap()
    peek = line(shown, "/summary/key_points/1").locator(".peek")
    assert peek.is_visible()
    assert '"Rail traffic grew by 7.6% last year,"' in peek.inner_text()
    line(shown, "/summary/key_points/1").get_by_role("button", name="in the article").tap()
    assert shown.locator('#article [data-sentence="1"].lit').is_visible()
    back = shown.get_by_role("button", name="Key point 2")
    back.tap()
    assert line(shown, "/summary/key_points/1").is_visible()


def test_doubts_stand_at_their_lines_in_words_with_what_the_source_says(show):
    shown = show(page(run()))
    box = line(shown, "/quotes/1").locator(".finding")
    assert "Look at this: the model names this speaker" in box.inner_text()
    assert "We will hire 230 people" in box.locator(".source").inner_text()
    wrong = line(shown, "/briefs/0/segments/0").locator(".finding").inner_text()
    assert wrong.startswith("Must be mended: a figure in digits has another value")
    assert "62 million tonnes in 2023" in wrong
    assert line(shown, "/summary/key_points/1").locator(".finding").inner_text() == "Note: This line is a claim"
    assert "/briefs" not in shown.locator("#digest").inner_text()
    assert (
        "no second reading could be had"
        in shown.get_by_text("About the article and this digest").locator("..").inner_text().lower()
    )


def test_filters_and_search_narrow_the_list(show):
    shown = show(page(run()))
    every = listed(shown)
    assert len(every) == 3
    shown.get_by_label("Needs a look").check()
    assert listed(shown) == ["Trieste grows", "宁波市长会见意大利总领事"]
    shown.get_by_text("Filters", exact=True).click()
    shown.get_by_label("Language").select_option("zh")
    assert listed(shown) == ["宁波市长会见意大利总领事"]
    assert shown.locator("#filters summary").inner_text() == "Filters (1 on)"
    shown.get_by_label("Language").select_option("")
    shown.get_by_label("Needs a look").uncheck()
    shown.get_by_label("Speaker").select_option("Marco Verdi")
    assert listed(shown) == ["Rimini chiude con 120.000 visitatori"]
    shown.get_by_label("Speaker").select_option("")
    shown.get_by_label("Finding").select_option("quote.named")
    assert listed(shown) == ["Trieste grows"]
    shown.get_by_label("Finding").select_option("")
    shown.get_by_label("Search").fill("MAYOR hire")
    shown.get_by_text("1 of 3 articles").wait_for()
    assert listed(shown) == ["Trieste grows"]
    shown.get_by_label("Search").fill("起点 陈志远")
    shown.get_by_text("宁波日报").wait_for()
    assert listed(shown) == ["宁波市长会见意大利总领事"]
    shown.get_by_label("Search").fill("status verified")
    shown.get_by_text("No article fits").wait_for()
    shown.get_by_label("Search").press("Escape")
    assert listed(shown) == every


def test_the_whole_page_is_worked_by_the_keyboard_alone(show):
    shown = show(page(run()))
    press = shown.keyboard.press
    press("/")
    assert focused(shown) == "search"
    shown.keyboard.type("trieste")
    shown.get_by_text("1 of 3 articles").wait_for()
    press("Enter")
    assert "Trieste grows" in shown.evaluate("document.activeElement.innerText")
    press("Enter")
    until(shown, "document.activeElement.dataset.where === '/summary/headline'")
    for _ in range(3):
        press("j")
    assert focused(shown) == "/summary/key_points/1"
    press("ArrowUp")
    assert focused(shown) == "/summary/key_points/0"
    press("s")
    assert shown.evaluate("document.activeElement.dataset.sentence") == "0"
    press("s")
    assert focused(shown) == "/summary/abstract"
    press("d")
    assert focused(shown) == "/quotes/1"
    press("a")
    assert "done" in line(shown, "/quotes/1").locator(".finding").get_attribute("class")
    press("d")
    assert focused(shown) == "/briefs/0/segments/0"
    press("a")
    assert "cannot be right" in shown.locator("#said").inner_text()
    press("e")
    assert shown.evaluate("document.activeElement.dataset.field") == "/briefs/0/segments/0/target"
    press("Control+a")
    shown.keyboard.type("Il porto: 62 milioni di tonnellate.")
    press("Enter")
    assert focused(shown) == "/briefs/0/segments/0"
    assert "62 milioni" in line(shown, "/briefs/0/segments/0").inner_text()
    press("x")
    assert "removed by you" in line(shown, "/briefs/0/segments/0").inner_text()
    press("u")
    assert "removed by you" not in line(shown, "/briefs/0/segments/0").inner_text()
    assert shown.locator("#changes").inner_text() == "Changes (2)"


def test_dialogs_and_articles_are_reached_by_the_keyboard(show):
    shown = show(page(run()))
    press = shown.keyboard.press
    press("c")
    assert shown.locator("#changes-dialog").is_visible()
    press("Escape")
    press("?")
    assert shown.locator("#help-dialog").is_visible()
    press("Escape")
    press("/")
    press("Escape")
    press("Escape")
    press("n")
    until(shown, "location.hash === '#2'")
    press("l")
    assert "Rimini" in shown.evaluate("document.activeElement.innerText")
    press("p")
    until(shown, "location.hash === '#1'")


def test_what_has_the_focus_is_seen(show):
    shown = show(page(run()))
    shown.keyboard.press("j")
    for _ in range(12):
        width = shown.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2, shown.evaluate("document.activeElement.outerHTML.slice(0, 90)")
        shown.keyboard.press("Tab")


def test_single_letters_can_be_switched_off(show):
    shown = show(page(run()))
    shown.keyboard.press("?")
    shown.get_by_label("Single letters are keys").uncheck()
    shown.keyboard.press("Escape")
    shown.keyboard.press("j")
    shown.keyboard.press("x")
    assert shown.locator("#changes").inner_text() == "Changes (0)"
    shown.keyboard.press("Control+s")
    assert "Nothing was changed" in shown.locator("#said").inner_text()


def corrected(shown, press):
    with shown.expect_download() as waiting:
        press()
    return waiting.value.suggested_filename, waiting.value.path().read_text(encoding="utf-8")


def edit(shown, where, field, words):
    line(shown, where).focus()
    shown.keyboard.press("e")
    shown.locator(f'textarea[data-field="{field}"]').fill(words)
    shown.keyboard.press("Enter")


def test_corrections_are_saved_as_the_same_json(show):
    shown = show(page(run()), accept_downloads=True)
    edit(shown, "/briefs/0/segments/0", "/briefs/0/segments/0/target", "Il porto: 62 milioni di tonnellate.")
    line(shown, "/quotes/1").get_by_label("Looked at, fine as it is").check()
    line(shown, "/summary/key_points/1").focus()
    shown.keyboard.press("x")
    name, text = corrected(shown, lambda: shown.keyboard.press("Control+s"))
    assert name == "port.corrected.json"
    made, before = json.loads(text), json.loads(port().model_dump_json())
    review = made.pop("review")
    assert made["briefs"][0]["segments"][0]["target"] == "Il porto: 62 milioni di tonnellate."
    assert [point["text"] for point in made["summary"]["key_points"]] == ["The port handled 62 million tonnes."]
    assert [(f["code"], f["severity"]) for f in made["findings"]] == [
        ("quote.named", "info"),
        ("figure.garbled", "warning"),
        ("review.missing", "warning"),
    ]
    assert [(c["kind"], c["where"]) for c in review["changes"]] == [
        ("edit", "/briefs/0/segments/0/target"),
        ("accepted", "/findings/1"),
        ("removed", "/summary/key_points/1"),
    ]
    assert review["changes"][0]["before"] == "Il porto: 63 milioni di tonnellate."
    assert review["changes"][0]["settled"] == [before["findings"][0]]
    assert made["article"] == before["article"]


def test_several_corrected_digests_are_one_file_of_json_lines(show):
    shown = show(page(run()), accept_downloads=True)
    edit(shown, "/summary/headline", "/summary/headline", "Trieste keeps growing")
    shown.keyboard.press("n")
    edit(shown, "/summary/abstract", "/summary/abstract", "Chiude la fiera.")
    name, text = corrected(shown, lambda: shown.get_by_role("button", name="Save").click())
    rows = [json.loads(row) for row in text.splitlines()]
    assert (name, len(rows)) == ("corrected.jsonl", 2)
    assert [rows[0]["summary"]["headline"], rows[0]["briefs"][0]["headline"]["source"]] == [
        "Trieste keeps growing"
    ] * 2
    assert rows[1]["summary"]["abstract"] == "Chiude la fiera."


def test_a_line_that_stands_twice_is_changed_in_both_places(show):
    shown = show(page([port()]))
    edit(shown, "/summary/key_points/0", "/summary/key_points/0/text", "Trieste handled 62 million tonnes.")
    assert "Trieste handled" in line(shown, "/briefs/0/segments/0").inner_text()
    assert line(shown, "/summary/abstract").locator("p").first.inner_text() == "Trieste handled 62 million tonnes."
    shown.keyboard.press("u")
    assert "The port handled" in line(shown, "/briefs/0/segments/0").inner_text()
    assert shown.locator("#changes").inner_text() == "Changes (0)"


def test_a_speaker_and_a_quote_keep_their_places_in_the_article(show):
    shown = show(page([port()]), accept_downloads=True)
    edit(shown, "/quotes/1", "/quotes/1/text", "We will hire 500 people")
    assert "The article does not have these words" in shown.locator("#said").inner_text()
    shown.keyboard.press("Escape")
    edit(shown, "/quotes/1", "/quotes/1/text", "hire 230 people")
    edit(shown, "/quotes/1", "/quotes/1/speaker/name", "Anna Rossi")
    _, text = corrected(shown, lambda: shown.keyboard.press("Control+s"))
    quote = json.loads(text)["quotes"][1]
    assert PORT[quote["start"] : quote["end"]] == quote["text"] == "hire 230 people"
    assert PORT[quote["speaker"]["start"] : quote["speaker"]["end"]] == "Anna Rossi"


def test_an_empty_line_is_refused_and_a_line_left_as_it_was_is_no_change(show):
    shown = show(page([port()]))
    edit(shown, "/summary/headline", "/summary/headline", " ")
    assert "There is no word in this line" in shown.locator("#said").inner_text()
    shown.keyboard.press("Escape")
    edit(shown, "/summary/headline", "/summary/headline", "Trieste  grows ")
    assert shown.locator("#changes").inner_text() == "Changes (0)"


def test_what_changed_is_listed_and_each_change_can_be_taken_back(show):
    shown = show(page([port()]))
    edit(shown, "/summary/headline", "/summary/headline", "Up")
    line(shown, "/quotes/1").get_by_label("Looked at, fine as it is").check()
    shown.keyboard.press("c")
    said = shown.locator("#changes-body").inner_text()
    assert "Headline changed" in said
    assert "Quote 2 ticked off" in said
    shown.get_by_role("button", name="Undo: quote 2 ticked off").click()
    shown.get_by_role("button", name="Undo: headline changed").click()
    shown.get_by_role("button", name="Undo: Italian brief, headline, English side changed").click()
    assert "Nothing was changed yet" in shown.locator("#changes-body").inner_text()


def test_what_is_not_saved_survives_a_reload_and_is_warned_of(show):
    shown = show(page([port()]), accept_downloads=True)
    edit(shown, "/summary/headline", "/summary/headline", "Trieste keeps growing")
    asked = []
    shown.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    shown.wait_for_timeout(1_000)  # Chromium hands what a page keeps to its store in its own time
    shown.reload()
    assert asked == ["beforeunload"]
    assert line(shown, "/summary/headline").locator("h2").inner_text() == "Trieste keeps growing"
    assert "not saved" in shown.locator("#items").inner_text()
    corrected(shown, lambda: shown.keyboard.press("Control+s"))
    shown.reload()
    assert asked == ["beforeunload"]
    assert line(shown, "/summary/headline").locator("h2").inner_text() == "Trieste keeps growing"
    shown.keyboard.press("u")
    assert line(shown, "/summary/headline").locator("h2").inner_text() == "Trieste keeps growing"


def test_back_leads_to_the_article_before(show):
    shown = show(page(run()))
    shown.locator("#items li").nth(2).click()
    until(shown, "location.hash === '#3'")
    assert "宁波市长" in shown.title()
    shown.go_back()
    until(shown, "document.querySelector('#digest h2').innerText === 'Trieste grows'")


def test_articles_that_tell_one_story_stand_together_with_what_differs(show):
    differs = (Difference("figure", (value(0, "62 million", "62 million tonnes."), value(2, "63 million", "…"))),)
    shown = show(page(run(), [Group((0, 2), differs)]))
    assert listed(shown) == ["Trieste grows", "宁波市长会见意大利总领事", "Rimini chiude con 120.000 visitatori"]
    assert "The same story in 2 articles" in shown.locator("#items li").first.inner_text()
    told = shown.get_by_role("complementary", name="The same story")
    assert told.locator("dt").all_inner_texts() == ["The Harbour Post", "宁波日报"]
    assert told.locator("dd").all_inner_texts() == ["62 million", "63 million"]
    told.get_by_role("button", name="宁波日报").click()
    until(shown, "location.hash === '#3'")


def test_texts_have_their_languages_and_chinese_has_no_space_at_a_wrap(show):
    shown = show(page(run()))
    shown.locator("#items li").nth(2).click()
    assert shown.locator("#article .text").get_attribute("lang") == "zh-Hans"
    assert line(shown, "/quotes/0").locator("blockquote").inner_text() == "宁波是古代海上丝绸之路的重要起点"
    pair = line(shown, "/briefs/0/segments/0").locator(".pair p")
    assert [one.get_attribute("lang") for one in pair.all()] == ["zh-Hans", "en"]
    assert "Noto Sans CJK SC" in pair.first.evaluate("one => getComputedStyle(one).fontFamily")
    assert shown.locator("html").get_attribute("lang") == "en"


def test_traditional_chinese_has_its_own_letters_and_name(show):
    text = "The port opened a terminal."
    lines = ("The port opened.", "港口新航廈啟用。", [0, len(text)])
    made = digest(text, "en", headline="Opened", briefs=[brief("en", "zh-TW", ("Opened", "啟用"), lines)])
    shown = show(page([made]))
    own = line(shown, "/briefs/0/segments/0").locator(".pair p").last
    assert own.get_attribute("lang") == "zh-Hant-TW"
    assert "Noto Sans CJK TC" in own.evaluate("one => getComputedStyle(one).fontFamily")
    assert "Traditional Chinese (Taiwan)" in shown.locator("#digest").inner_text()


@pytest.mark.parametrize("width", [390, 800, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_scrolls_sideways_and_both_schemes_have_their_ground(show, width, scheme):
    long = digest("x" * 300 + ". " + "字" * 300, "en", headline="y" * 200, source="/" + "z" * 200)
    shown = show(page([*run(), long]), width, color_scheme=scheme)
    ground = shown.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (sum(int(part) for part in ground[4:-1].split(",")) > 380) == (scheme == "light")
    for number in range(4):
        shown.evaluate("place => { location.hash = place; }", f"#{number + 1}")
        for view in ("list", "article", "digest"):
            shown.evaluate("name => { document.body.dataset.view = name; }", view)
            wide = shown.evaluate(
                """() => [document.documentElement, ...document.querySelectorAll(".pane")]
                .filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.id || one.tagName)"""
            )
            assert wide == [], (number, view)


def test_axe_finds_nothing_serious(show):
    axe = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
    for width in (390, 1280):
        for scheme in ("light", "dark"):
            shown = show(page(run(), [Group((0, 2), ())]), width, color_scheme=scheme, bypass_csp=True)
            states = [
                "document.body.dataset.view = 'list'",
                "document.body.dataset.view = 'article'",
                "location.hash = '#1'",
                "document.querySelector('[data-where=\"/quotes/1\"]').focus()",
                "document.activeElement.querySelector('.tools button').click()",
                "document.getElementById('help').click()",
                "document.querySelector('dialog[open] .close').click(), document.getElementById('changes').click()",
                "document.querySelector('dialog[open] .close').click(), document.getElementById('print-open').click()",
            ]
            shown.evaluate(axe)
            for state in states:
                shown.evaluate(state)
                found = shown.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
                told = [
                    (each["id"], each["impact"], [node["html"][:120] for node in each["nodes"]][:3]) for each in found
                ]
                assert [one for one in told if one[1] in {"serious", "critical"}] == [], (width, scheme, state)


def test_it_prints_as_a_clean_document(show, tmp_path):
    import pypdfium2

    shown = show(page(run()))
    line(shown, "/summary/key_points/1").focus()
    shown.keyboard.press("x")
    edit(shown, "/summary/abstract", "/summary/abstract", "Corrected by hand.")
    one = shown.pdf(path=tmp_path / "one.pdf", format="A4")
    shown.get_by_role("button", name="Print").click()
    shown.evaluate("window.print = () => {}")
    shown.get_by_label("With the article behind each digest").check()
    shown.get_by_role("button", name="All articles in the list").click()
    many = shown.pdf(path=tmp_path / "many.pdf", format="A4")

    def told(made):
        pages = pypdfium2.PdfDocument(made)
        return [" ".join(each.get_textpage().get_text_bounded().split()) for each in pages]

    sheet = " ".join(told(one))
    assert "Corrected by hand." in sheet
    assert "Look at this" in sheet
    assert "Luca Bianchi (word for word) from sentence 3" in sheet
    behind = sheet.partition("Sentences cited")[2]
    assert "The port of Trieste handled 62 million tonnes in 2023." in behind
    assert '3 "We will hire 230 people," said Luca Bianchi, the mayor.' in behind
    for unwanted in (
        "Search",
        "Needs a look",
        "Edit",
        "Looked at, fine as it is",
        "Rail traffic grew by 7.6%. from",
        "removed by you",
    ):
        assert unwanted not in sheet
    assert len(told(many)) >= 6
    assert "Sentences cited" not in " ".join(told(many))
    assert "Marco Verdi" in " ".join(told(many))
    assert line(shown, "/summary/abstract").is_visible()


def hostile(seed):
    chance = random.Random(seed)
    return "".join(chance.choice(WAYS) for _ in range(3)) + f" {seed}"


def filled(value, words):
    """Return a digest's JSON with words of strangers in every text that may be any."""
    if isinstance(value, dict):
        kept = {
            "id",
            "kind",
            "status",
            "severity",
            "schema_version",
            "language",
            "source_language",
            "target_language",
            "created",
            "direction",
            "value",
        }
        named = {name: inner if name in kept else filled(inner, words) for name, inner in value.items()}
        return {hostile(next(words)) if name == "it" else name: inner for name, inner in named.items()}
    if isinstance(value, list):
        return [filled(inner, words) for inner in value]
    return hostile(next(words)) if isinstance(value, str) else value


def test_a_thousand_hostile_strings_in_every_field_run_nowhere(show):
    words = iter(range(100_000))
    made = [
        Digest.model_validate(filled(json.loads(d.model_dump_json()), words)) for d in (port(), fair(), visit()) * 16
    ]
    assert next(words) > 1000
    group = Group((0, 1, 2), (Difference("quote", (value(0, hostile(1), hostile(2)), value(1, hostile(3), ""))),))
    shown = show(page(made, [group]))
    for number in range(len(made)):
        shown.evaluate("place => { location.hash = place; }", f"#{number + 1}")
        until(shown, "document.querySelector('#items a[aria-current]').parentElement.dataset.number", str(number))
        line(shown, "/quotes/0").hover()
        if number < 6:
            for where in ("/summary/headline", "/quotes/0"):
                line(shown, where).focus()
                for key in ("e", "End", "<", "b", ">", "Enter", "Escape", "a", "x", "c", "Escape"):
                    shown.keyboard.press(key)
    seen = shown.evaluate(
        """() => { const all = [...document.querySelectorAll("*")]; return {
        tags: all.map(one => one.localName), handlers: all.flatMap(one => one.getAttributeNames()).filter(name => name.startsWith("on")),
        links: [...document.links].map(one => one.protocol), scripts: document.querySelectorAll("script:not([type])").length, title: document.title,
        loaded: performance.getEntriesByType("resource").length }; }"""
    )
    assert set(seen["tags"]).isdisjoint({"img", "iframe", "base", "link", "object", "embed", "form", "svg", "b"})
    assert (seen["handlers"], seen["scripts"], seen["loaded"]) == ([], 1, 0)
    assert set(seen["links"]) <= {"file:", "https:", "http:"}
    assert seen["title"] != "ran"
    assert not shown.evaluate(
        "[...document.querySelectorAll('body *:not(script)')].filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.includes('\\u202e'))).map(one => one.outerHTML.slice(0, 200))"
    )


def test_two_hundred_long_articles_open_and_only_one_is_drawn(show):
    text = "The quay of the harbour is long and the sea is wide today. " * 250
    many = [digest(f"Number {n}. {text}", "en", headline=f"Headline {n}", abstract="The quay.") for n in range(200)]
    shown = show(page(many))
    assert len(listed(shown)) == 200
    assert shown.locator("#article .sentence").count() == 251
    assert shown.locator("*").count() < 4000
    shown.get_by_label("Search").fill("number 150.")
    shown.get_by_text("1 of 200 articles").wait_for()


@pytest.fixture
def review(tmp_path):
    """A review under way of the English digest, as the command serves it."""
    (tmp_path / "port.json").write_text(port().model_dump_json(), encoding="utf-8")
    made = Review(Shelf([str(tmp_path / "port.json")], print), lambda digests: page(digests, review=ReviewMode()))
    thread = threading.Thread(target=made.serve, daemon=True)
    thread.start()
    yield made
    made.stop()
    thread.join()


def test_the_review_server_takes_the_changes_back(show, review, tmp_path):
    shown = show(review.address)
    edit(shown, "/summary/key_points/1", "/summary/key_points/1/text", "Rail traffic grew by 8.6%.")
    shown.keyboard.press("Control+s")
    shown.get_by_text("must be mended first").wait_for()
    assert "8.6%" in line(shown, "/summary/key_points/1").locator(".finding.error").first.inner_text()
    kept = tmp_path / "port.json"
    assert Digest.model_validate_json(kept.read_bytes()) == port()
    edit(shown, "/summary/key_points/1", "/summary/key_points/1/text", "Rail traffic grew by 7.6% last year.")
    edit(shown, "/briefs/0/segments/0", "/briefs/0/segments/0/target", "Il porto: 62 milioni di tonnellate.")
    line(shown, "/quotes/1").get_by_label("Looked at, fine as it is").check()
    shown.keyboard.press("Control+s")
    shown.get_by_text("Saved.", exact=True).wait_for()
    saved = Digest.model_validate_json(kept.read_bytes())
    assert (
        saved.summary.key_points[1].text
        == saved.briefs[0].segments[1].source
        == "Rail traffic grew by 7.6% last year."
    )
    assert saved.review is not None
    assert "quote.named" not in {f.code for f in saved.findings if f.severity != "info"}
    assert shown.locator("#changes").inner_text() == "Changes (0)"
    assert "62 milioni" in line(shown, "/briefs/0/segments/0").inner_text()
    shown.reload()
    assert "62 milioni" in line(shown, "/briefs/0/segments/0").inner_text()


def test_a_server_that_is_gone_leaves_the_changes_in_the_page(browser, review):
    context = browser.new_context()
    shown = context.new_page()
    shown.goto(review.address)
    edit(shown, "/summary/headline", "/summary/headline", "Trieste keeps growing")
    shown.route("**/save", lambda route: route.abort())
    shown.keyboard.press("Control+s")
    shown.get_by_text("nobody answers").wait_for()
    assert shown.locator("#changes").inner_text() == "Changes (2)"
    context.close()


def test_what_the_browser_saves_is_what_the_corrections_make(show):
    shown = show(page([port()]), accept_downloads=True)
    edit(shown, "/summary/key_points/1", "/summary/key_points/1/text", "Rail traffic grew by 7.6% last year.")
    edit(shown, "/briefs/0/segments/0", "/briefs/0/segments/0/target", "Il porto: 62 milioni di tonnellate.")
    edit(shown, "/quotes/1", "/quotes/1/text", "hire 230 people")
    edit(shown, "/quotes/1", "/quotes/1/speaker/role", "mayor")
    line(shown, "/figures/1").get_by_label("Looked at, fine as it is").check()
    for where in ("/summary/key_points/0", "/quotes/0"):
        line(shown, where).focus()
        shown.keyboard.press("x")
    _, text = corrected(shown, lambda: shown.keyboard.press("Control+s"))
    made = Digest.model_validate_json(text)
    changes = [change.model_copy(update={"settled": ()}) for change in made.review.changes]
    wanted = corrections.apply(port(), changes)
    for part in ("article", "summary", "quotes", "briefs", "figures"):
        assert getattr(made, part) == getattr(wanted, part), part
    assert {(f.code, f.where, f.severity) for f in made.findings} <= {
        (f.code, f.where, f.severity) for f in wanted.findings
    }
    # its figures are written by hand, and are not those that the rules read
    assert {f.code for f in audit(made) if f.severity == "error"} <= {"figure.record"}


def test_quotes_and_their_translations_stand_in_the_marks_of_their_languages(show):
    words = ("Wir „kommen“", "Nous «\u202fvenons\u202f»", "他说“不”", "We “come”", "plain words")
    codes = [*languages.available(), "zh-TW", "de-CH", "ja", "pt"]
    told = {code: words[i % len(words)] for i, code in enumerate(codes)} | {
        "it": "“tutto”",
        "fr": "Le « pont » ouvre",
    }
    run = []
    for code in codes:
        quotes = [
            quote(said, said, translations=told, kind=kind) for said in words for kind in ("direct", "reported")
        ]
        run.append(digest("\n".join(words), code, headline="« H »", abstract="A", quotes=quotes))
    shown = show(page(run))
    for number, made in enumerate(run):
        shown.evaluate("number => { location.hash = number; }", number + 1)
        shown.wait_for_function(
            "code => document.querySelector('#digest blockquote').lang === code", arg=tag_of(made)
        )
        assert shown.inner_text("#digest .headline") == sheet(made).headlines[0].source
        seen = [shown.locator(f"#digest .line[data-kind=quote] {part}").all_inner_texts() for part in PARTS]
        assert seen[0] == [marks.original(one, made.article.language) for one in made.quotes]
        assert seen[1] == [marks.translated(one, code) for one in made.quotes for code in one.translations]


PARTS = ("blockquote", ".translation > span:last-child")


def tag_of(made: Digest) -> str:
    return {"zh": "zh-Hans", "zh-TW": "zh-Hant-TW"}.get(made.article.language, made.article.language)
