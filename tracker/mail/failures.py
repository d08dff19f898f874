"""Which addresses a bounce says that nobody has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.charset import decode
from tracker.mail.headers import read_headers
from tracker.mail.refusal import Fault, fault_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.mail.structure import Part

_ADDRESS = re.compile(r"[^\s<>@,;:()\"]+@[^\s<>@,;:()\"]+[\w\]]")
_AT_LINE_START = re.compile(
    r"^[ \t]*<([^\s<>@]{1,100}@[^\s<>@]{1,200})>(?:\s*\(.{0,200}\))?\s*:", re.MULTILINE
)
_STATUS = {"message/delivery-status", "message/global-delivery-status"}
_MOST = 100


def failed_addresses(message: Part, text: str) -> tuple[str, ...]:
    """Return the addresses of a bounce that nobody has, in order; not those that may work again tomorrow.

    Args:
        message: the bounce.
        text: what it says in words, where nothing is said for programs.
    """
    found = [*_reported(message)]
    if not any(part.kind in _STATUS for part in message.parts):
        field, words = ",".join(message.headers.all("x-failed-recipients")), text.replace("\\<", "<")
        if fault_of(words) is Fault.ADDRESS:
            found = _ADDRESS.findall(field) or _AT_LINE_START.findall(words)
    return tuple(dict.fromkeys(found))[:_MOST]


def _reported(message: Part) -> Iterator[str]:
    """Read the reports in a bounce (RFC 3464): fields for the message, then a group for each address."""
    for part in message.parts:
        if part.kind not in _STATUS:
            continue
        for group in re.split(rb"\n[ \t\r]*\n", part.content):
            fields, _end = read_headers(group.strip(b"\r\n") + b"\n", 0, len(group))
            if fields.get("action").partition(" ")[0].lower() not in {"failed", "failure"}:
                continue
            if fault_of(f"{fields.get('status')} {fields.get('diagnostic-code')}") is not Fault.ADDRESS:
                continue
            given = fields.get("original-recipient") or fields.get("final-recipient")
            yield from _ADDRESS.findall(decode(given.rpartition(";")[2].encode()))[:1]
