"""Messages that are too large, or not handed out: their headers wait in the spool until they can be had."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC
from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.errors import StorageError
from tracker.mail.delivery import FETCHED
from tracker.mail.sandbox import who_and_what
from tracker.store.record import Outcome, Record
from tracker.store.spool import State
from tracker.translation import _

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.store.spool import Spool


def set_aside(spool: Spool, header: bytes, received: datetime, reason: str) -> tuple[str, bool]:
    """Put the header of a message into the spool; return its identity, and whether it is new there.

    Raises:
        StorageError: the disk refuses.
    """
    author, subject = who_and_what(header)
    only = _("Only its header is here; all of it is still in the mailbox.")
    record = Record(
        received=received.astimezone(UTC).isoformat(timespec="seconds"),
        way=FETCHED,
        author=author,
        subject=subject,
        outcome=Outcome.QUARANTINED.value,
        reason=f"{reason} {only}",
        partial=True,
    )
    identity = sha256(b"partial\0" + header).hexdigest()  # a message may have no more than a header
    return identity, spool.deliver(identity, header, record, State.QUARANTINE)


def replace_header(spool: Spool, identity: str) -> None:
    """Give up the header of a message that has come as a whole, unless a person did so before."""
    with suppress(StorageError):
        spool.drop(identity, spool.record(identity).dropped(_("All of it has come.")))
