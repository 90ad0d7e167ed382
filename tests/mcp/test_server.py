"""What the official client sees of our server: tools, results, progress, cancellation, errors, resources."""

import asyncio
import json
import threading

import jsonschema
import pytest
from mcp.shared.exceptions import MCPError

from summarizer import article, rules_only
from summarizer.batch.money import Budget
from summarizer.batch.store import Store
from summarizer.config import Settings
from summarizer.digest import Digest
from summarizer.llm import connect
from summarizer.mcp import resources
from tests.support.endpoint import completion, failure, in_turn, serving
from tests.support.model import extractive
from tests.support.protocol_client import ROOT, in_process
from tests.support.web import PAGE, page, web

TEXT = (ROOT / "seeds/shanghai-mayor-meets-ambassador.en.txt").read_text(encoding="utf-8")
KEY = "sk-test-0123456789abcdefghij"


@pytest.fixture
def endpoint():
    with serving(extractive) as served:
        yield served


def said(result):
    """The words of a tool's error."""
    assert result.is_error
    assert result.structured_content is None
    (content,) = result.content
    assert "Traceback" not in content.text
    return content.text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_tools_are_listed_with_the_schemas_of_what_they_take_and_give(mode, endpoint):
    async with in_process(endpoint.base_url, mode=mode) as client:
        tools = {tool.name: tool for tool in (await client.list_tools()).tools}
    assert list(tools) == ["summarize", "check", "quotes", "figures"]
    for tool in tools.values():
        jsonschema.Draft202012Validator.check_schema(tool.input_schema)
        jsonschema.Draft202012Validator.check_schema(tool.output_schema)
        assert tool.output_schema["type"] == "object"
        assert tool.description
    assert not tools["summarize"].annotations.read_only_hint  # it is paid for
    assert tools["quotes"].annotations.read_only_hint
    assert not tools["quotes"].annotations.open_world_hint
    assert endpoint.requests == []


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_an_article_is_summarized_and_the_second_time_it_comes_from_the_store(mode, endpoint):
    async with in_process(endpoint.base_url, mode=mode) as client:
        first = await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})
        asked = len(endpoint.requests)
        second = await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})
        other = await client.call_tool("summarize", {"text": TEXT, "to": ["it", "zh"]})
    assert not first.is_error
    digest = Digest.model_validate(first.structured_content)
    assert [brief.target_language for brief in digest.briefs] == ["it"]
    assert digest.article.source == "text"
    assert json.loads(first.content[0].text) == first.structured_content
    assert first.content[1].uri == resources.address(digest.article.id)
    assert second.structured_content == first.structured_content
    assert [b["target_language"] for b in other.structured_content["briefs"]] == ["it", "zh"]
    assert 0 < asked < len(endpoint.requests)


async def test_progress_goes_up_and_says_in_words_what_is_done(endpoint):
    told = []

    async def progress(done, total, message):
        told.append((done, total, message))

    async with in_process(endpoint.base_url) as client:
        await client.call_tool("summarize", {"text": TEXT, "to": ["it"]}, progress_callback=progress)
    numbers = [done for done, _, _ in told]
    assert numbers == sorted(set(numbers))
    assert all(total is None for _, total, _ in told)
    messages = [message for _, _, message in told]
    assert messages[0] == "text: summary and quotes"
    assert "text: briefs in it" in messages
    assert "text: answered: translation" in messages


async def test_a_model_that_is_fetched_first_is_told_to_the_call_that_waits_for_it(endpoint, monkeypatch):
    told, backend = [], connect.backend

    def fetched(settings, progress):
        for done in (10, 20, 40):
            progress("fetching a model", done, 40)
        return backend(settings, progress)

    async def progress(_, __, message):
        told.append(message)

    monkeypatch.setattr(connect, "backend", fetched)
    async with in_process(endpoint.base_url) as client:
        await client.call_tool("summarize", {"text": TEXT}, progress_callback=progress)
    assert told[:4] == [*(f"fetching a model: {share}%" for share in (25, 50, 100)), "text: summary and quotes"]


async def test_two_calls_at_once_hear_each_of_its_own_article_only(endpoint):
    told = {"it": [], "zh": []}

    def to(code):
        async def progress(_, __, message):
            told[code].append(message)

        return progress

    async with in_process(endpoint.base_url) as client:
        await asyncio.gather(
            *(client.call_tool("summarize", {"text": TEXT, "to": [c]}, progress_callback=to(c)) for c in told)
        )
    assert "text: briefs in it" in told["it"]
    assert "text: briefs in zh" in told["zh"]
    assert not {"text: briefs in zh"} & set(told["it"])
    assert not {"text: briefs in it"} & set(told["zh"])


async def test_two_calls_for_one_article_at_once_are_paid_for_once(endpoint):
    async with in_process(endpoint.base_url) as client:
        calls = (client.call_tool("summarize", {"text": TEXT, "to": ["it"]}) for _ in range(2))
        one, other = await asyncio.gather(*calls)
    assert one.structured_content == other.structured_content
    prompts = [request.prompt for request in endpoint.requests]
    assert len(prompts) == len(set(prompts))


@pytest.fixture
def held_up():
    """An endpoint whose first question is not answered before the test says so."""
    asked, go = threading.Event(), threading.Event()

    def script(request):
        if not asked.is_set():
            asked.set()
            go.wait(30)
        return extractive(request)

    with serving(script) as served:
        served.asked, served.go = asked, go
        yield served
        go.set()


@pytest.mark.parametrize("mode", ["auto", "legacy"])
async def test_a_cancelled_call_stops_its_questions_and_lets_go_of_its_article(mode, held_up):
    async with in_process(held_up.base_url, mode=mode) as client:
        call = asyncio.create_task(client.call_tool("summarize", {"text": TEXT, "to": ["it"]}))
        await asyncio.to_thread(held_up.asked.wait, 30)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        # had it kept its claim, this would wait for it
        again = await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})
        needed = len(held_up.requests) - 1
        held_up.go.set()
        other = await client.call_tool("summarize", {"text": TEXT + "\nThe talks went on.", "to": ["it"]})
    assert not again.is_error
    assert not other.is_error
    # an answer that nobody waits for any more leads to no further question
    assert len(held_up.requests) == 1 + 2 * needed


async def test_what_was_answered_before_a_call_was_cancelled_is_not_asked_again():
    asked, go, tasks = threading.Event(), threading.Event(), []

    def script(request):
        tasks.append(request.prompt)
        if len(tasks) == 2:
            asked.set()
            go.wait(30)
        return extractive(request)

    with serving(script) as endpoint:
        async with in_process(endpoint.base_url, review="none") as client:
            call = asyncio.create_task(client.call_tool("summarize", {"text": TEXT, "to": ["it"]}))
            await asyncio.to_thread(asked.wait, 30)
            call.cancel()
            await asyncio.gather(call, return_exceptions=True)
            again = await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})
        go.set()
    assert not again.is_error
    assert tasks.count(tasks[0]) == 1
    assert tasks.count(tasks[1]) == 2


async def test_an_endpoint_that_refuses_the_key_is_told_in_words_without_it(monkeypatch):
    monkeypatch.setenv("SUMMARIZER_API_KEY", KEY)
    with serving(in_turn(failure(401, f"Incorrect API key provided: {KEY}"))) as endpoint:
        async with in_process(endpoint.base_url) as client:
            text = said(await client.call_tool("summarize", {"text": TEXT, "to": ["it"]}))
            alive = await client.call_tool("figures", {"text": TEXT})
    assert KEY not in text
    assert "key" in text
    assert not alive.is_error


async def test_a_brief_that_failed_is_told_beside_the_digest_that_lacks_it():
    def script(request):
        return completion("no", finish_reason="length") if "translate" in request.prompt else extractive(request)

    with serving(script) as endpoint:
        async with in_process(endpoint.base_url, review="none") as client:
            result = await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})
            listed = await client.list_resources()
    assert not result.is_error
    assert result.structured_content["briefs"] == []
    assert "brief.missing" in {f["code"] for f in result.structured_content["findings"]}
    assert len(result.content) == 2
    assert json.loads(result.content[1].text) == result.structured_content
    assert listed.resources == []  # it is not whole


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("summarize", {}, "exactly one of text, path and address; none was given"),
        ("summarize", {"text": TEXT, "path": "a.txt"}, "text and path were given"),
        ("summarize", {"text": TEXT, "to": ["xx"]}, "xx"),
        ("summarize", {"text": TEXT, "to": 5}, "to: "),
        ("summarize", {"text": " \n"}, "text: there is no text in it"),
        ("quotes", {"text": "x" * 2_000_001}, "longer than 2,000,000 bytes"),
        ("quotes", {"text": TEXT, "language": "tlh"}, "tlh"),
        ("quotes", {"path": "seeds"}, "this server reads no files"),
        ("figures", {"address": "https://example.org/a"}, "this server fetches no addresses"),
        ("figures", {"address": "/etc/hostname"}, "no address of the web"),
        ("figures", {"adress": "https://example.org/a"}, "adress: there is no such argument"),
        ("check", {}, "give either digest or id"),
        ("check", {"id": "0" * 64}, "no digest of this id is kept here"),
        ("check", {"digest": {"schema_version": "1"}}, "digest: this is no digest: article"),
    ],
)
async def test_what_cannot_be_done_is_an_error_of_the_tool_in_words(tool, arguments, words, endpoint):
    async with in_process(endpoint.base_url) as client:
        assert words in said(await client.call_tool(tool, arguments))
    assert endpoint.requests == []


async def test_a_fault_of_ours_is_told_without_a_value_and_ends_no_server(monkeypatch, endpoint):
    def broken(*_):
        raise ZeroDivisionError(KEY)

    monkeypatch.setattr("summarizer.rules_only.digest", broken)
    async with in_process(endpoint.base_url) as client:
        text = said(await client.call_tool("figures", {"text": TEXT}))
        assert not (await client.call_tool("summarize", {"text": TEXT})).is_error
    assert "ZeroDivisionError at summarizer" in text
    assert KEY not in text


async def test_an_unknown_tool_is_an_error_of_the_protocol(endpoint):
    async with in_process(endpoint.base_url) as client:
        with pytest.raises(MCPError, match="there are summarize, check, quotes, figures"):
            await client.call_tool("summarise", {"text": TEXT})


async def test_quotes_and_figures_are_those_of_the_rules_and_ask_no_model(endpoint):
    async with in_process(endpoint.base_url) as client:
        quotes = (await client.call_tool("quotes", {"text": TEXT})).structured_content
        figures = (await client.call_tool("figures", {"text": TEXT})).structured_content
    wanted = rules_only.digest(article.load_text(TEXT, "text"), Settings()).model_dump(mode="json")
    assert wanted["quotes"]
    assert wanted["figures"]
    assert quotes["quotes"] == wanted["quotes"]
    assert figures["figures"] == wanted["figures"]
    for each in (*quotes["quotes"], *figures["figures"]):
        assert quotes["article"]["text"][each["start"] : each["end"]] == each["text"]
    assert {f["where"].split("/")[1] for f in quotes["findings"] if f["where"]} <= {"article", "quotes"}
    assert endpoint.requests == []


async def test_a_digest_is_checked_as_it_is_given_or_by_its_id(endpoint):
    async with in_process(endpoint.base_url) as client:
        digest = (await client.call_tool("summarize", {"text": TEXT, "to": ["it"]})).structured_content
        by_id = (await client.call_tool("check", {"id": digest["article"]["id"]})).structured_content
        given = (await client.call_tool("check", {"digest": digest})).structured_content
        digest["quotes"][0]["text"] = "Words that nobody said."
        wrong = (await client.call_tool("check", {"digest": digest})).structured_content
    assert given == by_id
    assert given["article"] == digest["article"]["id"]
    assert wrong["errors"] == given["errors"] + sum(
        f["where"].startswith("/quotes/0") and f["severity"] == "error" for f in wrong["findings"]
    )
    assert wrong["errors"] > given["errors"]


def test_the_languages_that_a_tool_names_are_those_there_are():
    from summarizer import languages
    from summarizer.mcp.values import Wanted

    told = Wanted.model_fields["to"].description
    assert set(told.partition(": ")[2].partition(";")[0].split(", ")) == set(languages.available())


async def test_the_digests_of_a_store_are_listed_page_by_page_and_read(tmp_path, monkeypatch, endpoint):
    monkeypatch.setattr(resources, "PAGE", 2)
    made = [
        rules_only.digest(article.from_text(f"Sentence {n} of five.", source=f"{n}.txt"), Settings())
        for n in range(5)
    ]
    with Store(tmp_path / "s.sqlite") as store:
        run = store.begin("test", {})
        for number, digest in enumerate(made):
            store.finish(f"{number:064}", run, digest.article.source, digest, [])
    async with in_process(endpoint.base_url, store=tmp_path / "s.sqlite") as client:
        pages, cursor = [], None
        while True:
            page = await client.list_resources(cursor=cursor)
            pages.append([each.uri for each in page.resources])
            if (cursor := page.next_cursor) is None:
                break
        (template,) = (await client.list_resource_templates()).resource_templates
        by_key = await client.read_resource(pages[0][0])
        by_article = await client.read_resource(resources.address(made[4].article.id))
        with pytest.raises(MCPError, match="no digest here"):
            await client.read_resource(resources.address("f" * 64))
        with pytest.raises(MCPError, match="no digest here"):
            await client.read_resource("file:///etc/passwd")
        with pytest.raises(MCPError, match="cursor"):
            await client.list_resources(cursor="1; DROP TABLE results")
    wanted = [resources.address(f"{number:064}") for number in (4, 3, 2, 1, 0)]
    assert pages == [wanted[:2], wanted[2:4], wanted[4:]]
    assert template.uri_template.format(id="x") == resources.address("x")
    assert Digest.model_validate_json(by_key.contents[0].text) == made[4]
    assert by_article.contents[0].text == by_key.contents[0].text
    assert by_key.contents[0].mime_type == "application/json"


async def test_a_store_that_fails_is_told_in_words(tmp_path, endpoint):
    async with in_process(endpoint.base_url, store=tmp_path / "s.sqlite") as client:
        import sqlite3

        with sqlite3.connect(tmp_path / "s.sqlite") as db:
            db.execute("DROP TABLE results")
        with pytest.raises(MCPError, match=r"s\.sqlite") as error:
            await client.list_resources()
    assert "Traceback" not in str(error.value)


async def test_addresses_are_fetched_where_that_is_allowed(endpoint):
    with web() as site:
        site.answers["/a"] = page(PAGE)
        given = {"fetch": True, "fetch_allow": ["127.0.0.1"], "fetch_apart_s": 0}
        async with in_process(endpoint.base_url, **given) as client:
            found = await client.call_tool("figures", {"address": site.url("/a")})
            again = await client.call_tool("quotes", {"address": site.url("/a")})
            missing = await client.call_tool("figures", {"address": site.url("/none")})
    assert found.structured_content["article"]["url"] == site.url("/a")
    assert not again.is_error
    assert "404" in said(missing)
    assert site.paths.count("/robots.txt") == 1  # one fetcher for all calls


async def test_what_all_calls_together_may_cost_is_bounded(endpoint):
    other = TEXT.replace("Shanghai", "Trieste")
    async with in_process(endpoint.base_url, budget=Budget(max_tokens=5_500), review="none") as client:
        assert not (await client.call_tool("summarize", {"text": TEXT})).is_error
        asked = len(endpoint.requests)
        refused = [said(await client.call_tool("summarize", {"text": text})) for text in (other, other)]
        assert not (await client.call_tool("summarize", {"text": TEXT})).is_error  # it is paid for
        assert not (await client.call_tool("quotes", {"text": other})).is_error
    assert all("the limit of 5,500 tokens would not hold" in words for words in refused)
    assert len(endpoint.requests) == asked


async def test_a_bound_in_dollars_needs_a_price(endpoint):
    async with in_process(endpoint.base_url, budget=Budget(max_usd=1.0)) as client:
        refused = said(await client.call_tool("summarize", {"text": TEXT}))
    assert "--max-cost needs to know what 'test-model' costs" in refused
    assert not endpoint.requests
