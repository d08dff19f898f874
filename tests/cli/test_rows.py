"""What lists remember of a desk is never older than the desk."""

import os
import shutil
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket
from tracker.workspace import Workspace, rows, unchanged
from tracker.workspace.rows import desk_rows

ONE = "tickets/2026/11/HD-1.md"


@pytest.fixture
def settled(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk of two tickets that was listed when all was long written."""
    monkeypatch.setattr(unchanged, "_LATELY", -60_000_000_000)
    monkeypatch.setattr(rows, "_MANY", 0)
    monkeypatch.setattr(rows, "_AT_ONCE", 2)
    write_ticket(desk, 1, "Printer jams", "due: 2026-11-30\n")
    write_ticket(desk, 2, "Screen", "links:\n  - parent HD-1\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File")
    (desk / "tickets/2026/11/HD-2").mkdir()
    run("list")
    return desk


def sly(desk: Path) -> None:
    file = desk / ONE
    status = file.stat()
    file.write_text(file.read_text().replace("jams", "Jams"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def commented(desk: Path) -> None:
    (desk / "tickets/2026/11/HD-1").mkdir(exist_ok=True)
    text = "---\nauthor: ada\ncreated: 2026-11-20T10:00:00+01:00\n---\nYes.\n"
    (desk / "tickets/2026/11/HD-1/2026-11-20T100000Z-ada.md").write_text(text)


def commented_in_an_empty_folder(desk: Path) -> None:
    text = "---\nauthor: ada\ncreated: 2026-11-20T10:00:00+01:00\n---\nYes.\n"
    (desk / "tickets/2026/11/HD-2/2026-11-20T100000Z-ada.md").write_text(text)


def reconfigured(desk: Path) -> None:
    file = desk / "tracker.yml"
    file.write_text(f"{file.read_text()}priorities: [normal, high]\n")


@pytest.mark.parametrize(
    "change",
    [
        sly, commented, commented_in_an_empty_folder, reconfigured,
        lambda desk: write_ticket(desk, 3),
        lambda desk: (desk / ONE).unlink(),
        lambda desk: (desk / ONE).rename(desk / "tickets/2026/11/HD-7.md"),
        lambda desk: shutil.rmtree(desk / "tickets/2026"),
        lambda desk: git(desk, "reset", "-q", "--hard", "HEAD~1"),
    ],
)  # fmt: skip
def test_every_change_is_seen(settled: Path, run: Run, change: Callable[[Path], object]) -> None:
    change(settled)
    for arguments in (
        ("list", "--json"),
        ("list", "has:comment or parent:1"),
        ("list", "sort:-title", "--csv"),
    ):
        assert run(*arguments).out == run(*arguments, "--no-index").out


def test_what_is_known_is_not_read_again(settled: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = {
        name: run(*name.split()).out for name in ("list --json", "show 1 --json", "show 2", "list jams")
    }
    for name in ("list --json", "show 1 --json", "show 2", "list jams"):
        assert run(*name.split(), "--no-index").out == expected[name]
    monkeypatch.setattr(Workspace, "entries", property(lambda _desk: pytest.fail("the tickets were read")))
    assert len(desk_rows(Workspace.open(settled)).rows) == 2
    assert run("list", "--json").out == expected["list --json"]


def test_another_day_makes_tickets_late(settled: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Later(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> "Later":
            return cls(2026, 12, 24, tzinfo=tz)

    assert run("list", "is:late", "--count").out == "0\n"
    monkeypatch.setattr("tracker.workspace.unchanged.datetime", Later)
    monkeypatch.setattr("tracker.workspace.desk.datetime", Later)
    assert run("list", "is:late", "--count").out == "1\n"


def test_broken_desks_and_older_states_are_read(settled: Path, run: Run) -> None:
    (settled / ONE).write_text("---\nid: [\n---\n")
    assert "HD-1\t" in run("list", "is:broken").out
    assert "Printer jams" in run("show", "1", "--at", "HEAD").out


def test_what_is_kept_in_parts_is_the_whole_in_its_order(settled: Path, run: Run) -> None:
    for number, status in enumerate(("closed", "open", "resolved", "closed", "open", "closed", "closed"), 3):
        path = write_ticket(settled, number)
        path.write_text(path.read_text().replace("status: open", f"status: {status}"))
    git(settled, "add", "-A")
    git(settled, "commit", "-qm", "More")
    run("list")
    tickets = desk_rows(Workspace.open(settled))
    assert tickets.chunks == 3
    assert run("list", "--all").out == run("list", "--all", "--no-index").out
    assert sorted(row["id"] for row in tickets.each()) == sorted(row["id"] for row in tickets.rows)
    for query in ("HD-3", "is:closed", "screen", "status:resolved"):
        assert run("list", query).out == run("list", query, "--no-index").out != ""
    assert run("stats", "--json").out == run("stats", "--json", "--no-index").out
