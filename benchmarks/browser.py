"""What a reader waits for, in headless Chromium: the queue, and an answer to each key."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

QUERY = "status:open,closed,resolved printer"
ANSWERED = """
() => new Promise(resolve => {
  const box = document.querySelector("[data-tracker=queue] input");
  const began = performance.now();
  box.dispatchEvent(new Event("input", { bubbles: true }));
  requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)));
})
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def look(site: Path) -> Iterator[str]:
    """Yield the figures of a website, each as a line."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/tickets/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"))
        yield f"Chromium {browser.version}"
        page = browser.new_page()
        usable = [_usable(page, address) for _turn in range(3)]
        yield f"the queue is usable {min(usable):.0f} ms after navigation (target 1,000; 3,000 at 100,000)"
        keys = _keys(page)
        slowest, usual = max(keys), median(keys)
        yield f"a key is answered in {usual:.0f} ms, the slowest in {slowest:.0f} (target 50; 150 at 100,000)"
        browser.close()
    server.shutdown()


def _usable(page: Page, address: str) -> float:
    page.goto("about:blank")
    page.goto(address, wait_until="commit")
    page.locator("[data-tracker=queue][data-started=wholly]").wait_for(state="attached")
    return float(page.evaluate("performance.now()"))


def _keys(page: Page) -> list[float]:
    """Return how long each key of a query takes, once all tickets that it asks for are there."""
    box = page.locator("[data-tracker=queue] input").first
    box.fill(QUERY)
    page.wait_for_timeout(5000)
    taken = []
    for end in range(len(QUERY) - 8, len(QUERY)):
        box.evaluate("(box, text) => { box.value = text; }", QUERY[:end])
        taken.append(float(page.evaluate(ANSWERED)))
    return taken
