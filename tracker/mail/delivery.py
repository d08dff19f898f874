"""Putting messages safely into the spool, however they come in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.mail.identity import identity_of
from tracker.mail.record import Record
from tracker.mail.told import JSON, told_identity
from tracker.translation import _
from tracker.workspace.receipts import message_id_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.mail.spool import Spool

_HEAD = 1 << 16
"""So many bytes of a message are looked through for its Message-ID."""
_MESSAGE_ID = re.compile(rb"^message-id:[ \t\n]*(<[^<>\n]{1,990}>)", re.IGNORECASE | re.MULTILINE)


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
    identity = identity_of(data)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    record = Record(now, way, tuple(recipients), _message_id(data), sender)
    return identity, spool.deliver(identity, data, record)


def deliver_told(spool: Spool, data: bytes) -> tuple[str, bool]:
    """Put a message from a program into the spool; return its identity, and whether it is new there.

    Raises:
        RefusedMailError: it is none.
        StorageError: the disk refuses.
    """
    identity = told_identity(data)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return identity, spool.deliver(identity, data, Record(now, JSON))


def _message_id(data: bytes) -> str:
    """Return the digest of a message's Message-ID, found without reading the message."""
    head = data[:_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    found = _MESSAGE_ID.search(head)
    return message_id_digest(found[1].decode("utf-8", "replace")) if found else ""
