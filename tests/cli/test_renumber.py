"""Two tickets with one number: the older keeps it, and references follow what they meant."""

import subprocess
from pathlib import Path

import pytest

from tests.cli.test_landing import committed
from tests.conftest import Run, git, ticket, write_ticket


@pytest.fixture
def clash(desk: Path) -> tuple[Path, Path]:
    """HD-5 twice, from two branches, each with references to its own."""
    git(desk, "checkout", "-qb", "other")
    newer = desk / "tickets" / "2026" / "12" / "HD-5.md"
    newer.parent.mkdir(parents=True)
    newer.write_text(
        ticket(5, "Newer", body="I am HD-5, not HD-55 nor HD-5.1.\n").replace("2026-11-", "2026-12-")
    )
    comment = newer.with_suffix("") / "2026-12-07T100000Z-omar.md"
    comment.parent.mkdir()
    comment.write_text("---\nauthor: omar\ncreated: 2026-12-07T10:00:00Z\n---\nSee HD-5.\n")
    write_ticket(desk, 7, more="links:\n  - follows HD-5\n")
    committed(desk)
    git(desk, "checkout", "-q", "main")
    older = write_ticket(desk, 5, title="Older")
    write_ticket(desk, 8, more="links:\n  - follows HD-5\n", body="Before HD-5 was old.\n")
    committed(desk)
    git(desk, "merge", "-q", "--no-edit", "other")
    write_ticket(desk, 9, body="Which HD-5?\n")
    committed(desk)
    return older, newer


def test_references_follow_in_one_commit(desk: Path, clash: tuple[Path, Path], run: Run) -> None:
    older, newer = clash
    before = older.read_bytes()
    assert "T201" in run("validate").out
    result = run("renumber", "--commit")
    assert result.code == 0
    assert result.out == "HD-5\tHD-10\tNewer\ttickets/2026/12/HD-10.md\n"
    assert "HD-9.md:13 may mean either" in result.err
    assert older.read_bytes() == before
    assert not newer.exists()
    moved = (newer.parent / "HD-10.md").read_text()
    assert "id: HD-10\n" in moved
    assert "aliases:\n  - HD-5.2\n" in moved
    assert "I am HD-10, not HD-55 nor HD-5.1." in moved
    month = older.parent
    assert "follows HD-10" in (month / "HD-7.md").read_text()
    assert "follows HD-5" in (month / "HD-8.md").read_text()
    assert "Before HD-5" in (month / "HD-8.md").read_text()
    assert "Which HD-5?" in (month / "HD-9.md").read_text()
    assert "See HD-10." in run("show", "HD-10").out
    assert "Newer" in run("show", "HD-5.2").out
    assert run("validate").code == 0
    assert git(desk, "status", "--porcelain") == ""
    assert git(desk, "log", "-1", "--format=%s") == "Renumber HD-5 → HD-10\n"
    assert "No two tickets" in run("renumber").err


def test_without_a_history_what_may_mean_either_is_left(desk: Path, run: Run) -> None:
    write_ticket(desk, 5, title="Older")
    copy = desk / "tickets" / "2026" / "11" / "HD-5 copy.md"
    copy.write_text(ticket(5, "Copy", body="HD-5\n"))
    result = run("renumber")
    assert result.code == 0
    assert "tickets/2026/11/HD-6.md:15 may mean either" in result.err
    assert sorted(path.name for path in copy.parent.iterdir()) == ["HD-5.md", "HD-6.md"]
    assert run("validate").code == 0


def test_two_clashes_that_refer_to_each_other_are_told_apart(desk: Path, run: Run) -> None:
    git(desk, "checkout", "-qb", "other")
    newer = desk / "tickets" / "2026" / "12"
    newer.mkdir(parents=True)
    for number, other in ((1, 2), (2, 1)):
        text = ticket(number, "Newer", body=f"see HD-{other} please\n").replace("2026-11-", "2026-12-")
        (newer / f"HD-{number}.md").write_text(text)
    committed(desk)
    git(desk, "checkout", "-q", "main")
    write_ticket(desk, 1)
    write_ticket(desk, 2)
    committed(desk)
    git(desk, "merge", "-q", "--no-edit", "other")
    assert run("renumber", "--commit").code == 0
    assert sorted(path.name for path in newer.iterdir()) == ["HD-3.md", "HD-4.md"]
    assert "see HD-4 please" in (newer / "HD-3.md").read_text()
    assert "see HD-3 please" in (newer / "HD-4.md").read_text()
    assert run("validate").code == 0


@pytest.mark.parametrize("aside", ["theirs", "ours"])
def test_tickets_of_one_path_are_told_apart_by_the_history(desk: Path, run: Run, aside: str) -> None:
    """Two branches gave a number in the same month; one of the files was put aside to end the merge."""
    write_ticket(desk, 1)
    committed(desk)
    place = "tickets/2026/11/HD-5"
    for branch, title, day in (("left", "Left", "06"), ("right", "Right", "07")):
        git(desk, "checkout", "-qb", branch, "main")
        path = write_ticket(desk, 5, title=title, body=f"{title} is HD-5.\n")
        path.write_text(path.read_text().replace("2026-11-06", f"2026-11-{day}"))
        (desk / place / "files").mkdir(parents=True)
        (desk / place / "files" / f"{title}.txt").write_text(title)
        (desk / place / "files" / "both.txt").write_text("both")
        (desk / place / f"{title}.md").write_text(
            f"---\nauthor: omar\ncreated: 2026-11-{day}T10:00:00Z\nattachments:\n  - files/{title}.txt\n"
            f"  - files/both.txt\n---\n{title} says HD-5.\n"
        )
        write_ticket(desk, 6 if title == "Left" else 7, more="links:\n  - follows HD-5\n")
        committed(desk)
    git(desk, "checkout", "-q", "left")
    merged = subprocess.run(["git", "merge", "-q", "right"], cwd=desk, check=False, capture_output=True)
    assert merged.returncode == 1
    refused = run("renumber")
    assert refused.code == 2
    assert f"git show MERGE_HEAD:{place}.md > {place}-theirs.md" in refused.err
    ours, theirs = (git(desk, "show", f"{side}:{place}.md") for side in ("left", "right"))
    (desk / f"{place}.md").write_text(ours if aside == "theirs" else theirs)
    (desk / f"{place}-{aside}.md").write_text(theirs if aside == "theirs" else ours)
    committed(desk)
    result = run("renumber", "--commit")
    assert result.code == 0
    assert result.out == "HD-5\tHD-8\tRight\ttickets/2026/11/HD-8.md\n"
    assert result.err.count("may mean") == 0
    assert "title: Left" in (desk / f"{place}.md").read_text()
    assert "Left says HD-5." in run("show", "5").out
    assert "Right" not in run("show", "5").out
    assert "Right says HD-8." in run("show", "8").out
    assert "Right is HD-8." in run("show", "8").out
    assert "Left" not in run("show", "8").out
    month = desk / "tickets" / "2026" / "11"
    assert "follows HD-5" in (month / "HD-6.md").read_text()
    assert "follows HD-8" in (month / "HD-7.md").read_text()
    files = sorted(file.relative_to(month).as_posix() for file in month.glob("*/files/*"))
    assert files == [
        "HD-5/files/Left.txt",
        "HD-5/files/both.txt",
        "HD-8/files/Right.txt",
        "HD-8/files/both.txt",
    ]
    assert run("validate").code == 0
    assert git(desk, "status", "--porcelain") == ""
