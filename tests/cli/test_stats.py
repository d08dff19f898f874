"""`tracker stats` at a terminal, for programs, and where it cannot tell."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


def commit(desk: Path, time: str) -> None:
    git(desk, "add", "-A")
    dates = {"GIT_AUTHOR_DATE": time, "GIT_COMMITTER_DATE": time}
    subprocess.run(["git", "commit", "-qm", "A step"], cwd=desk, env={**os.environ, **dates}, check=True)


@pytest.fixture
def busy(desk: Path) -> Path:
    """Three tickets of November 2026, the second of which was resolved a day later."""
    write_ticket(desk, 1, more="location: lyon\n")
    write_ticket(desk, 2, more="location: <script>\n")
    outage = "outage:\n  since: 2026-11-04T09:00:00+01:00\n  until: 2026-11-04T10:30:00+01:00\n"
    third = write_ticket(desk, 3, more=f"location: lyon\n{outage}")
    commit(desk, "2026-11-05T09:00:00+0100")
    third.write_text(third.read_text().replace("status: open", "status: resolved"))
    commit(desk, "2026-11-06T09:00:00+0100")
    return desk


NOVEMBER = ("--since", "2026-11-01", "--until", "2026-11-14")


@pytest.mark.usefixtures("busy")
def test_numbers_are_lines_for_programs_that_read_text(run: Run) -> None:
    done = run("stats", *NOVEMBER)
    assert done.code == 0
    assert [section.splitlines() for section in done.out.split("\n\n")] == [
        ["2026-11-01 00:00 – 2026-11-15 00:00"],
        [
            "Tickets created\t3",
            "Resolved\t1",
            "Reopened\t0\t0.0 % of the tickets resolved",
            "Handed from one person to another\t0",
            "Came due\t0",
            "Open at the end\t2",
            "Of these never answered\t2",
        ],
        [
            "How long\ttickets\tmedian\t90 %",
            "First response\t0\t–\t–",
            "Resolution\t1\t2 d 0 h\t2 d 0 h",
            "· Open\t1\t2 d 0 h\t2 d 0 h",
            "Age of what is open\t2\t12 d 3 h\t12 d 15 h",
        ],
        [
            "From\tcreated\tresolved\topen",
            "2026-11-01\t0\t0\t0",
            "2026-11-02\t3\t1\t2",
            "2026-11-09\t0\t0\t2",
        ],
        [
            "Out of use, by location\ttickets\ttime\tworking hours\tavailable",
            "Lyon\t1\t1 h 30 min\t–\t99.55 %",
        ],
        ["By department\ttickets\ttime\tworking hours\tavailable", "none\t1\t1 h 30 min\t–\t99.55 %"],
    ]


@pytest.mark.usefixtures("busy")
def test_a_group_is_a_line_of_csv(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("stats", *NOVEMBER, "--by", "location", "--csv").out)))
    assert [(row["group"], row["created"], row["open"], row["resolution_median"]) for row in rows] == [
        ("lyon", "2", "1", "172800"),
        ("<script>", "1", "1", ""),
    ]
    steps = list(csv.DictReader(io.StringIO(run("stats", *NOVEMBER, "--csv").out)))
    assert [
        (row["start"][:10], row["created"], row["status:open"], row["status:resolved"]) for row in steps
    ] == [
        ("2026-11-01", "0", "0", "0"),
        ("2026-11-02", "3", "2", "1"),
        ("2026-11-09", "0", "2", "1"),
    ]
    assert len(run("stats", *NOVEMBER, "--csv", "--every", "day").out.splitlines()) == 15


def test_what_no_commit_has_is_in_no_number(busy: Path, run: Run) -> None:
    write_ticket(busy, 9)
    first = busy / "tickets" / "2026" / "11" / "HD-1.md"
    first.write_text(first.read_text().replace("status: open", "status: closed"))
    second = busy / "tickets" / "2026" / "11" / "HD-2.md"
    second.write_text("no front matter any more\n")
    done = run("stats", *NOVEMBER, "--json")
    assert done.err == "1 ticket is not committed, and in no number.\n"
    told = json.loads(done.out)
    assert (told["created"], told["resolved"], told["open"]) == (3, 1, 2)
    assert told["intervals"][-1]["statuses"] == {"open": 2, "resolved": 1}


@pytest.mark.usefixtures("busy")
def test_a_query_chooses_the_tickets(run: Run) -> None:
    assert json.loads(run("stats", *NOVEMBER, "--json", "location:lyon").out)["created"] == 2
    assert json.loads(run("stats", *NOVEMBER, "--json", "-location:lyon", "is:open").out)["created"] == 1


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--since", "2026-11-05", "--until", "2026-11-01"), "no time between 2026-11-05 and 2026-11-01"),
        (("--since", "3000"), "3000 is yet to come."),
        (("--since", "soon"), "“soon” is no time"),
        (("--by", "locaton"), "no field “locaton”"),
        (("--by", "requester"), "“requester” has several parts"),
        (("--since", "1950-01-01", "--every", "day"), "too many steps"),
        (("--evry", "day"), "No such option '--evry'"),
        (("colour:red",), "colour"),
    ],
)
@pytest.mark.usefixtures("busy")
def test_what_makes_no_sense_is_said(run: Run, arguments: tuple[str, ...], told: str) -> None:
    done = run("stats", *arguments)
    assert (done.code, done.out) == (2, "")
    assert told in done.err


def test_a_desk_without_commits_has_no_numbers(desk: Path, run: Run) -> None:
    assert json.loads(run("stats", "--json").out)["created"] == 0
    subprocess.run(["rm", "-rf", ".git"], cwd=desk, check=True)
    assert json.loads(run("stats", "--json").out)["open"] == 0


def test_a_shallow_clone_is_asked_for_the_rest(
    busy: Path, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{busy}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    done = run("stats")
    assert (done.code, done.out) == (3, "")
    assert "shallow" in done.err
    assert "--unshallow" in done.err


@pytest.mark.usefixtures("busy")
def test_a_terminal_shows_bars() -> None:
    command = f"stty cols 100; {sys.executable} -m tracker stats --since 2026-11-01 --until 2026-11-14"
    environment = {**os.environ, "PAGER": "cat", "COLUMNS": "100"}
    done = subprocess.run(
        ["script", "-qec", command, "/dev/null"], env=environment, capture_output=True, text=True, check=True
    )
    week = next(line for line in done.stdout.splitlines() if line.startswith("2026-11-02"))
    assert [len(part) for part in re.findall("█+", week)] == [16, 5, 16]
