"""`tracker tick`: what a schedule does, once."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import Run, git, ticket, write_ticket

PARIS = ZoneInfo("Europe/Paris")
STATUSES = """\
statuses:
  open: {}
  waiting: {pauses: yes, remind: {every: 5d, at_most: 2, text: {en: Any news?, fr: Du nouveau ?}}}
  resolved: {open: no, then: {to: closed, after: 14d}}
  closed: {open: no}
"""


def landed(desk: Path, days: float, message: str = "x", *options: str) -> None:
    """Commit all as if it had been so many days ago."""
    then = (datetime.now(PARIS) - timedelta(days=days)).isoformat(timespec="seconds")
    os.environ.update(GIT_COMMITTER_DATE=then, GIT_AUTHOR_DATE=then)
    try:
        git(desk, "add", "-A")
        git(desk, "commit", "-qm", message, *options)
    finally:
        del os.environ["GIT_COMMITTER_DATE"], os.environ["GIT_AUTHOR_DATE"]


@pytest.fixture
def scheduled(desk: Path) -> Path:
    with (desk / "tracker.yml").open("a") as file:
        file.write(STATUSES)
    landed(desk, 60, "Set up", "--amend")
    return desk


def with_status(desk: Path, number: int, status: str) -> Path:
    path = write_ticket(desk, number, more="")
    path.write_text(path.read_text().replace("status: open", f"status: {status}"))
    return path


def test_a_ticket_goes_on_after_its_grace_time(scheduled: Path, run: Run) -> None:
    old, young = with_status(scheduled, 1, "open"), with_status(scheduled, 2, "open")
    landed(scheduled, 40)
    old.write_text(old.read_text().replace("status: open", "status: resolved"))
    landed(scheduled, 14.01)
    young.write_text(young.read_text().replace("status: open", "status: resolved"))
    landed(scheduled, 13.99)
    done = run("tick", "--commit")
    assert (done.code, done.out) == (0, "HD-1\tresolved → closed\tA ticket\n")
    assert "status: closed\n" in old.read_text()
    assert "status: resolved\n" in young.read_text()
    assert (
        git(scheduled, "log", "-1", "--format=%B") == "Tick: HD-1\n\nTicket: HD-1\nTracker-Action: tick\n\n"
    )
    again = run("tick", "--commit")
    assert (again.out, again.err) == ("", "There is nothing to do now.\n")


def test_who_is_waited_for_is_reminded_so_often_and_no_more(scheduled: Path, run: Run) -> None:
    with_status(scheduled, 1, "open")
    landed(scheduled, 50)
    with_status(scheduled, 1, "waiting")
    landed(scheduled, 4.9)
    assert run("tick").out == ""
    git(scheduled, "reset", "-q", "--hard", "HEAD~1")
    with_status(scheduled, 1, "waiting")
    landed(scheduled, 30)
    assert run("tick", "--commit").out == "HD-1\tcomment by ada\tA ticket\n"
    assert run("tick", "--commit").out == "", "the next one is due in five days"
    comments = sorted((scheduled / "tickets/2026/11/HD-1").iterdir())
    assert len(comments) == 1
    text = comments[0].read_text()
    assert "automatic: reminder\n" in text
    assert "visibility: public\n" in text
    assert text.endswith("Any news?\n")
    for days in (20, 12):
        moment = datetime.now(PARIS) - timedelta(days=days)
        other = comments[0].with_name(f"2026-01-0{days // 10}T000000Z-ada.md")
        line = next(line for line in text.splitlines() if line.startswith("created:"))
        other.write_text(text.replace(line, f"created: {moment.isoformat(timespec='seconds')}"))
    comments[0].unlink()
    landed(scheduled, 1)
    assert run("tick").out == "", "two are the most"


def test_a_ticket_that_nobody_committed_waits(scheduled: Path, run: Run) -> None:
    with_status(scheduled, 1, "resolved")
    assert run("tick").out == ""


def test_recurring_tickets_are_made_once_and_given_to_people(scheduled: Path, run: Run) -> None:
    with (scheduled / "tracker.yml").open("a") as file:
        file.write(
            "recurring:\n  backups:\n    rule: FREQ=DAILY\n    start: 2026-01-05T08:00\n    text: Look at the log.\n"
            "    ticket: {title: Check the backups, type: task, category: network, priority: low, work: remote}\n"
            "assignment:\n  rules: [{to: omar}]\n"
        )
    landed(scheduled, 1)
    done = json.loads(run("tick", "--commit", "--json").out)
    assert done == {"done": [{"id": "HD-1", "title": "Check the backups", "what": "filed"}], "refused": []}
    told = json.loads(run("show", "1", "--json").out)
    assert told["assignee"] == "omar"
    assert told["source"]["recurring"] == "backups"
    assert told["created"].startswith(told["source"]["occurrence"])
    assert told["requester"] == {"name": "Test desk"}
    assert told["source"]["occurrence"].endswith("T08:00:00")
    assert git(scheduled, "rev-list", "--count", "HEAD").strip() == "3"
    assert run("validate").code == 0
    assert run("tick", "--commit").out == ""
    assert "Reason: HD-1 assignee=omar; can be done from anywhere" in git(
        scheduled, "log", "-1", "--format=%B"
    )


def test_what_cannot_be_done_is_said_and_the_rest_is_done(scheduled: Path, run: Run) -> None:
    text = (
        (scheduled / "tracker.yml")
        .read_text()
        .replace("closed: {open: no}", "closed: {open: no, requires: [resolution]}")
    )
    (scheduled / "tracker.yml").write_text(
        text + "recurring: {a: {rule: FREQ=DAILY, start: 2026-01-05, ticket: {title: No category}}}\n"
    )
    with_status(scheduled, 1, "resolved")
    path = with_status(scheduled, 2, "resolved")
    path.write_text(path.read_text().replace("status: resolved", "status: resolved\nresolution: solved"))
    landed(scheduled, 20)
    done = run("tick")
    assert done.code == 1
    assert done.out == "HD-2\tresolved → closed\tA ticket\n"
    assert "HD-1: " in done.err
    assert "resolution" in done.err
    assert "category is missing" in done.err


def test_what_is_late_is_escalated_once_each_time_that_its_clock_runs(scheduled: Path, run: Run) -> None:
    with (scheduled / "tracker.yml").open("a") as file:
        file.write(
            "service_levels:\n  all:\n    resolution: 24h\n    escalations:\n"
            "      - {clock: resolution, at: 50, set: {labels: [soon]}}\n"
            "      - {clock: resolution, set: {priority: urgent, labels: [escalated]}}\n"
        )
    landed(scheduled, 50)
    path = write_ticket(scheduled, 1, more="labels:\n  - kept\n")
    created = (datetime.now(PARIS) - timedelta(hours=13)).isoformat(timespec="seconds")
    path.write_text(path.read_text().replace("2026-11-02T09:00:00+01:00", created))
    landed(scheduled, 0.5)
    done = run("tick", "--commit")
    assert done.out == "HD-1\tescalated, resolution of all\tA ticket\n"
    assert "priority: normal\n" in path.read_text()
    assert "labels:\n  - kept\n  - soon\n" in path.read_text()
    assert run("tick", "--commit").out == ""
    late = (datetime.now(PARIS) - timedelta(hours=25)).isoformat(timespec="seconds")
    path.write_text(path.read_text().replace(created, late))
    landed(scheduled, 0)
    assert run("tick", "--commit").out == "HD-1\tescalated, resolution of all\tA ticket\n"
    assert "priority: urgent\n" in path.read_text()
    run("set", "1", "priority=low", "--commit")
    assert run("tick", "--commit").out == "", "who lowers it again is not contradicted"
    comments = [file.read_text() for file in sorted((scheduled / "tickets/2026/11/HD-1").iterdir())]
    assert len(comments) == 2
    assert all("visibility: internal\n" in comment for comment in comments)
    assert "automatic: 'escalation: resolution of all, 100 %'\n" in "".join(comments)


def test_a_thousand_tickets_go_on_at_once(scheduled: Path, run: Run) -> None:
    for number in range(1, 1_201):
        with_status(scheduled, number, "resolved")
    landed(scheduled, 20)
    done = run("tick", "--commit")
    assert (done.code, done.err.count("\n")) == (0, 1)
    assert done.out.count("\tresolved → closed\t") == 1_200
    assert git(scheduled, "grep", "-c", "status: closed", "HEAD", "--", "tickets").count("\n") == 1_200
    assert run("tick").out == ""


def test_who_is_no_longer_waited_for_is_not_reminded(scheduled: Path, run: Run) -> None:
    settings = scheduled / "tracker.yml"
    then = "waiting: {then: {to: closed, after: 30d}, "
    settings.write_text(settings.read_text().replace("waiting: {", then))
    with_status(scheduled, 1, "waiting")
    landed(scheduled, 31)
    assert run("tick", "--commit").out == "HD-1\twaiting → closed\tA ticket\n"
    assert not (scheduled / "tickets/2026/11/HD-1").exists()


def test_two_escalations_of_a_ticket_are_made_at_once(scheduled: Path, run: Run) -> None:
    with (scheduled / "tracker.yml").open("a") as file:
        file.write(
            "service_levels:\n  all:\n    resolution: 24h\n    escalations:\n"
            "      - {clock: resolution, at: 50, set: {assignee: ada}}\n"
            "      - {clock: resolution, set: {priority: urgent}}\n"
        )
    landed(scheduled, 50)
    for number in (1, 2):
        write_ticket(scheduled, number)
    landed(scheduled, 2)
    done = run("tick", "--commit")
    assert sorted(done.out.splitlines()) == 2 * ["HD-1\tescalated, resolution of all\tA ticket"] + 2 * [
        "HD-2\tescalated, resolution of all\tA ticket"
    ]
    for number in (1, 2):
        text = (scheduled / f"tickets/2026/11/HD-{number}.md").read_text()
        assert "assignee: ada\n" in text
        assert "priority: urgent\n" in text
        assert len([*(scheduled / f"tickets/2026/11/HD-{number}").iterdir()]) == 2
    assert run("tick").out == ""


TASK = "{title: Check the backups, type: task, category: network, priority: low}"


def recurring(desk: Path, text: str) -> None:
    """Commit rules of recurrence."""
    with (desk / "tracker.yml").open("a") as file:
        file.write(f"recurring:\n{text}")
    landed(desk, 1)


def test_each_rule_is_tried_whatever_the_others_do(scheduled: Path, run: Run) -> None:
    (scheduled / "templates/tickets").mkdir(parents=True)
    (scheduled / "templates/tickets/broken.md").write_text("---\na: [\n---\n")
    recurring(
        scheduled,
        "  a: {rule: FREQ=DAILY, start: 2026-01-05, ticket: {title: No category}}\n"
        f"  b: {{rule: FREQ=DAILY, start: 2026-01-05, template: nowhere, ticket: {TASK}}}\n"
        f"  c: {{rule: FREQ=DAILY, start: 2026-01-05, template: broken, ticket: {TASK}}}\n"
        f"  d: {{rule: FREQ=DAILY, start: 2026-01-05, ticket: {TASK}}}\n"
        f"  e: {{rule: FREQ=DAILY, start: 2026-01-05, ticket: {TASK}}}\n",
    )
    with_status(scheduled, 1, "resolved")
    landed(scheduled, 20)
    done = run("tick")
    assert done.code == 1
    assert (
        done.out
        == "HD-2\tfiled\tCheck the backups\nHD-3\tfiled\tCheck the backups\nHD-1\tresolved → closed\tA ticket\n"
    )
    told = done.err.splitlines()
    assert told[0].startswith("recurring.a: category is missing.")
    assert told[1].startswith("recurring.b: There is no ticket template “nowhere”.")
    assert told[2].startswith("recurring.c: templates/tickets/broken.md:")


def test_what_cannot_be_said_of_a_new_ticket_is_told(scheduled: Path, run: Run) -> None:
    with (scheduled / "tracker.yml").open("a") as file:
        file.write("cataloguing: {rules: [{when: 'type:task', set: {work: onsite}}]}\n")
    recurring(scheduled, f"  a: {{rule: FREQ=DAILY, start: 2026-01-05, ticket: {TASK}}}\n")
    done = run("tick")
    assert (done.code, done.out) == (1, "HD-1\tfiled\tCheck the backups\n")
    assert done.err.startswith("HD-1: location is missing.")


def test_a_recurring_ticket_that_is_deleted_is_not_made_again(scheduled: Path, run: Run) -> None:
    recurring(scheduled, f"  a: {{rule: FREQ=MONTHLY;COUNT=1, start: 2026-11-02, ticket: {TASK}}}\n")
    assert run("tick", "--commit").out == "HD-1\tfiled\tCheck the backups\n"
    (scheduled / "tickets/2026/11/HD-1.md").unlink()
    assert run("tick").out == ""
    landed(scheduled, 0)
    assert run("tick").out == ""


def test_only_accepted_tickets_of_a_moment_that_came_stand_for_it(scheduled: Path, run: Run) -> None:
    write_ticket(scheduled, 1, more="source:\n  recurring: a\n  occurrence: zzz\n")
    write_ticket(scheduled, 2, more="source:\n  recurring: a\n  occurrence: 2999-01-01T00:00:00\n")
    write_ticket(scheduled, 3, more="source:\n  recurring: a\n")
    write_ticket(scheduled, 4, more="source:\n  recurring: b\n  occurrence: 2026-11-01T23:00:00Z\n")
    draft = scheduled / "tickets/drafts/HD-k7q3x.md"
    draft.parent.mkdir()
    said = "source: {recurring: a, occurrence: '2026-11-02T00:00:00'}\n"
    draft.write_text(ticket(5, more=said).replace("HD-5", "HD-k7q3x"))
    recurring(
        scheduled,
        f"  a: {{rule: FREQ=DAILY;COUNT=1, start: 2026-11-02, ticket: {TASK}}}\n"
        f"  b: {{rule: FREQ=DAILY;COUNT=1, start: 2026-11-02, ticket: {TASK}}}\n",
    )
    assert run("tick", "--commit").out == "HD-5\tfiled\tCheck the backups\n"
    assert "recurring: a\n" in (scheduled / "tickets/2026/11/HD-5.md").read_text()
    assert run("tick").out == ""


def test_a_moment_that_the_clocks_leave_out_is_an_hour_later(scheduled: Path, run: Run) -> None:
    recurring(scheduled, f"  a: {{rule: FREQ=DAILY;COUNT=1, start: 2026-03-29T02:30, ticket: {TASK}}}\n")
    assert run("tick", "--commit").out == "HD-1\tfiled\tCheck the backups\n"
    text = (scheduled / "tickets/2026/03/HD-1.md").read_text()
    assert "created: 2026-03-29T03:30:00+02:00\n" in text
    assert "occurrence: '2026-03-29T02:30:00'\n" in text
    assert run("tick").out == ""


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("FREQ=DAILY;INTERVAL=0", "is no rule of recurrence."),
        ("FREQ=DAILY;INTERVAL=-1", "is no rule of recurrence."),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "no ticket is made in the 10 years after its start."),
    ],
)
def test_a_rule_that_cannot_be_followed_is_said_with_its_place(
    scheduled: Path, run: Run, rule: str, said: str
) -> None:
    recurring(scheduled, f"  a:\n    start: 2026-01-05\n    rule: {rule}\n    ticket: {TASK}\n")
    line = (scheduled / "tracker.yml").read_text().splitlines().index(f"    rule: {rule}") + 1
    done = run("tick")
    assert done.code == 3
    assert f"tracker.yml:{line}:11: " in done.err
    assert said in done.err
