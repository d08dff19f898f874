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


def follow(desk: Path, told: str) -> int:
    """Run the commands of a hint, and return how many there were."""
    commands = [line for line in told.splitlines() if line.startswith("git show")]
    for command in commands:
        subprocess.run(command, shell=True, cwd=desk, check=True, capture_output=True)
    return len(commands)


def merge_in_conflict(desk: Path, branch: str) -> None:
    assert subprocess.run(
        ["git", "merge", "-q", branch], cwd=desk, check=False, capture_output=True
    ).returncode


def other_ticket(desk: Path, number: int, title: str, body: str = "Text.\n") -> Path:
    path = write_ticket(desk, number, title=title, body=body)
    path.write_text(path.read_text().replace("T09:00", "T10:00" if title == "Right" else "T09:00"))
    return path


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
    if aside == "theirs":
        assert follow(desk, refused.err) == 1
    else:
        for name, side in ((place, "right"), (f"{place}-ours", "left")):
            (desk / f"{name}.md").write_text(git(desk, "show", f"{side}:{place}.md"))
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


def test_every_clash_of_a_merge_is_kept_and_nothing_else_is_resolved(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    for branch, title in (("left", "Left"), ("right", "Right")):
        git(desk, "checkout", "-qb", branch, "main")
        other_ticket(desk, 5, title)
        other_ticket(desk, 6, title)
        run("set", "1", f"priority={'high' if title == 'Left' else 'low'}")
        committed(desk)
    git(desk, "checkout", "-q", "left")
    merge_in_conflict(desk, "right")
    assert follow(desk, run("renumber").err) == 2
    assert git(desk, "diff", "--name-only", "--diff-filter=U") == "tickets/2026/11/HD-1.md\n"
    git(desk, "checkout", "--ours", "tickets/2026/11/HD-1.md")
    committed(desk)
    done = run("renumber", "--commit")
    assert [line.split("\t")[:3] for line in done.out.splitlines()] == [
        ["HD-5", "HD-7", "Right"],
        ["HD-6", "HD-8", "Right"],
    ]
    assert run("validate").code == 0


def test_what_was_said_about_a_draft_goes_with_its_ticket(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    git(desk, "checkout", "-qb", "left")
    other_ticket(desk, 2, "Left")
    committed(desk)
    git(desk, "checkout", "-qb", "right", "main")
    draft = desk / "tickets" / "drafts" / "HD-k7q3x.md"
    draft.parent.mkdir()
    draft.write_text(ticket(2, "Right").replace("id: HD-2", "id: HD-k7q3x").replace("T09:00", "T10:00"))
    (desk / "log.txt").write_text("log")
    run("comment", "HD-k7q3x", "-m", "Said of the draft.", "-a", "log.txt")
    committed(desk)
    assert run("accept", "--commit").code == 0
    git(desk, "checkout", "-q", "left")
    merge_in_conflict(desk, "right")
    follow(desk, run("renumber").err)
    committed(desk)
    done = run("renumber", "--commit")
    assert done.out.startswith("HD-2\tHD-3\tRight")
    assert "may mean" not in done.err
    assert "Said of the draft." in run("show", "3").out
    assert [file.parent.parent.name for file in desk.glob("tickets/*/*/*/files/*")] == ["HD-3"]


def test_of_three_each_keeps_its_own_words(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    for branch, month, hour in (("a", "11", "09"), ("b", "12", "09"), ("c", "12", "10")):
        git(desk, "checkout", "-qb", branch, "main")
        path = desk / "tickets" / "2026" / month / "HD-5.md"
        path.parent.mkdir(exist_ok=True)
        text = ticket(5, f"Ticket {branch}").replace("2026-11-", f"2026-{month}-")
        path.write_text(text.replace("T09:00", f"T{hour}:00"))
        path.with_suffix("").mkdir()
        (path.with_suffix("") / f"{branch}.md").write_text(
            f"---\nauthor: omar\ncreated: 2026-{month}-07T10:00:00Z\n---\nOf HD-5 of {branch}.\n"
        )
        committed(desk)
    git(desk, "checkout", "-q", "a")
    git(desk, "merge", "-q", "--no-edit", "b")
    merge_in_conflict(desk, "c")
    follow(desk, run("renumber").err)
    committed(desk)
    done = run("renumber", "--commit")
    assert "may mean" not in done.err
    for number, branch in ((5, "a"), (6, "b"), (7, "c")):
        shown = run("show", str(number)).out
        assert f"Ticket {branch}" in shown
        assert f"Of HD-{number} of {branch}." in shown
        assert shown.count("— omar") == 1


def test_no_file_is_written_over_another(desk: Path, run: Run) -> None:
    write_ticket(desk, 1)
    committed(desk)
    place = desk / "tickets" / "2026" / "11"
    for branch, title in (("left", "Left"), ("right", "Right")):
        git(desk, "checkout", "-qb", branch, "main")
        other_ticket(desk, 5, title, body=f"![p](files/{title}.png) ![q](files/photo.png)\n")
        (place / "HD-5" / "files").mkdir(parents=True)
        (place / "HD-5" / "files" / f"{title}.png").write_text(title)
        (place / "HD-5" / "files" / "photo.png").write_text(title)
        committed(desk)
    git(desk, "checkout", "-q", "left")
    merge_in_conflict(desk, "right")
    follow(desk, run("renumber").err)
    (place / "HD-5-theirs" / "files").mkdir(parents=True)
    (place / "HD-5-theirs" / "files" / "photo.png").write_text("Right")
    (place / "HD-5" / "files" / "photo.png").write_text("Left")
    committed(desk)
    refused = run("renumber")
    assert refused.code == 2
    assert "would both become" in refused.err
    git(desk, "rm", "-q", "-r", "tickets/2026/11/HD-5-theirs")
    committed(desk)
    assert run("renumber", "--commit").code == 0
    files = sorted(file.relative_to(place).as_posix() for file in place.glob("*/files/*"))
    assert files == [
        "HD-5/files/Left.png",
        "HD-5/files/photo.png",
        "HD-6/files/Right.png",
        "HD-6/files/photo.png",
    ]


def test_nothing_is_changed_while_a_number_means_two_tickets(
    desk: Path, clash: tuple[Path, Path], run: Run
) -> None:
    before = [path.read_bytes() for path in clash]
    refused = run("set", "5", "priority=high")
    assert refused.code == 2
    assert "HD-5 is 2 tickets: " in refused.err
    assert "tracker renumber" in refused.err
    assert [path.read_bytes() for path in clash] == before
