"""Numbers: given once, on the default branch, whatever strangers write."""

import os
from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import CONFIGURATION, Run, git, write_ticket

NEW = ("new", "Another", "-s", "category=network", "--commit")


def filed(run: Run) -> str:
    result = run(*NEW)
    assert result.code == 0, result.err
    return Path(result.out.strip()).stem


def test_only_ids_of_tickets_count(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1, more="aliases:\n  - HD-999999\n  - HD-2\n")
    files = path.with_suffix("") / "files"
    files.mkdir(parents=True)
    (files / "HD-2024.md").write_text("no ticket")
    committed(desk)
    assert filed(run) == "HD-3"


def test_numbers_of_deleted_tickets_stay_used(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 5)
    committed(desk)
    path.unlink()
    committed(desk)
    assert filed(run) == "HD-6"
    assert filed(run) == "HD-7"


def test_another_branch_counts_for_nothing(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    git(desk, "checkout", "-qb", "abandoned")
    write_ticket(desk, 500)
    committed(desk)
    assert run("new", "A draft", "--commit").code == 0
    git(desk, "checkout", "-q", "main")
    assert filed(run) == "HD-2"


def test_a_shallow_clone_gives_no_number(
    desk: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = write_ticket(desk, 2)
    committed(desk)
    gone.unlink()
    committed(desk)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{desk}", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    git(tmp_path / "shallow", "config", "user.name", "Bot")
    git(tmp_path / "shallow", "config", "user.email", "bot@example.org")
    result = run(*NEW)
    assert result.code == 3
    assert "git fetch --unshallow" in result.err
    git(tmp_path / "shallow", "fetch", "-q", "--unshallow")
    assert filed(run) == "HD-3"


@pytest.mark.parametrize(
    ("author", "zone", "text"),
    [
        ("Eve\u2028Evil <eve@example.org>", "+0100", "title: Odd author"),
        ("Eve <eve@example.org>", "+9900", "title: Odd zone"),
        ("Eve <eve@example.org>", "+0000", "? title\n: Odd form"),
        ("Eve <eve@example.org>", "+0000", "title: [odd"),
    ],
)
def test_one_odd_draft_keeps_no_other_from_its_number(
    desk: Path, run: Run, author: str, zone: str, text: str
) -> None:
    drafts = desk / "tickets" / "drafts"
    drafts.mkdir(parents=True)
    (drafts / "a-odd.md").write_text(f"---\n{text}\ncategory: network\n---\n")
    (drafts / "good.md").write_text("---\ntitle: Good\ncategory: network\n---\n")
    git(desk, "add", "-A")
    tree = git(desk, "write-tree").strip()
    head = git(desk, "rev-parse", "HEAD").strip()
    raw = f"tree {tree}\nparent {head}\nauthor {author} 1700000000 {zone}\ncommitter {author} 1700000000 {zone}\n\nx\n"
    (desk / ".git" / "raw").write_text(raw)
    name = git(desk, "hash-object", "-w", "-t", "commit", "--literally", ".git/raw").strip()
    git(desk, "reset", "-q", "--soft", name)
    result = run("accept", "--commit")
    assert result.code in (0, 1), result.err
    assert "\tGood\t" in result.out


def test_it_works_with_sha256_and_in_odd_places(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a $HOME é" / "desk"
    folder.mkdir(parents=True)
    git(folder, "init", "-q", "-b", "fix/#12", "--object-format=sha256")
    git(folder, "config", "user.name", "Ada Byron")
    git(folder, "config", "user.email", "ada@example.org")
    (folder / "tracker.yml").write_text(CONFIGURATION + "forge: {branch: 'main'}\n")
    path = write_ticket(folder, 1)
    committed(folder)
    monkeypatch.chdir(folder / "tickets")
    assert run("set", "1", "priority=high", "--commit").code == 0
    assert "priority: high" in path.read_text()
    assert git(folder, "status", "--porcelain") == ""
    assert run("comment", "1", "-m", "Here.", "--commit").code == 0
    assert run("new", "Draft", "--commit").code == 0
    assert git(folder, "status", "--porcelain") == ""


def test_a_hook_in_another_work_tree_confuses_nothing(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_ticket(desk, 1)
    committed(desk)
    git(desk, "worktree", "add", "-q", "-b", "side", str(tmp_path / "side"))
    monkeypatch.chdir(tmp_path / "side")
    monkeypatch.setenv("GIT_DIR", os.fspath(desk / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", os.fspath(desk / ".git" / "index"))
    assert run("set", "1", "priority=high", "--commit").code == 0
    monkeypatch.delenv("GIT_DIR", raising=False)
    monkeypatch.delenv("GIT_INDEX_FILE", raising=False)
    assert "priority: high" in git(desk, "show", "side:tickets/2026/11/HD-1.md")
    assert git(desk, "status", "--porcelain") == ""


def test_a_number_is_never_chosen_by_hand(desk: Path, run: Run) -> None:
    refused = run("new", "One", "-s", "category=network", "-s", "id=HD-100")
    assert refused.code == 2
    assert "id cannot be changed" in refused.err


def test_drafts_that_are_not_committed_are_named(desk: Path, run: Run) -> None:
    run("new", "One", "-s", "category=network", "--draft")
    told = run("accept", "--commit").err
    assert "not committed yet" in told
    assert "HD-" in told
    git(desk, "checkout", "-qb", "elsewhere")
    assert "best accepted on “main”" in run("accept").err
