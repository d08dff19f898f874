"""What intake knows of one mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.actions.attachment import Attachment


class Address(NamedTuple):
    """Somebody's name, which may be empty, and address. Both are claims, on one printable line each."""

    name: str
    email: str


class Message(NamedTuple):
    """One mail as it was understood. All of it is somebody's claim, apart from `identity`.

    Attributes:
        identity: what tells it from every other, see `tracker.mail.identity`.
        message_id: the first id in Message-ID, with its angle brackets; empty without one. It may be that
            of another mail as well.
        in_reply_to: the ids in In-Reply-To.
        references: the ids in References, oldest first.
        sender: the first address in From, else in Sender, else in Return-Path; both parts empty without any.
        reply_to: the addresses in Reply-To.
        to: the addresses in To.
        cc: the addresses in Cc.
        subject: one printable line; empty without one.
        date: when it says it was written, with a time zone; None where it does not say so.
        text: what was written, as Markdown; nothing of it is cut.
        attachments: the files that came with it, parts that are no text among them.
        automatic: what kind of automatic mail it is (`bounce`, `auto-replied`, `auto-generated`, `list`,
            `bulk`, `feedback`, `receipt`); empty for a person's.
        bounced: the addresses that a bounce says failed for good.
        authentication: the values of Authentication-Results (RFC 8601), newest first, unchecked.
        exchange: what Exchange says of who sent it, such as `Internal`; empty where it says nothing.
        vouched: whether the program that brought it knows its sender by a login; of a mail, never.
        alone: whether it names exactly one author (RFC 5322 allows several).
    """

    identity: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    text: str
    attachments: tuple[Attachment, ...]
    automatic: str
    bounced: tuple[str, ...]
    authentication: tuple[str, ...]
    exchange: str = ""
    vouched: bool = False
    alone: bool = True
