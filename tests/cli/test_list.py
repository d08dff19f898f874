"""Lists say what they were asked for, and nothing else when they were asked wrongly."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


@pytest.mark.parametrize(
    ("word", "near"), [("--jsn", "--json"), ("--al", "--all"), ("--status", ""), ("-x", "")]
)
def test_a_slip_of_an_option_is_no_query(desk: Path, run: Run, word: str, near: str) -> None:
    result = run("list", word)
    assert result.code == 2
    assert near in result.err


def test_an_id_means_its_ticket_whatever_its_status(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 5)
    path.write_text(path.read_text().replace("status: open", "status: closed"))
    write_ticket(desk, 51, title="HD-5 again")
    for asked in ("HD-5", "hd-5", "id:5", "id:HD-5"):
        assert run("list", asked).out.startswith("HD-5\t")
        assert run("list", asked).out.count("\n") == 1


@pytest.mark.parametrize(
    ("asked", "found"),
    [("created:2026-11", 1), ("created:2025", 0), ("due:2026-12-24", 1), ("due:none", 0), ("-due:2026", 0)],
)
def test_days_are_found_by_their_beginning(desk: Path, run: Run, asked: str, found: int) -> None:
    write_ticket(desk, 1, more="due: 2026-12-24\n")
    assert run("list", asked).out.count("\n") == found


@pytest.mark.parametrize("asked", ["created:nonsense", "due:foo", "due:2026-1"])
def test_what_is_no_day_is_refused(desk: Path, run: Run, asked: str) -> None:
    result = run("list", asked)
    assert result.code == 2
    assert "2026-11-28" in result.err


@pytest.mark.parametrize("width", [40, 60, 120])
def test_ids_and_titles_stay_readable_on_a_narrow_terminal(desk: Path, width: int) -> None:
    write_ticket(desk, 1042, title="Printer jams")
    terminal, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(width), "TERM": "dumb"}
    child = subprocess.Popen(
        [sys.executable, "-m", "tracker", "list"], stdout=theirs, stderr=subprocess.DEVNULL, env=environment
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            said += os.read(terminal, 4096)
        except OSError:
            break
    assert child.wait(20) == 0
    os.close(terminal)
    assert "HD-1042" in said.decode()
    assert "Printer jams" in said.decode()
    assert all(len(line.rstrip()) <= width for line in said.decode().splitlines())


def test_a_reader_that_has_had_enough_is_no_failure(desk: Path) -> None:
    for number in range(1, 300):
        write_ticket(desk, number, title="A title that is long enough to fill every buffer. " * 8)
    command = [sys.executable, "-m", "tracker", "list", "--all"]
    child = subprocess.Popen(command, cwd=desk, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout
    assert child.stderr
    assert child.stdout.readline().startswith(b"HD-")
    child.stdout.close()
    assert child.wait(20) == 0
    assert child.stderr.read() == b""
    child.stderr.close()


def test_a_slip_of_a_command_offers_a_near_one(run: Run) -> None:
    result = run("lsit")
    assert result.code == 2
    assert "Did you mean 'list'?" in result.err


def test_a_person_and_a_moment_are_shown_as_people_write_them(desk: Path, run: Run) -> None:
    write_ticket(desk, 3, more="  phone: '7'\nsystem:\n  model: X1\n")
    shown = run("show", "3").out
    assert "Requester  Léa Martin <lea@example.org>, phone: 7\n" in shown
    assert "Created    2026-11-04 09:00\n" in shown
    assert "System     model: X1\n" in shown


@pytest.fixture
def some(desk: Path) -> Path:
    """A desk of four open tickets."""
    write_ticket(
        desk, 1, "Printer | jams", "location: lyon\ndue: 2020-01-02\nassignee: ada\n", body="Paper.\n"
    )
    write_ticket(desk, 2, 'Screen, "dark"', "location: austin\nlinks:\n  - parent HD-1\n")
    write_ticket(desk, 3, "=1+1", "location: lyon\nassignee: omar\n")
    write_ticket(desk, 4, "VPN")
    return desk


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("location:lyon or assignee:none",), "HD-1 HD-2 HD-3 HD-4"),
        (("location:lyon", "-assignee:me"), "HD-3"),
        (("(printer or vpn)", "-is:late"), "HD-4"),
        (("due:<today",), "HD-1"),
        (("parent:1",), "HD-2"),
        (("text:paper",), "HD-1"),
        (("sort:-id", "--limit", "2"), "HD-4 HD-3"),
        (("location:lyon", "printer | jams"), "HD-1"),
        (("printer jams",), "HD-1"),
    ],
)
def test_queries(some: Path, run: Run, words: tuple[str, ...], ids: str) -> None:
    assert [line.split("\t")[0] for line in run("list", *words).out.splitlines()] == ids.split()


def test_when_tickets_changed_is_asked_of_git(some: Path, run: Run) -> None:
    git(some, "add", "-A")
    git(some, "commit", "-qm", "File")
    write_ticket(some, 5)
    assert run("list", "updated:today", "--count").out == "4\n"
    assert run("list", "updated:none", "--columns", "id,updated").out == "HD-5\t\n"


def test_tables_for_programs(some: Path, run: Run) -> None:
    assert run("list", "--csv", "--columns", "id,title,links").out == (
        'id,title,links\nHD-1,Printer | jams,\nHD-2,"Screen, ""dark""",parent HD-1\nHD-3,=1+1,\nHD-4,VPN,\n'
    )
    assert run("list", "--tsv", "id:1", "--columns", "id,due").out == "id\tdue\nHD-1\t2020-01-02\n"
    markdown = run("list", "--markdown", "id:1", "--columns", "id,title").out
    assert markdown == "| id | title |\n| --- | --- |\n| HD-1 | Printer \\| jams |\n"
    assert "Did you mean “status”" in run("list", "--columns", "statsu").err


def test_counts(some: Path, run: Run) -> None:
    assert run("list", "--count").out == "4\n"
    assert run("list", "--count", "group:location").out == "2\tlyon\n1\taustin\n1\t-\n"


def test_what_is_wrong_with_a_query_is_shown(some: Path, run: Run) -> None:
    assert run("list", "location:lyon", "(status:opne").err == (
        "Error: “opne” is not a known value of status.\n"
        "  location:lyon (status:opne\n"
        "                        ^^^^\n"
        "Did you mean “open”? Allowed: new, open, in_progress, waiting, resolved, closed.\n"
    )


def test_how_many_there_are_is_said(some: Path, run: Run) -> None:
    assert run("list", "--limit", "1").err == "4 tickets of 4, the first 1 shown\n"
    assert run("list", "--count", "--limit", "1").out == "4\n"
    path = write_ticket(some, 5, "Gone")
    path.write_text(path.read_text().replace("status: open", "status: closed"))
    assert run("list", "gone").err == "0 tickets of 5\n1 more is closed: --all\n"
    assert run("list", "gone", "--all").out.startswith("HD-5")


def test_words_are_found_as_people_type_them(some: Path, run: Run) -> None:
    write_ticket(some, 6, "Visioconférence à l’étage")
    for words in ("visioconference", "l'etage", "l’Étage"):
        assert run("list", words).out.startswith("HD-6"), words
    assert run("list", 'assignee:"Omar Haddad"').out.startswith("HD-3")
    assert "created:>-7d" in run("list", "created:<7d").err


def test_who_is_nobody_is_told(some: Path, run: Run) -> None:
    assert run("list", "is:mine").err == "1 ticket of 4\n"
    git(some, "config", "user.email", "who@example.org")
    for query in ("is:mine", "assignee:me or printer"):
        assert "user.email (who@example.org) is nobody of this desk" in run("list", query).err
    assert "nobody" not in run("list", "printer").err
