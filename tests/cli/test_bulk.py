"""One change for several tickets."""

from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket


@pytest.fixture
def three(desk: Path) -> list[Path]:
    """Three open tickets, the last with a conflicting status; all committed."""
    paths = [write_ticket(desk, number) for number in (1, 2, 3)]
    paths[2].write_text(paths[2].read_text().replace("priority: normal", "priority: high"))
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    return paths


def test_several_ids_make_one_commit_with_a_trailer_each(desk: Path, three: list[Path], run: Run) -> None:
    result = run("set", "1", "2", "3", "priority=high", "--commit")
    assert result.code == 0
    assert "2 changed, 1 already so, 0 left out" in result.err
    message = git(desk, "log", "-1", "--format=%B")
    assert message.startswith("2 tickets: priority=high\n\nTicket: HD-1\nTicket: HD-2\nTracker-Action: set\n")


def test_a_query_chooses_and_a_dry_run_writes_nothing(desk: Path, three: list[Path], run: Run) -> None:
    before = [path.read_bytes() for path in three]
    result = run("assign", "-q", "priority:normal", "omar", "--dry-run")
    assert result.code == 0
    assert result.out.count("+assignee: omar") == 2
    assert "Nothing was written" in result.err
    assert [path.read_bytes() for path in three] == before
    assert run("assign", "-q", "priority:normal", "omar").code == 0
    assert ["omar" in path.read_text() for path in three] == [True, True, False]
    assert run("assign", "-q", "assignee:omar", "--nobody").code == 0
    assert not any("omar" in path.read_text() for path in three)


def test_one_refusal_stops_all_unless_it_is_skipped(desk: Path, three: list[Path], run: Run) -> None:
    three[0].write_text(three[0].read_text().replace("status: open", "status: closed"))
    before = [path.read_bytes() for path in three]
    refused = run("move", "1", "2", "3", "waiting")
    assert refused.code == 2
    assert "1 of 3 tickets refuses this:" in refused.err
    assert "HD-1 cannot go from closed to waiting" in refused.err
    assert [path.read_bytes() for path in three] == before
    skipped = run("move", "1", "2", "3", "waiting", "--skip")
    assert skipped.code == 0
    assert "2 changed, 0 already so, 1 left out" in skipped.err
    assert "HD-1" in skipped.err


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("set", "priority=high"), "Name the tickets"),
        (("set", "1", "-q", "priority:high", "priority=low"), "Name the tickets"),
        (("set", "1"), "Say what to change"),
        (("set", "-q", "priority:urgent", "due="), "No ticket matches"),
        (("set", "-q", "priorty:urgent", "due="), "priorty"),
        (("assign", "1"), "Name a person"),
        (("assign", "1", "bob"), "bob"),
        (("move", "-q", "is:open", "nowhere"), "nowhere"),
    ],
)
def test_what_is_not_said_clearly_changes_nothing(
    three: list[Path], run: Run, arguments: tuple[str, ...], told: str
) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert told in result.err


def test_a_parent_goes_with_its_children(desk: Path, three: list[Path], run: Run) -> None:
    run("link", "2", "parent", "1")
    run("link", "3", "parent", "2")
    assert run("move", "1", "resolved").code == 2
    skipped = run("move", "1", "2", "resolved", "--skip")
    assert "0 changed, 0 already so, 2 left out" in skipped.err
    moved = run("move", "1", "2", "3", "resolved", "--set", "resolution=solved")
    assert moved.code == 0
    assert all("status: resolved" in path.read_text() for path in three)
