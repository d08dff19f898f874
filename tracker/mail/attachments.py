"""What the files in a mail are called: as their sender called them, without what no name may have."""

from __future__ import annotations

import mimetypes
import re
from typing import TYPE_CHECKING

from tracker.actions.attachment import Attachment
from tracker.mail.headers import printable, read_headers, words

if TYPE_CHECKING:
    from tracker.mail.structure import Part

_LONGEST = 200
_ENDINGS = {
    "application/ms-tnef": ".dat",
    "application/pgp-encrypted": ".asc",
    "application/pgp-keys": ".asc",
    "application/pgp-signature": ".asc",
    "application/pkcs7-mime": ".p7m",
    "application/pkcs7-signature": ".p7s",
    "application/x-pkcs7-mime": ".p7m",
    "application/x-pkcs7-signature": ".p7s",
    "message/delivery-status": ".txt",
    "message/disposition-notification": ".txt",
    "message/feedback-report": ".txt",
    "message/global": ".eml",
    "message/news": ".eml",
    "message/rfc822": ".eml",
    "text/calendar": ".ics",
    "text/html": ".html",
    "text/plain": ".txt",
    "text/rfc822-headers": ".txt",
    "text/vcard": ".vcf",
    "text/x-vcard": ".vcf",
}
_WHOLE_MESSAGES = {"message/rfc822", "message/global", "message/news"}
_TELLING = {"image", "audio", "video", "invite"}
_usual = mimetypes.MimeTypes()  # those of Python, not those of the machine


def given_name(part: Part) -> str:
    """Return the name that the sender gave a part, without folders; empty without one."""
    name = part.disposition.parameters.get("filename", "") or part.parameters.get("name", "")
    return clean_name(name)


def clean_name(name: str) -> str:
    """Return a name without its folders and without characters that do not show."""
    last = re.split(r"[/\\]", printable(name.replace("\0", "")).rstrip("/\\ "))[-1].strip()
    if last in {".", ".."}:
        return ""
    stem, dot, ending = last.rpartition(".")
    return f"{stem[: _LONGEST - len(ending)]}{dot}{ending}" if len(ending) < _LONGEST else last[:_LONGEST]


def attachment_of(part: Part, number: int) -> Attachment:
    """Return a part as a file; one without a name is called after what it is.

    Args:
        part: the part; no multipart.
        number: how many files the message has before it, plus one.
    """
    return Attachment(given_name(part) or _invented_name(part, number), part.content)


def _invented_name(part: Part, number: int) -> str:
    ending = _ENDINGS.get(part.kind) or _usual.guess_extension(part.kind) or ".bin"
    if part.kind in _WHOLE_MESSAGES:
        inner, _start = read_headers(part.content, 0, len(part.content))
        subject = clean_name(re.sub(r"[/\\:]+", " ", words(inner.get("subject"))))
        return f"{subject[:80] or f'message-{number}'}{ending}"
    what = "invite" if part.kind == "text/calendar" else part.kind.partition("/")[0]
    return f"{what if what in _TELLING else 'attachment'}-{number}{ending}"
