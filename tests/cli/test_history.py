"""`log`, `blame`, `diff` and `show --at`: what Git knows, in the words of the desk."""

import json
import os
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


def lines(text: str) -> list[str]:
    """Return what is said, without commits, which differ by the folder's settings."""
    return [
        "\t".join(part for place, part in enumerate(line.split("\t")) if place != 1)
        for line in text.splitlines()
    ]


def test_log_of_a_ticket(told: Path, run: Run) -> None:
    assert lines(run("log", "1").out) == [
        "2026-11-06 12:00\tAda ␛[31mByron\tComment: 2026-11-06T080000Z-ada.md",
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
        "time": None,
        "name": None,
        "email": None,
        "commit": None,
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
    assert said("HEAD~1", "HEAD") == [head, "Comment: 2026-11-06T080000Z-ada.md", *gone]
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
    git(tmp_path, "clone", "-q", "--depth", "1", told.as_uri(), "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    done = run("log", "1")
    assert "This clone is shallow" in done.err
    assert "git fetch --filter=blob:none --unshallow" in done.err
    assert "--unshallow" in run("show", "1", "--at", "2026-11-01").err
