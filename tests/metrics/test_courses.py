"""When the people of a desk answered, of a desk in a real repository."""

from datetime import UTC, datetime
from pathlib import Path

from tests.conftest import git, write_ticket
from tracker.workspace import Workspace
from tracker.workspace.courses import courses


def say(desk: Path, number: int, time: str, author: str, more: str = "") -> None:
    """Write a comment and commit it."""
    path = desk / f"tickets/2026/11/HD-{number}/{time.replace(':', '')}-{author}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"---\nauthor: {author}\ncreated: {time}\n{more}---\nSeen.\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "Say")


def test_the_answers_are_in_order_of_time_whatever_landed_first(desk: Path) -> None:
    write_ticket(desk, 1)
    say(desk, 1, "2026-11-05T10:00:00Z", "omar", "visibility: public\n")
    say(desk, 1, "2026-11-03T10:00:00Z", "ada", 'automatic: ""\n')
    say(desk, 1, "2026-11-04T10:00:00Z", "ada", "automatic: reminder\n")
    say(desk, 1, "2026-11-04T11:00:00Z", "ada", "automatic: [a reminder]\n")
    say(desk, 1, "2026-11-04T12:00:00Z", "ada", "visibility: internal\n")
    say(desk, 1, "2026-11-04T13:00:00Z", "lea@example.org")
    say(
        desk, 1, "2026-11-04T14:00:00Z", "omar@example.org", "source: {mail: 5f2c}\n"
    )  # anybody’s, in their name
    say(desk, 1, "2026-11-06T14:00:00Z", "omar", "source: {mail: 5f2c}\n")
    say(desk, 1, "2026-11-02T07:00:00Z", "omar")  # before it was filed
    (course,) = courses(Workspace.open(desk)).courses
    assert course.answers == (
        course.start,
        datetime(2026, 11, 3, 10, tzinfo=UTC),
        datetime(2026, 11, 5, 10, tzinfo=UTC),
        datetime(2026, 11, 6, 14, tzinfo=UTC),
    )
    assert course.answered == course.answers[0]


def test_tickets_without_an_answer_share_the_empty_one(desk: Path) -> None:
    for number in (1, 2):
        write_ticket(desk, number)
        say(desk, number, "2026-11-04T10:00:00Z", "ada", "automatic: reminder\n")
    one, other = courses(Workspace.open(desk)).courses
    assert one.answers is other.answers
    assert one.answered is None
