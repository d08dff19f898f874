"""A notice as mail: its header fields, and its text in both forms.

It says of itself that a program sent it, in each way that some mail program or server understands, so that
nobody’s program answers it (RFC 3834, section 5).
"""

from __future__ import annotations

import re
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from tracker.mail.headers import printable

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_SENDABLE = re.compile(r"[^\s\x00-\x1f\x7f\"(),:;<>@\[\]\\]{1,64}@[^\s\x00-\x1f\x7f\"(),:;<>@\\]{1,255}")
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>")
_MOST_REFERENCES = 10
_LONGEST_NAME = 100


class Letter(NamedTuple):
    """What a mail is made of.

    Attributes:
        sender: the desk's name and address.
        recipient: the reader's name, which may be empty, and address.
        subject: one line.
        text: as plain text.
        html: the same as HTML.
        message_id: with its angle brackets.
        references: the Message-IDs that it follows, the oldest first.
        reply_to: where an answer goes; empty for the desk's address.
        unsubscribe: where a mail goes that ends it; empty where nothing does.
        one_click: an `https` address that ends it (RFC 8058); empty for none.
        answers: whether it answers a mail.
        bulk: whether it is one of a regular series.
    """

    sender: tuple[str, str]
    recipient: tuple[str, str]
    subject: str
    text: str
    html: str
    message_id: str
    references: Sequence[str] = ()
    reply_to: str = ""
    unsubscribe: str = ""
    one_click: str = ""
    answers: bool = False
    bulk: bool = False


def is_sendable(address: str) -> bool:
    """Whether an address can stand in a header field and an envelope as it is."""
    return bool(_SENDABLE.fullmatch(address)) and address.isprintable()


def written(letter: Letter, now: datetime) -> bytes:
    """Return a mail as it is sent. Whatever its parts hold, it has one field of each name."""
    desk, address = letter.sender
    ascii_only = letter.recipient[1].isascii() and address.isascii()
    message = EmailMessage(policy=SMTP if ascii_only else SMTPUTF8)
    message["From"] = _mailbox(desk, address)
    message["To"] = _mailbox(*letter.recipient)
    message["Subject"] = printable(letter.subject)
    message["Date"] = format_datetime(now)
    if is_sendable(letter.reply_to):
        message["Reply-To"] = _mailbox(desk, letter.reply_to)
    message["Auto-Submitted"] = "auto-replied" if letter.answers else "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if letter.bulk:
        message["Precedence"] = "bulk"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    return _exact_fields(letter) + message.as_bytes()


def _exact_fields(letter: Letter) -> bytes:
    """Return the fields that must not be folded inside a word, as Python's email would do with long ones."""
    references = [*filter(_MESSAGE_ID.fullmatch, letter.references)][-_MOST_REFERENCES:]
    local, _at, host = letter.sender[1].rpartition("@")
    fields = {
        "Message-ID": letter.message_id if _MESSAGE_ID.fullmatch(letter.message_id) else "",
        "In-Reply-To": references[0] if references else "",
        "References": "\r\n ".join(references),
        "List-Id": f"<{local}.{host}>" if host.isascii() and local.isascii() else "",
        "List-Unsubscribe": ",\r\n ".join(_ways_out(letter)),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" if letter.one_click else "",
    }
    return "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value).encode()


def _ways_out(letter: Letter) -> list[str]:
    local, _at, host = letter.unsubscribe.rpartition("@")
    mail = f"<mailto:{quote(local)}@{host}?subject=unsubscribe>" if is_sendable(letter.unsubscribe) else ""
    return [*([f"<{letter.one_click}>"] if letter.one_click else []), *([mail] if mail else [])]


def _mailbox(name: str, address: str) -> Address:
    local, _at, domain = address.rpartition("@")
    return Address(printable(name)[:_LONGEST_NAME], local, domain)
