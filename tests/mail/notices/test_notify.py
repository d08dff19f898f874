"""Who is told of what: each case is what happens at a desk, and the mail that comes of it."""

import json
import shutil
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import Run, git
from tests.mail.notices.conftest import SETTINGS, Desk, Server, Taken, mail, ticket
from tracker.mail.bounced import forget_bounced, mark_bounced
from tracker.mail.delivery import IMPORTED, deliver, deliver_fetched
from tracker.mail.processing import process
from tracker.store.spool import State

MONTH = f"tickets/{datetime.now(UTC):%Y/%m}"
PLACE = f"{MONTH}/HD-1"
NOW = datetime.now(UTC).isoformat(timespec="seconds")
OLD = (datetime.now(UTC) - timedelta(days=30)).isoformat(timespec="seconds")


def said(author: str, text: str = "Words", visibility: str = "public", **more: str) -> dict[str, str]:
    """Return a comment as a file of the desk."""
    fields = {"author": author, "created": NOW, "visibility": visibility, **more}
    head = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return {f"{PLACE}/2026-11-24T101200Z-{author.partition('@')[0]}.md": f"---\n{head}---\n{text}\n"}


def is_now(**fields: str) -> dict[str, str]:
    """Return the ticket of the cases as a file of the desk."""
    return {f"{PLACE}.md": ticket(1, **{"created": NOW, **fields})}


class Case(NamedTuple):
    """What happens.

    Attributes:
        told: whom the mail is to, each with what it is about.
        before: the ticket's fields; None where there is none yet.
        files: what a commit changes.
        by: the address of its author; the desk's program where it is empty.
        settings: the desk's.
    """

    told: Mapping[str, str]
    before: Mapping[str, str] | None
    files: Mapping[str, str]
    by: str = ""
    settings: Mapping[str, Any] = {}


OMARS = {"assignee": "omar", "watchers": "[ada]"}
LEA, OMAR, ADA = "lea@example.com", "omar@example.org", "ada@example.org"
PASSED = "mx.example.org; dmarc=pass header.from=example.org"


def people(**changes: Mapping[str, Any]) -> dict[str, Any]:
    known = SETTINGS["people"]
    return {"people": {**known, **{name: {**known[name], **one} for name, one in changes.items()}}}


CASES = {
    "a new request": Case({LEA: "We have your request"}, None, is_now()),
    "a new request that has somebody": Case(
        {LEA: "We have your request", OMAR: "This ticket is yours now"}, None, is_now(assignee="omar")
    ),
    "a request that its requester committed": Case({}, None, is_now(), by=LEA),
    "an imported request": Case({}, None, is_now(created=OLD)),
    "a request that waited for a merge": Case(
        {OMAR: "This ticket is yours now"}, None, is_now(created=OLD, assignee="omar")
    ),
    "a request that came done": Case({}, None, is_now(status="closed")),
    "a request by automatic mail": Case({}, None, is_now(source="{mail: abc, automatic: bulk}")),
    "a request that says it is automatic": Case({}, None, is_now(automatic="auto-replied")),
    "an internal request": Case({OMAR: "yours now"}, None, is_now(visibility="internal", assignee="omar")),
    "a request of one of the desk’s people": Case(
        {ADA: "We have your request"}, None, is_now(requester="{name: Ada, email: ada@example.org}")
    ),
    "a request of the desk itself": Case(
        {}, None, is_now(requester="{email: help+hd-1.r.abcdefghijklmnopqrst@example.org}")
    ),
    "an assignment": Case({OMAR: "This ticket is yours now"}, {}, is_now(assignee="omar")),
    "an assignment to oneself": Case({}, {}, is_now(assignee="omar"), by=OMAR),
    "staff’s words": Case({LEA: "Omar Haddad wrote:", ADA: "Words"}, OMARS, said("omar")),
    "staff’s words, committed by themselves": Case({LEA: "Words", ADA: "Words"}, OMARS, said("omar"), by=OMAR),
    "other staff’s words": Case({LEA: "Ada Byron wrote:", OMAR: "Words"}, OMARS, said("ada")),
    "the requester’s words": Case({OMAR: "Léa Martin wrote:", ADA: "Words"}, OMARS, said(LEA)),
    "internal words": Case({OMAR: "Ada Byron wrote, for the desk’s people"}, OMARS, said("ada", "W", "internal")),
    "words of a broken visibility": Case({OMAR: "for the desk’s people"}, OMARS, said("ada", "W", "[public]")),
    "words about an internal ticket": Case(
        {OMAR: "Ada Byron wrote:"}, {**OMARS, "visibility": "internal"}, {**said("ada")}
    ),
    "a vacation responder’s words": Case(
        {}, OMARS, said(LEA, "Away", "internal", automatic="auto-replied", source="{mail: abc}")
    ),
    "a reminder": Case(
        {LEA: "Omar Haddad wrote:", ADA: "wrote:"}, OMARS, said("omar", automatic="reminder")
    ),
    "work begins": Case({}, OMARS, is_now(**OMARS, status="in_progress")),
    "it waits": Case({LEA: "waits for an answer", ADA: "waits"}, OMARS, is_now(**OMARS, status="waiting")),
    "it is done": Case({LEA: "is done", ADA: "is done"}, OMARS, is_now(**OMARS, status="resolved")),
    "it is done, by a watcher": Case({LEA: "is done"}, OMARS, is_now(**OMARS, status="resolved"), by=ADA),
    "it is closed": Case({LEA: "is closed"}, {"status": "resolved"}, is_now(status="closed")),
    "it is opened again": Case({LEA: "is open again"}, {"status": "closed"}, is_now()),
    "an answer opens it again": Case(
        {OMAR: "Léa Martin wrote:", ADA: "is open again"},
        {**OMARS, "status": "closed"},
        {**is_now(**OMARS), **said(LEA)},
    ),
    "words and a change are one mail": Case(
        {LEA: "is done"}, {"assignee": "omar"}, {**is_now(assignee="omar", status="resolved"), **said("omar")}
    ),
    "another title": Case({}, OMARS, is_now(**OMARS, title="Other")),
    "no notices for one": Case({LEA: "wrote:"}, OMARS, said("omar"), settings=people(ada={"notices": "none"})),
    "own notices only, of a watcher": Case(
        {LEA: "wrote:"}, OMARS, said("omar"), settings=people(ada={"notices": "own"})
    ),
    "own notices only, of the assignee": Case(
        {OMAR: "wrote:", ADA: "wrote:"}, OMARS, said(LEA), settings=people(omar={"notices": "own"})
    ),
    "somebody who has left": Case(
        {LEA: "wrote:"}, OMARS, said("omar"), settings=people(ada={"active": {"until": "2026-01-31"}})
    ),
    "no receipts at this desk": Case({}, None, is_now(), settings={"mail": {"notices": {"receipt": []}}}),
    "comments to requesters only": Case(
        {LEA: "wrote:"}, OMARS, said("ada"), settings={"mail": {"notices": {"comment": "requester"}}}
    ),
    "one person in two parts": Case(
        {OMAR: "wrote:"}, {**OMARS, "requester": "{email: omar@example.org}", "watchers": ""}, said("ada")
    ),
}  # fmt: skip


def write(desk: Desk, files: Mapping[str, str]) -> None:
    for path, text in files.items():
        place = desk.folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)


def numbered(text: str, number: int) -> str:
    """Return a text of the cases about another ticket than HD-1."""
    return text.replace("HD-1", f"HD-{number}")


def told_of(taken: list[Taken], number: int) -> dict[str, str]:
    """Return the words of the mail about a ticket by their recipients, each of whom got one."""
    found = [one for one in taken if f"[HD-{number}]" in str(one.message["Subject"])]
    assert len({one.recipient for one in found}) == len(found)
    return {one.recipient: one.words for one in found}


def test_those_are_told_whom_it_concerns(sending: Desk, server: Server) -> None:
    usual = {name: case for name, case in CASES.items() if not case.settings}
    for number, case in enumerate(usual.values(), 10):
        before = is_now(**case.before) if case.before is not None else {}
        write(sending, {numbered(path, number): numbered(text, number) for path, text in before.items()})
    sending.commit("Before")
    sending.put_out()
    shutil.rmtree(sending.room.spool.folder / "outbox")
    for number, case in enumerate(usual.values(), 10):
        write(sending, {numbered(path, number): numbered(text, number) for path, text in case.files.items()})
        sending.commit("After", case.by, push=False)
    git(sending.folder, "push", "-q", "origin", "main")
    sending.notify()
    taken = server.take()
    for number, (name, case) in enumerate(usual.items(), 10):
        told = told_of(taken, number)
        assert set(told) == set(case.told), name
        assert {one: words for one, words in case.told.items() if words not in told[one]} == {}, name
    sending.notify()
    assert server.take() == []


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.settings])
def test_the_desk_and_its_people_choose(tmp_path: Path, server: Server, port: int, name: str) -> None:
    case = CASES[name]
    desk = Desk(tmp_path, dict(case.settings), port)
    if case.before is not None:
        write(desk, is_now(**case.before))
        desk.commit("Before")
    desk.put_out()
    write(desk, case.files)
    desk.commit("After", case.by)
    desk.notify()
    told = told_of(server.take(), 1)
    assert set(told) == set(case.told)
    assert {one: words for one, words in case.told.items() if words not in told[one]} == {}


def test_what_programs_do_is_told_to_whoever_lent_them_their_name(
    tmp_path: Path, server: Server, port: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Intake and triage run with the Git identity of an administrator, who must hear of what they do."""
    desk = Desk(tmp_path, {"assignment": {"dispatcher": "omar"}}, port)
    git(desk.folder, "config", "user.email", OMAR)
    desk.put_out()
    assert desk.receive(mail(LEA, "Jam")) == [("created", "HD-1")]
    desk.notify()
    told = {one.recipient: one.words for one in server.take()}
    assert {*told} == {LEA, OMAR}
    assert "This ticket is yours now" in told[OMAR]
    assert desk.receive(mail(ADA, "[HD-1]", "Look here.\n", Authentication_Results=PASSED)) == [
        ("appended", "HD-1")
    ]
    desk.notify()
    assert {one.recipient for one in server.take()} == {LEA, OMAR}
    write(desk, {f"{MONTH}/HD-2.md": ticket(2, created=NOW)})
    desk.commit("By hand")
    desk.notify()
    server.take()
    monkeypatch.chdir(desk.folder)
    assert run("triage", "--push").code == 0
    desk.notify()
    assert [one.recipient for one in server.take()] == [OMAR]


def take_in(desk: Desk) -> None:
    git(desk.folder, "pull", "-q", "--rebase", "origin", "main")
    outcomes = {one.decision.outcome.value for one in process(desk.room, 10)}
    assert outcomes
    assert outcomes <= {"created", "appended"}


def test_nobody_waits_for_an_answer_to_what_was_imported(tmp_path: Path, server: Server, port: int) -> None:
    """How a message came in says so, not the clock of its sender, nor for how long a person let it wait."""
    desk = Desk(tmp_path, {"assignment": {"dispatcher": "omar"}, "mail": {"limits": {"sender": 1}}}, port)
    desk.put_out()
    now, then = datetime.now(UTC), datetime.now(UTC) - timedelta(days=30)
    long_ago = {"Date": "Tue, 01 Jan 2019 00:00:13 +0100"}
    old = {"Date": format_datetime(then)}
    deliver_fetched(desk.room.spool, mail(LEA, "Wrong clock", **long_ago), now, ())
    take_in(desk)
    assert [(entry.id, entry.ticket.created.date()) for entry in desk.room.workspace.entries] == [
        ("HD-1", now.astimezone(desk.room.workspace.configuration.zone).date())
    ]
    desk.notify()
    assert {one.recipient for one in server.take()} == {LEA, OMAR}

    deliver_fetched(desk.room.spool, mail("eve@example.com", "Lay in the mailbox", **old), then, ())
    deliver(desk.room.spool, mail("bob@example.com", "Archive", **old), IMPORTED)
    deliver(desk.room.spool, mail(ADA, "[HD-1]", "Ada’s old words\n", **old), IMPORTED)
    take_in(desk)
    desk.notify()
    assert server.take() == []

    assert desk.receive(mail(LEA, "Too much")) == [("held", "")]
    (held,) = desk.room.spool.identities(State.HELD)
    record = desk.room.spool.record(held)
    waited = record._replace(received=(now - timedelta(days=8)).isoformat(timespec="seconds"))
    desk.room.spool.retry(held, waited.again(released=True))
    take_in(desk)
    desk.notify()
    assert {one.recipient for one in server.take()} == {LEA, OMAR}


def test_somebody_in_cc_watches_a_ticket(
    sending: Desk, server: Server, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An outsider: the desk knows nothing of them but their address."""
    write(sending, is_now())
    sending.commit("A ticket")
    sending.put_out()
    monkeypatch.chdir(sending.folder)
    assert run("set", "HD-1", "watchers+=sue@example.com").code == 0
    assert run("set", "HD-1", "watchers+=sue@@example.com").code == 2
    assert run("set", "HD-1", "watchers+=sue").code == 2
    assert run("validate").code == 0
    write(sending, said("omar", "Words for sue@example.com"))
    sending.commit("Words")
    sending.notify()
    told = {one.recipient: one for one in server.take()}
    assert {*told} == {LEA, "sue@example.com"}
    assert "Words for •••" in told[LEA].words
    assert "sue@example.com" not in told[LEA].words


def test_the_first_run_tells_nothing(tmp_path: Path, server: Server, port: int) -> None:
    desk = Desk(tmp_path, {}, port)
    write(desk, is_now())
    desk.commit("A ticket")
    desk.notify()
    assert server.take() == []
    assert "refs/tracker/notified" in git(desk.folder, "ls-remote", "origin")


def test_what_does_not_hold_any_longer_is_not_told(sending: Desk, server: Server) -> None:
    write(sending, is_now())
    sending.commit("A ticket")
    sending.notify()
    server.take()
    for fields in ({"status": "resolved", "assignee": "omar"}, {}):
        write(sending, is_now(**fields))
        sending.commit("Changed")
    sending.notify()
    assert server.take() == []


def test_what_two_commits_tell_is_two_mails(sending: Desk, server: Server) -> None:
    write(sending, is_now(assignee="omar"))
    sending.commit("A ticket")
    sending.notify()
    server.take()
    for author in ("omar", "ada"):
        write(sending, said(author))
        sending.commit("Words")
    sending.notify()
    subjects = [(one.recipient, str(one.message["Subject"])) for one in server.take()]
    same = "[HD-1] A ticket"
    assert sorted(subjects) == [(LEA, same), (LEA, same), (OMAR, same)]


def test_a_draft_has_its_receipt_when_it_came_and_not_again_when_it_is_accepted(
    sending: Desk, server: Server
) -> None:
    draft = numbered(ticket(1, created=NOW), 1).replace("HD-1", "HD-k7q3x")
    write(sending, {"tickets/drafts/HD-k7q3x.md": draft})
    sending.commit("A draft")
    sending.notify()
    (receipt,) = server.take()
    git(sending.folder, "rm", "-q", "tickets/drafts/HD-k7q3x.md")
    write(sending, is_now(assignee="omar", aliases="[HD-k7q3x]"))
    sending.commit("Accepted")
    sending.notify()
    (assignment,) = server.take()
    assert (receipt.recipient, assignment.recipient) == (LEA, OMAR)
    root = receipt.message["References"]
    assert assignment.message["References"].split()[0] == root


def test_a_branch_that_was_merged_the_wrong_way_round_is_not_told_twice(
    sending: Desk, server: Server
) -> None:
    git(sending.folder, "checkout", "-qb", "side")
    write(sending, {"README.md": "Words"})
    git(sending.folder, "add", "-A")
    git(sending.folder, "commit", "-qm", "Beside")
    git(sending.folder, "checkout", "-q", "main")
    write(sending, is_now(assignee="omar", status="waiting") | said("ada"))
    sending.commit("A ticket")
    sending.notify()
    assert len(server.take()) == 2
    git(sending.folder, "checkout", "-q", "side")
    git(sending.folder, "merge", "-q", "--no-edit", "main")  # main is the second parent now
    git(sending.folder, "branch", "-qf", "main", "side")
    git(sending.folder, "checkout", "-q", "main")
    git(sending.folder, "push", "-q", "origin", "main")
    sending.notify()
    assert server.take() == []


def test_a_rewritten_history_tells_what_is_new(sending: Desk, server: Server) -> None:
    write(sending, is_now())
    sending.commit("A ticket")
    sending.notify()
    server.take()
    write(sending, {f"{MONTH}/HD-2.md": ticket(2, created=NOW)})
    git(sending.folder, "add", "-A")
    git(sending.folder, "commit", "-q", "--amend", "-m", "Both")
    git(sending.folder, "push", "-qf", "origin", "main")
    sending.notify()
    assert [str(one.message["Subject"]) for one in server.take()] == ["[HD-2] A ticket"]


def test_a_mark_holds_nothing_of_what_was_told(
    sending: Desk, server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once somebody’s words are rewritten away, no ref of ours still serves them; what is new is told."""
    write(sending, is_now())
    sending.commit("Words to be forgotten")
    sending.notify()
    server.take()
    with monkeypatch.context() as patch:  # who rewrites a history keeps its times
        patch.setenv("GIT_COMMITTER_DATE", (datetime.now(UTC) - timedelta(minutes=1)).isoformat())
        git(sending.folder, "commit", "-q", "--amend", "-m", "Rewritten")
    git(sending.folder, "push", "-qf", "origin", "main")
    assert "forgotten" not in git(sending.remote, "log", "--all", "--format=%s")
    git(sending.remote, "reflog", "expire", "--expire=now", "--all")
    git(sending.remote, "gc", "-q", "--prune=now")
    other = sending.clone(tmp_path / "other")
    write(other, {f"{MONTH}/HD-2.md": ticket(2, created=NOW)})
    other.commit("New")
    other.notify()
    assert [str(one.message["Subject"]) for one in server.take()] == ["[HD-2] A ticket"]


def test_a_desk_without_a_remote_tells_as_well(tmp_path: Path, server: Server, port: int) -> None:
    desk = Desk(tmp_path, {}, port)
    git(desk.folder, "remote", "remove", "origin")
    desk.put_out()
    write(desk, is_now())
    git(desk.folder, "add", "-A")
    git(desk.folder, "commit", "-qm", "A ticket")
    desk.notify()
    desk.notify()
    assert [one.recipient for one in server.take()] == [LEA]
    told = git(desk.folder, "log", "-1", "--format=%(trailers:key=Tip,valueonly)", "refs/tracker/notified")
    assert told.strip() == git(desk.folder, "rev-parse", "main").strip()


def test_an_address_that_bounced_gets_nothing_more(sending: Desk, server: Server) -> None:
    folder = sending.room.spool.folder
    mark_bounced(folder, ["LEA@example.com"], "550 no such\r\nuser")
    write(sending, is_now())
    sending.commit("A ticket")
    sending.notify()
    assert server.take() == []
    kept = json.loads((folder / "bounced.json").read_text())
    assert kept["lea@example.com"]["reason"] == "550 no such user"
    assert forget_bounced(folder, LEA)
    assert not forget_bounced(folder, LEA)
    write(sending, said("omar"))
    sending.commit("Words")
    sending.notify()
    assert [one.recipient for one in server.take()] == [LEA]


def test_a_desk_in_a_folder_of_a_repository_has_a_mark_of_its_own(tmp_path: Path, port: int) -> None:
    desk = Desk(tmp_path, {}, port)
    inner = desk.folder / "inner"
    inner.mkdir()
    (inner / "tracker.yml").write_text((desk.folder / "tracker.yml").read_text())
    desk.commit("Two desks")
    desk.put_out()
    desk.folder = inner
    desk.put_out()
    assert git(inner, "ls-remote", "origin").count("refs/tracker/notified") == 2
