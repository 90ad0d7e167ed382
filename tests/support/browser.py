"""A headless Chromium that opens a page and tells what became of it."""

import json
import os
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest

#: Read before the fixtures clear the environment; where it is 1, no browser is a failure.
REQUIRED = os.environ.get("SUMMARIZER_REQUIRE_BROWSER") == "1"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_QUIET = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=5000",
)
#: Puts a page into a frame of a phone's width, opens everything in it, and writes down what it sees.
_HARNESS = """<!DOCTYPE html><title>harness</title><pre id="seen">nothing</pre><script>
const frame = document.createElement("iframe");
frame.style.cssText = "border:0;width:%(width)dpx;height:844px";
frame.onload = () => {
  const page = frame.contentDocument, inner = frame.contentWindow;
  page.querySelectorAll("details").forEach(each => { each.open = true; });
  const languages = () => [...page.querySelectorAll(".case")].filter(each => each.offsetHeight)
    .map(each => each.id.slice(5, 7)).sort();
  const all = [...page.querySelectorAll("*")];
  document.getElementById("seen").textContent = JSON.stringify({
    languages: languages(),
    chosen: [...page.querySelectorAll("input[id]:not(#only-all)")].map(each => { each.checked = true; return languages(); }),
    title: page.title,
    top: document.title,
    inner: inner.innerWidth,
    scroll: page.documentElement.scrollWidth,
    scripts: page.scripts.length,
    handlers: all.flatMap(e => e.getAttributeNames()).filter(name => name.startsWith("on")),
    loaded: inner.performance.getEntriesByType("resource").length,
    sheets: page.styleSheets.length,
    margin: inner.getComputedStyle(page.body).marginTop,
    wide: all.filter(e => e.getBoundingClientRect().right > inner.innerWidth + 1 && !e.closest(".scroll, .whisker, .skip"))
      .map(e => e.outerHTML.slice(0, 80)),
  });
};
frame.srcdoc = %(page)s;
document.body.append(frame);
</script>"""


def browser() -> str:
    """Return the browser's program; skips the test where there is none, unless one is required."""
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        reason = f"no browser: none of {', '.join(_NAMES)} is installed"
        pytest.fail(reason) if REQUIRED else pytest.skip(reason)
    return found


def dump(file: Path, folder: Path) -> str:
    """Return the document of a file as it stands once it has loaded."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [browser(), *_QUIET, *root, f"--user-data-dir={folder}", "--dump-dom", file.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8", timeout=120).stdout


def look(page: str, width: int, folder: Path) -> dict[str, Any]:
    """Return what a frame of `width` pixels shows of a page when everything in it is open."""
    file = folder / "harness.html"
    text = json.dumps(page).replace("<", "\\u003c")
    file.write_text(_HARNESS % {"width": width, "page": text}, encoding="utf-8")
    seen = re.search(r'<pre id="seen">(.*?)</pre>', dump(file, folder / "profile"), re.DOTALL)
    assert seen
    return json.loads(unescape(seen[1]))
