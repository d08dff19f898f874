"""A notice as mail: its header fields, and its text in both forms.

It says of itself that a program sent it, in each way that some mail program or server understands, so that
nobody’s program answers it (RFC 3834, section 5).
"""

from __future__ import annotations

import re
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from tracker.mail.headers import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
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
    labels = address.rpartition("@")[2].split(".")
    plain = bool(_SENDABLE.fullmatch(address)) and address.isprintable() and "=?" not in address
    return plain and all(labels)


def written(letter: Letter, now: datetime) -> bytes:
    """Return a mail as it is sent. Whatever its parts hold, it has one field of each name.

    The fields are written here: Python's email would decode what looks encoded in a value, line breaks
    among it, and would fold long Message-IDs inside.
    """
    message = EmailMessage(policy=SMTP)
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    fields = "".join(f"{name}: {value}\r\n" for name, value in _fields(letter, now) if value)
    return fields.encode() + message.as_bytes()


def _fields(letter: Letter, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield the names and values of the header fields; a field without a value is left out."""
    references = [*filter(_MESSAGE_ID.fullmatch, letter.references)][-_MOST_REFERENCES:]
    desk, address = letter.sender
    list_id = address.replace("@", ".")
    yield "From", _mailbox(desk, address)
    yield "To", _mailbox(*letter.recipient)
    yield "Subject", _encoded(letter.subject)
    yield "Date", format_datetime(now)
    yield "Message-ID", letter.message_id if _MESSAGE_ID.fullmatch(letter.message_id) else ""
    yield "In-Reply-To", references[0] if references else ""
    yield "References", "\r\n ".join(references)
    yield "Reply-To", _mailbox(desk, letter.reply_to) if is_sendable(letter.reply_to) else ""
    yield "Auto-Submitted", "auto-replied" if letter.answers else "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "Precedence", "bulk" if letter.bulk else ""
    yield "List-Id", f"<{list_id}>" if list_id.isascii() else ""
    yield "List-Unsubscribe", ",\r\n ".join(_ways_out(letter))
    yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click" if letter.one_click else ""


def _ways_out(letter: Letter) -> list[str]:
    local, _at, host = letter.unsubscribe.rpartition("@")
    mail = f"<mailto:{quote(local)}@{host}?subject=unsubscribe>" if is_sendable(letter.unsubscribe) else ""
    return [*([f"<{letter.one_click}>"] if letter.one_click else []), *([mail] if mail else [])]


def _mailbox(name: str, address: str) -> str:
    """Return a name and an address that can be sent to as one mailbox (RFC 5322, 3.4)."""
    shown = printable(name)[:_LONGEST_NAME]
    if not shown:
        return address
    quoted = re.sub(r'(["\\])', r"\\\1", shown)
    return f'"{quoted}" <{address}>' if _is_plain(shown) else f"{_encoded(shown)} <{address}>"


def _encoded(text: str) -> str:
    """Return a text as it stands in a field: in encoded words (RFC 2047) unless it means itself."""
    line = printable(text)
    return line if _is_plain(line) else Header(line, "utf-8").encode(linesep="\r\n")


def _is_plain(line: str) -> bool:
    return line.isascii() and "=?" not in line
