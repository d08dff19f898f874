"""`tracker sla`, and the same clocks in `show` and `stats`, on desks that Git keeps."""

import csv
import io
import json
import os
import subprocess
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CONFIGURATION, Run, git

LEVELS = """\
service_levels:
  urgent: {when: "priority:urgent is:unassigned", resolution: 4h}
  all: {first_response: 2h, next_update: 8h, resolution: 20h}
"""
HALF = timedelta(seconds=30)


def commit(desk: Path, when: datetime, message: str = "A step") -> None:
    git(desk, "add", "-A")
    dates = {"GIT_AUTHOR_DATE": when.isoformat(), "GIT_COMMITTER_DATE": when.isoformat()}
    command = ["git", "commit", "-q", "--allow-empty", "-m", message]
    subprocess.run(command, cwd=desk, env={**os.environ, **dates}, check=True)


BEGAN: list[datetime] = []
"""When the present test began: what lies between two moments must not depend on how long it takes."""


def ago(hours: float) -> datetime:
    """Return a moment so long ago; half a minute later, so that a test may take its time."""
    return BEGAN[-1] - timedelta(hours=hours) + HALF


def file(desk: Path, number: int, when: datetime, more: str = "") -> Path:
    """File a ticket."""
    path = desk / "tickets" / f"{when:%Y/%m}" / f"HD-{number}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    priority = "" if "priority:" in more else "priority: normal\n"
    path.write_text(
        f"---\nid: HD-{number}\ntitle: Ticket {number}\ntype: incident\nstatus: open\ncategory: network\n"
        f"{priority}created: {when.isoformat()}\nrequester: {{email: lea@example.org}}\n{more}---\nText.\n"
    )
    commit(desk, when)
    return path


def answer(path: Path, desk: Path, when: datetime, author: str = "omar", more: str = "") -> None:
    """Answer a ticket."""
    folder = path.with_suffix("")
    folder.mkdir(exist_ok=True)
    head = f"author: {author}\ncreated: {when.isoformat()}\n{more}"
    (folder / f"{when:%Y-%m-%dT%H%M%SZ}-{author}.md").write_text(f"---\n{head}---\nText.\n")
    commit(desk, when)


def change(path: Path, desk: Path, when: datetime, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))
    commit(desk, when)


@pytest.fixture
def promised(desk: Path) -> Path:
    """A desk with service levels since long ago, in which every hour counts."""
    BEGAN.append(datetime.now(UTC).replace(microsecond=0))
    git(desk, "update-ref", "-d", "HEAD")
    (desk / "tracker.yml").write_text(CONFIGURATION + LEVELS)
    commit(desk, ago(2_000))
    return desk


@pytest.fixture
def busy(promised: Path) -> Path:
    """A ticket that is answered too late, one that is late, one that nearly is, one that waits, one done."""
    first = file(promised, 1, ago(10))
    file(promised, 2, ago(3), "assignee: omar\npriority: urgent\n")
    done = file(promised, 5, ago(2.5))
    answer(first, promised, ago(2.25))
    waiting = file(promised, 4, ago(2))
    file(promised, 3, ago(1.75) + timedelta(minutes=5))
    change(waiting, promised, ago(1.5), "open", "waiting")
    change(done, promised, ago(1), "open", "resolved")
    return promised


def said(run: Run, *arguments: str) -> list[dict[str, Any]]:
    done = run("sla", *arguments, "--json")
    assert done.err == ""
    found: list[dict[str, Any]] = json.loads(done.out)
    return found


def states(run: Run, *arguments: str) -> set[tuple[str, str, str]]:
    return {(one["id"], one["clock"], one["state"]) for one in said(run, *arguments)}


@pytest.mark.usefixtures("busy")
def test_what_is_late_comes_first_with_its_time_due_where_the_reader_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    try:
        done = run("sla")
    finally:
        monkeypatch.delenv("TZ")
        time.tzset()
    due = [ago(3) + timedelta(hours=2), ago(1.75) + timedelta(hours=2, minutes=5)]
    here = [f"{moment + timedelta(hours=9):%Y-%m-%d %H:%M}" for moment in due]
    assert done.out.splitlines() == [
        f"HD-2\tFirst response\t{here[0]}\t1 h late\tomar\tUrgent\tTicket 2",
        f"HD-3\tFirst response\t{here[1]}\t20 min left\t\tNormal\tTicket 3",
    ]
    assert done.err == "1 late, 1 about to be; times are of JST, what is left or late is working time\n"


@pytest.mark.usefixtures("busy")
def test_every_clock_of_the_chosen_tickets(run: Run) -> None:
    assert states(run, "--all") == {
        *{("HD-1", "first_response", "missed"), ("HD-1", "next_update", "running")},
        *{("HD-1", "resolution", "running"), ("HD-2", "first_response", "late")},
        *{("HD-2", "resolution", "running"), ("HD-3", "first_response", "warning")},
        *{("HD-3", "resolution", "running"), ("HD-4", "first_response", "paused")},
        ("HD-4", "resolution", "paused"),
    }
    assert states(run, "--all", "is:closed") == {
        ("HD-5", "first_response", "met"),
        ("HD-5", "resolution", "met"),
    }
    assert {one["id"] for one in said(run, "--all", "priority:urgent")} == {"HD-2"}
    assert run("sla", "--all", "--count").out == "9\n"
    lines = run("sla", "--all", "is:closed").out.splitlines()
    assert [line.split("\t")[3] for line in lines] == ["met, 30 min left", "met, 18 h 30 min left"]
    assert [line.split("\t")[2:4] for line in run("sla", "--all", "4").out.splitlines()] == [
        ["–", "paused, 1 h 30 min left"],
        ["–", "paused, 19 h 30 min left"],
    ]


@pytest.mark.usefixtures("busy")
def test_a_clock_as_programs_read_it(run: Run) -> None:
    (one,) = said(run, "priority:urgent")
    start = ago(3)
    assert abs(datetime.fromisoformat(one["start"]) - start) < HALF
    assert one["start"].endswith("+00:00")
    assert datetime.fromisoformat(one["due"]) - datetime.fromisoformat(one["start"]) == timedelta(hours=2)
    assert (one["policy"], one["target"], one["ended"]) == ("all", 7200, None)
    assert one["left"] == one["target"] - one["elapsed"]
    assert -3600 <= one["left"] < -3500
    assert (one["title"], one["assignee"], one["priority"]) == ("Ticket 2", "omar", "urgent")
    (row,) = csv.DictReader(io.StringIO(run("sla", "priority:urgent", "--csv").out))
    assert (row["id"], row["clock"], row["due"], row["ended"]) == ("HD-2", "first_response", one["due"], "")
    assert run("sla", "priority:urgent", "--markdown").out.startswith("| id | title |")


@pytest.mark.usefixtures("busy")
def test_ci_is_told_by_the_exit_code(run: Run) -> None:
    assert run("sla").code == 0
    assert run("sla", "--check").code == 1
    assert run("sla", "--check", "--json").code == 1
    assert run("sla", "--check", "3").code == 0


def test_what_was_promised_when_it_was_filed_stays(promised: Path, run: Run) -> None:
    file(promised, 1, ago(10))
    settings = promised / "tracker.yml"
    settings.write_text(CONFIGURATION + "service_levels: {all: {resolution: 1h}}\n")
    assert [one["target"] for one in said(run, "--all")] == [7200, 72000], "not committed"
    commit(promised, ago(9))
    file(promised, 2, ago(8))
    settings.write_text("desk: [broken\n")
    commit(promised, ago(7))
    settings.write_text(CONFIGURATION + "include: settings/levels.yml\n")
    commit(promised, ago(6))
    file(promised, 3, ago(5))
    (promised / "settings").mkdir()
    (promised / "settings/levels.yml").write_text("service_levels: {all: {resolution: 3h}}\n")
    commit(promised, ago(4))
    file(promised, 4, ago(3.5))
    kept = {one["id"]: one["target"] for one in said(run, "--all") if one["clock"] == "resolution"}
    assert kept == {"HD-1": 72000, "HD-2": 3600, "HD-3": 3600, "HD-4": 10800}
    assert said(run, "--all", "--no-index")[0]["elapsed"] >= 0
    anew = {
        one["id"]: one["target"] for one in said(run, "--all", "--no-index") if one["clock"] == "resolution"
    }
    assert anew == kept


def test_what_a_rewritten_branch_no_longer_has_is_forgotten(promised: Path, run: Run) -> None:
    (promised / "tracker.yml").write_text(CONFIGURATION + "service_levels: {all: {resolution: 1h}}\n")
    commit(promised, ago(9))
    file(promised, 1, ago(8))
    assert [one["target"] for one in said(run, "--all")] == [3600]
    git(promised, "reset", "-q", "--hard", "HEAD~2")
    file(promised, 1, ago(8))
    assert [one["target"] for one in said(run, "--all")] == [7200, 72000]


def test_a_desk_below_the_top_of_its_repository(tmp_path: Path, promised: Path, run: Run) -> None:
    file(promised, 1, ago(3))
    inner = promised / "desk"
    inner.mkdir()
    for name in ("tracker.yml", "tickets"):
        git(promised, "mv", name, f"desk/{name}")
    commit(promised, ago(2))
    os.chdir(inner)
    assert {one[0] for one in states(run, "--all")} == {"HD-1"}, (
        "the first settings count for what was before"
    )
    (inner / "tracker.yml").write_text(CONFIGURATION + "service_levels: {all: {resolution: 3h}}\n")
    file(inner, 2, ago(1))
    assert {one["target"] for one in said(run, "--all", "2")} == {10800}


def test_a_policy_is_chosen_by_what_a_ticket_says_now_or_said_when_it_ended(promised: Path, run: Run) -> None:
    path = file(promised, 1, ago(10))
    assert {one["policy"] for one in said(run, "--all")} == {"all"}
    change(path, promised, ago(9), "priority: normal", "priority: urgent")
    assert {(one["clock"], one["policy"]) for one in said(run, "--all")} == {("resolution", "urgent")}
    change(path, promised, ago(8), "---\nText", "assignee: omar\n---\nText")
    assert {one["policy"] for one in said(run, "--all")} == {"all"}
    change(path, promised, ago(7), "open", "resolved")
    change(path, promised, ago(6), "assignee: omar\n", "")
    assert {one["policy"] for one in said(run, "--all", "is:closed")} == {"all"}


def test_a_query_may_ask_for_the_text_and_for_drafts(promised: Path, run: Run) -> None:
    levels = 'service_levels: {draft: {when: "is:draft", resolution: 1h}, text: {when: "text:text", resolution: 2h}}\n'
    (promised / "tracker.yml").write_text(CONFIGURATION + levels)
    commit(promised, ago(100))
    file(promised, 1, ago(10))
    draft = promised / "tickets/drafts/HD-k7q3x.md"
    draft.parent.mkdir(parents=True)
    draft.write_text((promised / f"tickets/{ago(10):%Y/%m}/HD-1.md").read_text().replace("HD-1", "HD-k7q3x"))
    commit(promised, ago(9))
    assert {(one["id"], one["policy"]) for one in said(run)} == {("HD-1", "text"), ("HD-k7q3x", "draft")}


def test_a_draft_that_was_answered_is_judged_as_the_draft_that_it_was(promised: Path, run: Run) -> None:
    levels = 'service_levels: {draft: {when: "is:draft", first_response: 1h}, other: {resolution: 2h}}\n'
    (promised / "tracker.yml").write_text(CONFIGURATION + levels)
    commit(promised, ago(100))
    accepted = file(promised, 7, ago(10))
    draft = promised / "tickets/drafts/HD-k7q3x.md"
    draft.parent.mkdir(parents=True)
    draft.write_text(accepted.read_text().replace("HD-7", "HD-k7q3x"))
    accepted.unlink()
    git(promised, "reset", "-q", "--soft", "HEAD~1")
    commit(promised, ago(10))
    answer(draft, promised, ago(9.5))
    draft.with_suffix("").rename(accepted.with_suffix(""))
    accepted.write_text(draft.read_text().replace("id: HD-k7q3x", "id: HD-7\naliases: [HD-k7q3x]"))
    draft.unlink()
    commit(promised, ago(9))
    assert {(one["clock"], one["policy"], one["state"]) for one in said(run, "--all")} == {
        ("first_response", "draft", "met"),
        ("resolution", "other", "late"),
    }


@pytest.mark.usefixtures("busy")
def test_a_ticket_tells_when_it_is_due(run: Run) -> None:
    shown = run("show", "2").out
    assert "First response  due " in shown
    assert "(1 h late)\n" in shown
    assert "(17 h left)\n" in shown
    assert "paused" in run("show", "4").out
    assert "First response" not in run("show", "5").out
    clocks = json.loads(run("show", "5", "--json").out)["service_levels"]
    assert {(one["clock"], one["state"]) for one in clocks} == {
        ("resolution", "met"),
        ("first_response", "met"),
    }


@pytest.mark.usefixtures("busy")
def test_the_numbers_tell_how_many_were_in_time(run: Run) -> None:
    text = run("stats", "--since", "3d").out
    assert (
        "Service levels\tended\tin time\nFirst response\t2\t1\t50.0 %\nNext update\t0\t0\t–\n"
        "Resolution\t1\t1\t100.0 %\n"
    ) in text
    numbers = json.loads(run("stats", "--since", "3d", "--json").out)
    assert numbers["service_levels"] == {
        "first_response": {"ended": 2, "met": 1, "attainment": 0.5},
        "next_update": {"ended": 0, "met": 0, "attainment": None},
        "resolution": {"ended": 1, "met": 1, "attainment": 1.0},
    }
    (row,) = csv.DictReader(io.StringIO(run("stats", "--since", "3d", "--by", "priority", "--csv", "1").out))
    assert (row["first_response_ended"], row["first_response_met"]) == ("1", "0")
    assert "First response met" in run("stats", "--since", "3d", "--by", "priority").out


def test_a_resolution_that_is_opened_again_has_not_ended(promised: Path, run: Run) -> None:
    path = file(promised, 1, ago(300))
    change(path, promised, ago(290), "open", "resolved")
    change(path, promised, ago(50), "resolved", "open")
    then = json.loads(run("stats", "--since", "20d", "--until", "5d", "--json").out)["service_levels"]
    assert then["resolution"] == {"ended": 1, "met": 1, "attainment": 1.0}
    today = json.loads(run("stats", "--since", "20d", "--json").out)["service_levels"]
    assert today["resolution"]["ended"] == 0


@pytest.mark.usefixtures("busy")
def test_a_shallow_clone_tells_no_wrong_times(
    busy: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "2", busy.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    done = run("sla")
    assert (done.code, done.out) == (3, "")
    assert "This clone is shallow" in done.err
    shown = run("show", "2")
    assert shown.code == 0
    assert "due" not in shown.out
    assert "This clone is shallow" in shown.err
    assert "service_levels" not in json.loads(run("show", "2", "--json").out)


def test_a_desk_without_service_levels_says_so(desk: Path, run: Run) -> None:
    file(desk, 1, ago(3))
    done = run("sla", "--all")
    assert (done.code, done.out) == (0, "")
    assert done.err.startswith("This desk has no service levels")
    assert "service_levels" not in json.loads(run("stats", "--json").out)
    assert "service_levels" not in json.loads(run("show", "1", "--json").out)
    assert run("sla", "--check").code == 0


def test_what_is_not_committed_has_no_clock_yet(promised: Path, run: Run) -> None:
    file(promised, 1, ago(3))
    git(promised, "reset", "-q", "--soft", "HEAD~1")
    done = run("sla")
    assert done.out == ""
    assert "1 ticket is not committed, so it has no clock." in done.err
    assert "due" not in run("show", "1").out


@pytest.mark.usefixtures("busy")
def test_a_slip_of_an_option_is_no_condition(run: Run) -> None:
    done = run("sla", "--al")
    assert done.code == 2
    assert "--all" in done.err
