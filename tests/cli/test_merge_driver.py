"""Merging tickets in a clone that has the merge driver."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

PLAIN = "work: triage\nlabels:\n  - old\n  - older\n"


@pytest.fixture
def driven(desk: Path) -> Path:
    """A desk with one ticket, whose Git merges with the driver."""
    git(desk, "config", "merge.tracker.driver", f"{sys.executable} -m tracker merge-driver %O %A %B %P")
    (desk / ".gitattributes").write_text("/tickets/**/*.md merge=tracker\n")
    path = write_ticket(desk, 1, more=PLAIN, body="One.\n\nTwo.\n\nThree.\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    git(desk, "branch", "other")
    return path


def merged(desk: Path, run: Run, ours: list[str], theirs: list[str]) -> bool:
    run("set", "1", *ours, "--commit")
    git(desk, "checkout", "-q", "other")
    run("set", "1", *theirs, "--commit")
    git(desk, "checkout", "-q", "main")
    return subprocess.run(["git", "merge", "-q", "--no-edit", "other"], cwd=desk, check=False).returncode == 0


def test_lists_are_united_item_by_item(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["labels+=a", "labels-=old"], ["labels+=b"])
    assert "labels:\n  - older\n  - a\n  - b\n" in driven.read_text()


def test_one_field_conflicts_alone_with_both_values(desk: Path, driven: Path, run: Run) -> None:
    ours = ["priority=high", "due=2026-12-01", "title=Ours"]
    assert not merged(desk, run, ours, ["priority=low", "assignee=omar", "labels+=b"])
    text = driven.read_text()
    assert "<<<<<<< ours\npriority: high\n=======\npriority: low\n>>>>>>> theirs\n" in text
    assert text.count("<<<<<<<") == 1
    assert "title: Ours\n" in text
    assert "assignee: omar\n" in text
    assert "due: 2026-12-01\n" in text
    assert "  - b\n" in text
    found = run("validate")
    assert found.code == 1
    assert "T008" in found.out


def test_neighbouring_and_inserted_fields_merge(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["department=sales", "due=2026-12-01"], ["location=lyon", "affected=3"])
    assert run("validate").code == 0
    text = driven.read_text()
    assert all(
        part in text for part in ("department: sales", "due: 2026-12-01", "location: lyon", "affected: 3")
    )


def test_the_same_change_on_both_sides_is_no_conflict(desk: Path, driven: Path, run: Run) -> None:
    assert merged(desk, run, ["priority=high", "labels+=a"], ["priority=high", "labels+=a"])
    assert driven.read_text().count("- a\n") == 1


def test_init_installs_it(tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("init", "new").code == 0
    assert "merge-driver %O %A %B %P" in git(tmp_path / "new", "config", "merge.tracker.driver")
    assert "merge=tracker" in (tmp_path / "new" / ".gitattributes").read_text()
