"""Fetching mail from mailboxes on servers: only what is safe in the spool is put away there.

Whatever is interrupted is fetched again by the next run: the same message is one however often it comes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import RefusedLoginError, RefusedMailError
from tracker.mail.credential import allows_plain_text, credential
from tracker.mail.delivery import LONGEST_HEAD, deliver_fetched
from tracker.mail.limits import MIB, check_size
from tracker.mail.oversized import replace_header, set_aside
from tracker.mail.position import read_position, write_position
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.mail.imap import Connection, Waiting
    from tracker.mail.mailroom import Mailroom
    from tracker.model.mailbox import Mailbox

_TOGETHER = 50
"""So many messages are put away by one command."""


class Fetched(NamedTuple):
    """What was fetched.

    Attributes:
        new: how many messages the spool did not know.
        known: how many it knew.
        notes: what else there is to say.
    """

    new: int = 0
    known: int = 0
    notes: tuple[str, ...] = ()

    def plus(self, is_new: bool) -> Fetched:
        """Return it with one message more."""
        return self._replace(new=self.new + is_new, known=self.known + (not is_new))


def connect(room: Mailroom, name: str, mailbox: Mailbox) -> Connection:
    """Connect to a mailbox on a server.

    Raises:
        RefusedLoginError: it does not let us in, or our secret would be sent unencrypted.
        UnreachableError: it does not answer.
        BrokenEnvironmentError: it refuses to open the folder.
    """
    from tracker.mail.imap import Connection

    repository = room.workspace.repository
    assert repository is not None  # noqa: S101  # a desk without one has no mailroom
    if mailbox.security == "none" and not (mailbox.is_loopback or allows_plain_text(repository, name)):
        message = _("The password of the mailbox “{name}” would go over the network unencrypted.")
        hint = _(
            "Set its security to tls; or, if it must be: git config tracker.mailbox.{name}.plainText true"
        )
        raise RefusedLoginError(message.format(name=name), hint.format(name=name))
    return Connection(mailbox, credential(repository, name))


def fetch_new(room: Mailroom, name: str, connection: Connection) -> Fetched:
    """Put the messages into the spool that came into a mailbox on a server since the last time.

    Raises:
        StorageError: the disk refuses; what is not safe stays where it is.
        BrokenEnvironmentError: the server does.
    """
    mailbox, spool = connection.mailbox, room.spool.folder
    position, notes = _begun(room, name, connection)
    left: dict[str, str] = position["left"]
    largest = int(room.workspace.configuration.mail.limits.size * MIB)
    again = left if largest > position["largest"] else ()
    waiting = connection.waiting(position["uid"], mailbox.since, [int(uid) for uid in again])
    fetched = Fetched(notes=notes)
    for at in range(0, len(waiting), _TOGETHER):
        some = waiting[at : at + _TOGETHER]
        fetched = _fetch(room, connection, some, left, fetched)
        position["uid"] = max(position["uid"], some[-1].uid)
        write_position(spool, name, position)
    if largest != position["largest"]:
        write_position(spool, name, {**position, "largest": largest})
    return fetched


def _begun(room: Mailroom, name: str, connection: Connection) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return how far a mailbox was fetched and what was left there as too large, and what to say of it."""
    mailbox = connection.mailbox
    before = read_position(room.spool.folder, name)
    position: dict[str, Any] = {
        "of": [mailbox.host, mailbox.user, mailbox.folder],
        "uid_validity": connection.uid_validity,
        "uid": 0,
        "largest": 0,
        "left": {},
    }
    if before.get("of") != position["of"]:
        return position, ()
    if connection.uid_validity and before.get("uid_validity") == connection.uid_validity:
        return {**position, **before}, ()
    note = _("{host} has numbered the messages of {folder} anew: all of them are looked at again.")
    return position, (note.format(host=mailbox.host, folder=mailbox.folder),)


def _fetch(
    room: Mailroom, connection: Connection, waiting: Sequence[Waiting], left: dict[str, str], fetched: Fetched
) -> Fetched:
    """Put some messages into the spool; note the identities of the headers of those that are too large."""
    mail, safe = room.workspace.configuration.mail, []
    largest = int(mail.limits.size * MIB)
    for one in waiting:
        try:
            check_size(one.size, largest)
            data = connection.message(one.uid, largest + 1)
            check_size(len(data or b""), largest)
        except RefusedMailError as refused:
            if header := connection.header(one.uid, LONGEST_HEAD):
                left[str(one.uid)], is_new = set_aside(room.spool, header, one.received, refused.message)
                fetched = fetched.plus(is_new)
        else:
            if data:
                fetched = fetched.plus(deliver_fetched(room.spool, data, one.received, mail.delivered_to))
                safe.append(one.uid)
            if header_of_it := left.pop(str(one.uid), ""):
                replace_header(room.spool, header_of_it)
    connection.put_away(safe)
    return fetched
