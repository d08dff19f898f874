"""From the bytes of one mail to what intake knows of it."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from tracker.mail.addresses import read_addresses
from tracker.mail.automatic import automatic_kind
from tracker.mail.body import read_body
from tracker.mail.failures import failed_addresses
from tracker.mail.headers import Headers, printable, words
from tracker.mail.identity import identity_of
from tracker.mail.limits import LARGEST_MESSAGE, check_size
from tracker.mail.message import Address, Message
from tracker.mail.structure import read_structure

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EXCHANGE = "x-ms-exchange-organization-authas"


def read_message(data: bytes, largest: int = LARGEST_MESSAGE) -> Message:
    """Return what a mail says; whatever the bytes are, it is a message or it is refused.

    Args:
        data: the mail as it came (RFC 5322), with or without the line that a mailbox file puts before it.
        largest: how many bytes it may have.

    Raises:
        RefusedMailError: it is beyond one of the limits of `tracker.mail.limits`.
    """
    check_size(len(data), largest)
    message = read_structure(data)
    headers = message.headers
    body = read_body(message)
    sender = _sender(headers)
    subject = printable(words(headers.get("subject")))
    kind = automatic_kind(message, sender, subject)
    return Message(
        identity=identity_of(data),
        message_id=next(iter(headers.ids("message-id")), ""),
        in_reply_to=headers.ids("in-reply-to"),
        references=headers.ids("references"),
        sender=sender,
        reply_to=_addresses(headers, "reply-to"),
        to=_addresses(headers, "to"),
        cc=_addresses(headers, "cc"),
        subject=subject,
        date=read_date(headers.get("date")),
        text=body.text,
        attachments=body.attachments,
        automatic=kind,
        bounced=failed_addresses(message, body.text) if kind == "bounce" else (),
        authentication=headers.all("authentication-results"),
        exchange=headers.get(_EXCHANGE).strip() if len(headers.all(_EXCHANGE)) == 1 else "",
        alone=len(_addresses(headers, "from")) == 1,
    )


def _addresses(headers: Headers, name: str) -> tuple[Address, ...]:
    return tuple(address for value in headers.all(name) for address in read_addresses(value))


def _sender(headers: Headers) -> Address:
    fields = ("from", "sender", "return-path")
    return next((found[0] for name in fields if (found := _addresses(headers, name))), Address("", ""))


def read_date(value: str) -> datetime | None:
    """Return the aware moment that a Date field says (RFC 5322, section 3.3); None where it is none.

    One before 1970 is that of a computer that does not know the date.
    """
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    # “-0000” says that the place is not known (RFC 5322, section 3.3); the time is that of UTC.
    aware = date if date.tzinfo else date.replace(tzinfo=UTC)
    return aware if aware >= _EPOCH else None
