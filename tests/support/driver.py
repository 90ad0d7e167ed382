"""The machine's Chromium, driven as a person would drive it."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Error, Page, sync_playwright

from tests.support.browser import browser

Opening = Callable[..., Page]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the browser; skips the test where there is none, unless one is required."""
    program = browser()
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=program, args=root)
        yield started
        started.close()


@contextmanager
def opening(browser: Browser, folder: Path) -> Iterator[Opening]:
    """Give a function that shows a page from disk; at the end nothing may have been said on any console.

    It takes the page's HTML or address, the width in pixels, and what Playwright's `new_context` takes.
    """
    faults: list[str] = []
    contexts = []

    def shown(html: str, width: int = 1280, **more: object) -> Page:
        context = browser.new_context(viewport={"width": width, "height": 844}, **more)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: _noted(message, faults))
        page.on("pageerror", lambda error: faults.append(_told(error)))
        page.on("request", lambda asked: _local(asked.url, faults))
        file = folder / "page.html"
        if not html.startswith("http"):
            file.write_text(html, encoding="utf-8")
        page.goto(html if html.startswith("http") else file.as_uri())
        return page

    yield shown
    for context in contexts:
        context.close()
    assert faults == []


def _noted(message: ConsoleMessage, faults: list[str]) -> None:
    # the browser says of an answer of a server that it was a refusal; the page says what it was about
    if "responded with a status of 4" not in message.text:
        faults.append(f"{message.type}: {message.text}")


def _told(error: Error) -> str:
    return f"{error.message}\n{error.stack}"


def _local(address: str, faults: list[str]) -> None:
    if not address.startswith(("file://", "blob:", "data:", "http://127.0.0.1:")):
        faults.append(f"asked for {address}")
