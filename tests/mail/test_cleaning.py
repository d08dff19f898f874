"""The spool forgets whose a message was that was done long ago, but not that it was done."""

import json
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.mail.conftest import NewDesk
from tracker.mail.delivery import deliver
from tracker.mail.mailroom import open_mailroom
from tracker.mail.processing import process
from tracker.store.record import Record
from tracker.store.spool import Spool, State
from tracker.workspace import Workspace

MAIL = b"From: lea@example.com\nTo: help@example.org\nSubject: Printer jams\nMessage-ID: <1@x>\n\nIt jams.\n"
LATER = timedelta(seconds=5)


@pytest.mark.parametrize("state", [State.DONE, State.HELD, State.QUARANTINE])
def test_only_what_is_done_is_removed(tmp_path: Path, state: State) -> None:
    spool = Spool(tmp_path)
    identity, _new = deliver(spool, MAIL, "receive", ["help@example.org"], "lea@example.com")
    with spool.claimed(1) as claims:
        record = claims[0].record._replace(author="lea@example.com", subject="Printer jams", finished="now")
        spool.finish(identity, record, state)
    assert spool.clean(datetime.now(UTC) - LATER) == 0
    assert spool.clean(datetime.now(UTC) + LATER) == (state is State.DONE)
    assert spool.state(identity) is (None if state is State.DONE else state)
    if state is State.DONE:
        assert spool.record(identity) == Record(
            record.received, "receive", message_id=record.message_id, finished="now", digest=record.digest
        )
        assert "lea@" not in "".join(file.read_text() for file in tmp_path.rglob("*.json"))


def test_what_was_removed_does_not_come_again(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    identity, _new = deliver(spool, MAIL, "receive")
    with spool.claimed(1) as claims:
        spool.finish(identity, claims[0].record._replace(finished="now"), State.DONE)
    spool.clean(datetime.now(UTC) + LATER)
    assert deliver(spool, MAIL, "fetch", ["lea@example.org"]) == (identity, False)
    assert spool.record(identity).recipients == ()
    assert not spool.waits


def test_a_message_without_an_outcome_is_new_however_it_was_lost(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    identity, _new = deliver(spool, MAIL, "receive")
    (tmp_path / "new" / f"{identity}.eml").unlink()
    assert deliver(spool, MAIL, "receive") == (identity, True)
    assert spool.waits


def test_the_desk_says_how_long_messages_stay(new_desk: NewDesk, run: Run, tmp_path: Path) -> None:
    folder = new_desk(keep="1m")
    (tmp_path / "1.eml").write_bytes(MAIL)
    run("mail", "import", str(tmp_path / "1.eml"))
    assert run("mail", "process").out.count("created") == 1
    assert run("mail", "clean").out == "0 messages removed\n"
    configuration = json.loads((folder / "tracker.yml").read_text())
    assert configuration["mail"]["keep"] == "1m"
    room = open_mailroom(Workspace.open(folder))
    assert room.workspace.configuration.mail.keep == timedelta(minutes=1)


def test_no_commit_is_begun_when_somebody_has_asked_to_end(new_desk: NewDesk) -> None:
    room = open_mailroom(Workspace.open(new_desk()))
    for number in range(3):
        deliver(room.spool, MAIL.replace(b"<1@x>", b"<%d@x>" % number), "receive")
    asked: list[bool] = []
    done = []
    for one in process(room, 1, lambda: bool(asked)):
        done.append(one)
        asked.append(True)
    assert len(done) == 1
    assert len(room.spool.identities(State.NEW)) == 2


def test_what_was_done_long_ago_is_removed_by_taking_in(
    new_desk: NewDesk, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = new_desk()
    (tmp_path / "1.eml").write_bytes(MAIL)
    run("mail", "import", str(tmp_path / "1.eml"))
    assert run("mail", "process").out.count("created") == 1
    done = folder / ".git" / "tracker-mail" / "done"
    assert len(list(done.iterdir())) == 1
    settings = json.loads((folder / "tracker.yml").read_text())
    settings["mail"]["keep"] = "1m"
    (folder / "tracker.yml").write_text(json.dumps(settings))
    monkeypatch.setattr("tracker.mail.mailroom.datetime", _InAnHour)
    assert run("mail", "process").code == 0
    assert list(done.iterdir()) == []


class _InAnHour(datetime):
    @classmethod
    def now(cls, zone: tzinfo | None = None) -> "_InAnHour":
        return cls.fromtimestamp(datetime.now(zone).timestamp() + 3_600, zone)


def test_messages_of_somebody_are_removed_however_lately_they_were_done(
    new_desk: NewDesk, run: Run, tmp_path: Path
) -> None:
    folder = new_desk()
    (tmp_path / "1.eml").write_bytes(MAIL)
    (tmp_path / "2.eml").write_bytes(b"From: bob@example.com\r\nMessage-ID: <2@x>\r\n\r\nHello.\r\n")
    run("mail", "import", str(tmp_path / "1.eml"), str(tmp_path / "2.eml"))
    assert run("mail", "process").out.count("created") == 2
    assert run("mail", "clean", "--of", "BOB@example.com").out == "1 message removed\n"
    (left,) = (folder / ".git" / "tracker-mail" / "done").iterdir()
    assert left.read_bytes() == MAIL
    assert "bob" not in run("mail", "status", "--all", "--json").out
    assert run("mail", "import", str(tmp_path / "2.eml")).out == "1 message, 0 of them new\n"


def test_the_files_of_a_message_are_written_out(new_desk: NewDesk, run: Run, tmp_path: Path) -> None:
    new_desk()
    part = "--b\r\n\r\nSee.\r\n--b\r\nContent-Disposition: attachment; filename=../../a.txt\r\n\r\nPaper\r\n--b--\r\n"
    head = "From: lea@example.com\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"
    (tmp_path / "1.eml").write_text(head + part)
    run("mail", "import", str(tmp_path / "1.eml"))
    name = run("mail", "process").out[:8]
    done = run("mail", "show", name, "--files", str(tmp_path / "out"))
    assert done.out == f"{tmp_path / 'out' / '1-a.txt'}\n"
    assert (tmp_path / "out" / "1-a.txt").read_text() == "Paper"
    assert run("mail", "show", name, "--files", str(tmp_path / "out")).code == 3, "nothing is replaced"
