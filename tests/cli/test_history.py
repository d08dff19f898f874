"""`log`, `blame`, `diff` and `show --at`: what Git knows, in the words of the desk."""

import json
import os
import pty
import re
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


def commit(desk: Path, day: str, subject: str, name: str = "Omar Haddad") -> None:
    """Commit all that changed, at noon of a day."""
    moment = f"{day}T12:00:00+01:00"
    git(desk, "add", "-A")
    by = ("-c", f"user.name={name}", "-c", "user.email=omar@example.org")
    os.environ["GIT_COMMITTER_DATE"] = moment
    try:
        git(desk, *by, "commit", "-qm", subject, "--date", moment)
    finally:
        del os.environ["GIT_COMMITTER_DATE"]


@pytest.fixture
def told(desk: Path) -> Path:
    """A desk where a ticket was opened, closed and opened again, and another one deleted."""
    path = write_ticket(desk, 1, "Printer jams")
    write_ticket(desk, 2, "Screen is dark")
    commit(desk, "2026-11-02", "File")
    for day, old, new in (("03", "open", "resolved"), ("05", "resolved", "open")):
        path.write_text(path.read_text().replace(f"status: {old}", f"status: {new}"))
        commit(desk, f"2026-11-{day}", f"Now {new}")
    comment = path.with_suffix("") / "2026-11-06T080000Z-ada.md"
    comment.parent.mkdir()
    comment.write_text("---\nauthor: ada\ncreated: 2026-11-06T09:00:00+01:00\n---\nSeen.\n")
    (path.parent / "HD-2.md").unlink()
    commit(desk, "2026-11-06", "Comment, and delete", "Ada \x1b[31mByron")
    return desk


def clone_some(desk: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, commits: int) -> None:
    """Make a clone with the newest commits alone, and work in it."""
    git(desk, "clone", "-q", "--depth", str(commits), desk.as_uri(), str(folder))
    monkeypatch.chdir(folder)


def lines(text: str) -> list[str]:
    """Return what is said, without commits, which differ by the folder's settings."""
    return [
        "\t".join(part for place, part in enumerate(line.split("\t")) if place != 1)
        for line in text.splitlines()
    ]


def test_log_of_a_ticket(told: Path, run: Run) -> None:
    assert lines(run("log", "1").out) == [
        "2026-11-06 12:00\tAda ␛[31mByron\tComment by Ada Byron: 2026-11-06T080000Z-ada.md",
        "2026-11-05 12:00\tOmar Haddad\tStatus: Resolved → Open",
        "2026-11-03 12:00\tOmar Haddad\tStatus: Open → Resolved",
        "2026-11-02 12:00\tOmar Haddad\tFiled: Printer jams",
    ]
    assert lines(run("log", "1", "--field", "status", "--limit", "1").out)[0].endswith("Resolved → Open")
    kinds = [one["kind"] for one in json.loads(run("log", "hd-1", "--json").out)]
    assert kinds == ["commented", "reopened", "changed", "created"]


def test_log_of_the_desk_and_of_what_is_gone(told: Path, run: Run) -> None:
    everything = lines(run("log").out)
    assert len(everything) == 6
    assert everything[0].startswith("2026-11-06 12:00\tHD-")
    assert lines(run("log", "2").out)[0].endswith("Deleted")
    assert len(lines(run("log", "--since", "2026-11-05").out)) == 3
    assert len(lines(run("log", "--since", "2026-11-03", "--until", "2026-11-05").out)) == 2
    assert len(lines(run("log", "--until", "2026-11-02").out)) == 2
    assert "2026-11-24" in run("log", "--since", "soon").err
    assert "Did you mean “status”?" in run("log", "--field", "stats").err


def test_log_of_what_is_not_committed(told: Path, run: Run) -> None:
    write_ticket(told, 3)
    done = run("log", "3")
    assert (done.code, done.out) == (0, "")
    assert "committed" in done.err


def test_blame(told: Path, run: Run) -> None:
    path = told / "tickets/2026/11/HD-1.md"
    path.write_text(path.read_text().replace("priority: normal", "priority: high"))
    found = {one["field"]: one for one in json.loads(run("blame", "1", "--json").out)}
    assert found["status"]["time"] == "2026-11-05T12:00:00+01:00"
    assert found["title"]["time"] == "2026-11-02T12:00:00+01:00"
    assert found["priority"] == {
        "field": "priority",
        "value": "high",
        "committed": False,
        "time": None,
        "name": None,
        "email": None,
        "commit": None,
        "reason": None,
    }
    assert "not committed\t\t\tPriority\tHigh" in run("blame", "1").out
    assert "Requester (email)\tlea@example.org" in run("blame", "1").out


def test_show_at_a_time(told: Path, run: Run) -> None:
    assert "Status     Resolved" in run("show", "1", "--at", "2026-11-04").out
    assert "Screen is dark" in run("show", "2", "--at", "HEAD~1").out
    assert "no ticket “2” at 2026-11-06" in run("show", "2", "--at", "2026-11-06").err
    assert "Nothing had landed" in run("show", "1", "--at", "2026-10-01").err
    assert "neither a time nor a revision" in run("show", "1", "--at=--all").err


def test_show_at_a_time_finds_a_draft_by_the_number_it_got(desk: Path, run: Run) -> None:
    draft = desk / "tickets/drafts/jam.md"
    draft.parent.mkdir(parents=True)
    draft.write_text(write_ticket(desk, 1).read_text().replace("id: HD-1\n", ""))
    commit(desk, "2026-11-02", "File")
    assert run("accept").code == 0
    commit(desk, "2026-11-03", "Accept")
    assert "tickets/drafts/jam.md" in run("show", "2", "--at", "2026-11-02").out
    assert "Accepted as HD-2; it was jam" in run("log", "2").out


def test_diff(told: Path, run: Run) -> None:
    def said(*arguments: str) -> list[str]:
        return [line.strip() for line in run("diff", *arguments).out.splitlines()]

    head = "HD-1  tickets/2026/11/HD-1.md"
    gone = ["HD-2  tickets/2026/11/HD-2.md", "Deleted"]
    assert said() == []
    assert said("HEAD~1", "HEAD") == [head, "Comment by Ada Byron: 2026-11-06T080000Z-ada.md", *gone]
    assert said("2026-11-03", "2026-11-05") == [head, "Status: Resolved → Open"]
    write_ticket(told, 3, "A new one")
    (told / "tickets/2026/11/HD-1.md").write_text("---\nbroken: [\n---\n")
    assert said() == [
        head,
        "Written so that it cannot be read",
        "HD-3  tickets/2026/11/HD-3.md",
        "Filed: A new one",
    ]
    assert run("diff", "nothing").code == 2


def test_a_shallow_clone_says_so(
    told: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone_some(told, tmp_path / "shallow", monkeypatch, 1)
    done = run("log", "1")
    assert "This clone is shallow" in done.err
    assert "git fetch --filter=blob:none --unshallow" in done.err
    assert "--unshallow" in run("show", "1", "--at", "2026-11-01").err


def test_no_setting_of_a_person_changes_what_happened(told: Path, run: Run) -> None:
    git(told, "switch", "-qc", "side")
    path = told / "tickets/2026/11/HD-1.md"
    path.write_text(path.read_text().replace("status: open", "status: waiting"))
    commit(told, "2026-11-07", "On a branch", "Zoë \x1f x@y.example")
    git(told, "switch", "-q", "main")
    write_ticket(told, 9)
    commit(told, "2026-11-08", "Meanwhile")
    git(told, "merge", "-q", "--no-ff", "-m", "Merge", "side")
    expected = run("log", "--json", "--no-index").out
    assert "waiting" in expected
    for setting in ("off", "cc", "remerge", "separate"):
        git(told, "config", "log.diffMerges", setting)
        git(told, "config", "i18n.logOutputEncoding", "ISO-8859-1")
        assert run("log", "--json", "--no-index").out == expected


def test_a_name_with_a_separator_forges_no_address(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    commit(desk, "2026-11-07", "File", "Eve\x1fceo@corp.example")
    (found,) = json.loads(run("log", "--json").out)
    assert (found["email"], found["subject"]) == ("omar@example.org", "File")


def test_times_before_git_and_ranges(told: Path, run: Run) -> None:
    assert "Nothing had landed" in run("show", "1", "--at", "1971").err
    assert run("diff", "HEAD~1..HEAD").out == run("diff", "HEAD~1", "HEAD").out != ""
    assert "neither a time nor a revision" in run("show", "1", "--at", "HEAD~1..HEAD").err
    assert run("diff", "0d").code == 0


def test_a_shallow_clone_guesses_nothing(
    told: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone_some(told, tmp_path / "shallow", monkeypatch, 2)
    assert [line.split("\t")[2:] for line in run("log", "1").out.splitlines()] == [
        ["Ada ␛[31mByron", "Comment by Ada Byron: 2026-11-06T080000Z-ada.md"]
    ]
    assert all(
        one["committed"] and one["commit"] is None for one in json.loads(run("blame", "1", "--json").out)
    )
    assert run("list", "updated:none", "--count").out == "0\n"
    assert "shallow" in run("list", "updated:none").err


def test_renumbering_keeps_the_history(desk: Path, run: Run) -> None:
    first = write_ticket(desk, 5, "Alpha")
    (desk / "tickets/2026/10").mkdir()
    second = first.read_text().replace("Alpha", "Beta").replace("2026-11", "2026-10")
    (desk / "tickets/2026/10/HD-5.md").write_text(second)
    commit(desk, "2026-11-07", "File two of one number")
    assert run("renumber", "--commit").code == 0
    told = run("log").out
    assert "Renumbered: HD-5 → HD-6" in told
    assert "Deleted" not in told
    assert "Filed: " in run("log", "6").out


def test_a_broken_file_and_its_repair(told: Path, run: Run) -> None:
    path = told / "tickets/2026/11/HD-1.md"
    text = path.read_text()
    path.write_text("---\nid: [\n---\n")
    commit(told, "2026-11-09", "Break")
    assert "HD-1.md:" in run("blame", "1").err
    path.write_text(text)
    commit(told, "2026-11-10", "Repair")
    assert lines(run("log", "1", "--limit", "2").out) == [
        "2026-11-10 12:00\tOmar Haddad\tReadable again",
        "2026-11-09 12:00\tOmar Haddad\tWritten so that it cannot be read",
    ]


@pytest.fixture
def decided(told: Path, run: Run) -> Path:
    """The same desk, where rules gave a ticket to somebody, and found nobody for a draft that was accepted."""
    path = told / "tickets/2026/11/HD-1.md"
    draft = told / "tickets/drafts/jam.md"
    draft.parent.mkdir()
    draft.write_text(path.read_text().replace("id: HD-1\n", ""))
    path.write_text(path.read_text().replace("requester:", "assignee: omar\nrequester:"))
    words = "in \x1b[31mlyon,\u202e 3 open of 8"
    commit(
        told,
        "2026-11-07",
        f"Assign\n\nReason: HD-1 assignee=omar; {words}\nReason: jam type=incident; typed\n",
    )
    assert run("accept").code == 0
    lines = ("HD-3 assignee=; nobody is at austin", "HD-1 status=open; a lie", "HD-3")
    commit(told, "2026-11-08", "Triage\n\n" + "".join(f"Reason: {line}\n" for line in lines))
    return told


IN_WORDS = "in [31mlyon, 3 open of 8"


def test_log_tells_the_reasons_of_what_happened(decided: Path, run: Run) -> None:
    assert lines(run("log", "--since", "2026-11-07").out) == [
        "2026-11-08 12:00\tHD-3\tOmar Haddad\tAccepted as HD-3; it was jam\tAssignee: nobody is at austin",
        "2026-11-08 12:00\tHD-3\tOmar Haddad\tWork: To be triaged",
        "2026-11-07 12:00\tHD-1\tOmar Haddad\tAssignee: Omar Haddad\t" + IN_WORDS,
        "2026-11-07 12:00\tHD-3\tOmar Haddad\tFiled: Printer jams\tType: typed",
    ]
    given = {one["kind"]: one["reason"] for one in json.loads(run("log", "3", "--json").out)}
    assert given == {"accepted": "assignee: nobody is at austin", "created": "type: typed", "changed": None}
    assert json.loads(run("log", "1", "--json", "-f", "assignee").out)[0]["reason"] == IN_WORDS
    assert "reason" not in json.loads(run("diff", "HEAD~1", "HEAD", "--json").out)[0]


def test_blame_tells_the_reason_of_a_value(decided: Path, run: Run) -> None:
    given = {one["field"]: one["reason"] for one in json.loads(run("blame", "1", "--json").out)}
    assert given.pop("assignee") == IN_WORDS
    assert set(given.values()) == {None}
    assert f"\tAssignee\tOmar Haddad\t{IN_WORDS}\n" in run("blame", "1").out
    given = {one["field"]: one["reason"] for one in json.loads(run("blame", "3", "--json").out)}
    assert [field for field, reason in given.items() if reason] == ["type"]
    path = decided / "tickets/2026/11/HD-1.md"
    path.write_text(path.read_text().replace("assignee: omar", "assignee: ada"))
    assert "lyon" not in run("blame", "1").out


@pytest.mark.parametrize("asked", [("log", "1", "-f", "assignee"), ("blame", "1")])
def test_a_terminal_shows_a_reason_below_what_it_is_about(decided: Path, asked: tuple[str, ...]) -> None:
    terminal, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PAGER": "cat"}
    command = [sys.executable, "-m", "tracker", *asked]
    with subprocess.Popen(command, stdout=theirs, stderr=subprocess.DEVNULL, env=environment):
        os.close(theirs)
        said = b""
        with suppress(OSError):  # what a terminal says when the other end is closed
            while True:
                said += os.read(terminal, 4096)
    os.close(terminal)
    shown = said.decode().splitlines()
    place = next(number for number, line in enumerate(shown) if "Omar Haddad" in line.split("  ")[-1])
    below, column = shown[place + 1], re.sub(r"\x1b\[\d+m", "", shown[place]).rindex("  ") + 2
    assert below == " " * column + f"\x1b[2m{IN_WORDS}\x1b[0m"
    assert "lyon" not in shown[place]
