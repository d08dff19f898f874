"""The board: columns of any choice, cards that are moved by mouse, finger and key, and the commands they lead to."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.conftest import CONFIGURATION, Run, git, new_repository, ticket
from tests.viewer.conftest import INTRANET, SETTINGS, held_back, in_intranet
from tracker.viewer.builder import build

DESK = (
    CONFIGURATION
    + """
forge: {kind: github, url: "https://github.com/example/desk"}
statuses:
  new: {label: {en: New}, to: [open, in_progress]}
  open: {label: {en: Open}, to: [in_progress, resolved, closed]}
  in_progress: {label: {en: In progress}}
  resolved: {label: {en: Resolved}, to: [open, closed], open: false, requires: [resolution]}
  closed: {label: {en: Closed}, to: [open], open: false}
"""
)
HOSTILE = '<img src=x onerror="window.ran = true">'


def with_lines(text: str, **lines: str) -> str:
    """Return a ticket with other values in some of its lines."""
    for name, value in lines.items():
        text = re.sub(rf"^{name}: .*$", f"{name}: {value}", text, flags=re.MULTILINE)
    return text


TICKETS = {
    1: with_lines(ticket(1, "Printer jams"), priority="urgent"),
    2: with_lines(ticket(2, "Badge is refused", "assignee: omar\n"), status="new"),
    3: with_lines(ticket(3, "Wi-Fi drops", "links:\n  - parent HD-1\n"), status="in_progress"),
    4: with_lines(ticket(4, "Done long ago", "resolution: solved\n"), status="closed"),
    5: ticket(5, "placeholder").replace("title: placeholder", f"title: '{HOSTILE}'"),
    6: with_lines(ticket(6), type="nonsense"),
    **{number: with_lines(ticket(number, f"Chair {number}"), status="new", priority="low") for number in range(20, 90)},
}  # fmt: skip


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The website of a small desk."""
    folder = tmp_path_factory.mktemp("board") / "desk"
    new_repository(folder)
    place = folder / "tickets" / "2026" / "11"
    place.mkdir(parents=True)
    (folder / "site").mkdir()
    (folder / "site" / "index.md").write_text("# Welcome\n")
    (folder / "tracker.yml").write_text(DESK)
    (folder / "mkdocs.yml").write_text(SETTINGS.format(features="[]", directories="false"))
    for number, text in TICKETS.items():
        (place / f"HD-{number}.md").write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Set up")
    return build(folder, strict=True)


@pytest.fixture
def board(browser: Browser, public: Path) -> Iterator[Page]:
    """The board, opened from the disk."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.set_default_timeout(5_000)
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    open_board(page, public)
    yield page
    assert not problems
    assert page.evaluate("window.ran") is None
    page.close()


def open_board(page: Page, public: Path, query: str = "") -> None:
    page.goto(f"{(public / 'tickets' / 'board.html').as_uri()}{query}")
    page.wait_for_selector("[data-tracker][data-number]")


def column(page: Page, label: str) -> Locator:
    return page.locator(
        ".tk-column", has=page.locator("h2", has_text=re.compile(rf"^{label} [\d,]*$|^{label}$"))
    )


def card(page: Page, name: str) -> Locator:
    return page.locator(".tk-card", has=page.locator(".tk-id", has_text=re.compile(f"^{name}$")))


def columns(page: Page) -> list[str]:
    return [text.replace("\n", " ") for text in page.locator(".tk-column h2").all_inner_texts()]


def command(page: Page) -> str:
    return page.locator("dialog pre").inner_text()


def drag(page: Page, what: Locator, to: Locator) -> None:
    """Drag with the mouse, and stop above the target."""
    start, end = what.bounding_box(), to.bounding_box()
    assert start
    assert end
    page.mouse.move(start["x"] + 40, start["y"] + 40)
    page.mouse.down()
    page.mouse.move(start["x"] + 60, start["y"] + 60, steps=3)
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 60, steps=5)


def test_columns_are_the_statuses_with_what_is_in_them(board: Page) -> None:
    assert columns(board) == ["New 71", "Open 3", "In progress 1", "Resolved 0", "Closed 1"]
    assert column(board, "Open").locator(".tk-id").all_inner_texts() == ["HD-6", "HD-1", "HD-5"]


def test_columns_of_another_field_are_in_the_address(board: Page, public: Path) -> None:
    board.get_by_label("Columns").select_option("priority")
    assert columns(board) == ["Low 70", "Normal 4", "High 0", "Urgent 1"]
    assert board.url.endswith("?by=priority")
    open_board(board, public, "?by=assignee&q=badge")
    assert columns(board) == ["Unassigned 0", "Ada Byron 0", "Omar Haddad 1"]
    assert board.url.endswith("?by=assignee&q=badge")
    expect(board.locator("[data-md-toggle=search]")).not_to_be_checked()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("printer", ["HD-1"]),
        ("-priority:low status:new", ["HD-2"]),
        ("is:closed", ["HD-4"]),
        ("", ["HD-28", "HD-56"]),
    ],
)
def test_a_query_chooses_the_cards(board: Page, query: str, expected: list[str]) -> None:
    board.get_by_role("searchbox", name="Search tickets").fill(query)
    shown = board.locator(".tk-card .tk-id")
    if query:
        expect(shown).to_have_text(expected)
    else:
        assert set(expected) <= set(shown.all_inner_texts())


def test_a_query_that_is_wrong_leaves_the_cards_and_says_so(board: Page) -> None:
    board.get_by_role("searchbox", name="Search tickets").fill("status:")
    expect(board.locator(".tk-board-hint .tk-wrong")).to_contain_text("status")
    assert columns(board)[0] == "New 71"


def test_a_query_that_is_wrong_from_the_beginning_leaves_all_cards(board: Page, public: Path) -> None:
    open_board(board, public, "?q=colour:red")
    expect(board.locator(".tk-wrong")).to_contain_text("colour")
    assert columns(board)[0] == "New 71"
    search = board.get_by_role("searchbox", name="Search tickets")
    search.fill("colour:re")
    expect(search).to_have_attribute("aria-invalid", "true")
    board.get_by_label("Columns").select_option("priority")
    assert columns(board)[0] == "Low 70"
    card(board, "HD-1").get_by_role("button").click()
    expect(board.locator("dialog").get_by_label("Priority")).to_have_value("urgent")


def test_a_long_column_comes_in_slices(board: Page) -> None:
    cards = column(board, "New").locator(".tk-card")
    expect(cards).to_have_count(30)
    for number, left in ((60, "41 more"), (71, "11 more")):
        column(board, "New").get_by_role("button", name=left).click()
        expect(cards).to_have_count(number)


def test_closed_tickets_come_on_demand(board: Page) -> None:
    column(board, "Closed").get_by_role("button", name="Show these tickets").click()
    expect(column(board, "Closed").locator(".tk-id")).to_have_text("HD-4")
    assert columns(board)[3:] == ["Resolved 0", "Closed 1"]


def test_closed_tickets_that_come_late_are_shown_as_is_asked_by_then(board: Page, public: Path) -> None:
    with held_back(board, "**/closed-*"):
        open_board(board, public)
        search = board.get_by_role("searchbox", name="Search tickets")
        search.fill("is:closed")
        board.get_by_label("Columns").select_option("priority")
        search.fill("badge")
    expect(board.locator(".tk-card .tk-id")).to_have_text(["HD-2"])
    assert columns(board) == ["Low 0", "Normal 1", "High 0", "Urgent 0"]


def test_closed_tickets_that_cannot_be_loaded_are_not_taken_for_none(browser: Browser, public: Path) -> None:
    page = browser.new_page()
    page.route("**/closed-*", lambda route: route.abort())
    open_board(page, public, "?q=is:closed")
    expect(page.locator(".tk-wrong")).to_have_text("The tickets could not be loaded: reload the page.")
    search = page.get_by_role("searchbox", name="Search tickets")
    search.fill("")
    expect(page.locator(".tk-wrong")).to_have_count(0)
    button = column(page, "Closed").get_by_role("button", name="Show these tickets")
    button.click()
    expect(page.locator(".tk-wrong")).to_have_count(1)
    page.unroute("**/closed-*")
    button.click()
    expect(column(page, "Closed").locator(".tk-id")).to_have_text("HD-4")
    expect(page.locator(".tk-wrong")).to_have_count(0)
    page.close()


def test_a_dragged_card_leads_to_the_command(board: Page) -> None:
    drag(board, card(board, "HD-5"), column(board, "In progress"))
    board.mouse.up()
    dialog = board.locator("dialog")
    expect(dialog).to_contain_text("Nothing is changed yet: this page cannot write.")
    expect(dialog).to_contain_text("status: open → in_progress")
    assert command(board) == "tracker move HD-5 in_progress"
    edit = dialog.get_by_role("link", name="Edit the file").get_attribute("href")
    assert edit == "https://github.com/example/desk/edit/main/tickets/2026/11/HD-5.md"
    dialog.get_by_role("button", name="Close").click()
    expect(column(board, "Open").locator(".tk-id").last).to_have_text("HD-5")
    expect(card(board, "HD-5").locator(".tk-mark--planned")).to_have_text("→ In progress, not yet")
    board.reload()
    expect(board.locator(".tk-board-hint")).to_contain_text("1 move is not made yet")


def test_a_column_that_the_workflow_closes_says_why(board: Page) -> None:
    drag(board, card(board, "HD-2"), column(board, "Closed"))
    refusing = board.locator(".tk-column--refuses h2").all_inner_texts()
    assert [label.split("\n")[0].split(" ")[0] for label in refusing] == ["New", "Resolved", "Closed"]
    expect(column(board, "Closed").locator(".tk-column-reason")).to_have_text(
        "From New it can go to: Open, In progress."
    )
    board.mouse.up()
    expect(board.locator("dialog")).to_have_count(0)
    expect(board.locator(".tk-column-reason")).to_have_count(0)


@pytest.mark.parametrize(
    ("name", "target", "reason"),
    [
        ("HD-1", "Closed", "Its children are open: HD-3"),
        ("HD-6", "In progress", "HD-6 is broken: it must be put right first."),
    ],
)
def test_a_ticket_that_may_not_go_there_says_why(board: Page, name: str, target: str, reason: str) -> None:
    drag(board, card(board, name), column(board, target))
    expect(column(board, target).locator(".tk-column-reason")).to_have_text(reason)
    board.mouse.up()


def test_a_drag_that_ends_with_escape_does_nothing(board: Page) -> None:
    drag(board, card(board, "HD-5"), column(board, "In progress"))
    board.keyboard.press("Escape")
    board.mouse.up()
    expect(board.locator("dialog")).to_have_count(0)
    assert board.url.endswith("board.html")


def test_a_click_on_a_card_opens_its_ticket(board: Page) -> None:
    card(board, "HD-1").get_by_role("link").click()
    board.wait_for_url("**/HD-1.html")


@pytest.mark.parametrize("lift", ["m", "Space"])
def test_a_card_is_moved_with_the_keyboard(board: Page, lift: str) -> None:
    card(board, "HD-2").get_by_role("link").focus()
    board.keyboard.press(lift)
    told = board.locator("[aria-live]")
    expect(told).to_have_text("HD-2 is lifted: choose a column with the arrow keys, then press Enter.")
    board.keyboard.press("ArrowRight")
    expect(told).to_have_text("Open")
    for _step in range(3):
        board.keyboard.press("ArrowRight")
    expect(told).to_have_text("Closed: From New it can go to: Open, In progress.")
    board.keyboard.press("ArrowLeft")
    board.keyboard.press("ArrowLeft")
    board.keyboard.press("Enter")
    assert command(board) == "tracker move HD-2 in_progress"
    board.keyboard.press("Escape")
    expect(card(board, "HD-2").get_by_role("link")).to_be_focused()


def test_a_card_is_lifted_wherever_in_it_the_focus_is(board: Page) -> None:
    shown = card(board, "HD-2")
    shown.get_by_role("button").focus()
    board.keyboard.press("m")
    expect(shown.get_by_role("link")).to_be_focused()
    seen = "(one) => { let found = 1; for (; one; one = one.parentElement) found *= getComputedStyle(one).opacity; return found; }"
    assert shown.evaluate(seen) == 1
    assert card(board, "HD-28").evaluate("(one) => getComputedStyle(one).boxShadow") == "none"
    assert shown.evaluate("(one) => getComputedStyle(one).boxShadow") != "none"
    board.keyboard.press("ArrowRight")
    board.keyboard.press("Enter")
    assert command(board) == "tracker move HD-2 open"
    board.keyboard.press("Escape")
    shown.get_by_role("button").focus()
    board.keyboard.press("Space")
    expect(board.locator("dialog")).to_be_visible()


def test_the_keys_of_the_board_are_listed(board: Page) -> None:
    board.keyboard.press("?")
    keys = board.locator("dialog dt").all_inner_texts()
    assert [key.split() for key in keys[:2]] == [["m", "Space"], ["←", "↑", "↓", "→"]]


def test_arrows_lead_from_card_to_card(board: Page) -> None:
    card(board, "HD-1").get_by_role("link").focus()
    for key, name in (
        ("ArrowDown", "HD-5"),
        ("ArrowUp", "HD-1"),
        ("ArrowRight", "HD-3"),
        ("ArrowLeft", "HD-6"),
    ):
        board.keyboard.press(key)
        expect(card(board, name).get_by_role("link")).to_be_focused()


def test_a_button_does_what_a_drag_does(board: Page) -> None:
    card(board, "HD-1").hover()
    card(board, "HD-1").get_by_role("button", name="Move HD-1").click()
    dialog = board.get_by_role("dialog", name="HD-1 Printer jams")
    expect(dialog).to_contain_text("Nothing would change.")
    expect(dialog.locator("option:disabled")).to_have_count(3)
    dialog.get_by_label("Status").select_option("in_progress")
    assert command(board) == "tracker move HD-1 in_progress"


def test_the_command_is_copied_without_https(browser: Browser, public: Path) -> None:
    page = browser.new_page()
    in_intranet(page, public)
    page.goto(f"{INTRANET}/tickets/board.html?by=priority&q=printer")
    page.wait_for_selector("[data-tracker][data-number]")
    card(page, "HD-1").get_by_role("button").click()
    page.locator("dialog").get_by_label("Priority").select_option("high")
    page.get_by_role("button", name="Copy the command").press("Enter")
    expect(page.locator("dialog [role=status]")).to_have_text("Copied.")
    expect(page.get_by_role("button", name="Copy the command")).to_be_focused()
    page.keyboard.press("Escape")
    search = page.get_by_role("searchbox", name="Search tickets")
    search.fill("")
    search.press("Control+v")
    expect(search).to_have_value("tracker set HD-1 priority=high")
    page.close()


def test_what_a_status_requires_is_asked(board: Page) -> None:
    card(board, "HD-3").get_by_role("button").click()
    dialog = board.locator("dialog")
    dialog.get_by_label("Status").select_option("resolved")
    dialog.get_by_label("Resolution").select_option("workaround")
    assert command(board) == "tracker move HD-3 resolved --set resolution=workaround"


def test_several_moves_become_few_commands(board: Page, public: Path) -> None:
    for name, by, value in (
        ("HD-28", "status", "open"),
        ("HD-56", "status", "open"),
        ("HD-1", "priority", "high"),
        ("HD-2", "assignee", ""),
        ("HD-1", "assignee", "ada"),
    ):
        board.get_by_label("Columns").select_option(by)
        card(board, name).get_by_role("button").click()
        board.locator("dialog").locator("select").first.select_option(value)
        board.keyboard.press("Escape")
    board.get_by_role("button", name="Show the commands").click()
    assert command(board).splitlines() == [
        "tracker move HD-28 HD-56 open",
        "tracker set HD-1 priority=high",
        "tracker assign HD-2 --nobody",
        "tracker assign HD-1 ada",
    ]
    board.get_by_role("button", name="Forget the move of HD-2", exact=True).click()
    assert len(command(board).splitlines()) == 3
    board.get_by_role("button", name="Forget all").click()
    expect(board.locator("dialog")).to_contain_text("Nothing would change.")


def test_the_commands_are_understood(
    board: Page, public: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the board tells people to run is what the command line takes, and makes."""
    monkeypatch.chdir(public.parent)
    assert run("move", "HD-28", "HD-56", "open", "--dry-run").code == 0
    assert run("move", "HD-3", "resolved", "--set", "resolution=workaround", "--dry-run").code == 0
    assert run("set", "HD-1", "priority=high", "--dry-run").code == 0
    assert run("assign", "HD-2", "--nobody", "--dry-run").code == 0


def test_a_finger_that_rests_lifts_a_card(browser: Browser, public: Path) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 812}, has_touch=True, is_mobile=True)
    page.set_default_timeout(5_000)
    open_board(page, public, "?q=printer")
    session = page.context.new_cdp_session(page)
    column(page, "Open").scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    box = card(page, "HD-1").bounding_box()
    assert box
    x, y = box["x"] + 60, box["y"] + 30

    def touch(kind: str, *points: tuple[float, float]) -> None:
        found = [{"x": x, "y": y} for x, y in points]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": found})

    touch("touchStart", (x, y))
    page.wait_for_timeout(450)
    for _step in range(60):
        touch("touchMove", (370, y))
        if page.locator(".tk-column--aim h2", has_text="In progress").count():
            break
        page.wait_for_timeout(16)
    touch("touchEnd")
    assert command(page) == "tracker move HD-1 in_progress"
    page.close()


@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_itself_never_scrolls_sideways(
    browser: Browser, public: Path, width: int, *, scripts: bool
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page.goto((public / "tickets" / "board.html").as_uri())
    assert columns(page)[:2] == ["New 71", "Open 3"]
    page.get_by_role("link", name="Printer jams").focus()
    page.screenshot()
    wide = page.locator("body").bounding_box()
    assert wide
    assert wide["width"] <= width
    page.close()


def test_without_scripts_there_is_a_board_with_links(browser: Browser, public: Path) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto((public / "tickets" / "board.html").as_uri())
    expect(column(page, "New").locator(".tk-card")).to_have_count(20)
    assert column(page, "New").get_by_role("link", name="All in the queue").get_attribute("href") == (
        "index.html?q=status:new"
    )
    expect(page.get_by_role("searchbox", name="Search tickets")).to_be_hidden()
    page.close()


def test_scripts_move_nothing_when_they_start(browser: Browser, public: Path) -> None:
    boxes = []
    for scripts in (False, True):
        page = browser.new_page(java_script_enabled=scripts, viewport={"width": 1440, "height": 900})
        if scripts:
            open_board(page, public)
        else:
            page.goto((public / "tickets" / "board.html").as_uri())
        boxes.append([card(page, name).bounding_box() for name in ("HD-28", "HD-1", "HD-3")])
        page.close()
    # the row with the search box is only there with scripts: they make the page, not move it
    assert [{**box, "y": 0} for box in boxes[0] if box] == [{**box, "y": 0} for box in boxes[1] if box]
