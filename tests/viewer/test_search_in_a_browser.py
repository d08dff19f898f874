"""Tickets in the theme's own search: found as one types, above what the theme finds, with its keys."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, expect

import tracker.viewer
from tests.conftest import CONFIGURATION, git, new_repository, write_ticket
from tests.viewer.conftest import SETTINGS, serving
from tracker.query.matching import folded
from tracker.viewer.browser.postings import entry
from tracker.viewer.browser.search_words import _WORD
from tracker.viewer.builder import build

SCRIPTS = Path(tracker.viewer.__file__).parent / "assets" / "scripts"
TICKETS = """.tk-search li:not(:has(.tk-search__all)) .tk-id:first-child"""
HOSTILE = "<img src=x onerror=window.pwned=1> jam"


def _tickets(desk: Path) -> None:
    write_ticket(desk, 1, "Plotter jams", "assignee: ada\nlabels:\n  - third-floor\n")
    write_ticket(desk, 2, "Écran noir", "", "L’imprimante du couloir et la jonquille.\n")
    closed = write_ticket(desk, 3, "Plotter is loud", "aliases:\n  - HD-k7q3x\n")
    closed.write_text(closed.read_text().replace("status: open", "status: closed"))
    write_ticket(desk, 4, "Another thing", "", "The plotter of the hall.\n")
    write_ticket(desk, 1042, "Nothing special")
    write_ticket(desk, 5, f"'{HOSTILE}'")
    talk = desk / "tickets/2026/11/HD-1042"
    talk.mkdir()
    for time, visibility, text in (
        ("0900", "internal", "Secretword."),
        ("1000", "public", "Marigold plotter."),
    ):
        head = f"author: omar\ncreated: 2026-11-15T{time[:2]}:00:00Z\nvisibility: {visibility}"
        (talk / f"2026-11-15T{time}00Z-omar.md").write_text(f"---\n{head}\n---\n{text}\n")
    for number in range(2000, 2030):
        write_ticket(desk, number, f"Cable {number - 2000} is broken")


@pytest.fixture(scope="module", params=["[]", "[navigation.instant]"], ids=["plain", "instant"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A website, built below a path, whose theme loads pages or exchanges them."""
    desk = tmp_path_factory.mktemp("desk")
    new_repository(desk)
    (desk / "tracker.yml").write_text(CONFIGURATION)
    _tickets(desk)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Set up")
    (desk / "site").mkdir()
    (desk / "site" / "index.md").write_text("# Welcome\n")
    (desk / "site" / "plotters.md").write_text("# About plotters\n\nHow a plotter is fed.\n")
    settings = SETTINGS.format(features=request.param, directories="true")
    (desk / "mkdocs.yml").write_text(settings)
    return build(desk, site=tmp_path_factory.mktemp("web") / "help")


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where it is served, below a path."""
    with serving(site.parent) as host:
        sitemap, here = site / "sitemap.xml", f"{host}/help/"
        sitemap.write_text(sitemap.read_text().replace("https://desk.example.org/help/", here))
        yield here


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new page, on which nothing may go wrong."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    yield page
    assert [text for text in said if "404" not in text and "worker" not in text.lower()] == []
    assert page.evaluate("window.pwned") is None
    context.close()


def search(page: Page, text: str) -> None:
    """Type into the theme's search."""
    page.keyboard.press("/")
    page.keyboard.type(text)


def expect_tickets(page: Page, *ids: str) -> None:
    """Wait until these tickets are shown, in this order."""
    expect(page.locator(TICKETS)).to_have_text(list(ids))


FOUND = {
    "1042": ["HD-1042"],
    "HD-1042": ["HD-1042"],
    "hd1042": ["HD-1042"],
    "k7q3x": ["HD-3"],
    "HD-K7Q3X": ["HD-3"],
    "plotter": ["HD-1", "HD-3", "HD-4", "HD-1042"],
    "jam plot": ["HD-1"],
    "jams nowhere": [],
    "ecran": ["HD-2"],
    "l'écran": ["HD-2"],
    "imprim": ["HD-2"],
    "L’IMPRIMANTE": ["HD-2"],
    "third": ["HD-1"],
    "byron": ["HD-1"],
    "ada": ["HD-1"],
    "marigold": ["HD-1042"],
    "secretword": [],
}


def test_what_is_found(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "")
    for text, ids in FOUND.items():
        page.keyboard.press("Control+a")
        page.keyboard.press("Delete")
        expect_tickets(page)
        page.keyboard.type(text)
        if not ids:
            expect(page.locator(".tk-search [role=status]")).to_have_text("No ticket has this")
        expect_tickets(page, *ids)


def test_that_nothing_is_found_is_said_once(page: Page, address: str) -> None:
    page.goto(address)
    said = page.locator(".md-search-result__meta:visible")
    search(page, "zzzz")
    expect(said).to_have_text(["No ticket has this"])
    page.keyboard.press("Control+a")
    page.keyboard.type("fed")
    expect(said).to_have_text(["1 matching document", "No ticket has this"])
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    expect(said).to_have_text(["Type to start searching"])


def test_the_line_of_a_ticket(page: Page, address: str) -> None:
    page.goto(f"{address}plotters/")
    search(page, "marigold")
    line = page.locator(".tk-search li")
    expect(line).to_have_text("Nothing specialHD-1042Openin the conversation")
    page.locator("[data-md-component=search-query]").fill("plotter jam")
    expect(page.locator(".tk-search li mark")).to_have_text(["Plotter", "jams"])
    expect(page.locator(".tk-search li")).to_contain_text("Ada Byron")
    expect(page.locator(".tk-search [role=status]")).to_have_text("1 ticket")


def test_texts_of_strangers_are_shown_as_text(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "onerror")
    expect(page.locator(".tk-search__title")).to_have_text(HOSTILE)


def test_keys_go_through_our_results_and_those_of_the_theme(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "plotter")
    expect(page.locator("[data-md-component=search-result] > ol a")).to_have_count(1)
    expect(page.locator(TICKETS)).to_have_count(4)
    seen = []
    for _time in range(6):
        page.keyboard.press("ArrowDown")
        seen.append(page.evaluate("(document.activeElement.href ?? 'box').replace(/.*\\/help\\//, '')"))
    ours = ["tickets/HD-1/", "tickets/HD-3/", "tickets/HD-4/", "tickets/HD-1042/"]
    assert sorted(seen[:4]) == sorted(ours)
    assert seen[4:] == ["plotters/", "box"]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/HD-1/")


@pytest.mark.parametrize("text", ["1042", "hd-k7q3x", "marigold"])
def test_enter_opens_the_first_ticket_however_soon_it_comes(page: Page, address: str, text: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.evaluate("text => { document.activeElement.value = text }", text)  # no answer can be there yet
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/HD-3/" if "k7" in text else "**/tickets/HD-1042/")


def test_enter_opens_what_the_theme_finds_where_no_ticket_is_found(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "fed")
    expect(page.locator("[data-md-component=search-result] > ol a")).not_to_have_count(0)
    page.keyboard.press("Enter")
    page.wait_for_url("**/plotters/*")


def test_all_of_many_are_in_the_queue(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "cable broken")
    expect(page.locator(".tk-search li")).to_have_count(21)
    last = page.locator(".tk-search li a").last
    expect(last).to_have_text("Show all 30 in the queue")
    query = "tickets/?q=is:open,closed text:cable text:broken"
    assert unquote(last.get_attribute("href") or "") == address + query


def test_the_search_goes_on_on_the_next_page(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "1042")
    expect_tickets(page, "HD-1042")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tickets/HD-1042/")
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
    page.locator("h1", has_text="Nothing special").wait_for()
    page.keyboard.press("/")
    page.locator("[data-md-component=search-query]").fill("ecran")
    expect_tickets(page, "HD-2")
    assert page.locator(".tk-search").count() == 1


def test_an_emptied_box_shows_nothing(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "ecran")
    expect_tickets(page, "HD-2")
    page.locator("[data-md-component=search] [type=reset]").click()
    expect_tickets(page)
    expect(page.locator(".tk-search [role=status]")).to_have_text("")


@pytest.mark.parametrize("shown", ["tickets/?q=status:open", "tickets/?q=status:open#main"])
def test_a_query_of_the_queue_is_no_search(page: Page, address: str, shown: str) -> None:
    page.goto(address + shown)
    page.wait_for_timeout(300)
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
    assert unquote(page.url) == address + shown
    page.locator("[data-md-component=search-query]").click()  # the key for it is that of the query box here
    page.keyboard.type("1042")
    expect_tickets(page, "HD-1042")
    page.keyboard.press("Escape")
    assert unquote(page.url) == address + shown


def test_words_from_an_address_are_searched_on_other_pages(page: Page, address: str) -> None:
    page.goto(f"{address}?q=ecran")
    expect_tickets(page, "HD-2")


def test_it_works_on_the_disk(page: Page, site: Path) -> None:
    page.goto((site / "plotters" / "index.html").as_uri())
    search(page, "plotter")
    expect(page.locator(TICKETS)).to_have_count(4)
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.href.includes('/tickets/HD-1/')")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    expect(page.locator("[data-md-toggle=search]")).not_to_be_checked()
    search(page, "1042")
    expect(page.locator(TICKETS).first).to_have_text("HD-1042")


def test_it_works_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(address)
    page.locator("header label[for=__search]").first.click()
    page.keyboard.type("plotter")
    expect(page.locator(TICKETS)).to_have_count(4)
    assert page.locator(".tk-search").evaluate("element => [element.scrollWidth, element.clientWidth]") == [
        375,
        375,
    ]
    page.locator(TICKETS).first.click()
    page.wait_for_url("**/tickets/HD-1/")


def test_where_the_theme_has_no_search_nothing_breaks(page: Page, site: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(site, copy)
    index = copy / "index.html"
    index.write_text(index.read_text().replace("search-query", "gone").replace('"search-result"', '"gone"'))
    page.goto(index.as_uri())
    page.wait_for_timeout(200)
    assert page.locator(".tk-search").count() == 0


def test_the_queue_can_ask_for_words(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "x")
    page.locator(".tk-search").wait_for(state="attached")
    ask = "async words => [...(await trackerModules.search.matching(words, await trackerModules.desk.desk()))].sort()"
    assert page.evaluate(ask, "plotter") == ["HD-1", "HD-1042", "HD-3", "HD-4"]
    assert page.evaluate(ask, ["plotter", "jam"]) == ["HD-1"]
    assert page.evaluate(ask, "???") == []


TEXTS = [
    "L’Été d'Œuvre ﬁn ½ x² É",
    "a bb ccc 1 22 straße İstanbul",
    "中文 字 日本",
    "a_b-c.d@e.fr",
    "x" * 70,
    "Ωμέγα й",
]


def test_words_are_the_same_on_both_sides(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "x")
    page.locator(".tk-search").wait_for(state="attached")
    found = page.evaluate("texts => texts.map(trackerModules.folding.wordsOf)", TEXTS)
    assert found == [list(dict.fromkeys(_WORD.findall(folded(text)))) for text in TEXTS]


def test_entries_are_read_as_they_were_written(page: Page, address: str) -> None:
    page.goto(address)
    search(page, "x")
    page.locator(".tk-search").wait_for(state="attached")
    places = {"!": [0, 1, 44, 1937, 90_000], "%": [2, 43, 89_000]}
    text = f" abb{entry('', {'!': [7]})} abc{entry('', places)} abcd{entry('', {'&': [1, 3]})} abd{entry('', {'#': [9]})}"
    read = """text => {
      const found = new Uint8Array(100000);
      trackerModules.postings.note(text, "abc", found);
      return [...found.entries()].filter(([, kind]) => kind);
    }"""
    kinds = {0: 5, 1: 5, 2: 2, 3: 1, 43: 2, 44: 5, 1937: 5, 89_000: 2, 90_000: 5}
    assert page.evaluate(read, text) == [list(pair) for pair in kinds.items()]
