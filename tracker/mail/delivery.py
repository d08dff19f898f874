"""Putting messages safely into the spool, however they come in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.mail.head import head, message_id_in
from tracker.mail.identity import identity_of
from tracker.mail.told import JSON, told_identity
from tracker.store.record import Outcome, Record
from tracker.translation import _
from tracker.workspace.receipts import message_id_digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.store.spool import Spool

_NOT_TAKEN_IN = (Outcome.SUPPRESSED, Outcome.HELD, Outcome.QUARANTINED)
FETCHED, IMPORTED = "fetch", "import"
"""How a message came in that was fetched."""


def deliver(
    spool: Spool, data: bytes, way: str, recipients: Iterable[str] = (), sender: str | None = None
) -> tuple[str, bool]:
    """Put a message into the spool; return its identity, and whether it is new there.

    Args:
        spool: where it goes.
        data: its bytes, as they came.
        way: how it came in.
        recipients: the addresses that it was delivered to, where the envelope tells (RFC 5321).
        sender: the envelope's; None where nobody knows.

    Raises:
        UsageError: there is no message.
        StorageError: the disk refuses.
    """
    if not data.strip():
        raise UsageError(_("There is no message on standard input."))
    record = Record(_now(), way, tuple(recipients), _message_id(data), sender, digest=_digest(data))
    identity = _identity(spool, data, record)
    return identity, spool.deliver(identity, data, record)


def deliver_fetched(
    spool: Spool, data: bytes, received: datetime, fields: Sequence[str], address: str | None = None
) -> bool:
    """Put a message that was fetched into the spool; return whether it is new there.

    Args:
        spool: where it goes.
        data: its bytes.
        received: when it came into the mailbox; aware.
        fields: the header fields in which the mailbox's server says to whom it delivered it.
        address: whose mailbox it is, where that is known: it counts where no field says so.

    Raises:
        StorageError: the disk refuses.
    """
    moment = received.astimezone(UTC).isoformat(timespec="seconds")
    recipients = tuple(_delivered_to(data, fields)) or ((address,) if address else ())
    record = Record(moment, FETCHED, recipients, _message_id(data), digest=_digest(data))
    return spool.deliver(_identity(spool, data, record), data, record)


def deliver_told(spool: Spool, data: bytes) -> tuple[str, bool]:
    """Put a message from a program into the spool; return its identity, and whether it is new there.

    Raises:
        RefusedMailError: it is none.
        StorageError: the disk refuses.
    """
    identity = told_identity(data)
    return identity, spool.deliver(identity, data, Record(_now(), JSON))


def _identity(spool: Spool, data: bytes, record: Record) -> str:
    """Return what a message is known by in the spool.

    A copy of one that was not taken in is another message there: what its way has added may be why, and
    whoever is faster could have somebody's mail thrown away.
    """
    identity = identity_of(data)
    known = spool.record(identity)
    if known.outcome not in _NOT_TAKEN_IN or record.digest == known.digest or not known.digest:
        return identity
    return sha256(f"{identity}\0{record.digest}".encode()).hexdigest()


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()


def _delivered_to(data: bytes, fields: Sequence[str]) -> Iterator[str]:
    """Yield the address in the first field of each name: those below may be anybody's."""
    for name in fields:
        pattern = rb"^%s:[ \t]*<?([^\s<>@]+@[^\s<>@]+)>?[ \t]*$" % re.escape(name).encode()
        if found := re.search(pattern, head(data), re.IGNORECASE | re.MULTILINE):
            yield found[1].decode("utf-8", "replace")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _message_id(data: bytes) -> str:
    """Return the digest of a message's Message-ID, found without reading the message."""
    found = message_id_in(data)
    return message_id_digest(found) if found else ""
