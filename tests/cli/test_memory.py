"""What was found is remembered for as long as nothing changes, and not a moment longer."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tests.conftest import Run, git, ticket
from tracker.workspace import Workspace, unchanged
from tracker.workspace.memory import recall

WRONG = "tickets/2026/11/HD-1.md"
LONE = "tickets/2026/11/HD-9/2026-11-20T100000Z-ada.md"


@pytest.fixture
def settled(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A desk with a wrong ticket and a comment that was checked when all was long written."""
    (desk / "tickets/2026/11/HD-1").mkdir(parents=True)
    (desk / WRONG).write_text(ticket(1).replace("normal", "whatever"))
    comment = "---\nauthor: ada\ncreated: 2026-11-20T10:00:00+01:00\n---\nYes.\n"
    (desk / "tickets/2026/11/HD-1/2026-11-20T100000Z-ada.md").write_text(comment)
    (desk / LONE).parent.mkdir()
    (desk / LONE).write_text(comment)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "One")
    monkeypatch.setattr(unchanged, "_LATELY", -60_000_000_000)
    assert run("validate").code == 1
    assert recall(Workspace.open(desk)) is not None
    return desk


def test_the_same_is_told_without_reading(settled: Path, run: Run) -> None:
    found = recall(Workspace.open(settled))
    assert found is not None
    assert [finding.code for finding in found.findings] == ["T103", "T010"]
    assert found.checked == 2
    assert run("validate").out == run("validate", "--no-index").out


def sly(desk: Path) -> None:
    file = desk / WRONG
    before = file.stat()
    file.write_text(file.read_text().replace("whatever", "whatsoev"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a value": lambda desk: (desk / WRONG).write_text(ticket(1)),
    "same size, same time": sly,
    "a new ticket": lambda desk: (desk / "tickets/2026/11/HD-2.md").write_text(ticket(2)),
    "a ticket that is gone": lambda desk: (desk / WRONG).unlink(),
    "a comment": lambda desk: next((desk / "tickets/2026/11/HD-1").iterdir()).write_text("Nothing"),
    "an attachment": lambda desk: (desk / "tickets/2026/11/HD-1/files").mkdir(),
    "the configuration": lambda desk: (desk / "tracker.yml").write_text("desk: Another\n"),
    "a comment without its ticket": lambda desk: (desk / LONE).write_text("---\ntitle: x\n---\n"),
    "a draft": lambda desk: (desk / "tickets/drafts").mkdir(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_is_seen(settled: Path, change: str) -> None:
    CHANGES[change](settled)
    assert recall(Workspace.open(settled)) is None


def test_another_day_may_be_another_finding(settled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime(2031, 1, 1, tzinfo=tz)  # type: ignore[arg-type]

    monkeypatch.setattr(unchanged, "datetime", Tomorrow)
    assert recall(Workspace.open(settled)) is None


def test_what_a_newer_library_may_know_is_asked_again(settled: Path, run: Run) -> None:
    with (settled / "tracker.yml").open("a") as settings:
        settings.write('calendars: {office: {hours: {mon: "09:00-12:00"}, holidays: XX}}\n')
    assert "C407" in run("validate").out
    assert recall(Workspace.open(settled)) is None


def test_a_template_may_come_and_go(settled: Path, run: Run) -> None:
    with (settled / "tracker.yml").open("a") as settings:
        made = "{rule: FREQ=DAILY, start: 2026-11-24, template: ours, ticket: {title: Test}}"
        settings.write(f"recurring: {{test: {made}}}\n")
    assert "C408" in run("validate").out
    assert recall(Workspace.open(settled)) is None
    template = settled / "templates/tickets/ours.md"
    template.parent.mkdir(parents=True)
    template.write_text("---\ntitle:\n---\n")
    assert "C408" not in run("validate").out
    assert recall(Workspace.open(settled)) is not None
    template.unlink()
    assert recall(Workspace.open(settled)) is None
    assert "C408" in run("validate").out


def test_what_changed_just_now_is_not_remembered(desk: Path, run: Run) -> None:
    (desk / "tickets/2026/11").mkdir(parents=True)
    (desk / WRONG).write_text(ticket(1))
    assert time.time_ns() - (desk / WRONG).stat().st_mtime_ns < unchanged._LATELY
    assert run("validate").code == 0
    assert recall(Workspace.open(desk)) is None
