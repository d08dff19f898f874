"""Messages from programs, as JSON: they go the way of mail, and are held to the same rules."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING

from tracker.actions.attachment import Attachment
from tracker.errors import RefusedMailError
from tracker.mail.message import Address, Message
from tracker.mail.reading import read_message
from tracker.model.told import Told, read_told
from tracker.translation import _

if TYPE_CHECKING:
    from typing import Any

_HOST = "intake.json.invalid"
"""No mail has a Message-ID of it (RFC 6761)."""
JSON = "json"
"""How such a message came in: a mail that looks like one is none, whatever it says."""
_TOLD, _MAILED = b"t", b"m"


def told_identity(data: bytes) -> str:
    """Return what such a document is known by, as 64 hexadecimal digits: it depends on its id alone.

    Raises:
        RefusedMailError: it is none.
    """
    return sha256(f"told\0{_document(data).id}".encode("utf-8", "surrogateescape")).hexdigest()


def marked(data: bytes, way: str) -> bytes:
    """Return the bytes of a message with a mark before them of how it came in."""
    return (_TOLD if way == JSON else _MAILED) + data


def read_any(marked_data: bytes, largest: int) -> Message:
    """Return what a marked message says, be it a mail or such a document.

    Raises:
        RefusedMailError: it cannot be read.
    """
    data = marked_data[1:]
    if marked_data[:1] == _TOLD:
        return _message(data, _document(data))
    return read_message(data, largest)


def _document(data: bytes) -> Told:
    try:
        value: Any = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise RefusedMailError(_("The message is no JSON: {error}.").format(error=error)) from error
    told = read_told(value)
    if isinstance(told, Told):
        return told
    first = told[0]
    place = "" if not first.field or first.field in first.message else f"{first.field}: "
    raise RefusedMailError(f"{place}{first.message}", first.hint)


def _message(data: bytes, told: Told) -> Message:
    title = told.title or told.text.strip().partition("\n")[0][:100]
    return Message(
        identity=told_identity(data),
        message_id=_id(told.id),
        in_reply_to=(_id(told.answers),) if told.answers else (),
        references=(),
        sender=Address(told.who.name, told.who.email),
        reply_to=(),
        to=(Address("", told.where),) if told.where else (),
        cc=(),
        subject=f"[{told.ticket}] {title}".strip() if told.ticket else title,
        date=told.created if told.created and told.created.tzinfo else None,
        text=told.text,
        attachments=tuple(Attachment(file.name, file.data) for file in told.attachments),
        automatic="auto-generated" if told.automatic else "",
        bounced=(),
        authentication=(),
        vouched=told.verified,
    )


def _id(name: str) -> str:
    return f"<{sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()}@{_HOST}>"
