"""Who has what, by when it is due, and why: on the pages of tickets, in lists, and on pages of their own."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from tests.cli.test_sla import answer, change, commit, file
from tests.conftest import CONFIGURATION, Run, git, write_ticket
from tracker.viewer.builder import build
from tracker.workspace import Workspace

PARIS = ZoneInfo("Europe/Paris")
FILED = datetime(2026, 11, 23, 8, 5, tzinfo=UTC)
LEVELS = "service_levels: {all: {first_response: 2h, resolution: 20h, warn: 50}}\n"
RULES = """\
teams: {workplace: {label: Workplace, members: [ada, omar], lead: ada}}
cataloguing: {rules: [{name: printers, when: Ticket, set: {location: lyon, work: onsite}}]}
assignment: {rules: [{to: workplace}]}
"""
PEOPLE = CONFIGURATION.replace("location: lyon}", "location: lyon, capacity: 4}").replace(
    "location: austin}", "location: austin, absences: [{since: 2026-01-01, until: 2027-01-31}]}"
)
PAGES = ("tickets", "tickets/workload", "tickets/service-levels", "tickets/HD-1", "tickets/HD-2")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets the clock so many hours after a ticket was filed."""

    def turn(hours: float) -> None:
        moment = FILED + timedelta(hours=hours)
        monkeypatch.setattr(Workspace, "now", lambda self: moment.astimezone(self.configuration.zone))

    turn(1)
    return turn


@pytest.fixture
def busy(desk: Path, clock: Callable[[float], None]) -> Path:
    """A desk with people, rules and service levels, an open ticket and a closed one."""
    (desk / "tracker.yml").write_text(PEOPLE + LEVELS + RULES)
    git(desk, "update-ref", "-d", "HEAD")
    commit(desk, FILED - timedelta(days=9))
    done = file(desk, 2, FILED - timedelta(days=3), "assignee: omar\n")
    answer(done, desk, FILED - timedelta(days=3) + timedelta(hours=1))
    change(done, desk, FILED - timedelta(days=2), "status: open", "status: closed")
    file(desk, 1, FILED)
    clock(1)
    return desk


def page_of(public: Path, page: str) -> str:
    """Return the words and marks of a page below its heading, without the theme."""
    text = (public / page / "index.html").read_text()
    return text[text.index('id="main"') : text.rindex("</article>")]


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def here(moment: datetime) -> str:
    there = moment.astimezone(PARIS)
    return f"{there:%b} {there.day}, {there.year} {there:%-I:%M}\u202f{there:%p}"


@pytest.mark.parametrize(
    ("hours", "state", "said"),
    [(0.5, "running", ""), (1.5, "warning", " about to be late"), (3, "late", " beyond target")],
)
def test_the_page_of_an_open_ticket_says_by_when(
    busy: Path,
    website: Callable[..., Path],
    clock: Callable[[float], None],
    hours: float,
    state: str,
    said: str,
) -> None:
    clock(hours)
    html = page_of(website(), "tickets/HD-1")
    due = FILED + timedelta(hours=2)
    assert (
        f'<time datetime="{due.astimezone(PARIS).isoformat(timespec="minutes")}">{here(due)}</time>' in html
    )
    assert f'<div class="tk-clock tk-clock--{state}"><dt>First response' in html
    assert f"First response · all {words(here(due))}{said} Resolution" in words(html)


def test_a_clock_that_is_paused_has_what_is_left_and_no_moment(
    busy: Path, website: Callable[..., Path]
) -> None:
    path = busy / "tickets" / "2026" / "11" / "HD-1.md"
    change(path, busy, FILED + timedelta(hours=0.5), "status: open", "status: waiting")
    said = words(page_of(website(), "tickets/HD-1"))
    assert "First response · all paused, 1 h 30 min left Resolution · all paused, 19 h 30 min left" in said


def test_the_page_of_a_ticket_that_is_done_says_whether_it_was_met(
    busy: Path, website: Callable[..., Path]
) -> None:
    due = FILED - timedelta(days=3) + timedelta(hours=20)
    said = words(page_of(website(), "tickets/HD-2"))
    assert f"First response · all met Resolution · all {words(here(due))} missed by 4 h" in said


def test_pages_say_why_rules_decided_so(busy: Path, website: Callable[..., Path], run: Run) -> None:
    assert run("triage", "--commit").code == 0
    html = page_of(website(), "tickets/HD-1")
    decided = r"Ada Byron</a><span class=\"tk-why\">Why: on the spot in lyon, 0 open of 4, [^<]+</span>"
    assert re.search(decided, html)
    assert '<dd>On site<span class="tk-why">Why: rule “printers”</span></dd>' in html
    assert "Why:" not in page_of(website(), "tickets/HD-2")


def test_a_ticket_that_nobody_may_have_says_why(busy: Path, website: Callable[..., Path], run: Run) -> None:
    away = "location: lyon, absences: [{since: 2026-01-01}], capacity: 4}"
    (busy / "tracker.yml").write_text(
        (busy / "tracker.yml").read_text().replace("location: lyon, capacity: 4}", away)
    )
    commit(busy, FILED)
    assert run("triage", "--commit").code == 0
    assert re.search(
        r"<dd>Unassigned<span class=\"tk-why\">Why: nobody may: ", page_of(website(), "tickets/HD-1")
    )


def test_a_reason_is_text_whatever_it_says(busy: Path, website: Callable[..., Path]) -> None:
    path = busy / "tickets" / "2026" / "11" / "HD-1.md"
    path.write_text(path.read_text().replace("priority: normal", "priority: high"))
    commit(busy, FILED, "Raise\n\nReason: HD-1 priority=high; <script>alert(1)</script> & more")
    html = page_of(website(), "tickets/HD-1")
    assert "Why: &lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_the_queue_says_what_is_beyond_its_target(
    busy: Path, website: Callable[..., Path], clock: Callable[[float], None]
) -> None:
    queue = page_of(website(), "tickets")
    assert "beyond target" not in queue
    assert f">{here(FILED + timedelta(hours=2))}</time>" in queue
    assert re.search('<a href="[^"]*workload/">Workload</a>', queue)
    clock(3)
    queue = page_of(build(busy), "tickets")
    assert re.search('<strong>1</strong> <a href="[^"]*service-levels/">beyond target</a>', queue)
    assert '<span class="tk-mark tk-mark--late">beyond target</span>' in queue
    assert 'class="tk-row--urgent"' in queue


def test_a_due_day_goes_before_the_moment_of_a_clock(busy: Path, website: Callable[..., Path]) -> None:
    path = busy / "tickets" / "2026" / "11" / "HD-1.md"
    path.write_text(path.read_text().replace("requester:", "due: 2026-12-24\nrequester:"))
    queue = page_of(website(), "tickets")
    assert '<time datetime="2026-12-24">Dec 24, 2026</time>' in queue
    assert here(FILED + timedelta(hours=2)) not in queue


def test_what_is_most_urgent_is_first(
    busy: Path, website: Callable[..., Path], clock: Callable[[float], None]
) -> None:
    file(busy, 3, FILED + timedelta(hours=2))
    file(busy, 4, FILED - timedelta(hours=1))
    clock(3.5)
    html = page_of(website(), "tickets/service-levels")
    assert re.findall(r'"../(HD-\d)/">HD', html) == ["HD-4", "HD-1", "HD-3"]
    said = words(html)
    assert (
        said.index("Beyond target") < said.index("HD-1") < said.index("About to be late") < said.index("HD-3")
    )
    assert "all others 2 h 20 h every hour" in said.replace("working hours", "every hour")


def test_a_desk_where_nothing_is_late_says_so(busy: Path, website: Callable[..., Path]) -> None:
    (busy / "tickets" / "2026" / "11" / "HD-1.md").unlink()
    commit(busy, FILED)
    assert "Nothing is beyond its target, or about to be." in page_of(website(), "tickets/service-levels")


def test_the_workload_is_that_of_people_teams_and_locations(
    busy: Path, website: Callable[..., Path], run: Run, served: Callable[[Path], str], browser: Browser
) -> None:
    assert run("triage", "--commit").code == 0
    page = browser.new_page()
    page.goto(f"{served(website())}/tickets/workload/")
    tables = page.locator("table")
    assert tables.locator("caption").all_inner_texts() == ["People", "Teams", "Locations"]
    people = [row.split() for row in tables.first.locator("tbody tr").all_inner_texts()]
    assert people == [
        ["Ada", "Byron", "1", "0", "0", "1", "of", "4"],
        ["Omar", "Haddad", "0", "0", "0", "0", "until", "Jan", "31,", "2027"],
    ]
    assert tables.first.locator("rect").first.get_attribute("width") == "25"
    page.get_by_role("link", name="Ada Byron").first.click()
    page.wait_for_load_state()
    assert page.locator("h1").inner_text() == "Ada Byron"


def test_there_is_no_page_of_what_a_desk_does_not_have(desk: Path, website: Callable[..., Path]) -> None:
    people = re.sub(r"people:\n(  .*\n)+?(?=fields)", "", CONFIGURATION)
    (desk / "tracker.yml").write_text(people)
    write_ticket(desk, 1)
    public = website()
    assert not (public / "tickets" / "workload").exists()
    assert not (public / "tickets" / "service-levels").exists()
    assert "Overviews" not in page_of(public, "tickets")


def test_pages_change_only_when_what_they_say_does(
    busy: Path, website: Callable[..., Path], clock: Callable[[float], None]
) -> None:
    public = website()

    def times() -> dict[str, int]:
        return {page: (public / page / "index.html").stat().st_mtime_ns for page in PAGES[1:]}

    before = times()
    clock(1.2)  # from here on, the first response is about to be late
    build(busy)
    once = times()
    assert {page for page in before if once[page] != before[page]} <= {
        "tickets/HD-1",
        "tickets/service-levels",
    }
    clock(1.3)
    build(busy)
    assert times() == once
    clock(2.1)
    build(busy)
    assert {page for page in once if times()[page] != once[page]} == {
        "tickets/HD-1",
        "tickets/service-levels",
    }


@pytest.mark.parametrize("lean", ["--depth=1", "--filter=blob:none"])
def test_a_clone_without_the_history_says_once_what_it_cannot_say(
    busy: Path, tmp_path: Path, lean: str
) -> None:
    git(busy, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "-q", lean, busy.as_uri(), "clone")
    clone = tmp_path / "clone"
    busy.rename(tmp_path / "away")
    (clone / "docs").mkdir()
    (clone / "docs" / "index.md").write_text("# Welcome\n")
    (clone / "mkdocs.yml").write_text("site_name: x\ntheme: {name: material, font: false}\n")
    public = build(clone, strict=True)
    said = "how they stand with service levels, is not shown: the history of the desk is not here."
    assert page_of(public, "tickets").count(said) == 1
    assert "tk-clock" not in page_of(public, "tickets/HD-1")
    assert said in page_of(public, "tickets/service-levels")
    assert "Ada Byron" in page_of(public, "tickets/workload")
    assert str(busy) not in page_of(public, "tickets")


def test_nothing_is_wider_than_the_screen_and_tables_explain_themselves(
    busy: Path, website: Callable[..., Path], run: Run, served: Callable[[Path], str], browser: Browser
) -> None:
    settings = busy / "tracker.yml"
    settings.write_text(settings.read_text().replace("Ada Byron", f"Ada {'Byronowitsch' * 4}"))
    run("triage", "--commit")
    address = served(website())
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 800})
        for name in PAGES:
            page.goto(f"{address}/{name}/")
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            for table in page.locator("table[class^=tk-]").all():
                assert table.locator("thead th[scope=col]").count() == table.locator("thead th").count() > 0
                if name in ("tickets/workload", "tickets/service-levels"):
                    assert table.locator("caption").inner_text()
            assert page.locator("svg.tk-bar:not([aria-hidden=true])").count() == 0
        page.close()
