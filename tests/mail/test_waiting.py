"""What waits costs each batch one look: intake stays as fast with thousands of messages before it."""

import os
from collections.abc import Iterator
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk
from tracker.mail.delivery import deliver
from tracker.mail.mailroom import Mailroom, open_mailroom
from tracker.mail.processing import process
from tracker.store.record import Record
from tracker.store.spool import Spool, State
from tracker.workspace import Workspace

MAILS = 12


def _mail(number: int) -> bytes:
    answered = f"In-Reply-To: <{number - 1}@x>\n" if number % 3 else ""
    return (
        f"From: lea@example.com\nTo: help@example.org\nMessage-ID: <{number}@x>\n{answered}"
        f"Subject: Printer {number}\n\nIt jams.\n"
    ).encode()


def test_the_spool_is_listed_once_for_a_batch_and_no_record_is_read_again(
    new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = open_mailroom(Workspace.open(new_desk()))
    for number in range(MAILS):
        deliver(room.spool, _mail(number), "receive")
    listed, counted = list[int](), list[str]()
    waiting, record = Spool.waiting, Spool.record

    def noted_waiting(spool: Spool) -> list[str]:
        listed.append(1)
        return waiting(spool)

    def noted_record(spool: Spool, identity: str) -> Record:
        if spool.state(identity) is State.DONE:
            counted.append(identity)
        return record(spool, identity)

    monkeypatch.setattr(Spool, "waiting", noted_waiting)
    monkeypatch.setattr(Spool, "record", noted_record)
    done = list(process(room, 3))
    assert [one.decision.outcome for one in done] == ["created", "appended", "appended"] * (MAILS // 3)
    assert len(listed) == MAILS // 3
    assert len(counted) == len({*counted}) == MAILS - 3


@pytest.fixture
def room_with_a_hanging_worker(new_desk: NewDesk) -> Iterator[Mailroom]:
    """Another worker has a message and does not go on; an answer to it waits, and something else."""
    room = open_mailroom(Workspace.open(new_desk()))
    for number in range(4):
        deliver(room.spool, _mail(number), "receive")
    with room.spool.claimed(1):
        yield room


def test_what_answers_a_message_that_another_worker_has_is_left_to_the_next_run(
    room_with_a_hanging_worker: Mailroom,
) -> None:
    room, slept = room_with_a_hanging_worker, list[float]()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tracker.mail.processing.sleep", slept.append)
        assert [one.decision.outcome for one in process(room, 10)] == ["created"]
    assert 1 < len(slept) < 10
    assert 2 < sum(slept) < 10
    assert len(room.spool.identities(State.NEW)) == 2


def test_an_answer_waits_for_what_has_no_brackets_around_its_id(new_desk: NewDesk) -> None:
    room = open_mailroom(Workspace.open(new_desk()))
    request = b"From: lea@example.com\nSubject: Jam\nMessage-ID: abc@x\n\nIt jams.\n"
    answer = b"From: lea@example.com\nSubject: More\nIn-Reply-To: <abc@x>\n\nStill.\n"
    first, second = (deliver(room.spool, data, "receive")[0] for data in (request, answer))
    for number, identity in enumerate((first, second)):
        os.utime(room.spool.folder / "new" / f"{identity}.eml", (number, number))
    with room.spool.claimed(1):
        assert list(process(room, 10, pauses=())) == []
    assert [one.decision.outcome for one in process(room, 10)] == ["created", "appended"]


def test_a_mail_server_waits_for_no_other_worker(
    room_with_a_hanging_worker: Mailroom, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.mail.processing.sleep", pytest.fail)
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(_mail(6))))
    done = run("mail", "receive", "help@example.org")
    assert (done.code, done.out.count("created")) == (0, 2)
    assert len(room_with_a_hanging_worker.spool.identities(State.NEW)) == 2


def test_what_waits_is_listed_in_the_order_it_came(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    names = [f"{number:064x}" for number in (3, 1, 2)]
    for name in names:
        spool.deliver(name, b"words", Record())
    with spool.claimed(2) as claims:
        assert [claim.identity for claim in claims] == names[:2]
        assert spool.waiting() == names
        spool.finish(names[0], claims[0].record, State.DONE)
    assert spool.waiting() == names[1:]
