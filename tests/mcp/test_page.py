import json
import re

import typer
from mcp_types.version import HANDSHAKE_PROTOCOL_VERSIONS, MODERN_PROTOCOL_VERSIONS

from summarizer import cli
from summarizer.batch.store import Store
from summarizer.cli.mcp import TOKEN
from summarizer.config import Settings
from summarizer.mcp.roots import Roots
from summarizer.mcp.service import Service
from summarizer.mcp.tools import tools
from tests.support.protocol_client import ROOT

PAGE = (ROOT / "docs/mcp.md").read_text(encoding="utf-8")


def test_the_page_has_each_tool_with_what_it_takes_and_gives():
    with Store(None) as store:
        known = tools(Service(Settings(), store, Roots(())))
    rows = re.findall(r"^\| `(\w+)` \| (.+) \| (.+) \|$", PAGE, re.MULTILINE)
    assert [name for name, _, _ in rows] == [tool.name for tool in known]
    for tool, (_, takes, gives) in zip(known, rows, strict=True):
        assert set(re.findall(r"`(\w+)`", takes)) == set(tool.takes.model_fields)
        if tool.name != "summarize":
            assert set(re.findall(r"`(\w+)`", gives)) == set(tool.gives.model_fields)


def test_the_page_has_only_flags_that_exist_and_a_configuration_that_is_json():
    options = {name for each in typer.main.get_command(cli.app).commands["mcp"].params for name in each.opts}
    assert set(re.findall(r"--\w[\w-]*", PAGE)) <= options
    (configuration,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert set(json.loads(configuration)["mcpServers"]["summarizer"]) == {"command", "args", "env"}
    assert TOKEN in PAGE


def test_the_page_says_which_revisions_of_the_protocol_are_spoken():
    known = sorted({*HANDSHAKE_PROTOCOL_VERSIONS, *MODERN_PROTOCOL_VERSIONS})
    assert f"from {known[0]} to {known[-1]}" in " ".join(PAGE.split())
