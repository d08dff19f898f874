"""What is known of one message of the spool: how it came in, how often it was tried, and its outcome."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.store.files import write_files
from tracker.translation import _

if TYPE_CHECKING:
    from pathlib import Path


class Outcome(StrEnum):
    """What became of a message."""

    CREATED = "created"
    APPENDED = "appended"
    HELD = "held"
    SUPPRESSED = "suppressed"
    QUARANTINED = "quarantined"
    DROPPED = "dropped"


def outcome_label(outcome: str) -> str:
    """Return what an outcome is called, and what has none yet."""
    labels = {
        Outcome.CREATED: _("ticket created"),
        Outcome.APPENDED: _("appended"),
        Outcome.HELD: _("held"),
        Outcome.SUPPRESSED: _("suppressed"),
        Outcome.QUARANTINED: _("quarantined"),
        Outcome.DROPPED: _("dropped"),
    }
    return {name.value: label for name, label in labels.items()}.get(outcome, _("waiting"))


class Record(NamedTuple):
    """What is known of a message.

    Attributes:
        received: when it came in; ISO 8601, UTC.
        way: how it came in, such as `receive`.
        recipients: the addresses that it was delivered to, as the envelope says (RFC 5321); often none.
        message_id: a digest of its Message-ID, by which answers to it are known; empty without one.
        envelope_sender: where bounces go, as the envelope says; None where nobody knows, empty for none.
        author: who it is from, as it says itself; empty before it was read.
        subject: likewise.
        verified: whether its author is who they say.
        automatic: what kind of automatic mail it is; empty for a person's.
        digest: of all its bytes; copies of one message may differ in what their ways have added.
        attempts: how often it failed.
        released: whether a person let it pass.
        outcome: what became of it; empty before that.
        ticket: the ticket that was created or appended to.
        reason: why it came to this.
        commit: where that stands.
        finished: when; ISO 8601, UTC.
        partial: whether only its header is here.
    """

    received: str = ""
    way: str = ""
    recipients: tuple[str, ...] = ()
    message_id: str = ""
    envelope_sender: str | None = None
    author: str = ""
    subject: str = ""
    verified: bool = False
    automatic: str = ""
    digest: str = ""
    attempts: int = 0
    released: bool = False
    outcome: str = ""
    ticket: str = ""
    reason: str = ""
    commit: str = ""
    finished: str = ""
    partial: bool = False

    def again(self, *, released: bool) -> Record:
        """Return the record of a message that is new again, perhaps let pass by a person."""
        return self._replace(
            attempts=0, released=released, outcome="", ticket="", reason="", commit="", finished=""
        )

    def cleaned(self) -> Record:
        """Return the record of a message that is gone: what was done with it, but not whose it was."""
        reason = "" if "@" in self.reason else self.reason
        return self._replace(author="", subject="", recipients=(), envelope_sender=None, reason=reason)

    def dropped(self, reason: str) -> Record:
        """Return the record of a message that somebody gave up."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        return self._replace(outcome=Outcome.DROPPED.value, reason=reason, finished=now)


def read_record(folder: Path, identity: str) -> Record | None:
    """Return the record of a message; None where there is none, or a damaged one."""
    with suppress(OSError, ValueError, TypeError):
        kept = json.loads((folder / _place(identity)).read_bytes())
        known = {name: kept[name] for name in Record._fields if name in kept}
        return Record(**{**known, "recipients": tuple(known.get("recipients", ()))})
    return None


def write_record(folder: Path, identity: str, record: Record) -> None:
    """Put a record on the disk, whole or not at all.

    Raises:
        StorageError: the disk refuses.
    """
    write_files(folder, {_place(identity): json.dumps(record._asdict(), indent=1).encode()}, private=True)


def _place(identity: str) -> str:
    return f"records/{identity}.json"
