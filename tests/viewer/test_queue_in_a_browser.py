"""The queue as people use it: by its query box, by what they press, by keys alone, and without scripts."""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import CONFIGURATION, new_repository, write_ticket
from tests.viewer.conftest import SETTINGS, held_back, serving
from tracker.model.problem import nearest
from tracker.viewer.builder import build

DESK = (
    CONFIGURATION
    + """\
forge: {kind: github, url: https://github.com/example/desk}
website: {languages: [en, fr]}
views:
  lyon: {label: {en: At Lyon, fr: À Lyon}, query: "location:lyon sort:-created"}
"""
)
OPEN, A_PAGE = 230, 100
HOSTILE = "'<img src=x onerror=alert(1)>=1'"
PAUSE = 500  # milliseconds after which a query has been taken as it stands
ROWS = ".tk-table tr[data-place]"
OPTION = "[role=listbox] [role=option]"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the website will be."""
    return tmp_path_factory.mktemp("queue") / "public"


@pytest.fixture(scope="module")
def address(public: Path) -> Iterator[str]:
    """Where the website of a desk with 230 open tickets and some closed ones is served, below a path."""
    with serving(public.parent) as host:
        served = f"{host}/public"
        write_desk(public.parent)
        settings = SETTINGS.format(features="[navigation.instant]", directories="true")
        settings = settings.replace("https://desk.example.org/help/", f"{served}/")
        (public.parent / "mkdocs.yml").write_text(settings)
        build(public.parent)
        yield served


def write_desk(desk: Path) -> None:
    """Write a desk whose tickets are of two places and two people, or of nobody."""
    new_repository(desk)
    (desk / "tracker.yml").write_text(DESK)
    for number in range(1, OPEN + 1):
        who = "" if number % 5 == 0 else f"assignee: {'omar' if number % 2 else 'ada'}\n"
        where = f"location: {'lyon' if number % 3 else 'austin'}\n"
        due = "due: 2026-01-02\n" if number == 7 else ""  # any one
        title = {1: HOSTILE, 2: "'=HYPERLINK(1)'"}.get(number, f"Printer {number} jams")
        body = "The tray eats TONER.\n" if number == 9 else "Text.\n"
        write_ticket(desk, number, title, due + who + where, body)
    for number in range(OPEN + 1, OPEN + 6):
        path = write_ticket(desk, number, f"Done {number}")
        path.write_text(path.read_text().replace("status: open", "status: closed"))
    (desk / "site").mkdir()
    (desk / "site" / "index.md").write_text("# Welcome\n\n[The queue](tickets/index.md)\n")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser without memories."""
    made = browser.new_context(viewport={"width": 1440, "height": 900})
    made.grant_permissions(["clipboard-read", "clipboard-write"])
    yield made
    made.close()


@pytest.fixture
def queue(context: BrowserContext, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens the queue with a query; nothing may be wrong in the console at the end."""
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: said.append(str(error)))

    def opened(query: str = "", path: str = "/tickets/") -> Page:
        page.goto(f"{address}{path}" + (f"?q={query}" if query else ""))
        page.wait_for_selector(".tk-queue--unanswered, .tk-queue-number:not(:empty)")
        return page

    yield opened
    assert said == []


@pytest.fixture(scope="module")
def modules(browser: Browser, address: str) -> Iterator[Page]:
    """A page of which only the scripts are asked."""
    page = browser.new_page()
    page.goto(f"{address}/tickets/")
    page.wait_for_selector(".tk-queue--live")
    yield page
    page.close()


def number(page: Page) -> int:
    """Return how many tickets the page says that it found."""
    return int(re.sub(r"\D", "", page.locator(".tk-queue-number").inner_text()))


def query(page: Page) -> str:
    """Return the query in the address."""
    found: str = page.evaluate("new URLSearchParams(location.search).get('q') ?? ''")
    return found


def focused(page: Page) -> str:
    """Return the id of the ticket that has the focus."""
    found: str = page.evaluate(
        "document.activeElement.closest('tr')?.querySelector('.tk-cell-id').innerText ?? ''"
    )
    return found


def facet(page: Page, field: str, value: str) -> str:
    """Return what selects a value of a field beside the queue."""
    return f'.tk-facet[data-key="{field} {value}"]'


def test_without_scripts_it_is_a_table_in_pages(browser: Browser, address: str) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{address}/tickets/")
    found = []
    for _ in range(3):
        found.append(page.locator(".tk-table tbody tr").count())
        assert not page.locator(".tk-queue-top").is_visible()
        if found[-1] == A_PAGE:
            page.get_by_role("link", name="Next page").click()
    assert found == [A_PAGE, A_PAGE, OPEN - 2 * A_PAGE]
    assert page.url.endswith("/tickets/open/3/")
    page.get_by_role("link", name="Previous page").click()
    page.get_by_role("link", name="Previous page").click()
    assert page.url.endswith("/tickets/")
    page.close()


@pytest.mark.parametrize("width", [375, 768, 1440])
def test_scripts_take_over_without_a_jump(context: BrowserContext, address: str, width: int) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => moved += one.value))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(f"{address}/tickets/")
    page.wait_for_selector(".tk-queue--live")
    page.wait_for_timeout(200)
    assert page.evaluate("moved") < 0.01  # a hundredth of the window, by the tenth of its height
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_query_is_answered_as_one_types_and_stands_in_the_address(queue: Callable[..., Page]) -> None:
    page = queue()
    assert number(page) == OPEN
    page.get_by_role("combobox", name="Query").type("location:austin jams")
    assert number(page) == OPEN // 3
    page.wait_for_url(re.compile("austin"))
    page.keyboard.press("Enter")
    page.locator("#tk-query").fill("id:7")
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    page.go_back()
    expect(page.locator("#tk-query")).to_have_value("location:austin jams")
    assert number(page) == OPEN // 3
    page.go_forward()
    expect(page.locator("#tk-query")).to_have_value("id:7")


def test_an_address_with_a_query_is_a_view(queue: Callable[..., Page]) -> None:
    page = queue("location:austin+sort:-id")
    assert query(page) == "location:austin sort:-id"
    assert page.locator(ROWS).first.inner_text().startswith("HD-228")
    assert not page.locator("[data-md-toggle=search]").is_checked()


def test_what_is_wrong_with_a_query_is_said_with_its_place(queue: Callable[..., Page]) -> None:
    page = queue("prioritty:high")
    problem = page.locator(".tk-query-problem")
    expect(problem).to_contain_text("There is no field “prioritty” to search in.")
    expect(problem).to_contain_text("Did you mean “priority”?")
    expect(problem.locator("mark")).to_have_text("prioritty")
    expect(page.locator("#tk-query")).to_have_attribute("aria-invalid", "true")
    page.locator("#tk-query").fill("priority:high")
    expect(problem).to_be_hidden()


@pytest.mark.parametrize(
    "text", ["sort:bogus", "location:lion", "updated:<-2w", "sort:updated", "is:mine", "(", "jams or"]
)
def test_what_cannot_be_answered_shows_no_answer(queue: Callable[..., Page], text: str) -> None:
    page = queue(text)
    for _ in ("opened as a link", "typed"):
        page.wait_for_selector(".tk-query-problem:not([hidden]), .tk-notice")
        assert page.locator(".tk-queue-number").inner_text() == ""
        assert page.locator(ROWS).count() > 1
        assert page.locator(".tk-empty").count() == 0
        assert page.locator(facet(page, "location", "austin")).inner_text().split()[1] == str(OPEN // 3)
        page.locator("#tk-query").fill("")
        page.locator("#tk-query").press("Enter")
        assert number(page) == OPEN
        page.locator("#tk-query").type(text)
    page.click(facet(page, "location", "austin"))
    assert (query(page), number(page)) == ("location:austin", OPEN // 3)


def test_fields_and_values_are_completed_by_the_keyboard(queue: Callable[..., Page]) -> None:
    page = queue()
    page.keyboard.press("/")
    box = page.locator("#tk-query")
    expect(box).to_be_focused()
    page.keyboard.type("-assi")
    expect(page.locator(OPTION)).to_have_count(1)
    page.keyboard.press("ArrowDown")
    assert page.locator(f"{OPTION}[aria-selected=true]").get_attribute("id") == box.get_attribute(
        "aria-activedescendant"
    )
    page.keyboard.press("Enter")
    page.keyboard.type("oma")
    expect(page.locator(OPTION).first).to_contain_text("Omar Haddad")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(box).to_have_value("-assignee:omar ")
    expect(box).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(
    ("typed", "keys", "text"),
    [
        ("loc", ["Tab"], "location:"),
        ("loc", ["Tab", "ArrowDown", "Tab"], "location:lyon "),
        ("location:ly", ["Tab", "Space"], "location:lyon "),
        ("location:ly", ["Tab", "Space", "j"], "location:lyon j"),
        ("location:ly", ["Tab", "Space", "Space"], "location:lyon  "),
        ("location:ly jams", ["ArrowLeft"] * 5 + ["y", "Backspace", "Tab", "Space"], "location:lyon jams"),
        ("location:", ["Tab"], "location:"),
        ("loc", ["Escape", "Tab"], "loc"),
        ("jams", ["Tab"], "jams"),
    ],
)
def test_tab_takes_what_is_offered(
    queue: Callable[..., Page], typed: str, keys: list[str], text: str
) -> None:
    page = queue()
    box = page.locator("#tk-query")
    box.type(typed)
    for key in keys:
        page.keyboard.press(key)
    expect(box).to_have_value(text)
    if text == typed:
        expect(box).not_to_be_focused()
    else:
        expect(box).to_be_focused()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("loc", ["location:"]), ("lo", ["location:"]), ("location:fac", []),
     ("assignee:had", ["omar"]), ("category:print", ["hardware/printer"])],
)  # fmt: skip
def test_what_only_holds_the_letters_is_not_offered(
    queue: Callable[..., Page], typed: str, offered: list[str]
) -> None:
    page = queue()
    page.locator("#tk-query").type(typed)
    assert page.locator(f"{OPTION} code").all_inner_texts() == offered


@pytest.mark.parametrize(
    "known", [["open", "new", "in_progress", "closed"], ["Lyon", "austin", "Boston", "abc", "abd"]]
)
def test_the_nearest_word_is_that_of_the_command_line(modules: Page, known: list[str]) -> None:
    chance = random.Random(1)
    words = [
        "opne",
        "",
        "x",
        "abe",
        *("".join(chance.choices("abcdelnopstuwy_", k=chance.randint(1, 9))) for _ in range(500)),
    ]
    words += ["".join(chance.sample(word, len(word))) for word in known for _ in range(20)]
    found = modules.evaluate(
        "([words, known]) => words.map((word) => trackerModules.wrong.nearest(word.toLowerCase(), known))",
        [words, known],
    )
    assert found == [nearest(word, known) or "" for word in words]


def test_facets_count_and_change_the_query(queue: Callable[..., Page]) -> None:
    page = queue("jams")
    austin, lyon = facet(page, "location", "austin"), facet(page, "location", "lyon")
    assert page.locator(austin).inner_text().split() == ["Austin", str(OPEN // 3)]
    page.click(austin)
    assert query(page) == "jams location:austin"
    assert number(page) == OPEN // 3
    assert page.locator(lyon).inner_text().split() == ["Lyon", str(OPEN - 2 - OPEN // 3)]
    page.click(lyon)
    assert query(page) == "jams location:austin,lyon"
    expect(page.locator(lyon)).to_be_focused()
    page.click(austin)
    page.click(lyon)
    assert query(page) == "jams"
    page.click(facet(page, "assignee", ""))
    assert (query(page), number(page)) == ("jams assignee:none", OPEN // 5)


@pytest.mark.parametrize(
    ("text", "field", "value", "expected"),
    [
        ("", "location", "lyon", "location:lyon"),
        ("location:lyon", "location", "lyon", ""),
        ("location:lyon,austin printer", "location", "lyon", "location:austin printer"),
        ("a or b sort:id", "location", "lyon", "(a or b) location:lyon sort:id"),
        ("(location:lyon)", "location", "austin", "(location:lyon,austin)"),
        ("-location:lyon", "location", "austin", "-location:lyon location:austin"),
        ("label:a 😀 label:b", "labels", "third floor", 'label:a,b,"third floor" 😀'),
        ('"two  words"', "labels", 'a "b"', '"two  words" label:"a \\"b\\""'),
        ("assignee:me", "assignee", "omar", "assignee:me,omar"),
    ],
)
def test_a_value_is_added_to_the_text(
    modules: Page, text: str, field: str, value: str, expected: str
) -> None:
    run = """([text, field, value]) => trackerModules.desk.desk().then(({ known }) => {
        const { parse } = trackerModules.query, { toggled } = trackerModules.terms;
        const found = toggled(text, parse(text, known), field, value);
        parse(found, known);
        return found;
    })"""
    assert modules.evaluate(run, [text, field, value]) == expected


def test_facets_keep_their_room_where_nothing_is_found(queue: Callable[..., Page]) -> None:
    page = queue("location:austin")
    left = page.locator("#tk-query").bounding_box()
    page.locator("#tk-query").fill("zzz")
    expect(page.locator(".tk-empty")).to_be_visible()
    assert number(page) == 0
    assert page.locator("#tk-query").bounding_box() == left
    page = queue("zzz")
    assert page.locator("#tk-query").bounding_box() == left


def test_headings_sort_by_several_keys(queue: Callable[..., Page]) -> None:
    page = queue()
    page.click("th button:text('Location')")
    page.click("th button:text('Created')", modifiers=["Shift"])
    page.click("th button:text('Created')", modifiers=["Shift"])
    assert query(page) == "sort:location,-created"
    expect(page.locator("th[aria-sort=ascending]")).to_contain_text("Location")
    assert page.locator(ROWS).first.inner_text().startswith("HD-55")
    page.click("th button:text('Location')")
    assert query(page) == "sort:-location"
    page.click("th button:text('Location')")
    assert query(page) == ""


def test_groups_have_headings_with_numbers(queue: Callable[..., Page]) -> None:
    page = queue()
    page.get_by_label("Group by").select_option("location")
    assert query(page) == "group:location"
    expect(page.locator(".tk-group h2").first).to_have_text(f"Lyon {OPEN - OPEN // 3}")
    for _ in range(3):
        page.locator(ROWS).last.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
    expect(page.locator(".tk-group")).to_have_count(2)


def test_columns_are_chosen_and_remembered(queue: Callable[..., Page]) -> None:
    page = queue()
    page.get_by_role("button", name="Columns").click()
    page.get_by_label("Category", exact=True).check()
    page.get_by_label("Created", exact=True).uncheck()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Category", exact=True)).to_be_hidden()
    page = queue()
    headings = page.locator("thead th").all_inner_texts()
    assert "Category" in headings
    assert "Created" not in headings


def test_views_are_links_and_mine_knows_me(queue: Callable[..., Page]) -> None:
    page = queue()
    page.click(".tk-views a:text('At Lyon')")
    assert query(page) == "location:lyon sort:-created"
    expect(page.locator(".tk-views [aria-current]")).to_have_text("At Lyon")
    page.click(".tk-views a:text('Mine')")
    expect(page.locator(".tk-notice")).to_contain_text("Say who you are")
    page.get_by_label("I am").select_option("omar")
    mine = number(page)
    assert mine == sum(each % 2 and each % 5 > 0 for each in range(1, OPEN + 1))
    page = queue("assignee:me")
    assert number(page) == mine
    page.get_by_label("I am").select_option("")
    expect(page.locator(".tk-notice")).to_contain_text("Say who you are")
    expect(page.locator(".tk-queue-number")).to_have_text("")
    assert page.evaluate("Object.keys(localStorage).filter((key) => key === 'tracker-me')") == []


def test_closed_tickets_are_loaded_when_they_are_asked_for(queue: Callable[..., Page]) -> None:
    page = queue("location:lyon+is:late")
    asked = page.evaluate("performance.getEntriesByType('resource').map((one) => one.name).join()")
    assert "/open.js" in asked
    assert "/closed-" not in asked
    page.click(".tk-views a:text('All')")
    expect(page.locator(".tk-queue-number")).to_have_text("235 tickets")
    page.locator("#tk-query").fill("status:closed")
    assert number(page) == 5  # as many as were written


def test_what_cannot_be_loaded_is_said_of_the_query_that_asks_for_it(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.goto(f"{address}/tickets/")
    box, notice = page.locator("#tk-query"), page.locator(".tk-queue-told .tk-notice")
    with held_back(page, "**/closed-*", fails=True):
        box.fill("is:closed")
        expect(page.locator(".tk-queue-number")).to_have_text("Loading 5 closed tickets …")
        box.fill("location:austin")
    assert number(page) == OPEN // 3
    expect(notice).to_have_count(0)
    with held_back(page, "**/closed-*", fails=True):
        box.fill("is:closed")
    expect(notice).to_have_text("The tickets could not be loaded: reload the page.")
    expect(page.locator(".tk-queue-number")).to_have_text(f"{OPEN // 3} tickets")


@pytest.mark.parametrize(
    ("text", "asks"),
    [("", False), ("is:open", False), ("is:late", False), ("status:open", False), ("status:closed", True),
     ("-is:open", True), ("-status:new", True), ("is:closed or late", True), ("id:7", True), ("hd-233", True),
     ("-assignee:omar", False), ("status:>=resolved", True), ("is:mine", False)],
)  # fmt: skip
def test_what_asks_for_closed_tickets(modules: Page, text: str, *, asks: bool) -> None:
    run = """(text) => trackerModules.desk.desk().then((settings) =>
        trackerModules.query.asksForClosed(trackerModules.query.parse(text, settings.known), settings))"""
    assert modules.evaluate(run, text) is asks


def test_words_of_texts_are_asked_of_the_search(queue: Callable[..., Page]) -> None:
    page = queue("text:toner assignee:omar")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text("HD-9")
    page.locator("[data-tracker=queue] input[role=combobox]").fill("-text:toner")
    expect(page.locator(".tk-queue-number")).to_contain_text("229")


def test_only_the_last_words_of_texts_are_kept(queue: Callable[..., Page]) -> None:
    page = queue("text:toner")
    expect(page.locator(ROWS)).to_have_count(1)
    page.evaluate("""() => {
        const { search } = trackerModules, asked = window.asked = [];
        const matching = async (words, settings) => {
            const found = await search.matching(words, settings);
            setTimeout(() => asked.push(words)); // once the queue has it
            return found;
        };
        trackerModules.search = { ...search, matching };
    }""")
    words = [*(f"word{number}" for number in range(9)), "toner"]
    for text in words:
        page.locator("#tk-query").fill(f"text:{text}")
        for _ in range(100):
            if text in page.evaluate("asked"):
                break
            page.wait_for_timeout(10)
    expect(page.locator(ROWS)).to_have_count(1)
    for text in words[-3:]:
        page.locator("#tk-query").fill(f"text:{text}")
    expect(page.locator(ROWS)).to_have_count(1)
    assert page.evaluate("asked") == words


def test_everything_can_be_done_by_keys(queue: Callable[..., Page]) -> None:
    page = queue()
    page.keyboard.press("j")
    first = focused(page)
    page.keyboard.press("j")
    second = focused(page)
    page.keyboard.press("k")
    assert focused(page) == first != second
    page.keyboard.press("x")
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("Shift+X")
    expect(page.locator(".tk-selected strong")).to_have_text("4 selected")
    page.keyboard.press("?")
    keys = page.get_by_role("dialog", name="Keys").locator("dt").all_inner_texts()
    assert [key.split() for key in keys[:5]] == [["/"], ["j", "k"], ["o", "Enter"], ["e"], ["x"]]
    page.keyboard.press("j")
    page.keyboard.press("Escape")
    expect(page.locator("dialog")).to_have_count(0)
    opened = focused(page)
    page.keyboard.press("o")
    page.wait_for_url(f"**/tickets/{opened}/")
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/tickets/")
    page.wait_for_selector(".tk-queue--live")


def test_no_key_works_while_one_types(queue: Callable[..., Page]) -> None:
    page = queue()
    page.keyboard.press("/")
    page.keyboard.type("jx?gq")
    expect(page.locator("#tk-query")).to_have_value("jx?gq")
    assert page.locator("dialog").count() == 0
    page.locator("#tk-query").fill("")
    page.locator("#tk-query").blur()
    page.keyboard.press("Control+j")
    assert focused(page) == ""


def test_editing_leads_to_the_forge(queue: Callable[..., Page]) -> None:
    page = queue("id:7")
    page.route("https://github.com/**", lambda route: route.fulfill(body="forge"))
    page.keyboard.press("j")
    page.keyboard.press("e")
    page.wait_for_url("https://github.com/example/desk/edit/main/tickets/2026/11/HD-7.md")


def test_without_a_forge_no_key_edits(browser: Browser, desk: Path, website: Callable[..., Path]) -> None:
    write_ticket(desk, 7)
    public, page = website(directories=False), browser.new_page()
    for path in ("tickets/index.html", "tickets/HD-7.html"):
        page.goto((public / path).as_uri())
        page.wait_for_selector("[data-started=wholly]")
        page.keyboard.press("?")
        keys = page.get_by_role("dialog", name="Keys").locator("dt").all_inner_texts()
        assert "j k" in keys
        assert "e" not in keys
    page.close()


def test_what_is_selected_is_copied(queue: Callable[..., Page], address: str) -> None:
    page = queue("id:2,7")
    page.get_by_label("Select all").check()
    copied = {}
    for name in ("Copy ids", "Copy links", "Copy CSV"):
        page.get_by_role("button", name=name).click()
        expect(page.locator(".tk-selected-said")).to_have_text("Copied.")
        copied[name] = page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")
    assert sorted(copied["Copy ids"].split()) == ["HD-2", "HD-7"]
    assert f"{address}/tickets/HD-7/" in copied["Copy links"].split()
    assert "HD-2,'=HYPERLINK(1),open,normal,ada,lyon,,2026-11-03T08:00:00.000Z\n" in copied["Copy CSV"]
    page.locator("#tk-query").fill("id:2")
    expect(page.locator(".tk-selected strong")).to_have_text("1 selected")
    page.get_by_role("button", name="Select none").click()
    expect(page.locator(".tk-selected")).to_be_hidden()


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(modules: Page, sign: str) -> None:
    found = modules.evaluate("(title) => trackerModules.selection.csv([{ title }], ['title'])", f"{sign}1+1")
    assert found.replace('"', "").split("\r\n", 1)[1].startswith(f"'{sign}1")


def test_late_and_unassigned_stand_out(queue: Callable[..., Page]) -> None:
    page = queue("id:7,5")
    expect(page.locator(".tk-row--urgent .tk-cell-id")).to_have_text("HD-7")
    expect(page.locator(".tk-row--urgent .tk-mark--late")).to_have_text("late")
    expect(page.locator(".tk-none")).to_have_text("Unassigned")


def test_the_list_of_a_person_is_a_queue_of_its_own(queue: Callable[..., Page]) -> None:
    page = queue(path="/people/omar/")
    mine = number(page)
    assert mine == page.locator(ROWS).count() or mine > 0
    page.click(facet(page, "location", "austin"))
    assert query(page) == "location:austin"
    assert 0 < number(page) < mine
    assert page.locator(".tk-views").count() == 0


def test_the_page_of_a_ticket_knows_the_list_it_was_opened_from(queue: Callable[..., Page]) -> None:
    page = queue("location:austin+sort:id")
    page.locator(ROWS).nth(1).get_by_role("link").nth(1).click()
    page.wait_for_url("**/tickets/HD-6/")
    page = queue()
    found = page.evaluate("trackerModules.view.around('HD-6')")
    assert (found["previous"]["id"], found["next"]["id"]) == ("HD-3", "HD-9")
    assert found["next"]["address"].endswith("/tickets/HD-9/")
    assert (found["place"], found["number"], found["query"]) == (1, OPEN // 3, "location:austin sort:id")
    assert page.evaluate("trackerModules.view.around('HD-1')") is None
    page.goto(found["address"])
    page.wait_for_selector(".tk-queue--live")
    assert number(page) == OPEN // 3


def test_more_tickets_come_as_one_scrolls(queue: Callable[..., Page]) -> None:
    page = queue()
    shown = page.locator(ROWS).count()
    assert shown < OPEN
    for _ in range(4):
        page.locator(ROWS).last.scroll_into_view_if_needed()
        page.wait_for_timeout(50)
    expect(page.locator(ROWS)).to_have_count(OPEN)


def test_titles_are_text(queue: Callable[..., Page]) -> None:
    page = queue("id:1")
    expect(page.locator(".tk-cell-title a")).to_have_text(HOSTILE.strip("'"))
    assert page.locator(".tk-queue img").count() == 0


@pytest.mark.usefixtures("address")
def test_it_works_from_the_disk(context: BrowserContext, public: Path) -> None:
    page = context.new_page()
    page.goto(f"{(public / 'tickets' / 'index.html').as_uri()}?q=location:austin")
    page.wait_for_selector(".tk-queue--live")
    assert number(page) == OPEN // 3
    page.click(facet(page, "assignee", "omar"))
    assert query(page) == "location:austin assignee:omar"


@pytest.mark.usefixtures("address")
def test_on_the_disk_links_lead_to_pages_not_to_folders(context: BrowserContext, public: Path) -> None:
    page = context.new_page()
    page.goto((public / "tickets" / "index.html").as_uri())
    page.wait_for_selector(".tk-queue--live")
    page.keyboard.press("j")
    page.keyboard.press("o")
    page.wait_for_url(re.compile(r"/tickets/HD-\d+/index\.html$"))
    page.keyboard.press("g")
    page.keyboard.press("b")
    page.wait_for_url(re.compile(r"/tickets/board/index\.html$"))
    page.click(".tk-sections a:text('Queue')")
    page.wait_for_url(re.compile(r"/tickets/index\.html$"))
    page.wait_for_selector(".tk-queue--live")
    page.locator("#tk-query").fill("location:austin")
    page.keyboard.press("Enter")
    page.click(".tk-sections a:text('Queue')")
    expect(page.locator("#tk-query")).to_have_value("")
    page.locator(ROWS).first.get_by_role("link").nth(1).press("Enter")
    page.wait_for_url(re.compile(r"/tickets/HD-\d+/index\.html$"))
    with context.expect_page() as opened:
        page.locator(".tk-path a").first.click(button="middle")
    opened.value.wait_for_url(re.compile(r"/tickets/index\.html$"))


def test_on_a_phone_facets_are_behind_a_button(queue: Callable[..., Page]) -> None:
    page = queue()
    page.set_viewport_size({"width": 375, "height": 800})
    side = page.locator(".tk-queue-side")
    expect(side).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    expect(side).to_be_visible()
    expect(page.get_by_role("button", name="Filters")).to_have_attribute("aria-expanded", "true")


def test_a_row_fades_where_there_is_more_of_it(queue: Callable[..., Page]) -> None:
    page = queue()
    row = page.locator(".tk-sections ul")
    fades = """(row, left) => new Promise((done) => {
        row.scrollLeft = left;
        requestAnimationFrame(() => requestAnimationFrame(() => {
            const look = getComputedStyle(row);
            done(["before", "after"].map((side) => parseFloat(look.getPropertyValue(`--tk-${side}`)) > 0));
        }));
    })"""
    assert row.evaluate(fades, 0) == [False, False]
    page.set_viewport_size({"width": 320, "height": 800})
    assert row.evaluate(fades, 0) == [False, True]
    assert row.evaluate(fades, 20) == [True, True]
    assert row.evaluate(fades, 2000) == [True, False]


def test_the_theme_may_exchange_the_content_of_the_page(queue: Callable[..., Page]) -> None:
    page = queue("location:austin")
    page.evaluate("window.stays = true")
    page.locator(ROWS).first.get_by_role("link").nth(1).click()
    page.wait_for_url("**/tickets/HD-*/")
    page.go_back()
    page.wait_for_selector(".tk-queue--live")
    assert (query(page), number(page)) == ("location:austin", OPEN // 3)
    page.click(".tk-views a:text('Unassigned')")
    page.go_back()
    expect(page.locator("#tk-query")).to_have_value("location:austin")
    page.click(".tk-sections a:text('Queue')")
    expect(page.locator("#tk-query")).to_have_value("")
    page.keyboard.press("j")
    assert focused(page)
    assert page.evaluate("window.stays") is True


def test_a_query_that_was_just_typed_stays_with_its_page(queue: Callable[..., Page]) -> None:
    page = queue()
    page.locator("#tk-query").fill("location:austin")
    page.locator(ROWS).nth(1).get_by_role("link").nth(1).click()
    page.wait_for_selector(".tk-around")
    page.wait_for_timeout(PAUSE)
    assert query(page) == ""
    expect(page.locator("[data-tool=back]")).to_have_attribute("href", re.compile("q=location%3Aaustin$"))
    page.go_back()
    expect(page.locator("#tk-query")).to_have_value("location:austin")
    assert number(page) == OPEN // 3


def test_the_keys_of_a_page_that_was_left_do_not_come_after_it(queue: Callable[..., Page]) -> None:
    page = queue()
    with held_back(page, "**/tracker/ticket.js"):
        page.locator(ROWS).first.get_by_role("link").nth(1).click()
        page.wait_for_selector("[data-tracker=ticket]")
        page.go_back()
        page.wait_for_selector(".tk-queue--live")
    page.keyboard.press("j")
    assert focused(page)


def test_the_words_of_a_page_that_was_left_do_not_come_after_it(
    queue: Callable[..., Page], address: str
) -> None:
    page = queue()
    with held_back(page, "**/desk-en.js"):
        with page.expect_response("**/sitemap.xml"):
            page.goto(f"{address}/tickets/", wait_until="commit")
        page.wait_for_timeout(100)
        page.evaluate("window.stays = true")
        page.get_by_role("link", name="Français").click()
        page.wait_for_selector(".tk-queue--live")
    page.locator("#tk-query").fill("location:austin")
    expect(page.locator(".tk-views a").last).to_have_text("À Lyon")
    expect(page.locator(".tk-views a").first).to_have_text("Ouverts")
    assert page.evaluate("window.stays") is True


def test_numbers_and_days_are_in_the_language_of_the_page(queue: Callable[..., Page]) -> None:
    page = queue()
    page.get_by_role("link", name="Français").click()
    page.wait_for_selector(".tk-queue--live")
    expect(page.locator(".tk-cell-created").last).to_have_text("4 nov. 2026")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert page.evaluate("trackerModules.words.shownNumber(1234.5)") == "1\u202f234,5"
    page.click(".tk-sections a:text('Rapports')")
    page.get_by_role("link", name="English").click()
    page.get_by_role("heading", name="Reports").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("path", ["/tickets/", "/tickets/board/"])
def test_a_query_goes_along_to_the_other_language(context: BrowserContext, address: str, path: str) -> None:
    page = context.new_page()
    page.goto(f"{address}{path}?by=location&q=id:7")
    page.wait_for_selector("[data-started=wholly]")
    page.locator("input[name=q], #tk-query").fill("id:8")
    page.get_by_role("link", name="Français").click()
    page.wait_for_url(f"**/fr{path}*")
    page.wait_for_selector("[data-started=wholly]")
    expect(page.locator("input[name=q], #tk-query")).to_have_value("id:8")
    assert "by=location" in page.url
    expect(page.locator("[data-tracker]")).to_contain_text("HD-8")


def test_the_search_leads_to_pages_in_the_language_of_the_page(queue: Callable[..., Page]) -> None:
    page = queue()
    search, found = page.locator("[data-md-component=search-query]"), page.locator(".tk-search li a")
    search.click()
    search.fill("hd-8")
    expect(found.first).to_have_attribute("href", re.compile("public/tickets/HD-8/$"))
    page.keyboard.press("Escape")
    page.get_by_role("link", name="Français").click()
    page.wait_for_url("**/fr/tickets/")
    page.get_by_role("link", name="English").wait_for()  # the address changes before the page does
    page.wait_for_selector("[data-started=wholly] .tk-views")
    search.focus()
    expect(found.first).to_have_attribute("href", re.compile("public/fr/tickets/HD-8/$"))
