"""Putting messages safely into the spool, however they come in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.mail.identity import identity_of
from tracker.mail.record import Record
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.mail.spool import Spool


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
    return identity, spool.deliver(identity, data, Record(now, way, tuple(recipients), sender))
