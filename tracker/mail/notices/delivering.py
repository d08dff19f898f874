"""Sending what waits in the outbox."""

from __future__ import annotations

import os
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BrokenEnvironmentError
from tracker.mail.bounced import mark_bounced
from tracker.mail.credential import printed
from tracker.mail.notices.envelope import Envelope, opened
from tracker.mail.notices.outbox import FAILED, SENT, TRIED, recipient_of
from tracker.mail.notices.smtp import PAUSES, Answer, Reply, connected
from tracker.store.lock import held_if_free
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.outbox import Outbox

PASSWORD = "TRACKER_SMTP_PASSWORD"  # noqa: S105  # the name of a variable
"""The variable of the environment that holds the password for the server that sends mail."""
_COMMAND = "tracker.smtpPasswordCommand"
_HOUR = timedelta(hours=1)
_MOST_CONNECTIONS = 5
_STATES = {Answer.SENT: SENT, Answer.LATER: TRIED, Answer.NEVER: FAILED}
_LONGEST_WAIT = 5 * 24 * 3600.0
"""In seconds (RFC 5321, 4.5.4.1): what cannot be sent for so long after the first try is given up."""


class _Tried(NamedTuple):
    """A mail that was handed to the server, and what it said; for how many seconds it may be tried again."""

    name: str
    envelope: Envelope
    reply: Reply
    patience: float = _LONGEST_WAIT


class Delivered(NamedTuple):
    """What became of a mail.

    Attributes:
        answer: whether it was sent, waits, or never will be.
        address: whom it is to.
        subject: its subject.
        reason: why it was not sent.
    """

    answer: Answer
    address: str
    subject: str
    reason: str


def deliver_all(room: Mailroom, outbox: Outbox, pauses: Sequence[float] = PAUSES) -> Iterator[Delivered]:
    """Send all that waits, and was left alone for long enough; yield what became of each.

    A server that knows none of several addresses does not know us, or is another one: these are tried again.

    Args:
        room: where answers and bounces come in.
        outbox: what waits.
        pauses: after how many seconds a server is asked again that cannot be reached.

    Raises:
        TrackerError: the server cannot be reached, or does not know us. What waits stays.
    """
    configuration = room.workspace.configuration.mail
    with held_if_free(outbox.folder / "sending") as free:
        waiting = within_limits(outbox, configuration.notices.most, room.workspace.now()) if free else []
        if waiting and configuration.smtp is None:
            message = _("The desk does not know which server sends its mail.")
            hint = _("Write it into tracker.yml: “mail: {smtp: {host: smtp.example.org}}”.")
            raise BrokenEnvironmentError(message, hint)
        unknown, others = list[_Tried](), False
        for _connection in range(_MOST_CONNECTIONS):
            if waiting and configuration.smtp:
                with connected(configuration.smtp, _password(room), pauses) as send:
                    for tried in _tried(outbox, waiting, send):
                        if tried.reply.no_such_address:
                            unknown.append(tried)
                        else:
                            others = True
                            yield _finish(room, outbox, tried)
        doubtful = not others and len({tried.envelope.recipient for tried in unknown}) > 1
        for tried in unknown:
            said = Reply(Answer.LATER, tried.reply.reason) if doubtful else tried.reply
            yield _finish(room, outbox, tried._replace(reply=said))


def _tried(outbox: Outbox, waiting: list[str], send: Callable[[str, str, bytes], Reply]) -> Iterator[_Tried]:
    """Hand over what waits, for as long as the connection is of use; yield what is said of each."""
    while waiting:
        name = waiting.pop(0)
        tried = _Tried(name, Envelope("", "", name), Reply(Answer.LATER))
        try:
            envelope, mail = opened(outbox.data(name))
            tried = tried._replace(envelope=envelope)
            tried = tried._replace(reply=send(envelope.sender, envelope.recipient, mail))
        except Exception as error:  # noqa: BLE001  # a fault of ours in one mail must neither stop the others nor last
            said = Reply(Answer.LATER, f"{type(error).__name__}: {error}")
            tried = tried._replace(reply=said, patience=_HOUR.total_seconds())
        yield tried
        if tried.reply.broken:
            return


def _finish(room: Mailroom, outbox: Outbox, tried: _Tried) -> Delivered:
    """Note what became of a mail, and of its address."""
    name, envelope, reply, patience = tried
    late = outbox.age(name, room.workspace.now()) > patience
    answer = Answer.NEVER if late and reply.answer is Answer.LATER else reply.answer
    if reply.no_such_address:
        mark_bounced(room.spool.folder, [envelope.recipient], reply.reason)
    outbox.finish(name, _STATES[answer])
    return Delivered(answer, envelope.recipient, envelope.subject, reply.reason)


def _password(room: Mailroom) -> str:
    """Return the password for the server: of the environment, else of the command in Git’s own settings."""
    repository, given = room.workspace.repository, os.environ.get(PASSWORD)
    return given or (printed(repository, _COMMAND) if repository else "")


def within_limits(outbox: Outbox, most: int, now: datetime) -> list[str]:
    """Return what may be sent now: not more to anybody than is good in an hour, whatever the reason."""
    counts = Counter(outbox.sent_since(now - _HOUR))
    found = []
    for name in outbox.due(now):
        counts[recipient_of(name)] += 1
        if counts[recipient_of(name)] <= most:
            found.append(name)
    return found
