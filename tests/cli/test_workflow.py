"""What a status asks for before a ticket may come to it."""

from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

WORKFLOW = """
statuses:
  new: {to: [open, resolved]}
  open: {to: [resolved, closed]}
  resolved: {to: [open, closed], open: false, requires: [resolution, assignee]}
  closed: {to: [open], open: false}
"""


@pytest.fixture
def strict(desk: Path) -> Path:
    """A desk that wants a resolution and a person before a ticket is resolved."""
    with (desk / "tracker.yml").open("a") as file:
        file.write(WORKFLOW)
    return write_ticket(desk, 1)


def test_required_fields_are_named_and_can_be_said_at_once(strict: Path, run: Run) -> None:
    before = strict.read_bytes()
    refused = run("move", "1", "resolved")
    assert refused.code == 2
    assert "HD-1 cannot become resolved without: resolution, assignee." in refused.err
    assert "tracker move HD-1 resolved --set resolution=… --set assignee=…" in refused.err
    assert "solved, workaround" in refused.err
    assert strict.read_bytes() == before
    assert run("move", "1", "resolved", "-s", "resolution=solved", "-s", "assignee=omar").code == 0
    assert "status: resolved\nresolution: solved\ncategory:" in strict.read_text()
    assert run("validate").code == 0


def test_a_ticket_that_opens_again_loses_its_resolution(strict: Path, run: Run) -> None:
    run("move", "1", "resolved", "-s", "resolution=solved", "-s", "assignee=omar")
    assert run("move", "1", "open").code == 0
    assert "resolution" not in strict.read_text()


def test_set_and_edit_obey_the_workflow_too(strict: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "without: resolution" in run("set", "1", "status=resolved", "assignee=omar").err
    monkeypatch.setenv("EDITOR", "sed -i 's/status: open/status: resolved/'")
    edited = run("edit", "1")
    assert edited.code == 2
    assert "without: resolution" in edited.err
    assert "status: open" in strict.read_text()


def test_a_parent_waits_for_its_children_unless_somebody_says_why(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    child = write_ticket(desk, 2, more="links:\n  - parent HD-1\n")
    refused = run("move", "1", "closed")
    assert refused.code == 2
    assert "its children are open: HD-2" in refused.err
    assert run("move", "1", "closed", "--force").code == 2
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    forced = run("move", "1", "closed", "--force", "--reason", "HD-2 goes on by itself.", "--commit")
    assert forced.code == 0
    assert "HD-2 goes on by itself." in run("show", "1").out
    assert "(internal)" in run("show", "1").out
    assert git(desk, "show", "--name-only", "--format=%s").startswith("HD-1: open → closed\n")
    child.write_text(child.read_text().replace("status: open", "status: closed"))
    run("move", "1", "open")
    assert run("move", "1", "closed").code == 0


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("statuses:\n  new: {requires: [resolutoin]}\n", "C103 “resolutoin”"),
        ("commits: {words: [fixes], status: done}\n", "C103 “done”"),
        ("commits: {words: [fixes now]}\n", "C105"),
    ],
)
def test_a_wrong_workflow_is_told_with_its_place(desk: Path, run: Run, wrong: str, told: str) -> None:
    with (desk / "tracker.yml").open("a") as file:
        file.write(wrong)
    result = run("list")
    assert result.code == 3
    assert told in result.err


def test_a_reason_alone_is_an_internal_comment(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    assert run("move", "1", "waiting", "--reason", "The part is ordered.", "--author", "omar").code == 0
    assert "— omar" in run("show", "1").out
    assert "(internal)\nThe part is ordered." in run("show", "1").out
    assert run("move", "1", "closed", "--force").code == 2
