"""What intake knows of one mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.actions.attachment import Attachment


class Address(NamedTuple):
    """A person as a header names them; either may be empty."""

    name: str
    email: str


class Message(NamedTuple):
    """A mail, read.

    Attributes:
        identity: the SHA-256, in hex, of what nobody changes on its way.
        message_id: with its angle brackets; empty where there is none.
        in_reply_to: the Message-IDs that it answers.
        references: those of its thread, the oldest first.
        sender: who it says it is from.
        reply_to: where answers go, where that is elsewhere.
        to: whom it is for.
        cc: who gets a copy.
        subject: one printable line.
        date: aware; None where none can be read.
        text: Markdown.
        attachments: its other parts.
        automatic: what kind of automatic mail it is; empty for a person's.
        bounced: the addresses that could not be reached, where it says so.
        authentication: the values of Authentication-Results (RFC 8601), the newest first.
    """

    identity: str
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address = Address("", "")
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    automatic: str = ""
    bounced: tuple[str, ...] = ()
    authentication: tuple[str, ...] = ()
