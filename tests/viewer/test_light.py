"""Tickets that were closed long ago have light pages, which show the same."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import CONFIGURATION, git, write_ticket

STATUSES = "statuses:\n  open:\n  closed: {open: false}\n"
COLOUR = "getComputedStyle(document.body).getPropertyValue('--md-default-bg-color')"


@pytest.fixture
def site(desk: Path, website: Callable[..., Path]) -> Path:
    """A website on which of three closed tickets the oldest two are light."""
    (desk / "tracker.yml").write_text(CONFIGURATION + STATUSES + "website: {whole: 1}\n")
    for number in (1, 2, 3):
        write_ticket(desk, number, title=f"'Ticket {number} <b>'", body=f"Text of {number}.\n")
    for path in (desk / "tickets" / "2026" / "11").glob("*.md"):
        path.write_text(path.read_text().replace("status: open", "status: closed"))
    write_ticket(desk, 4)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Tickets")
    return website("[navigation.instant]")


def test_the_oldest_closed_tickets_are_light(site: Path) -> None:
    pages = {number: (site / "tickets" / f"HD-{number}" / "index.html").read_text() for number in range(1, 5)}
    assert [number for number, page in pages.items() if "md-search" not in page] == [1, 2]
    assert len(pages[1]) < len(pages[3]) / 2
    for page in pages.values():
        assert "Content-Security-Policy" in page
        assert page.count('name="tracker-desk"') == 1
        assert "q7tracker" not in page
    assert "<title>Ticket 1 &lt;b&gt; · HD-1 - Test desk</title>" in pages[1]
    assert "Text of 1." in pages[1]


def test_light_tickets_have_no_file_of_their_own_for_programs(site: Path) -> None:
    files = sorted(path.name for path in (site / "tickets").glob("HD-*.json"))
    assert files == ["HD-3.json", "HD-4.json"]
    assert '"title":"Ticket 1 <b>"' in (site / "tickets" / "tickets.json").read_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_light_page_has_the_colours_of_the_others(
    site: Path, desk: Path, served: Callable[[Path], str], browser: Browser, scheme: str
) -> None:
    address = served(site)
    context = browser.new_context()
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/tickets/HD-4/")
    kept = {"light": "default", "dark": "slate"}[scheme]
    page.evaluate(
        "([scheme]) => localStorage.setItem(new URL('/', location).pathname + '.__palette',"
        " JSON.stringify({index: 0, color: {media: '', scheme, primary: 'teal', accent: 'red'}}))",
        [kept],
    )
    page.goto(f"{address}/tickets/HD-1/")
    assert page.locator("body").get_attribute("data-md-color-scheme") == kept
    assert page.evaluate(COLOUR).strip()
    assert page.locator("h1").inner_text().startswith("Ticket 1 <b>")
    page.get_by_role("link", name="Queue").first.click()
    assert page.url == f"{address}/tickets/"
    assert [text for text in wrong if not re.search("favicon", text)] == []
    context.close()


def test_the_theme_shows_a_light_page_within_a_whole_one(
    site: Path, served: Callable[[Path], str], browser: Browser
) -> None:
    address = served(site)
    page = browser.new_page()
    page.goto(f"{address}/tickets/closed/2026-11/")
    page.get_by_role("link", name="HD-1", exact=True).click()
    page.wait_for_url(f"{address}/tickets/HD-1/")
    assert page.get_by_text("Text of 1.").is_visible()
    page.close()
