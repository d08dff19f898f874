"""Over 200 texts that would run a script, in every field and in every place that a reader fills in: none does.

A policy guards each page. On a normal visit it has nothing to refuse, and on these neither: nothing gets that far.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from threading import Thread
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.viewer.conftest import SETTINGS, _Quiet, _Server
from tests.viewer.vectors import vectors
from tracker.viewer.builder import build

VECTORS = vectors()
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
POKE = """
for (const element of document.querySelectorAll("article *, .md-search *"))
  for (const name of ["mouseover", "error", "focus", "toggle", "load"]) element.dispatchEvent(new Event(name));
"""
CONFIGURATION = """\
desk: "'>\\"<script>window.pwned=900</script>"
categories: {hardware: "<script>window.pwned=901</script>"}
locations: {lyon: {label: "<img src=x onerror=window.pwned=902>"}}
people: {ada: {name: "<img src=x onerror=window.pwned=903>", email: ada@example.org}}
website: {internal: true}
fields: {notes: {kind: text, label: "<b onclick=window.pwned=904>Notes</b>"}}
statuses: {open: {}, closed: {open: false}}
"""


def _quoted(text: str) -> str:
    return json.dumps(text)  # a YAML scalar between double quotes is one of JSON


def _write(desk: Path, number: int, text: str) -> None:
    line = _quoted(" ".join(text.split()))
    state = "closed" if number % 5 == 0 else "open"
    folder = desk / "tickets" / "2026" / "11"
    (folder / f"HD-{number}").mkdir(parents=True)
    (folder / f"HD-{number}.md").write_text(
        f"---\nid: HD-{number}\ntitle: {line}\ntype: incident\nstatus: {state}\ncategory: hardware\npriority: normal\n"
        f"created: 2026-11-{number % 28 + 1:02}T09:00:00Z\nassignee: ada\nrequester:\n  name: {line}\n  email: {line}\n"
        f"location: lyon\nnotes: {line}\nlabels:\n  - {line}\nsystem:\n  kind: {line}\n---\n{text}\n\n> {text}\n"
    )
    (folder / f"HD-{number}" / "2026-11-24T101200Z-x.md").write_text(
        f"---\nauthor: {line}\ncreated: 2026-11-24T10:12:00Z\nvisibility: public\n---\n{text}\n"
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A website full of them, with a history."""
    desk = tmp_path_factory.mktemp("vectors")
    (desk / "tracker.yml").write_text(CONFIGURATION)
    (desk / "site").mkdir()
    (desk / "site" / "index.md").write_text("# Welcome\n")
    features = "[navigation.instant, navigation.tabs, content.action.edit, search.suggest, search.highlight]"
    (desk / "mkdocs.yml").write_text(SETTINGS.format(features=features, directories="true"))
    for number, text in VECTORS.items():
        _write(desk, number, text)
    (desk / "tickets" / "2026" / "11" / "<img src=x onerror=window.pwned=905>.md").write_text("x")
    hostile = {"GIT_AUTHOR_NAME": "<script>window.pwned=906</script>", "GIT_AUTHOR_EMAIL": "x@example.org"}
    environment = {**os.environ, **hostile, "GIT_COMMITTER_NAME": "x", "GIT_COMMITTER_EMAIL": "x@example.org"}
    for command in (
        ("init", "-q", "-b", "main"),
        ("add", "-A"),
        ("commit", "-qm", "<script>window.pwned=907</script>"),
    ):
        subprocess.run(["git", *command], cwd=desk, check=True, env=environment, capture_output=True)
    return build(desk, strict=True)


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the website is served."""
    server = _Server(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test if anything of the texts ran, was refused, or was asked of another host."""
    context: BrowserContext = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong: list[str] = []
    host = address.split("/")[2]
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    page.on(
        "request",
        lambda request: (
            wrong.append(request.url)
            if request.url.split("/")[2:3] != [host] and not request.url.startswith("data:")
            else None
        ),
    )
    page.on("pageerror", lambda error: wrong.append(str(error)))
    yield page
    context.close()
    assert wrong == []


def _untouched(page: Page) -> None:
    page.evaluate(POKE)
    assert page.evaluate("[window.pwned ?? null, window.refused]") == [None, []], page.url
    strange = "article script, article iframe, article object, article embed, article base, article style, article meta"
    assert page.locator(strange).count() == 0, page.url
    addresses = page.evaluate("[...document.links].map(link => link.protocol)")
    assert {*addresses} <= {"http:", "https:", "mailto:", "tel:"}, page.url


def test_there_are_enough() -> None:
    assert len(set(VECTORS.values())) > 200


@pytest.mark.parametrize("part", range(4))
def test_nothing_runs_on_the_page_of_a_ticket(visitor: Page, address: str, part: int) -> None:
    for number in list(VECTORS)[part::4]:
        visitor.goto(f"{address}/tickets/HD-{number}/")
        _untouched(visitor)


def test_nothing_runs_on_the_other_pages(visitor: Page, address: str, site: Path) -> None:
    pages = sorted(
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if not re.match(r"tickets/(HD-|window|img)|labels/|requesters/", path.relative_to(site).as_posix())
    )
    assert len(pages) > 5
    for page in [*pages, *_some_lists(site)]:
        visitor.goto(f"{address}/{page}/".replace("/./", "/"))
        visitor.wait_for_timeout(300)
        _untouched(visitor)


def _some_lists(site: Path) -> Iterator[str]:
    for folder in ("labels", "requesters"):
        for path in sorted((site / folder).glob("*/index.html"))[::25]:
            yield path.parent.relative_to(site).as_posix()


@pytest.mark.parametrize("place", ["tickets/", "tickets/board/", "tickets/new/incident/"])
def test_nothing_runs_that_an_address_brings(visitor: Page, address: str, place: str) -> None:
    for number, text in list(VECTORS.items())[::6]:
        visitor.goto(f"{address}/{place}?q={quote(text)}&title={quote(text)}&by={quote(text)}#{quote(text)}")
        visitor.wait_for_timeout(60)
        _untouched(visitor)
        assert number


def test_nothing_runs_that_somebody_types(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}/tickets/")
    visitor.locator("[data-tracker=queue] input").first.wait_for()
    boxes = [
        visitor.locator("[data-tracker=queue] input").first,
        visitor.locator("[data-md-component=search-query]"),
    ]
    for box in boxes:
        for text in list(VECTORS.values())[::8]:
            box.evaluate(
                "(box, text) => { box.focus(); box.value = text; box.dispatchEvent(new Event('input', {bubbles: true}));"
                " box.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true, key: 'a'})); }",
                text,
            )
            visitor.wait_for_timeout(40)
            _untouched(visitor)
        visitor.keyboard.press("Escape")


def test_nothing_of_it_is_markup_in_data(site: Path) -> None:
    for path in site.rglob("*.xml"):
        names = {element.tag.rpartition("}")[2] for element in ET.parse(path).iter()}
        assert not names & {"script", "img", "svg", "iframe", "b"}, path
    for path in site.rglob("*.json"):
        json.loads(path.read_text())
    for path in site.rglob("*.ics"):
        assert all(re.match(r"[A-Z-]+[;:]| ", line) for line in path.read_text().splitlines()), path


def test_cells_of_tables_are_no_formulas(site: Path) -> None:
    import csv

    tables = list(site.rglob("*.csv"))
    assert tables
    for path in tables:
        with path.open(newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        assert not [cell for cell in cells if re.match(r"[=@\t\r]|[+-](?!\d)", cell)], path


def test_links_of_strangers_say_so(site: Path) -> None:
    """Links that leave lead nobody back, and give no weight."""
    found = 0
    for path in site.glob("tickets/HD-*/index.html"):
        body = path.read_text().partition('class="tk-body"')[2].partition("</article>")[0]
        for link in re.findall(r'<a [^>]*href="https?://[^>]*>', body):
            found += 1
            assert 'rel="noopener nofollow ugc"' in link, link
    assert found
