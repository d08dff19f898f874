"""Commits that say they fix a ticket."""

import json
from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import Run, git, write_ticket


@pytest.fixture
def tickets(desk: Path) -> list[Path]:
    """A desk whose commits resolve tickets, with four open ones."""
    with (desk / "tracker.yml").open("a") as file:
        file.write("commits: {words: [fixes, closes]}\n")
    paths = [write_ticket(desk, number) for number in (1, 2, 3, 4)]
    committed(desk)
    return paths


def commit(desk: Path, message: str) -> None:
    git(desk, "commit", "-q", "--allow-empty", "-m", message)


def test_a_commit_resolves_each_ticket_that_it_names(desk: Path, tickets: list[Path], run: Run) -> None:
    commit(desk, "Repair the fuser\n\nFixes: HD-1, HD-2 and HD-3; see HD-4, not fixes of HD-4")
    commit(desk, "Quote “fixes HD-4x” and HD-44")
    result = run("sync-commits", "--commit")
    assert result.code == 0
    assert [line.split("\t")[0] for line in result.out.splitlines()] == ["HD-1", "HD-2", "HD-3"]
    assert ["status: resolved\nresolution: solved" in path.read_text() for path in tickets] == [True] * 3 + [
        False
    ]
    head = git(desk, "rev-parse", "HEAD")
    assert run("sync-commits", "--commit").out == ""
    assert git(desk, "rev-parse", "HEAD") == head


def test_a_ticket_that_is_opened_again_stays_open(desk: Path, tickets: list[Path], run: Run) -> None:
    commit(desk, "CLOSES HD-1")
    assert run("sync-commits", "--commit").code == 0
    assert run("move", "1", "open", "--commit").code == 0
    assert run("sync-commits", "--commit").out == ""
    commit(desk, "Really closes HD-1")
    assert json.loads(run("sync-commits", "--json", "--commit").out)[0]["subject"] == "Really closes HD-1"


def test_a_branch_counts_when_it_lands(desk: Path, tickets: list[Path], run: Run) -> None:
    git(desk, "checkout", "-qb", "repair")
    commit(desk, "Fixes HD-1")
    git(desk, "checkout", "-q", "main")
    run("move", "1", "in_progress", "--commit")
    assert run("sync-commits", "--commit").out == ""
    git(desk, "merge", "-q", "--no-ff", "--no-edit", "repair")
    assert run("sync-commits", "--commit").out.startswith("HD-1\t")


def test_what_the_workflow_does_not_allow_is_told(desk: Path, tickets: list[Path], run: Run) -> None:
    tickets[1].write_text(tickets[1].read_text().replace("---\nText", "links:\n  - parent HD-1\n---\nText"))
    committed(desk, "Fixes HD-1 and HD-4")
    result = run("sync-commits", "--commit")
    assert result.code == 1
    assert "its children are open: HD-2" in result.err
    assert result.out.startswith("HD-4\t")


def test_commits_of_tracker_itself_fix_nothing(desk: Path, tickets: list[Path], run: Run) -> None:
    assert run("new", "Fixes HD-1", "-s", "category=network", "--commit").code == 0
    assert run("sync-commits", "--commit").out == ""


def test_it_is_off_unless_a_desk_names_words(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk, "Fixes HD-1")
    result = run("sync-commits")
    assert result.code == 2
    assert "commits: {words: [fixes]}" in result.err


def test_a_parent_is_resolved_with_its_child_at_once(desk: Path, tickets: list[Path], run: Run) -> None:
    tickets[1].write_text(tickets[1].read_text().replace("---\nText", "links:\n  - parent HD-1\n---\nText"))
    committed(desk, "Fixes HD-1 and HD-2")
    result = run("sync-commits", "--commit")
    assert result.code == 0
    assert [line[:4] for line in result.out.splitlines()] == ["HD-1", "HD-2"]
    assert "status: resolved" in tickets[0].read_text()


def test_what_is_reverted_fixes_nothing(desk: Path, tickets: list[Path], run: Run) -> None:
    (desk / "fuser").write_text("new\n")
    committed(desk, "Fixes HD-1")
    git(desk, "revert", "--no-edit", "HEAD")
    assert run("sync-commits", "--commit").out == ""
    commit(desk, "Take it back\n\nThis reverts commit 0123456789012345678901234567890123456789. Fixes HD-2.")
    assert run("sync-commits").out.startswith("HD-2\t")
    git(desk, "reset", "-q", "--hard", "HEAD^")
    git(desk, "revert", "--no-edit", "HEAD")
    assert run("sync-commits", "--commit").out.startswith("HD-1\t")


def test_ids_may_be_written_in_lower_case(desk: Path, tickets: list[Path], run: Run) -> None:
    commit(desk, "fixes hd-1, Hd-2")
    assert [line[:4] for line in run("sync-commits").out.splitlines()] == ["HD-1", "HD-2"]


def test_a_reverted_merge_takes_all_that_it_brought_back(desk: Path, tickets: list[Path], run: Run) -> None:
    git(desk, "checkout", "-qb", "repair")
    (desk / "fuser").write_text("new\n")
    committed(desk, "Fixes HD-1")
    git(desk, "checkout", "-q", "main")
    git(desk, "merge", "-q", "--no-ff", "--no-edit", "repair")
    git(desk, "revert", "--no-edit", "-m", "1", "HEAD")
    assert run("sync-commits").out == ""


def test_a_revert_by_reference_fixes_nothing_either(desk: Path, tickets: list[Path], run: Run) -> None:
    (desk / "fuser").write_text("new\n")
    committed(desk, "Fixes HD-1")
    git(desk, "revert", "--reference", "--no-edit", "HEAD")
    assert run("sync-commits").out == ""


def test_a_shallow_clone_is_told(desk: Path, tickets: list[Path], run: Run, tmp_path: Path) -> None:
    commit(desk, "Fixes HD-1")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{desk}", "shallow")
    told = run("-C", str(tmp_path / "shallow"), "sync-commits")
    assert told.code == 3
    assert "git fetch --unshallow" in told.err
