"""A ticket's page as people use it: by mouse, by keyboard, without scripts, on a phone, on paper."""

import re
from base64 import b64decode
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import CONFIGURATION, git, new_repository, write_ticket
from tests.viewer.conftest import SETTINGS, serving
from tracker.viewer.builder import build

FORGE = "forge: {kind: github, url: https://forge.example.org/desk}\n"
MAIL = """\
---
author: lea@example.org
created: 2026-11-03T10:00:00Z
attachments:
  - files/a1-photo.png
  - files/a1-run.html
  - files/a1-{name}.txt
---
It works now, thank you.

--{space}
Léa Martin, accounting

On Tue, 3 Nov 2026 at 09:00, Omar <omar@example.org> wrote:

> Have you tried
> to turn it off
> and on again?
>
> Omar
"""
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
INTERNAL = "---\nauthor: omar\ncreated: 2026-11-04T10:00:00Z\nvisibility: internal\n---\nNot for everybody\n"
VIEW = """ids => sessionStorage.setItem("tracker-view", JSON.stringify(
  { query: "", address: "tickets/", ids: ids.join("\\n"), usual: "tickets/\\0/", others: {} }))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a website with a ticket that has everything."""
    desk = tmp_path_factory.mktemp("shown") / "desk"
    new_repository(desk)
    (desk / "tracker.yml").write_text(f"{CONFIGURATION}{FORGE}website: {{internal: true}}\n")
    folder = write_ticket(desk, 1, "First", "links:\n  - blocks HD-2\n").with_suffix("")
    (folder / "files").mkdir(parents=True)
    (folder / "files/a1-photo.png").write_bytes(b64decode(DOT))
    (folder / "files/a1-run.html").write_text("<script>document.title = 'ran'</script>")
    (folder / f"files/a1-{'long' * 20}.txt").write_text("x" * 12_345)
    (folder / "2026-11-03T100000Z-lea.md").write_text(MAIL.format(name="long" * 20, space=" "))
    (folder / "2026-11-04T100000Z-omar.md").write_text(INTERNAL)
    write_ticket(desk, 2, "Second " + "word " * 30)
    for number in (3, 4):
        write_ticket(desk, number, f"Number {number}", "links:\n  - parent HD-1\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File")
    (desk / "site").mkdir()
    (desk / "site/index.md").write_text("# Welcome\n")
    features = "[navigation.instant]"
    palette = "  palette: {media: '(prefers-color-scheme)', scheme: default}\n"
    (desk / "mkdocs.yml").write_text(
        SETTINGS.format(features=features, directories="true").replace("  font:", f"{palette}  font:")
    )
    with serving(build(desk, strict=True)) as served:
        yield served


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The first ticket's page, once its scripts have run; nothing may be reported as an error."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(f"{address}/tickets/HD-1/")
    expect(page.get_by_role("button", name="Copy id")).to_be_visible()
    yield page
    context.close()
    assert errors == []


def go_on_from(page: Page, *ids: str) -> None:
    """Have the person come from a list of these tickets."""
    page.evaluate(VIEW, list(ids))
    page.reload()
    expect(page.locator(".tk-around")).to_be_visible()


def copied(page: Page) -> Any:
    """Return what is in the clipboard."""
    return page.evaluate("navigator.clipboard.readText()")


def test_the_id_the_link_and_commands_are_copied(page: Page) -> None:
    page.get_by_role("button", name="Copy id").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert copied(page) == "HD-1"
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_have_count(2)
    assert copied(page) == page.url
    page.get_by_text("Commands").click()
    page.get_by_role("listitem").filter(has_text="tracker comment").get_by_role("button").click()
    expect(page.get_by_role("button", name="Copied").last).to_be_visible()
    assert copied(page) == "tracker comment HD-1"


def test_a_new_comment_has_its_time(page: Page) -> None:
    link = page.get_by_role("link", name="Comment", exact=True)
    link.focus()
    found = link.get_attribute("href") or ""
    assert re.search(r"filename=HD-1/20\d\d-\d\d-\d\dT\d{6}Z-NAME\.md", found)
    assert re.search(r"created%3A%2020\d\d-\d\d-\d\dT\d\d%3A\d\d%3A\d\dZ%0A---", found)
    assert "TIME" not in found


def test_the_keyboard_leads_through_the_list(page: Page) -> None:
    go_on_from(page, "HD-3", "HD-1", "HD-2")
    expect(page.locator(".tk-around")).to_have_text("← HD-32 of 3HD-2 →")
    page.keyboard.press("j")
    page.wait_for_url("**/HD-2/")
    expect(page.locator(".tk-around")).to_contain_text("3 of 3")
    page.keyboard.press("j")  # there is none
    page.keyboard.press("k")
    page.wait_for_url("**/HD-1/")
    expect(page.locator(".tk-around")).to_contain_text("2 of 3")
    page.keyboard.press("k")
    page.wait_for_url("**/HD-3/")
    page.keyboard.press("u")
    page.wait_for_url("**/tickets/")


def test_keys_do_nothing_while_somebody_types(page: Page) -> None:
    go_on_from(page, "HD-1", "HD-2")
    page.locator("input.md-search__input").evaluate("element => element.focus()")
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.locator("input.md-search__input").evaluate("element => element.blur()")
    page.keyboard.press("Control+j")
    assert page.url.endswith("/HD-1/")


def test_a_ticket_from_nowhere_leads_back_to_the_queue(page: Page) -> None:
    assert page.locator(".tk-around").count() == 0
    page.keyboard.press("j")
    page.keyboard.press("u")
    page.wait_for_url("**/tickets/")


def test_what_is_repeated_is_folded_and_there(page: Page) -> None:
    comment = page.locator("#comment-1")
    expect(comment.get_by_text("It works now")).to_be_visible()
    for summary, text in (("Signature", "Léa Martin, accounting"), ("Quoted text, 5 lines", "and on again?")):
        expect(comment.get_by_text(text)).to_be_hidden()
        comment.get_by_text(summary).press("Enter")
        expect(comment.get_by_text(text)).to_be_visible()
    expect(comment.get_by_text("wrote:")).to_be_visible()


def test_internal_notes_are_marked(page: Page) -> None:
    expect(page.locator("#comment-2 .tk-mark")).to_have_text("internal")
    assert "dashed" in page.locator("#comment-2").evaluate("element => getComputedStyle(element).borderStyle")


def test_attachments_are_shown_and_nothing_runs(page: Page) -> None:
    files = page.locator("#comment-1 .tk-attachments li")
    assert files.nth(0).locator("img").get_attribute("loading") == "lazy"
    expect(files.nth(1)).to_have_text(re.compile("a1-run.html HTML 39 B"))
    assert files.nth(1).locator("a").count() == 0
    expect(files.nth(2)).to_contain_text("TXT 12 kB")


def test_the_drawing_leads_to_other_tickets(page: Page) -> None:
    box = page.locator(".tk-box", has_text="HD-3")
    box.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/HD-3/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 768, 1440])
def test_it_fits_every_width(browser: Browser, address: str, width: int, scheme: Any) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page.goto(f"{address}/tickets/HD-1/#comment-1")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    facts, body = page.locator(".tk-facts").bounding_box(), page.locator(".tk-body").bounding_box()
    assert facts
    assert body
    if width == 1440:
        assert facts["x"] > body["x"] + body["width"]
        assert facts["y"] >= 0  # it stays while the conversation is read
    else:
        assert facts["y"] < body["y"]
    page.close()


def test_without_scripts_all_is_there(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/tickets/HD-1/")
    page.get_by_text("Commands").click()
    expect(page.get_by_text("tracker comment HD-1")).to_be_visible()
    expect(page.get_by_role("link", name="History")).to_be_visible()
    expect(page.locator(".tk-event")).to_have_count(1)
    page.get_by_text("Signature").click()
    expect(page.get_by_text("Léa Martin, accounting")).to_be_visible()
    page.close()


def test_it_prints_without_what_only_a_screen_needs(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator(".tk-tools")).to_be_hidden()
    expect(page.locator(".tk-facts")).to_be_visible()
    expect(page.get_by_text("Léa Martin, accounting")).to_be_visible()
