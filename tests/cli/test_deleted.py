"""A deleted ticket can still be looked up, with its end."""

import json
from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import Run, git, write_ticket


@pytest.fixture
def gone(desk: Path) -> Path:
    """A ticket that was deleted in a branch and merged; it had an alias."""
    write_ticket(desk, 1)
    path = write_ticket(desk, 2, title="Old scanner", more="aliases:\n  - RT-77\n")
    committed(desk)
    git(desk, "checkout", "-qb", "cleaning")
    path.unlink()
    git(desk, "-c", "user.name=Omar Haddad", "commit", "-qam", "Spam")
    git(desk, "checkout", "-q", "main")
    git(desk, "merge", "-q", "--no-ff", "--no-edit", "cleaning")
    return path


@pytest.mark.parametrize("typed", ["HD-2", "hd-2", "2", "RT-77"])
def test_it_is_shown_with_who_deleted_it(desk: Path, gone: Path, run: Run, typed: str) -> None:
    shown = run("show", typed)
    assert shown.code == 0
    assert "Old scanner" in shown.out
    assert "HD-2 was deleted on 2" in shown.err
    assert "by Omar Haddad" in shown.err
    end = json.loads(run("show", typed, "--json").out)["deleted"]
    assert end["by"] == "Omar Haddad"


def test_it_is_not_changed_and_what_to_do_is_told(desk: Path, gone: Path, run: Run) -> None:
    refused = run("set", "2", "priority=high")
    assert refused.code == 2
    assert "HD-2 was deleted" in refused.err
    command = refused.err.partition("“git ")[2].partition("”")[0]
    git(desk, *command.split())
    assert run("set", "2", "priority=high").code == 0
    assert gone.exists()


def test_a_deletion_that_is_not_committed_is_told_as_that(desk: Path, gone: Path, run: Run) -> None:
    (gone.parent / "HD-1.md").unlink()
    shown = run("show", "1")
    assert "not committed yet" in shown.err
    assert "A ticket" in shown.out


def test_what_never_was_offers_what_is_near(desk: Path, gone: Path, run: Run) -> None:
    result = run("show", "HD-9")
    assert result.code == 2
    assert "There is no ticket “HD-9”" in result.err


def test_it_comes_with_its_conversation_from_where_it_lay_last(desk: Path, run: Run) -> None:
    lost = desk / "tickets" / "2025" / "01" / "HD-3.md"
    lost.parent.mkdir(parents=True)
    lost.write_bytes(write_ticket(desk, 3, title="An earlier title").read_bytes())
    path = desk / "tickets" / "2026" / "11" / "HD-3.md"
    path.unlink()
    committed(desk)
    git(desk, "mv", "tickets/2025/01/HD-3.md", "tickets/2026/11/HD-3.md")
    committed(desk)
    run("set", "3", "title=A later title", "--commit")
    run("comment", "3", "-m", "Gone for good.", "--commit")
    git(desk, "rm", "-qr", "tickets")
    committed(desk)
    shown = run("show", "3")
    assert "A later title" in shown.out
    assert "Gone for good." in shown.out
    hint = run("set", "3", "priority=high").err
    git(desk, *hint.partition("“git ")[2].partition("”")[0].split())
    assert "Gone for good." in run("show", "3").out
    assert path.exists()


def test_what_went_before_there_was_a_desk_is_not_known(desk: Path, run: Run) -> None:
    configuration = (desk / "tracker.yml").read_bytes()
    git(desk, "checkout", "-q", "--orphan", "new")
    git(desk, "rm", "-qrf", ".")
    path = write_ticket(desk, 7)
    committed(desk)
    path.unlink()
    committed(desk)
    (desk / "tracker.yml").write_bytes(configuration)
    assert run("show", "7").code == 2
    committed(desk)
    assert "There is no ticket" in run("show", "7").err
