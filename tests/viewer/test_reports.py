"""What the reports tell: the numbers of `tracker stats`, kept until something makes them others."""

import csv
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.cli.test_sla import change, commit
from tests.conftest import CONFIGURATION, Run, git, ticket, write_ticket
from tracker.viewer.builder import build
from tracker.workspace import Workspace
from tracker.workspace.late_arrivals import all_is_later, latest_landing
from tracker.workspace.report import FIELDS, report

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 26, 15, 0, tzinfo=PARIS)
SINCE, UNTIL = "2026-08-31", "2026-11-25"
MIDNIGHT = NOW.replace(hour=0)


@pytest.fixture
def at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is three o’clock on a Thursday."""
    monkeypatch.setattr(Workspace, "now", lambda self: NOW.astimezone(self.configuration.zone))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration with a history of years."""
    folder = tmp_path_factory.mktemp("demonstration") / "desk"
    command = [
        sys.executable,
        "-m",
        "tracker",
        "demo",
        str(folder),
        "--tickets",
        "250",
        "--now",
        f"{NOW:%Y-%m-%d}",
    ]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def demonstration(made: Path, tmp_path: Path, at_three: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it; the current folder."""
    monkeypatch.chdir(shutil.copytree(made, tmp_path / "desk"))
    return tmp_path / "desk"


def stats(run: Run, *more: str, since: str = SINCE, until: str = UNTIL) -> dict[str, Any]:
    result = run("stats", "--since", since, "--until", until, "--json", *more)
    assert result.code == 0, result.err
    told: dict[str, Any] = json.loads(result.out)
    return told


def test_the_numbers_are_those_of_the_command_line(demonstration: Path, run: Run) -> None:
    told = report(Workspace.open(demonstration))
    whole = stats(run)
    assert (told.start, told.end) == (whole["start"], whole["end"])
    assert {**whole, **told.total} == whole
    assert told.total["created"] > 20
    names = whole["intervals"][0].keys()
    assert [{name: week[name] for name in names} for week in told.weeks] == whole["intervals"]
    for week in told.weeks[-3:]:
        last = datetime.fromisoformat(week["end"]) - timedelta(days=1)
        alone = stats(run, since=week["start"][:10], until=f"{last:%Y-%m-%d}")
        asked = ("age", "first_response", "resolution", "reopen_rate", "unanswered")
        assert {name: week[name] for name in asked} == {name: alone[name] for name in asked}


@pytest.mark.parametrize("field", FIELDS)
def test_so_are_those_of_each_group(demonstration: Path, run: Run, field: str) -> None:
    told = report(Workspace.open(demonstration))
    assert told.groups[field] == stats(run, "--by", field)["by"]["groups"]
    flows = told.flows[field].values()
    for number, week in enumerate(told.weeks):
        assert sum(flow[number]["open"] for flow in flows) == week["open"]
        assert sum(flow[number]["created"] for flow in flows) == week["created"]


def test_pages_and_csv_show_them(demonstration: Path, run: Run) -> None:
    told, public = report(Workspace.open(demonstration)), build(demonstration)
    page = (public / "tickets" / "reports" / "index.html").read_text()
    assert f"tracker stats --since {SINCE} --until {UNTIL}" in page
    assert f"<dd>{told.total['created']}</dd>" in page
    for field in ("", *FIELDS):
        name = f"by-{field}-created" if field else "created"
        with (public / "tickets" / "reports" / f"{name}.csv").open() as stream:
            rows = list(csv.DictReader(stream))
        assert sum(int(row["created"]) for row in rows) == told.total["created"]
    with (public / "tickets" / "reports" / "age.csv").open() as stream:
        ages = [int(row["age_median"]) for row in csv.DictReader(stream)]
    assert ages == [week["age"]["median"] for week in told.weeks]
    assert page.count('<svg class="tk-chart"') == page.count("<details") == 7
    assert page.count('role="img"') == 7


def test_nothing_is_written_again_while_nothing_changes(demonstration: Path) -> None:
    public = build(demonstration)
    files = [public / "tickets" / "overview" / "index.html", *(public / "tickets" / "reports").rglob("*")]
    before = {file: file.stat().st_mtime_ns for file in files if file.is_file()}
    build(demonstration)
    assert len(before) > 30
    assert {file: file.stat().st_mtime_ns for file in before} == before


LAST_WEEK, TODAY = MIDNIGHT - timedelta(days=9), MIDNIGHT + timedelta(hours=10)


def home(desk: Path) -> Path:
    return desk / "tickets" / "2026" / "11" / "HD-1.md"


def leave(desk: Path) -> None:
    home(desk).unlink()
    commit(desk, TODAY)


def arrive(desk: Path, number: int, filed: datetime) -> None:
    text = ticket(number)
    written = re.sub(r"created: .*", f"created: {filed.isoformat()}", text)
    (desk / "tickets" / "2026" / "11" / f"HD-{number}.md").write_text(written)
    commit(desk, TODAY)


CHANGES: dict[str, tuple[Callable[[Path], object], bool]] = {
    "a status that changes today": (
        lambda desk: change(home(desk), desk, TODAY, "status: open", "status: closed"),
        True,
    ),
    "a ticket that is filed today": (lambda desk: arrive(desk, 3, TODAY), True),
    "a ticket that was filed last week": (lambda desk: arrive(desk, 3, LAST_WEEK), False),
    "when a ticket was filed": (
        lambda desk: change(home(desk), desk, TODAY, "created: 2026-11-17", "created: 2026-11-10"),
        False,
    ),
    "a ticket that is gone": (leave, False),
    "a commit of long ago": (
        lambda desk: change(home(desk), desk, LAST_WEEK, "status: open", "status: closed"),
        False,
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_lands_today_is_only_counted_where_it_tells_of_before(
    desk: Path, at_three: None, name: str
) -> None:
    make, is_later = CHANGES[name]
    home(desk).parent.mkdir(parents=True)
    home(desk).write_text(re.sub(r"created: .*", "created: 2026-11-17T10:00:00+01:00", ticket(1)))
    commit(desk, LAST_WEEK)
    before, since = report(Workspace.open(desk)), latest_landing(Workspace.open(desk))
    make(desk)
    workspace = Workspace.open(desk)
    assert all_is_later(workspace, since, MIDNIGHT) is is_later
    fresh = report(Workspace(desk, use_index=False))
    assert report(workspace) == fresh
    assert (before == fresh) is is_later
    assert report(Workspace.open(desk)) == fresh


def test_a_shallow_clone_says_that_it_does_not_know(
    desk: Path, tmp_path: Path, website: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_ticket(desk, 1)
    website()
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{desk}", "shallow")
    public = build(tmp_path / "shallow")
    page = (public / "tickets" / "reports" / "by-location" / "index.html").read_text()
    assert "The numbers are not shown: the history of the desk is not here." in page
    assert '<svg class="tk-chart' not in page
    assert (
        "the history of the desk is not here" in (public / "tickets" / "overview" / "index.html").read_text()
    )
    assert not list((public / "tickets" / "reports").rglob("*.csv"))


def test_no_cell_begins_a_formula_and_no_label_is_markup(
    desk: Path, at_three: None, website: Callable[..., Path]
) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    settings = CONFIGURATION.replace("{label: Lyon}", '{label: "=1+1"}').replace(
        "{label: Austin}", f'{{label: "{hostile}"}}'
    )
    (desk / "tracker.yml").write_text(settings)
    write_ticket(desk, 1, more="location: lyon\n")
    write_ticket(desk, 2, more="location: austin\n")
    commit(desk, LAST_WEEK)
    public = website()
    folder = public / "tickets" / "reports"
    assert "\n'=1+1," in (folder / "by-location-created.csv").read_text()
    page = (folder / "by-location" / "index.html").read_text()
    assert hostile not in page
    assert "&lt;img src=x" in page


def test_french_reads_french(demonstration: Path) -> None:
    text = (demonstration / "tracker.yml").read_text()
    (demonstration / "tracker.yml").write_text(text.replace("language: en", "language: fr"))
    page = (build(demonstration) / "tickets" / "reports" / "index.html").read_text()
    assert re.search(r"<dd>\d+,\d.%</dd>", page)
