"""Over 200 texts that would run a script, in every field and in every place that a reader fills in: none does.

A policy guards each page. On a normal visit it has nothing to refuse, and on these neither: nothing gets that far.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.viewer.conftest import SETTINGS, serving
from tests.viewer.vectors import vectors
from tracker.viewer.builder import build

VECTORS = vectors()
WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""
AT_ONCE = 12
CHECK = """async window => {
  const { document } = window, host = window.location.host, end = performance.now() + 10_000;
  while (document.querySelector("[data-tracker]:not([data-started=wholly])"))
    if (performance.now() > end) return [window.location.href, "its scripts do not end"];
    else await new Promise((resolve) => setTimeout(resolve, 20));
  for (const element of document.querySelectorAll("article *, .md-search *"))
    for (const name of ["mouseover", "error", "focus", "toggle", "load"]) element.dispatchEvent(new window.Event(name));
  const names = ["script", "iframe", "object", "embed", "base", "style", "meta"].map((name) => `article ${name}`);
  const found = [
    window.pwned ?? window.top.pwned ?? [],
    window.refused,
    [...document.querySelectorAll(names)].map((element) => element.outerHTML),
    [...document.links].filter(({ protocol }) => !/^(https?|mailto|tel):$/.test(protocol)).map(String),
    window.performance.getEntriesByType("resource").map(({ name }) => name)
      .filter((name) => !name.startsWith("data:") && new URL(name).host !== host),
  ].flat();
  return found.length ? [window.location.href, ...found] : null;
}"""
# Many at once, each in a frame of its own: a page for each takes three times as long.
VISIT = f"""async addresses => {{
  const frames = addresses.map((address) => Object.assign(document.createElement("iframe"), {{ src: address }}));
  const loaded = frames.map((frame) => new Promise((resolve) => (frame.onload = resolve)));
  document.body.replaceChildren(...frames);
  await Promise.all(loaded);
  const found = await Promise.all(frames.map((frame) => ({CHECK})(frame.contentWindow)));
  return found.filter(Boolean);
}}"""
CONFIGURATION = """\
desk: "'>\\"<script>window.pwned=900</script>"
categories: {hardware: "<script>window.pwned=901</script>"}
locations: {lyon: {label: "<img src=x onerror=window.pwned=902>"}}
people: {ada: {name: "<img src=x onerror=window.pwned=903>", email: ada@example.org}}
website: {internal: true, whole: 20}
fields: {notes: {kind: text, label: "<b onclick=window.pwned=904>Notes</b>"}}
statuses: {open: {}, closed: {open: false}}
"""


def _quoted(text: str) -> str:
    return json.dumps(text)  # a YAML scalar between double quotes is one of JSON


def _write(desk: Path, number: int, text: str) -> None:
    line = _quoted(" ".join(text.split()))
    state = "closed" if number % 2 else "open"
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
    (site / "frames.html").write_text("<!doctype html><title>Frames</title>")
    with serving(site) as address:
        yield address


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test if anything speaks up or breaks in it."""
    context: BrowserContext = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    wrong: list[str] = []
    page.on("dialog", lambda dialog: wrong.append(f"dialog {dialog.message}"))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(f"{address}/frames.html")
    yield page
    context.close()
    assert wrong == []


def visit(page: Page, addresses: Iterable[str]) -> None:
    """Look at pages: nothing of the texts runs in them, is refused, or asks another host."""
    left = list(addresses)
    while left:
        some, left = left[:AT_ONCE], left[AT_ONCE:]
        assert page.evaluate(VISIT, some) == []


def test_there_are_enough() -> None:
    assert len(set(VECTORS.values())) > 200


@pytest.mark.parametrize("part", range(2))
def test_nothing_runs_on_the_page_of_a_ticket(visitor: Page, address: str, part: int) -> None:
    visit(visitor, (f"{address}/tickets/HD-{number}/" for number in list(VECTORS)[part::2]))


def test_nothing_runs_on_the_other_pages(visitor: Page, address: str, site: Path) -> None:
    pages = sorted(
        path.parent.relative_to(site).as_posix()
        for path in site.rglob("index.html")
        if not re.match(r"tickets/(HD-|window|img)|labels/|requesters/", path.relative_to(site).as_posix())
    )
    assert len(pages) > 5
    visit(visitor, (f"{address}/{page}/".replace("/./", "/") for page in [*pages, *_some_lists(site)]))


def _some_lists(site: Path) -> Iterator[str]:
    for folder in ("labels", "requesters"):
        for path in sorted((site / folder).glob("*/index.html"))[::25]:
            yield path.parent.relative_to(site).as_posix()


@pytest.mark.parametrize(("place", "first"), [("", 0), ("board/", 2), ("new/incident/", 4)])
def test_nothing_runs_that_an_address_brings(visitor: Page, address: str, place: str, first: int) -> None:
    texts = map(quote, list(VECTORS.values())[first::6])
    visit(visitor, (f"{address}/tickets/{place}?q={it}&title={it}&by={it}#{it}" for it in texts))


def test_nothing_runs_that_somebody_types(visitor: Page, address: str) -> None:
    visitor.goto(f"{address}/tickets/")
    queue = visitor.locator("[data-tracker=queue] input").first
    queue.wait_for()
    for box in (queue, visitor.locator("[data-md-component=search-query]")):
        for text in list(VECTORS.values())[::8]:
            box.evaluate(
                "(box, text) => { box.focus(); box.value = text; box.dispatchEvent(new Event('input', {bubbles: true}));"
                " box.dispatchEvent(new KeyboardEvent('keyup', {bubbles: true, key: 'a'})); }",
                text,
            )
            visitor.wait_for_timeout(40)
            assert visitor.evaluate(f"({CHECK})(window)") is None
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
