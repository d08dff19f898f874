"""No message is lost in the spool, and none is in two places for long."""

import json
import os
import threading
import time
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from io import BytesIO, TextIOWrapper
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from tests.mail.conftest import NewDesk
from tests.mail.dovecot import free_port
from tracker.errors import StorageError
from tracker.mail import processing
from tracker.mail.arrival import Arrival
from tracker.mail.bounced import mark_bounced
from tracker.mail.delivery import deliver
from tracker.mail.intake import TakenIn
from tracker.mail.mailroom import open_mailroom
from tracker.store.lock import held
from tracker.store.record import Outcome, Record, read_record, write_record
from tracker.store.spool import Spool, State
from tracker.workspace import Workspace

ONE, OTHER = "a" * 64, "b" * 64


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    """A spool with one message."""
    spool = Spool(tmp_path / "spool")
    assert spool.deliver(ONE, b"words", Record(recipients=("x@example.org",)))
    return spool


def test_the_same_message_is_there_once_and_knows_all_its_recipients(spool: Spool) -> None:
    assert not spool.deliver(ONE, b"words", Record(recipients=("y@example.org",)))
    assert spool.identities(State.NEW) == [ONE]
    assert spool.record(ONE).recipients == ("x@example.org", "y@example.org")


def test_nobody_else_can_claim_a_message(spool: Spool) -> None:
    with spool.claimed(5) as mine, spool.claimed(5) as theirs:
        assert [claim.identity for claim in mine] == [ONE]
        assert theirs == []
    assert spool.state(ONE) is State.NEW


def test_what_a_dead_worker_had_is_claimed_first(spool: Spool) -> None:
    spool.deliver(OTHER, b"more words", Record())
    (spool.folder / "new" / f"{OTHER}.eml").rename(spool.folder / "claimed" / f"{OTHER}.eml")
    with spool.claimed(1) as (claim,):
        assert (claim.identity, claim.data) == (OTHER, b"more words")


def test_a_message_has_one_end(spool: Spool) -> None:
    with spool.claimed(1) as (claim,):
        spool.finish(ONE, claim.record._replace(outcome=Outcome.HELD.value), State.HELD)
    assert spool.state(ONE) is State.HELD
    assert not spool.deliver(ONE, b"words", Record())
    with spool.claimed(1) as none:
        assert none == []
    spool.retry(ONE, spool.record(ONE).again(released=True))
    assert spool.state(ONE) is State.NEW
    with pytest.raises(StorageError):
        spool.retry(ONE, Record())


def test_many_workers_share_the_messages(tmp_path: Path) -> None:
    spool, had = Spool(tmp_path / "spool"), list[str]()
    for number in range(60):
        spool.deliver(f"{number:064x}", b"words", Record())

    def work() -> None:
        while True:
            with spool.claimed(7) as claims:
                if not claims:
                    return
                for claim in claims:
                    had.append(claim.identity)
                    spool.finish(claim.identity, claim.record, State.DONE)

    threads = [threading.Thread(target=work) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(had) == sorted(spool.identities(State.DONE))
    assert len(had) == 60


def test_a_full_disk_is_told_and_leaves_nothing_half(spool: Spool, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError, match="No space left"):
        spool.deliver(OTHER, b"words", Record())
    assert spool.state(OTHER) is None
    assert [path.name for path in (spool.folder / "new").iterdir()] == [f"{ONE}.eml"]


def test_a_damaged_record_costs_what_it_said_and_nothing_else(spool: Spool) -> None:
    (spool.folder / "records" / f"{ONE}.json").write_text("{")
    assert spool.record(ONE) == Record()
    with spool.claimed(1) as (claim,):
        assert claim.data == b"words"


_texts = st.text(st.characters(codec="utf-8"))


@given(
    st.builds(
        Record, received=_texts, recipients=st.lists(_texts).map(tuple), author=_texts, attempts=st.integers()
    )
)
def test_a_record_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, record: Record) -> None:
    folder = tmp_path_factory.getbasetemp() / "records-of-one"
    (folder / "records").mkdir(parents=True, exist_ok=True)
    write_record(folder, ONE, record)
    assert read_record(folder, ONE) == record
    assert json.loads((folder / "records" / f"{ONE}.json").read_bytes())


def test_no_more_is_claimed_than_fits_into_memory_but_always_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.claiming._ENOUGH", 10)
    spool = Spool(tmp_path / "spool")
    for number, size in enumerate((4, 6, 1, 99, 1)):
        spool.deliver(f"{number:064x}", b"x" * size, Record())
        os.utime(spool.folder / "new" / f"{number:064x}.eml", (number, number))
    sizes = []
    for _batch in range(3):
        with spool.claimed(50) as claims:
            sizes.append([len(claim.data) for claim in claims])
            for claim in claims:
                spool.finish(claim.identity, claim.record, State.DONE)
    assert sizes == [[4, 6], [1, 99], [1]]


def test_what_failed_takes_no_room_from_the_others(
    new_desk: NewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.claiming._ENOUGH", 300)
    room = open_mailroom(Workspace.open(new_desk()))
    for number in range(5):
        text = "x" * 200 if number < 2 else ""
        data = f"From: lea@example.com\nSubject: {number}\n\n{text}\n".encode()
        identity, _is_new = deliver(room.spool, data, "receive")
        os.utime(room.spool.folder / "new" / f"{identity}.eml", (number, number))
    take_in = processing.take_in

    def fails(desk: Workspace, arrivals: Sequence[Arrival], *rest: Any) -> TakenIn:
        if any("xxx" in arrival.message.text for arrival in arrivals):
            raise KeyError
        return take_in(desk, arrivals, *rest)

    monkeypatch.setattr(processing, "take_in", fails)
    done = [one.decision.outcome for one in processing.process(room, 50)]
    assert done == [Outcome.CREATED] * 3
    assert len(room.spool.identities(State.NEW)) == 2


def test_a_message_is_free_again_though_another_process_holds_the_spool(
    spool: Spool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.states.held", partial(held, patience=0.1))
    with ExitStack() as other, pytest.raises(StorageError, match="Another tracker"), spool.claimed(1):
        other.enter_context(held(spool.folder / "lock"))
    with spool.claimed(1) as (claim,):
        assert claim.identity == ONE


@pytest.mark.parametrize(
    "first", ["fetch", "import", "receive", "notify", "bounced", "intake", "made before"]
)
def test_only_its_owner_can_read_what_lies_in_the_spool(
    new_desk: NewDesk, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    place = tmp_path / "above" / "spool"
    monkeypatch.setenv("TRACKER_SPOOL", str(place))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "1.eml").write_bytes(b"From: lea@example.com\nSubject: x\n\nIt jams.\n")
    smtp = {"host": "127.0.0.1", "port": free_port(), "security": "none"}
    new_desk(mailboxes={"local": {"files": str(tmp_path / "in")}}, smtp=smtp)
    commands = {
        "fetch": ("mail", "fetch"),
        "import": ("mail", "import", str(tmp_path / "in")),
        "receive": ("mail", "receive"),
        "notify": ("mail", "notify"),
        "bounced": ("mail", "bounced", "--forget", "lea@example.com"),
        "intake": ("intake", "json", str(tmp_path / "told.json")),
    }
    told = {"version": 1, "id": "1", "who": {"email": "lea@example.com"}, "text": "It jams."}
    (tmp_path / "told.json").write_text(json.dumps(told))
    before = os.umask(0)
    try:
        if first == "made before":
            place.mkdir(parents=True)
        for name in (*[one for one in commands if one == first], *commands):
            monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"Subject: y\n\nIt jams.\n")))
            run(*commands[name])
            mark_bounced(place, [f"{name}@example.com"], "No such user")
    finally:
        os.umask(before)
    inside = {path for path in place.rglob("*") if "outbox" not in path.parts and "lock" not in path.name}
    assert {path for path in inside if path.stat().st_mode & 0o077} == set()
    assert (place.stat().st_mode & 0o077 == 0) is (first != "made before")
    found = {path.relative_to(place).parts[0] for path in inside if path.is_file()}
    assert found >= {"bounced.json", "done", "held", "positions", "records", "secret"}


def _delivers(folder: Path, recipient: str) -> None:
    Spool(folder).deliver(ONE, b"words", Record(recipients=(recipient,)))


def test_no_recipient_and_no_outcome_is_lost_when_a_mail_comes_again_meanwhile(spool: Spool) -> None:
    processes = [
        get_context("fork").Process(target=_delivers, args=(spool.folder, f"{number}@example.org"))
        for number in range(20)
    ]
    with spool.claimed(1) as (claim,):
        for process in processes:
            process.start()
        finished = claim.record._replace(outcome=Outcome.HELD.value, finished="now")
        spool.finish(ONE, finished, State.HELD)
    for process in processes:
        process.join()
    record = spool.record(ONE)
    assert record._replace(recipients=()) == finished._replace(recipients=())
    assert {*record.recipients} == {"x@example.org", *(f"{number}@example.org" for number in range(20))}
    assert spool.state(ONE) is State.HELD
    assert not spool.waits


def test_a_recipient_that_came_meanwhile_stays(spool: Spool) -> None:
    with spool.claimed(1) as (claim,):
        _delivers(spool.folder, "y@example.org")
        spool.note(ONE, claim.record._replace(attempts=1))
        _delivers(spool.folder, "z@example.org")
        spool.finish(ONE, claim.record._replace(attempts=2), State.DONE)
    assert spool.record(ONE) == Record(
        recipients=("x@example.org", "y@example.org", "z@example.org"), attempts=2
    )


def test_a_process_that_was_forked_keeps_no_lock(spool: Spool) -> None:
    with held(spool.folder / "lock"):
        child = get_context("fork").Process(target=time.sleep, args=(60,), daemon=True)
        child.start()
    try:
        with held(spool.folder / "lock", patience=0.1):
            pass
    finally:
        child.kill()
        child.join()
