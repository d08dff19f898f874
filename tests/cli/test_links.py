"""Relations between tickets, and duplicates."""

import json
from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import Run, git, write_ticket


@pytest.fixture
def three(desk: Path) -> list[Path]:
    """Three open tickets, committed."""
    paths = [write_ticket(desk, number) for number in (1, 2, 3)]
    committed(desk)
    return paths


@pytest.mark.parametrize(
    ("relation", "owner", "line"),
    [
        ("blocks", 0, "blocks HD-2"),
        ("blocked-by", 1, "blocks HD-1"),
        ("parent", 0, "parent HD-2"),
        ("parent-of", 1, "parent HD-1"),
        ("relates", 0, "relates HD-2"),
    ],
)
def test_a_link_is_stored_on_one_side_and_shown_on_both(
    three: list[Path], run: Run, relation: str, owner: int, line: str
) -> None:
    assert run("link", "1", relation, "2").code == 0
    assert f"links:\n  - {line}\n" in three[owner].read_text()
    assert "HD-2" in run("show", "1").out
    assert "HD-1" in run("show", "2").out
    assert "nothing to change" in run("link", "1", relation, "2").err
    assert run("link", "1", relation, "2", "--remove").code == 0
    assert "links" not in three[owner].read_text()
    assert run("link", "1", relation, "2", "--remove").code == 2


@pytest.mark.parametrize("kind", ["parent", "follows", "blocks", "duplicates"])
def test_no_circle_is_closed_and_one_by_hand_is_found(three: list[Path], run: Run, kind: str) -> None:
    run("link", "1", kind, "2")
    run("link", "2", kind, "3")
    refused = run("link", "3", kind, "1")
    assert refused.code == 2
    assert "HD-3 → HD-1 → HD-2 → HD-3" in refused.err
    assert run("link", "1", kind, "1").code == 2
    three[2].write_text(three[2].read_text().replace("---\nText", f"links:\n  - {kind} HD-1\n---\nText"))
    found = [finding for finding in json.loads(run("validate", "--json").out) if finding["code"] == "T204"]
    assert [finding["path"][-7:] for finding in found] == ["HD-1.md", "HD-2.md", "HD-3.md"]
    assert found[2]["line"] == 13


def test_an_unknown_relation_offers_a_near_one(three: list[Path], run: Run) -> None:
    assert "Did you mean “blocks”?" in run("link", "1", "block", "2").err


def test_a_duplicate_is_closed_and_leads_to_the_other(desk: Path, three: list[Path], run: Run) -> None:
    run("comment", "2", "-m", "Kept where it is.", "--commit")
    result = run("merge", "2", "--into", "1", "--commit")
    assert result.code == 0
    text = three[1].read_text()
    assert "status: closed\nresolution: duplicate\n" in text
    assert "  - duplicates HD-1\n" in text
    assert "aliases:\n  - HD-2\n" in three[0].read_text()
    assert run("validate").code == 0
    assert git(desk, "log", "-1", "--format=%s") == "HD-2: merged into HD-1\n"
    assert "Kept where it is." in run("show", "2").out
    assert run("merge", "2", "--into", "1").code == 0
    assert run("merge", "1", "--into", "2").code == 2


def test_an_alias_of_a_ticket_that_is_no_duplicate_is_found(three: list[Path], run: Run) -> None:
    three[0].write_text(three[0].read_text().replace("---\nText", "aliases:\n  - HD-2\n---\nText"))
    assert run("validate").out.count("T201") == 2


def test_a_follow_up_inherits_who_asks_and_for_where(desk: Path, run: Run) -> None:
    write_ticket(desk, 1, more="department: sales\nlocation: lyon\nlabels:\n  - old\n")
    result = run("follow-up", "1", "Replace the fuser", "-s", "priority=high", "-m", "As agreed.")
    assert result.code == 0
    text = (desk / result.out.strip()).read_text()
    for line in ("title: Replace the fuser", "name: Léa Martin", "department: sales", "location: lyon"):
        assert line in text
    assert "category: hardware/printer\npriority: high\n" in text
    assert "links:\n  - follows HD-1\n" in text
    assert "old" not in text
    assert text.endswith("---\nAs agreed.\n")
    assert "Followed by" in run("show", "1").out
    assert run("validate").code == 0
    assert run("follow-up", "1").code == 2


def test_a_relation_is_stored_once_and_removed_from_either_side(three: list[Path], run: Run) -> None:
    run("link", "1", "relates", "2")
    assert "nothing to change" in run("link", "2", "relates", "1").err
    assert "links" not in three[1].read_text()
    assert run("link", "2", "relates", "1", "--remove").code == 0
    assert "links" not in three[0].read_text()
    for path, other in ((three[0], 2), (three[1], 1)):
        path.write_text(path.read_text().replace("---\nText", f"links:\n  - relates HD-{other}\n---\nText"))
    assert run("link", "1", "relates", "2", "--remove").code == 0
    assert "links" not in three[0].read_text() + three[1].read_text()


def test_a_ticket_is_merged_into_one_other(three: list[Path], run: Run) -> None:
    assert run("merge", "1", "--into", "2").code == 0
    refused = run("merge", "1", "--into", "3")
    assert refused.code == 2
    assert "HD-1 is merged into HD-2 already" in refused.err
    assert run("merge", "2", "--into", "3").code == 0
    assert run("validate").code == 0


@pytest.mark.parametrize(
    ("assignment", "said"),
    [
        ("links+=blocks HD-9", "leads to no ticket"),
        ("links+=blocks HD-1", "leads back to this ticket"),
        ("links+=parent HD-2", "closes a circle"),
        ("aliases+=HD-3", "is also claimed by"),
    ],
)
def test_a_link_or_alias_that_validate_would_find_is_refused(
    three: list[Path], run: Run, monkeypatch: pytest.MonkeyPatch, assignment: str, said: str
) -> None:
    run("link", "2", "parent", "1")
    before = three[0].read_bytes()
    refused = run("set", "1", assignment)
    assert refused.code == 2
    assert said in refused.err
    field, _operator, value = assignment.partition("+=")
    monkeypatch.setenv("EDITOR", f"sed -i '/^requester/i {field}:\\n  - {value}'")
    edited = run("edit", "1")
    assert edited.code == 2
    assert said in edited.err
    assert three[0].read_bytes() == before


def test_a_follow_up_of_what_is_not_committed_is_not_committed(
    desk: Path, three: list[Path], run: Run
) -> None:
    write_ticket(desk, 4)
    refused = run("follow-up", "4", "Next", "--commit")
    assert refused.code == 2
    assert "not committed yet" in refused.err
    assert git(desk, "status", "--porcelain") == "?? tickets/2026/11/HD-4.md\n"


def test_an_alias_is_given_to_one_ticket(three: list[Path], run: Run) -> None:
    refused = run("set", "1", "2", "aliases+=OLD-7")
    assert refused.code == 2
    assert "one ticket" in refused.err
    assert run("validate").code == 0


def test_a_link_that_leads_nowhere_is_no_licence_for_another(three: list[Path], run: Run) -> None:
    three[0].write_text(three[0].read_text().replace("---\nText", "links:\n  - blocks HD-997\n---\nText"))
    assert "HD-998" in run("set", "1", "links+=blocks HD-998").err
    assert run("set", "1", "links+=blocks HD-2").code == 0
