"""Taking back commits of tracker's."""

from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import Run, git, write_ticket


@pytest.fixture
def changed(desk: Path, run: Run) -> Path:
    """A ticket that was changed by three commits."""
    path = write_ticket(desk, 1)
    committed(desk)
    run("set", "1", "priority=high", "--commit")
    run("set", "1", "due=2026-12-24", "--commit")
    run("comment", "1", "-m", "A comment.", "--commit")
    return path


def test_it_goes_back_one_by_one_and_keeps_what_else_was_done(desk: Path, changed: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text((desk / "tracker.yml").read_text() + "# mine\n")
    assert run("undo").code == 0
    assert "A comment." not in run("show", "1").out
    assert run("undo").code == 0
    assert "due:" not in changed.read_text()
    changed.write_text(changed.read_text().replace("Text.", "Words."))
    assert run("undo").code == 0
    assert "priority: normal" in changed.read_text()
    assert "Words." in changed.read_text()
    assert git(desk, "log", "-1", "--format=%s") == "Undo “HD-1: priority=high”\n"
    assert "# mine" in (desk / "tracker.yml").read_text()
    nothing = run("undo")
    assert nothing.code == 2
    assert "no commit of yours" in nothing.err


def test_a_commit_may_be_named_and_an_undo_undone(desk: Path, changed: Path, run: Run) -> None:
    name = git(desk, "rev-parse", "HEAD~2").strip()
    assert run("undo", name[:8]).code == 0
    assert "priority: normal" in changed.read_text()
    assert "due: 2026-12-24" in changed.read_text()
    assert run("undo", git(desk, "rev-parse", "HEAD").strip()).code == 0
    assert "priority: high" in changed.read_text()


def test_what_was_changed_since_then_is_not_undone(desk: Path, changed: Path, run: Run) -> None:
    name = git(desk, "rev-parse", "HEAD~2").strip()
    run("set", "1", "priority=low", "--commit")
    before = changed.read_bytes(), git(desk, "rev-parse", "HEAD")
    refused = run("undo", name)
    assert refused.code == 2
    assert "in the same lines" in refused.err
    assert (changed.read_bytes(), git(desk, "rev-parse", "HEAD")) == before


def test_it_takes_back_only_what_tracker_made_for_this_person(desk: Path, changed: Path, run: Run) -> None:
    (desk / "notes.txt").write_text("by hand\n")
    committed(desk)
    refused = run("undo", git(desk, "rev-parse", "HEAD").strip())
    assert refused.code == 2
    assert "git revert" in refused.err
    git(desk, "config", "user.email", "omar@example.org")
    assert run("undo").code == 2
    assert run("undo", "0000").code == 2


def test_a_dry_run_and_an_undone_ticket(desk: Path, run: Run) -> None:
    path = desk / run("new", "One", "-s", "category=network", "--commit").out.strip()
    assert run("undo", "--dry-run").code == 0
    assert path.exists()
    assert run("undo").code == 0
    assert not path.exists()
    assert run("new", "Two", "-s", "category=network", "--commit").out.endswith("HD-2.md\n")


def test_an_attachment_is_named_and_not_printed(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    (desk / "log.txt").write_text("a line that nobody wants to see here\n")
    committed(desk)
    run("comment", "1", "-m", "See.", "-a", "log.txt", "--commit")
    undone = run("undo")
    assert "-log.txt\n" in undone.out
    assert "nobody wants" not in undone.out


def test_an_attachment_that_another_comment_has_stays(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    (desk / "log.txt").write_text("a line\n")
    committed(desk)
    run("comment", "1", "-m", "See.", "-a", "log.txt", "--commit")
    first = git(desk, "rev-parse", "HEAD").strip()
    run("comment", "1", "-m", "See again.", "-a", "log.txt", "--commit")
    assert run("undo", first).code == 0
    assert "See again." in run("show", "1").out
    (kept,) = (desk / "tickets" / "2026" / "11" / "HD-1" / "files").iterdir()
    assert kept.read_text() == "a line\n"


@pytest.mark.parametrize("later", ["comment {id} -m Words.", "link 2 blocks {id}"])
def test_a_ticket_that_others_added_to_does_not_go(desk: Path, run: Run, later: str) -> None:
    write_ticket(desk, 2)
    draft = desk / "tickets" / "drafts" / "hello.md"
    draft.parent.mkdir()
    draft.write_text("---\ntitle: Hello\ntype: incident\ncategory: network\n---\n")
    committed(desk)
    path = desk / run("accept", "--commit").out.split()[-1]
    accepted = git(desk, "rev-parse", "HEAD").strip()
    run(*later.format(id=path.stem).split(), "--commit")
    refused = run("undo", accepted)
    assert refused.code == 2
    assert "added to since then: tickets/2026/11/HD-" in refused.err
    assert path.exists()
    assert run("undo").code == 0
    assert run("undo").code == 0
    assert not path.exists()
    assert draft.exists()


def test_what_was_undone_and_redone_can_be_undone(desk: Path, changed: Path, run: Run) -> None:
    assert run("undo").code == 0
    assert run("undo", "HEAD").code == 0
    assert "A comment." in run("show", "1").out
    assert run("undo").code == 0
    assert "A comment." not in run("show", "1").out
    assert "due: 2026-12-24" in changed.read_text()
    assert run("undo").code == 0
    assert "due:" not in changed.read_text()


def test_a_name_that_means_no_commit_of_this_branch(desk: Path, changed: Path, run: Run) -> None:
    name = git(desk, "rev-parse", "HEAD").strip()
    refused = run("undo", name[:1])
    assert refused.code == 2
    assert "no commit" in refused.err
    git(desk, "checkout", "-q", "-b", "elsewhere", "HEAD^")
    assert run("undo", name).code == 2


def test_another_desk_in_the_repository_is_left_alone(
    desk: Path, changed: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = desk / "other"
    other.mkdir()
    (other / "tracker.yml").write_bytes((desk / "tracker.yml").read_bytes())
    path = write_ticket(other, 1)
    committed(desk)
    monkeypatch.chdir(other)
    run("set", "1", "priority=high", "--commit")
    monkeypatch.chdir(desk)
    run("set", "1", "priority=low", "--commit")
    monkeypatch.chdir(other)
    run("set", "1", "due=2026-12-24", "--commit")
    monkeypatch.chdir(desk)
    assert run("undo").code == 0
    assert "priority: high" in changed.read_text()
    monkeypatch.chdir(other)
    assert run("undo").code == 0
    assert run("undo").code == 0
    assert "priority: normal" in path.read_text()
    assert run("undo").code == 2
    assert "priority: high" in changed.read_text()


def test_what_a_rebase_renamed_does_not_stop_it(desk: Path, changed: Path, run: Run) -> None:
    """The commit that was undone has another name now, so the undo seems to be of another."""
    assert run("undo").code == 0
    message = git(desk, "log", "-1", "--format=%B").replace("Undoes: ", "Undoes: 0")
    git(desk, "commit", "-q", "--amend", "-m", message)
    assert run("undo").code == 0
    assert "due:" not in changed.read_text()


def test_a_comment_that_another_corrects_stays(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    run("comment", "1", "-m", "Wrogn.", "--commit")
    first = git(desk, "rev-parse", "HEAD").strip()
    run("comment", "1", "-m", "Wrong.", "--supersedes", "last", "--commit")
    refused = run("undo", first)
    assert refused.code == 2
    assert "added to since then" in refused.err
    assert run("undo").code == 0
    assert run("undo").code == 0


def test_a_link_that_was_there_before_a_number_was_given_is_no_hindrance(desk: Path, run: Run) -> None:
    draft = desk / "tickets" / "drafts" / "HD-k7q3x.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\nid: HD-k7q3x\ntitle: Hello\ntype: incident\ncategory: network\n---\n")
    write_ticket(desk, 2, more="links:\n  - blocks HD-k7q3x\n")
    committed(desk)
    assert run("accept", "--commit").code == 0
    assert not draft.exists()
    assert run("undo").code == 0
    assert draft.exists()
    assert run("validate").out.count("T202") == 0


def test_an_attachment_that_a_text_shows_stays(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    (desk / "log.txt").write_text("a line\n")
    committed(desk)
    run("comment", "1", "-m", "See.", "-a", "log.txt", "--commit")
    (kept,) = (desk / "tickets" / "2026" / "11" / "HD-1" / "files").iterdir()
    first = git(desk, "rev-parse", "HEAD").strip()
    run("comment", "1", "-m", f"Again: [log](files/{kept.name})", "--commit")
    assert run("undo", first).code == 0
    assert kept.exists()
