"""The header of a message or of a part: its fields as they are, and as a person reads them.

Encoded words are those of RFC 2047, as they are seen rather than as they should be: in quoted strings,
with blanks inside, several of them cutting one character in two, or with nothing between them.
"""

from __future__ import annotations

import binascii
import re
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.mail.charset import decode
from tracker.mail.head import ids_in
from tracker.mail.limits import LONGEST_HEADER, check_headers
from tracker.mail.transfer import decode_base64

if TYPE_CHECKING:
    from collections.abc import Callable

_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*)\n?")
_MAILBOX_LINE = re.compile(rb"(?:>?From [^\n]*\n)?")
_BLANK_LINE = re.compile(rb"(?:\r*\n)?")
_FOLD = re.compile(rb"\r*\n(?=[ \t])")
_WORD = re.compile(r"=\?([^?\s]{1,75})\?([bBqQ])\?([^?]*(?:\?(?!=)[^?]*)*)\?=")
_UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_PRINTED = "\u200b\u200c\u200d"


class Headers(NamedTuple):
    """The fields of one header, in order: names in lower case, values unfolded but otherwise as they are."""

    fields: tuple[tuple[str, str], ...]

    def all(self, name: str) -> tuple[str, ...]:
        """Return the values of all fields of a name (in lower case), topmost first."""
        return tuple(value for key, value in self.fields if key == name)

    def get(self, name: str) -> str:
        """Return the value of the topmost field of a name that has one; empty without it."""
        return next((value for value in self.all(name) if value), "")

    def ids(self, name: str) -> tuple[str, ...]:
        """Return the message ids in a field, with their angle brackets."""
        return ids_in(self.get(name))


def read_headers(data: bytes, start: int, end: int) -> tuple[Headers, int]:
    """Read the header that begins at `start`; return it, and where the body begins.

    A header ends at an empty line or, in broken mail, at the first line that belongs to no field.

    Raises:
        RefusedMailError: it has too many bytes or fields.
    """
    fields, body = raw_header(data, start, end, check_headers)
    return Headers(tuple((name, _unfolded(name, value)) for name, value in fields)), body


def raw_header(
    data: bytes, start: int, end: int, check: Callable[[int, int], None] = lambda _size, _number: None
) -> tuple[list[tuple[str, bytes]], int]:
    """Return the fields of a header, names in lower case, as their bytes are; and where the body begins.

    Args:
        data: where it is.
        start: its beginning.
        end: where the message or part ends at the latest.
        check: told after each field how many bytes and fields there are.
    """
    fields = []
    place = _MAILBOX_LINE.match(data, start, end).end()  # type: ignore[union-attr]  # matches nothing at least
    while field := _FIELD.match(data, place, end):
        place = field.end()
        fields.append((field[1][:100].decode("ascii").lower(), field[2]))
        check(place - start, len(fields))
    return fields, _BLANK_LINE.match(data, place, end).end()  # type: ignore[union-attr]  # likewise


def _unfolded(name: str, value: bytes) -> str:
    # The newest of the messages that are referred to stands last.
    short = value[-LONGEST_HEADER:] if name == "references" else value[:LONGEST_HEADER]
    return decode(_FOLD.sub(b"", short)).strip()


def words(value: str) -> str:
    """Return a value with its encoded words decoded."""
    found: list[tuple[str, bytes]] = []
    place = 0
    for match in _WORD.finditer(value):
        between = value[place : match.start()]
        if between.strip() or not found:
            found.append(("", between.encode()))
        found.append((match[1].partition("*")[0].lower(), _bytes(match[2].lower(), match[3])))
        place = match.end()
    found.append(("", value[place:].encode()))
    # Bytes of one charset are joined before they are decoded: a character may lie in two words.
    joined = (
        (charset, b"".join(word[1] for word in group)) for charset, group in groupby(found, itemgetter(0))
    )
    return "".join(decode(data, charset or "utf-8") for charset, data in joined)


def _bytes(encoding: str, text: str) -> bytes:
    raw = text.encode()
    if encoding == "b":
        return decode_base64(raw)
    return binascii.a2b_qp(raw, header=True)


def printable(text: str) -> str:
    """Return a text as one line without anything that does not show or that turns the writing round."""
    seen = _UNSEEN.sub("", text)
    if not seen.isprintable():
        seen = "".join(sign if sign.isprintable() or sign in _PRINTED else " " for sign in seen)
    return " ".join(seen.split())
