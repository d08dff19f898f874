"""Changes that are committed or pushed: what else lies in the clone stays as it is."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Run, git, new_repository, write_ticket


def committed(desk: Path, message: str = "x") -> None:
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", message)


@pytest.fixture
def remote(desk: Path, tmp_path: Path) -> Path:
    """A bare repository that holds the desk with one ticket, `origin` of the desk."""
    write_ticket(desk, 1)
    committed(desk)
    folder = tmp_path / "remote.git"
    git(tmp_path, "clone", "-q", "--bare", str(desk), str(folder))
    git(desk, "remote", "add", "origin", str(folder))
    git(desk, "fetch", "-q", "origin")
    git(desk, "branch", "-q", "--set-upstream-to=origin/main")
    return folder


def clone_of(remote: Path, folder: Path) -> Path:
    git(remote, "clone", "-q", str(remote), str(folder))
    git(folder, "config", "user.name", "Omar Haddad")
    git(folder, "config", "user.email", "omar@example.org")
    return folder


def test_a_commit_holds_the_change_alone_and_its_trailers(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    committed(desk)
    (desk / "notes.txt").write_text("mine\n")
    git(desk, "add", "notes.txt")
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text() + "# mine\n")
    assert run("set", "1", "priority=high", "--commit").code == 0
    assert "priority: high\n" in path.read_text()
    status = sorted(git(desk, "status", "--porcelain").splitlines())
    assert status == [" M tracker.yml", "A  notes.txt"]
    shown = git(desk, "show", "--format=%s|%b", "--stat=200")
    assert shown.startswith("HD-1: priority=high|Ticket: HD-1\nTracker-Action: set\n")
    assert "1 file changed, 1 insertion(+), 1 deletion(-)" in shown


def test_edits_in_other_lines_stay_uncommitted_and_staged_ones_staged(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1, body="One.\n\nTwo.\n\nThree.\n")
    committed(desk)
    path.write_text(path.read_text().replace("Two.", "Two, staged."))
    git(desk, "add", "-A")
    path.write_text(path.read_text().replace("Three.", "Three, unstaged."))
    assert run("set", "1", "priority=high", "--commit").code == 0
    assert "staged" not in git(desk, "show", "HEAD:tickets/2026/11/HD-1.md")
    assert "priority: high" in git(desk, "show", ":tickets/2026/11/HD-1.md")
    staged = git(desk, "diff", "--cached", "-U0")
    assert "+Two, staged." in staged
    assert "Three" not in staged
    assert git(desk, "diff", "-U0").count("\n+") == 2


def test_an_uncommitted_edit_of_the_same_line_stops_the_commit(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    committed(desk)
    path.write_text(path.read_text().replace("priority: normal", "priority: low"))
    before, head = path.read_bytes(), git(desk, "rev-parse", "HEAD")
    result = run("set", "1", "priority=high", "--commit")
    assert result.code == 2
    assert "uncommitted changes in the same lines" in result.err
    assert (path.read_bytes(), git(desk, "rev-parse", "HEAD")) == (before, head)
    assert not (desk / ".git" / "index.lock").exists()


def test_a_ticket_that_is_not_committed_is_said_to_be(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    result = run("set", "1", "priority=high", "--commit")
    assert result.code == 2
    assert "not committed yet" in result.err


def test_ten_changes_touch_only_their_lines(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="custom: kept  # as it is\n")
    committed(desk)
    changes = (
        *(("set", "1", text) for text in ("priority=high", "due=2026-12-01", "labels+=a,b", "labels-=a")),
        *(("set", "1", text) for text in ("title=Other", "location=austin", "work=onsite", "due=")),
        ("move", "1", "waiting"),
        ("assign", "1", "omar"),
    )
    for change in changes:
        assert run(*change, "--commit").code == 0
    counts = [
        line.split("\t")[:2]
        for line in git(desk, "log", "--format=", "--numstat", "-10").splitlines()
        if line
    ]
    assert len(counts) == 10
    assert all(int(added) + int(removed) <= 3 for added, removed in counts)


def test_a_bare_repository_needs_no_work_tree(
    remote: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(remote)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Bot")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "bot@example.org")
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Bot")
    monkeypatch.setenv("GIT_COMMITTER_EMAIL", "bot@example.org")
    assert run("set", "1", "priority=high").code == 0
    assert "priority: high" in git(remote, "show", "main:tickets/2026/11/HD-1.md")
    assert run("validate").code == 0
    assert "HD-1" in run("list").out


def test_a_ticket_from_a_clone_far_behind_lands_with_the_next_number(
    desk: Path, remote: Path, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = clone_of(remote, tmp_path / "other")
    for number in range(2, 103):
        write_ticket(other, number)
        committed(other, f"ticket {number}")
    git(other, "push", "-q")
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text() + "# uncommitted\n")
    result = run("new", "From behind", "-s", "category=network", "--push")
    assert result.out.strip().endswith("/HD-103.md")
    assert (desk / result.out.strip()).is_file()
    assert "# uncommitted" in (desk / "tracker.yml").read_text()
    assert git(desk, "rev-parse", "HEAD") == git(remote, "rev-parse", "main")


def test_unpushed_commits_stay_at_home(desk: Path, remote: Path, run: Run) -> None:
    write_ticket(desk, 2)
    committed(desk, "private")
    result = run("set", "1", "priority=high", "--push")
    assert result.code == 0
    assert "git pull" in result.err
    assert "private" not in git(remote, "log", "--format=%s", "main")
    assert git(desk, "log", "-1", "--format=%s") == "private\n"


def test_a_protected_branch_is_told_with_what_to_do(desk: Path, remote: Path, run: Run) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'GH006: Protected branch update failed' >&2\nexit 1\n")
    hook.chmod(0o755)
    before = git(desk, "rev-parse", "HEAD")
    result = run("set", "1", "priority=high", "--push")
    assert result.code == 3
    assert "GH006" in result.err
    assert "scheme: key" in result.err
    assert git(desk, "rev-parse", "HEAD") == before
    assert git(desk, "status", "--porcelain") == ""


def test_a_remote_that_is_broken_is_told_at_once(desk: Path, remote: Path, run: Run) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(
        "#!/bin/sh\necho 'unable to create temporary file: No space left on device' >&2\nexit 1\n"
    )
    hook.chmod(0o755)
    began = time.monotonic()
    result = run("set", "1", "priority=high", "--push")
    assert result.code == 3
    assert "No space left on device" in result.err
    assert time.monotonic() - began < 10


def test_a_branch_of_another_name_pushes_to_its_upstream(desk: Path, remote: Path, run: Run) -> None:
    git(desk, "checkout", "-q", "-b", "mine/#1", "--track", "origin/main")
    assert run("set", "1", "priority=high", "--push").code == 0
    assert "priority: high" in git(remote, "show", "main:tickets/2026/11/HD-1.md")
    git(desk, "checkout", "-q", "--detach")
    assert "/HD-2.md" in run("new", "From nowhere", "-s", "category=network", "--push").out


def test_anothers_lock_stops_the_commit_whole(desk: Path, run: Run) -> None:
    path = write_ticket(desk, 1)
    committed(desk)
    lock = desk / ".git" / "index.lock"
    lock.write_text("")
    before, head = path.read_bytes(), git(desk, "rev-parse", "HEAD")
    result = run("set", "1", "priority=high", "--commit")
    assert result.code == 3
    assert "index.lock" in result.err
    assert (path.read_bytes(), git(desk, "rev-parse", "HEAD")) == (before, head)
    lock.unlink()
    assert run("set", "1", "priority=high", "--commit").code == 0


def in_child(prepare: Callable[[], None], run: Run) -> int:
    """Change a ticket in a process of its own, which may die on the way; return its exit code."""
    child = os.fork()
    if not child:
        try:
            prepare()
            run("set", "1", "priority=high", "--commit")
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("landed", [True, False])
def test_the_next_command_finishes_or_forgets_what_a_killed_one_began(
    desk: Path, run: Run, monkeypatch: pytest.MonkeyPatch, landed: bool
) -> None:
    path = write_ticket(desk, 1)
    committed(desk)
    where = "write_carried" if landed else "move_head"

    def die(*_arguments: object) -> None:
        os._exit(9)

    assert in_child(lambda: monkeypatch.setattr(f"tracker.actions.commit.{where}", die), run) == 9
    assert (desk / ".git" / "index.lock").exists() is not landed
    assert run("set", "1", "due=2026-12-01", "--commit").code == 0
    assert ("priority: high" in path.read_text()) is landed
    assert "due: 2026-12-01" in path.read_text()
    assert git(desk, "status", "--porcelain") == ""
    assert not (desk / ".git" / "index.lock").exists()


@pytest.mark.parametrize("name", ["printer-broken.md", "Mon imprimante.md"])
def test_a_draft_of_the_forges_editor_gets_what_it_lacks(
    desk: Path, remote: Path, run: Run, tmp_path: Path, name: str
) -> None:
    other = clone_of(remote, tmp_path / "other")
    draft = other / "tickets" / "drafts" / name
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ncategory: network\ntitle: No network\n---\nSince noon.\n")
    committed(other, "Create a draft")
    git(other, "push", "-q")
    git(desk, "pull", "-q")
    assert run("accept", "--commit", "--push").out.startswith("HD-2\t")
    path = next((desk / "tickets").glob("2*/*/HD-2.md"))
    text = path.read_text()
    assert "name: Omar Haddad" in text
    assert text.index("title: No network\n") < text.index("category: network\n")
    assert ("aliases:\n  - printer-broken\n" in text) is (name == "printer-broken.md")
    assert run("validate").code == 0
    assert git(desk, "log", "--format=%s", "-1") == "Accept HD-2: No network\n"
    if name == "printer-broken.md":
        assert "No network" in run("show", "printer-broken").out


def test_accept_leaves_what_it_cannot_accept(desk: Path, run: Run) -> None:
    drafts = desk / "tickets" / "drafts"
    drafts.mkdir(parents=True)
    (drafts / "good.md").write_text("---\ntitle: Good\ncategory: network\n---\n")
    (drafts / "bad.md").write_text("---\ntitle: Bad\ncategory: nettwork\n---\n")
    result = run("accept")
    assert result.code == 1
    assert "HD-1\tGood" in result.out
    assert "nettwork" in result.err
    assert (drafts / "bad.md").exists()


def test_a_folder_without_a_remote_says_so(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    assert "no remote" in run("set", "1", "priority=high", "--push").err


def test_a_new_repository_needs_a_first_commit(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch, desk: Path
) -> None:
    folder = tmp_path / "fresh"
    new_repository(folder)
    (folder / "tracker.yml").write_text((desk / "tracker.yml").read_text())
    monkeypatch.chdir(folder)
    result = run("new", "One", "-s", "category=network", "--commit")
    assert result.code == 2
    assert "Nothing is committed here yet" in result.err


def test_a_dry_run_of_a_push_shows_what_the_remote_would_get(desk: Path, run: Run, tmp_path: Path) -> None:
    write_ticket(desk, 1)
    committed(desk)
    remote, other = tmp_path / "remote.git", tmp_path / "other"
    git(desk, "clone", "-q", "--bare", str(desk), str(remote))
    git(desk, "remote", "add", "origin", str(remote))
    git(tmp_path, "clone", "-q", str(remote), str(other))
    for setting in ("user.name=Omar", "user.email=omar@example.org"):
        git(other, "config", *setting.split("="))
    assert run("-C", str(other), "set", "1", "priority=urgent", "--push").code == 0
    shown = run("-C", str(desk), "set", "1", "priority=low", "--push", "--dry-run")
    assert "-priority: urgent\n+priority: low\n" in shown.out


def test_without_git_it_says_so(desk: Path) -> None:
    command = [sys.executable, "-m", "tracker", "list"]
    done = subprocess.run(
        command, cwd=desk, env={"PATH": str(desk)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("Error: Git is not installed")


def test_lines_that_look_like_a_header_of_a_diff_are_shown(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, body="Text.\n-- \nLéa\n++ more\n")
    committed(desk)
    git(desk, "rm", "-q", "-r", "tickets")
    run("new", "One", "-s", "category=network", "-m", "-- \n++ more", "--commit")
    assert "--- \n-++ more\n" in run("undo").out
