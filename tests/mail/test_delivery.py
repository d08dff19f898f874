"""Whatever bytes are fetched are safe in the spool, with what is known of their delivery."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import Run
from tests.mail.conftest import NewDesk
from tracker.mail.bounced import mark_bounced
from tracker.mail.delivery import deliver, deliver_fetched
from tracker.mail.head import message_id_in
from tracker.mail.mailroom import open_mailroom
from tracker.mail.oversized import set_aside
from tracker.mail.position import read_position, write_position
from tracker.mail.reading import read_message
from tracker.store.spool import Spool, State
from tracker.workspace import Workspace

NOW = datetime(2026, 11, 29, 10, tzinfo=UTC)
LINES = st.lists(
    st.sampled_from([b"Delivered-To: x@y", b"To: z@y", b"", b" folded", b"Delivered-To:", b"\xff\x00: \r"])
)


@given(st.one_of(st.binary(min_size=1), LINES.map(b"\n".join).filter(bool)))
def test_any_bytes_are_kept_as_they_came(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        assert deliver_fetched(spool, data, NOW, ["Delivered-To"])
        assert not deliver_fetched(spool, data, NOW, ["Delivered-To"])
        (identity,) = spool.identities(State.NEW)
        assert spool.data(identity) == data
        assert all("@" in one and one.split() == [one] for one in spool.record(identity).recipients)


@given(LINES)
def test_the_first_field_counts_and_no_other(lines: list[bytes]) -> None:
    data = b"\r\n".join([b"Received: from x", b"delivered-to: <Help-Lyon@example.org>", *lines, b"", b"Text"])
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        deliver_fetched(spool, data, NOW, ["Delivered-To", "X-Original-To"])
        (identity,) = spool.identities(State.NEW)
        assert spool.record(identity).recipients == ("Help-Lyon@example.org",)


FIELDS = st.lists(
    st.sampled_from(
        [
            b"Message-ID: <a@x>",
            b"message-id : b@x",
            b"MESSAGE-ID:",
            b"Message-ID: words and c@x",
            b"Message-ID: <d@x> (a comment) <e@x>",
            b"Message-ID: <f @x>",
            b"Message-ID: \xc3\xa9@x",
            b"\t<g@x>",
            b" h@x",
            b"X-Message-ID: <i@x>",
            b"Subject: x",
        ]
    )
)


@given(FIELDS, st.sampled_from([b"\n", b"\r\n"]))
def test_a_message_id_is_the_same_before_and_after_the_message_is_read(
    fields: list[bytes], end: bytes
) -> None:
    data = end.join([b"From: lea@example.com", *fields, b"", b"Message-ID: <text@x>", b""])
    assert message_id_in(data) == read_message(data).message_id


@settings(max_examples=25)  # each in a process of its own
@given(st.binary(min_size=1))
def test_a_header_of_any_bytes_is_set_aside(header: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        assert set_aside(spool, header, NOW, "It is too large.")[1]
        (identity,) = spool.identities(State.QUARANTINE)
        assert spool.record(identity).reason.startswith("It is too large. Only its header")
        assert not spool.waits


@given(st.binary())
def test_a_damaged_position_is_none(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_position(folder, "support", {"uid": 7})
        assert read_position(folder, "support") == {"uid": 7}
        (folder / "positions" / "support.json").write_bytes(data)
        assert isinstance(read_position(folder, "support"), dict)


def test_who_cannot_be_reached_can_be_written_to_again(new_desk: NewDesk, run: Run) -> None:
    folder = new_desk()
    mark_bounced(open_mailroom(Workspace.open(folder)).spool.folder, ["Lea@example.com"], "No such user")
    assert run("mail", "bounced").out.startswith("lea@example.com\t")
    assert [one["address"] for one in json.loads(run("mail", "bounced", "--json").out)] == ["lea@example.com"]
    assert run("mail", "bounced", "--forget", "LEA@example.com").out == ""
    assert run("mail", "bounced", "--forget", "lea@example.com").code == 2


def test_a_copy_of_what_was_not_taken_in_is_another_message() -> None:
    mail = b"From: lea@example.com\r\nMessage-ID: <1@x>\r\nSubject: Jam\r\n\r\nIt jams.\r\n"
    with tempfile.TemporaryDirectory() as folder:
        spool = Spool(Path(folder))
        first, _new = deliver(spool, b"X-Cron-Env: x\r\n" + mail, "receive")
        with spool.claimed(1) as (claim,):
            spool.finish(first, claim.record._replace(outcome="suppressed"), State.DONE)
        assert deliver(spool, b"X-Cron-Env: x\r\n" + mail, "receive") == (first, False)
        second, is_new = deliver(spool, mail, "receive")
        assert (second != first, is_new) == (True, True)
        with spool.claimed(1) as (claim,):
            spool.finish(second, claim.record._replace(outcome="created"), State.DONE)
        assert deliver(spool, mail, "receive") == (second, False)
