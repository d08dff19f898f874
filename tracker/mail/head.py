"""What the header of a message tells before the message is read: its Message-ID (RFC 5322, 3.6.4)."""

from __future__ import annotations

import re

LONGEST_HEAD = 1 << 16
"""In bytes: so much of a message is looked through."""
_MESSAGE_ID = re.compile(rb"^message-id[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(r"<[^<>\s]+>")


def head(data: bytes) -> bytes:
    """Return the header of a message, or how it begins, with lines that end with a line feed alone."""
    return data[:LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]


def message_id_in(data: bytes) -> str:
    """Return the Message-ID of a message, with its angle brackets; empty without one."""
    values = (found[1].replace(b"\n", b"") for found in _MESSAGE_ID.finditer(head(data)))
    value = next((value for value in values if value.strip()), b"")
    return next(iter(ids_in(value.decode("utf-8", "replace"))), "")


def ids_in(value: str) -> tuple[str, ...]:
    """Return the ids in a field, with their angle brackets, which some programs leave out."""
    return tuple(_ID.findall(value)) or tuple(f"<{word}>" for word in value.split() if "@" in word)
