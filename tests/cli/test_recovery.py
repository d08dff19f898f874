"""What people did between a kill and the next command stays; what was decided is finished."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.cli.test_landing import committed, in_child
from tests.conftest import CONFIGURATION, Run, git, new_repository, write_ticket


def die(*_arguments: object, **_options: object) -> None:
    os._exit(9)


@pytest.fixture
def killed(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Kills `set 1 priority=high --commit` at a function; returns the ticket."""

    def kill(where: str) -> Path:
        path = write_ticket(desk, 1, body="One.\n\nTwo.\n\nThree.\n")
        committed(desk)
        assert in_child(lambda: monkeypatch.setattr(where, die), run) == 9
        return path

    return kill


def test_words_written_after_the_kill_are_kept(killed: Callable[[str], Path], run: Run, desk: Path) -> None:
    path = killed("tracker.actions.commit.write_carried")
    path.write_text(path.read_text().replace("Three.", "Three, and more."))
    assert run("set", "1", "due=2026-12-01").code == 0
    text = path.read_text()
    assert "Three, and more." in text
    assert "priority: high" in text
    assert "due: 2026-12-01" in text


def test_a_change_of_the_same_line_is_kept_and_told(
    killed: Callable[[str], Path], run: Run, desk: Path
) -> None:
    path = killed("tracker.actions.commit.write_carried")
    path.write_text(path.read_text().replace("priority: normal", "priority: low"))
    result = run("set", "1", "due=2026-12-01")
    assert result.code == 0
    assert "HD-1.md does not show it yet" in result.err
    assert "priority: low" in path.read_text()
    assert "+priority: low" in git(desk, "diff", "-U0")


def test_a_restored_draft_is_not_deleted_again(desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = desk / "tickets" / "drafts" / "d.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ntitle: Draft\ncategory: network\n---\n")
    child = os.fork()
    if not child:
        try:
            monkeypatch.setattr("tracker.actions.land.remove_journal", die)
            run("accept")
        finally:
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    draft.parent.mkdir(exist_ok=True)
    draft.write_text("---\ntitle: Another draft of this name\n---\n")
    assert run("set", "1", "priority=high").code == 0
    assert "Another draft" in draft.read_text()


def test_what_cannot_be_written_is_committed_told_and_blocks_nothing(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    month = desk / "tickets" / datetime.now(ZoneInfo("Europe/Paris")).strftime("%Y/%m")
    if month.exists():
        month.rename(desk / "away")
    month.parent.mkdir(parents=True, exist_ok=True)
    month.write_text("in the way")
    result = run("new", "Printer", "-s", "category=network", "--commit")
    assert result.code == 0
    assert "does not show it yet" in result.err
    assert "HD-2" in git(desk, "log", "-1", "--format=%s")
    month.unlink()
    git(desk, "checkout", "-q", "--", "tickets")
    assert git(desk, "status", "--porcelain", "--untracked-files=no") == ""
    assert run("set", "2", "priority=high", "--commit").code == 0
    assert "priority: high" in git(desk, "show", f"HEAD:{month.relative_to(desk)}/HD-2.md")


def test_two_desks_of_one_repository_are_kept_apart(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    top = tmp_path / "both"
    new_repository(top)
    paths = []
    for name in ("a", "b"):
        (top / name).mkdir()
        (top / name / "tracker.yml").write_text(CONFIGURATION)
        paths.append(write_ticket(top / name, 1, title=f"Of {name}"))
    git(top, "add", "-A")
    git(top, "commit", "-qm", "x")
    monkeypatch.chdir(top / "a")
    assert in_child(lambda: monkeypatch.setattr("tracker.actions.commit.write_carried", die), run) == 9
    monkeypatch.chdir(top / "b")
    assert run("set", "1", "due=2026-12-01", "--commit").code == 0
    assert "Of b" in paths[1].read_text()
    assert "priority: high" in paths[0].read_text()
    assert git(top, "status", "--porcelain") == ""


def test_a_lock_that_a_dead_git_left_in_our_folder_stops_nothing(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    lock = desk / ".git" / "tracker" / "index.new.lock"
    lock.parent.mkdir(exist_ok=True)
    lock.touch()
    assert run("set", "1", "priority=high", "--commit").code == 0


def test_a_merge_that_is_not_finished_is_left_alone(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    committed(desk)
    git(desk, "checkout", "-qb", "other")
    path.write_text(path.read_text().replace("Text.", "Theirs."))
    committed(desk)
    git(desk, "checkout", "-q", "main")
    path.write_text(path.read_text().replace("Text.", "Ours."))
    committed(desk)
    with pytest.raises(Exception, match="merge"):
        git(desk, "merge", "-q", "other")
    before = path.read_bytes(), git(desk, "status", "--porcelain")
    result = run("set", "1", "priority=high", "--commit")
    assert result.code == 2
    assert "git merge --abort" in result.err
    assert (path.read_bytes(), git(desk, "status", "--porcelain")) == before


def test_line_ends_of_windows_are_no_change(desk: Path, run: Run) -> None:
    draft = desk / "tickets" / "drafts" / "d.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ntitle: Draft\ncategory: network\n---\nText.\n")
    path = write_ticket(desk, 1)
    committed(desk)
    git(desk, "config", "core.autocrlf", "true")
    for file in (draft, path):
        file.unlink()
    git(desk, "checkout", "-q", "--", ".")
    assert b"\r\n" in draft.read_bytes()
    assert run("accept", "--commit").code == 0
    assert not draft.exists()
    assert run("set", "1", "priority=high", "--commit").code == 0
    assert b"priority: high\r\n" in path.read_bytes()
    assert b"\r" not in git(desk, "show", "HEAD:tickets/2026/11/HD-1.md").encode()
    assert git(desk, "status", "--porcelain") == ""
