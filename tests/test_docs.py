import re
from pathlib import Path

import pytest

from endpoint import serving
from model import extractive
from summarizer.findings import CODES

ROOT = Path(__file__).resolve().parent.parent


def examples() -> list[str]:
    return re.findall(r"```python\n(.*?)```", (ROOT / "docs/library.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("number", range(3))
def test_each_example_of_the_library_page_runs(number, monkeypatch):
    monkeypatch.chdir(ROOT)
    with serving(extractive) as endpoint:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", endpoint.base_url)
        names = {"__name__": "example"}
        exec(compile(examples()[number], f"docs/library.md example {number}", "exec"), names)
    assert endpoint.requests
    assert names.get("digest") or names.get("digests")


def test_the_page_has_three_examples():
    assert len(examples()) == 3


def test_every_finding_code_is_documented_with_its_severity():
    page = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([a-z.]+)` \| (\w+) \| (.+) \|$", page, re.MULTILINE)
    assert {code: (severity, text) for code, severity, text in rows} == dict(CODES)
