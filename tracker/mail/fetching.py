"""Fetching mail from mailboxes on servers: only what is safe in the spool is put away there.

Whatever is interrupted is fetched again by the next run: the same message is one however often it comes.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import (
    BrokenEnvironmentError,
    BusyError,
    RefusedLoginError,
    RefusedMailError,
    UnreachableError,
)
from tracker.mail.credential import allows_plain_text, credential
from tracker.mail.delivery import deliver_fetched
from tracker.mail.head import LONGEST_HEAD
from tracker.mail.limits import MIB, check_size
from tracker.mail.oversized import replace_header, set_aside
from tracker.mail.position import read_position, write_position
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.imap import Connection, Waiting
    from tracker.mail.mailroom import Mailroom
    from tracker.model.mailbox import Mailbox

_TOGETHER = 50
"""So many messages are put away by one command."""
_MOST_ATTEMPTS = 5
"""So often a server may hang up when it is asked for a message, before that is set aside."""


class Fetched(NamedTuple):
    """What was fetched.

    Attributes:
        new: how many messages the spool did not know.
        known: how many it knew.
        notes: what else there is to say.
        refusal: why something could not be read, or be put away once it was safe: the next run tries again.
    """

    new: int = 0
    known: int = 0
    notes: tuple[str, ...] = ()
    refusal: BrokenEnvironmentError | None = None

    def plus(self, is_new: bool) -> Fetched:
        """Return it with one message more."""
        return self._replace(new=self.new + is_new, known=self.known + (not is_new))

    def refused(self, refusal: BrokenEnvironmentError) -> Fetched:
        """Return it with why something was refused, unless another refusal came first."""
        return self._replace(refusal=self.refusal or refusal)


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
    position, notes = _begun(room, name, connection)
    largest = int(room.workspace.configuration.mail.limits.size * MIB)
    again = [int(uid) for uid, (_header, size) in position["aside"].items() if size <= largest]
    waiting = connection.waiting(position["uid"], connection.mailbox.since, again)
    fetched = Fetched(notes=notes)
    for at in range(0, len(waiting), _TOGETHER):
        try:
            for one in waiting[at : at + _TOGETHER]:
                fetched = _fetch(room, connection, one, position, fetched)
        finally:
            write_position(room.spool.folder, name, position)
    try:
        while safe := position["safe"][:_TOGETHER]:
            connection.put_away(safe)
            del position["safe"][:_TOGETHER]
            write_position(room.spool.folder, name, position)
    except UnreachableError:
        raise
    except BrokenEnvironmentError as refusal:  # of this folder and that: no reason to fetch nothing
        return fetched.refused(refusal)
    return fetched


def _begun(room: Mailroom, name: str, connection: Connection) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return how far a mailbox was fetched, and what to say of that.

    All up to the number `uid` has come; `safe` are those that are still to be put away. For those that are
    set `aside`, it has the identity of the header that is in the spool instead, and the size that the desk
    must read before they are asked for again. `failed` is how often the server hung up at one.
    """
    mailbox = connection.mailbox
    before = read_position(room.spool.folder, name)
    position: dict[str, Any] = {
        "of": [mailbox.host, mailbox.user, mailbox.folder],
        "uid_validity": connection.uid_validity,
        "uid": 0,
        "safe": [],
        "aside": {},
        "failed": {},
    }
    if before.get("of") != position["of"]:
        return position, ()
    if connection.uid_validity and before.get("uid_validity") == connection.uid_validity:
        return {**position, **before}, ()
    note = _("{host} has numbered the messages of {folder} anew: all of them are looked at again.")
    return position, (note.format(host=mailbox.host, folder=mailbox.folder),)


def _fetch(
    room: Mailroom, connection: Connection, one: Waiting, position: dict[str, Any], fetched: Fetched
) -> Fetched:
    """Put a message into the spool; of one that is too large or is not handed out, its header."""
    mail, uid, size = room.workspace.configuration.mail, str(one.uid), one.size
    largest, aside = int(mail.limits.size * MIB), position["aside"]
    try:
        check_size(size, largest)
        size = 0
        data = _handed_out(connection, one.uid, largest + 1, position["failed"])
        size = len(data or b"")
        check_size(size, largest)
    except RefusedMailError as refused:
        identity, is_new = aside.get(uid, ("",))[0], False
        if not identity:
            header = _header(connection, one.uid)
            identity, is_new = set_aside(room.spool, header, one.received, refused.message)
        aside[uid] = [identity, largest + 1 if uid in position["failed"] else size]
        fetched = fetched.plus(is_new)
    else:
        if data:
            address = connection.mailbox.address
            is_new = deliver_fetched(room.spool, data, one.received, mail.delivered_to, address)
            fetched = fetched.plus(is_new)
            position["safe"].append(one.uid)
        if uid in aside:
            replace_header(room.spool, aside.pop(uid)[0])
    position["uid"] = max(position["uid"], one.uid)
    position["failed"].pop(uid, None)
    return fetched


def _handed_out(connection: Connection, uid: int, most: int, failed: dict[str, int]) -> bytes | None:
    """Return the first bytes of a message, None of one that is gone; count the server's hanging up.

    Raises:
        UnreachableError: it hangs up: at another message, perhaps, it does not.
        RefusedMailError: it refuses twice, or hangs up again and again.
    """
    try:
        with suppress(RefusedMailError):
            return connection.message(uid, most)
        return connection.message(uid, most)
    except BusyError:
        raise
    except UnreachableError as error:
        failed[str(uid)] = failed.get(str(uid), 0) + 1
        if failed[str(uid)] < _MOST_ATTEMPTS:
            raise
        raise RefusedMailError(error.message) from error


def _header(connection: Connection, uid: int) -> bytes:
    """Return the header of a message, or one that says which it is, where the server hands out none."""
    with suppress(BrokenEnvironmentError, RefusedMailError):
        if header := connection.header(uid, LONGEST_HEAD):
            return header
    mailbox = connection.mailbox
    subject = _("Message {uid} of {folder} at {host}")
    return f"Subject: {subject.format(uid=uid, folder=mailbox.folder, host=mailbox.host)}\n\n".encode()
