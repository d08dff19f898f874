"""The website's queries mean what the command line's mean."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, sync_playwright

import tracker.viewer
from tests.chromium import chromium
from tests.query.specification import CONTEXT, KNOWN, NOW, SPECIFICATION
from tracker.query.moments import read_span

SCRIPT = Path(tracker.viewer.__file__).parent / "assets" / "scripts" / "query.js"
RUN = """
([text, known, tickets, now, zone, me]) => {
  const started = performance.now();
  const context = { known, now: new Date(now), zone, me };
  const done = (answer) => ({ ...answer, took: performance.now() - started });
  try {
    const query = queries.parse(text, known);
    const found = queries.choose(tickets, query, context);
    const ids = (rows) => rows.map((row) => row.id);
    if (!query.group) return done({ ids: ids(found) });
    return done({ groups: queries.group(found, query, context).map(([name, rows]) => [name, ...ids(rows)]) });
  } catch (error) {
    if (!(error instanceof queries.QueryError)) return done({ failed: String(error) });
    return done({ wrong: error.code, at: [error.start, error.end] });
  }
}
"""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """A page in a browser that has loaded the script."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        page = browser.new_page()
        module = json.dumps(SCRIPT.read_text(encoding="utf-8"))
        page.evaluate(
            f"import('data:text/javascript,' + encodeURIComponent({module})).then(m => window.queries = m)"
        )
        yield page
        browser.close()


def answer(page: Page, text: str) -> dict[str, Any]:
    """Return what the browser answers to a query."""
    about = [KNOWN, SPECIFICATION["tickets"], SPECIFICATION["now"], SPECIFICATION["zone"], CONTEXT.me]
    found: dict[str, Any] = page.evaluate(RUN, [text, *about])
    return found


@pytest.mark.parametrize("case", SPECIFICATION["cases"], ids=lambda case: case["query"] or "nothing")
def test_what_a_query_chooses(page: Page, case: dict[str, Any]) -> None:
    found = answer(page, case["query"])
    del found["took"]
    assert {"query": case["query"], **found} == case


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4_000,
        "-" * 4_000,
        "a or " * 800,
        '"' * 3_999,
        "status:" + "," * 3_900,
        "x" * 100_000,
        "title:" * 600,
    ],
)
def test_a_malicious_query_is_answered_at_once(page: Page, text: str) -> None:
    found = answer(page, text)
    assert "failed" not in found
    assert found["took"] < 100


@pytest.mark.parametrize(
    "text",
    ["2026", "2026-10", "2026-10-25", "2026-03-29", "2026-03-29t02:30", "2026-10-25t02:30", "today", "-1m", "3m",
     "-400d", "12h", "-90min", "0001-01-01", "9998", "2024-02-29", "2023-02-29", "99999y", "-2000y", "now", "soon",
     "constructor", "2026-11-24t10:00z", "2026-11-24 10:00-06:00"],
)  # fmt: skip
@pytest.mark.parametrize("zone", ["Europe/Paris", "America/Montreal", "Asia/Kathmandu", "UTC"])
def test_times_are_the_same(page: Page, text: str, zone: str) -> None:
    expected = read_span(text, NOW.astimezone(ZoneInfo(zone)))
    found = page.evaluate(
        "([text, now, zone]) => queries.span(text, new Date(now), zone)", [text, NOW.isoformat(), zone]
    )
    assert found == (expected and [int(moment.timestamp() * 1000) for moment in expected])
