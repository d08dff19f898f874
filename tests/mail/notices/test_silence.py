"""Programs that answer each other fall silent after one message each way; end to end, by SMTP and intake."""

from pathlib import Path

import pytest

from tests.mail.notices.conftest import Desk, Server, Taken, mail
from tests.mail.notices.test_notify import LEA
from tracker.store.spool import State

AWAY = """\
From: {sender}\r
To: {to}\r
Subject: Out of office\r
In-Reply-To: {about}\r
Message-ID: <away{number}@x>\r
{more}\r
I am away until Monday.\r
"""
ROUNDS = 6
SIGNED = "Auto-Submitted: auto-replied\r\n"


def carry(desk: Desk, mails: list[Taken], number: int) -> None:
    """Bring mail to a desk as a mail server would."""
    for place, one in enumerate(mails):
        extra = f"Received: by mx.example.org; {number}.{place}\r\nReturn-Path: <{one.sender}>\r\n".encode()
        desk.receive(extra + one.data, one.recipient)


@pytest.mark.parametrize("automatic", ["suppress", "hold", "file"])
def test_two_desks_that_answer_each_other_fall_silent(
    tmp_path: Path, server: Server, port: int, automatic: str
) -> None:
    north = Desk(tmp_path / "north", {"mail": {"automatic": automatic}}, port)
    south = Desk(
        tmp_path / "south", {"mail": {"address": "help@south.example.org", "automatic": automatic}}, port
    )
    for desk in (north, south):
        desk.put_out()
    assert north.receive(mail("help@south.example.org", "Printer")) == [("created", "HD-1")]
    sent: dict[str, int] = {"north": 0, "south": 0}
    for number in range(ROUNDS):
        north.notify()
        from_north = server.take()
        sent["north"] += len(from_north)
        carry(south, from_north, number)
        south.notify()
        from_south = server.take()
        sent["south"] += len(from_south)
        carry(north, from_south, number)
    assert sent["north"] == 1
    assert sent["south"] == 0


@pytest.mark.parametrize("more", [SIGNED, "Precedence: bulk\r\n", "X-Auto-Response-Suppress: All\r\n", ""])
def test_a_vacation_responder_falls_silent(sending: Desk, server: Server, more: str) -> None:
    """It answers whatever it gets, each time, and to every address that a mail names."""
    assert sending.receive(mail(LEA, "Printer")) == [("created", "HD-1")]
    answers = 0
    for number in range(ROUNDS):
        sending.notify()
        mails = server.take()
        assert len(mails) <= 1
        for one in mails:
            answers += 1
            text = AWAY.format(
                sender=LEA, to=one.sender, about=one.message["Message-ID"], number=number,
                more=more or "Subject-Was: x\r\n",
            )  # fmt: skip
            if not more:  # its subject alone says what it is
                text = text.replace("Subject: Out of office", "Subject: Automatic reply: Printer")
            assert sending.receive(text.encode(), one.sender) == [("appended", "HD-1")]
    assert answers == 1


def test_an_assignee_who_is_away_is_told_nothing_of_that(tmp_path: Path, server: Server, port: int) -> None:
    desk = Desk(tmp_path, {"assignment": {"dispatcher": "omar"}}, port)
    desk.put_out()
    desk.receive(mail(LEA, "Printer"))
    desk.notify()
    (told,) = [one for one in server.take() if one.recipient == "omar@example.org"]
    text = AWAY.format(
        sender=told.recipient, to=told.sender, about=told.message["Message-ID"], number=1, more=SIGNED
    )
    assert desk.receive(text.encode(), told.sender) == [("appended", "HD-1")]
    desk.notify()
    assert server.take() == []


def test_a_loop_that_nobody_can_recognise_is_held_up(tmp_path: Path, server: Server, port: int) -> None:
    """A program that looks like a person and answers each mail: what is too much is held, and waits."""
    desk = Desk(
        tmp_path,
        {"mail": {"limits": {"sender": 3}, "notices": {"most": 5, "comment": ["assignee", "requester"]}}},
        port,
    )
    desk.put_out()
    desk.receive(mail(LEA, "Printer"))
    total = 0
    for number in range(ROUNDS):
        desk.notify()
        mails = server.take()
        total += len(mails)
        desk.receive(mail(LEA, f"Re: [HD-1] {number}", f"Words {number}", Message_ID=f"<{number}@y>"))
    assert total == 1
    assert len(desk.room.spool.identities(State.HELD)) == ROUNDS - 2
