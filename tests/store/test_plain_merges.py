"""What Git merges by itself, without a driver, as a forge does: the layout alone must do."""

from itertools import combinations
from pathlib import Path

import pytest

from tests.conftest import Run, git, write_ticket

EDITS = {
    "status": "status=waiting",
    "priority": "priority=high",
    "assignee": "assignee=omar",
    "due": "due=2026-12-24",
    "title": "title=Another title",
    "labels": "labels+=vpn",
}


@pytest.mark.parametrize("present", [True, False])
@pytest.mark.parametrize(("left", "right"), list(combinations(EDITS, 2)))
def test_changes_of_different_fields_merge(
    desk: Path, run: Run, left: str, right: str, present: bool
) -> None:
    path = write_ticket(desk, 1, more="work: triage\n")
    if present:  # and otherwise both sides add the field; `work` lies between `due` and `labels`
        text = path.read_text().replace("requester:", "assignee: ada\nrequester:")
        path.write_text(
            text.replace(
                "org\nwork: triage\n---", "org\ndue: 2026-11-30\nwork: triage\nlabels:\n  - old\n---"
            )
        )
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    git(desk, "branch", "other")
    assert run("set", "1", EDITS[left], "--commit").code == 0
    git(desk, "checkout", "-q", "other")
    assert run("set", "1", EDITS[right], "--commit").code == 0
    git(desk, "merge", "-q", "--no-edit", "main")
    text = path.read_text()
    for change in (EDITS[left], EDITS[right]):
        assert change.partition("=")[2] in text
    assert run("validate").code == 0


def test_two_comments_merge(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "x")
    git(desk, "branch", "other")
    run("comment", "1", "-m", "From main.", "--commit")
    git(desk, "checkout", "-q", "other")
    run("comment", "1", "-m", "From elsewhere.", "--author", "omar", "--commit")
    git(desk, "merge", "-q", "--no-edit", "main")
    shown = run("show", "1").out
    assert "From main." in shown
    assert "From elsewhere." in shown
    assert run("validate").code == 0
