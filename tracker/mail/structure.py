"""From the bytes of a message to the tree of its parts (RFC 2046), in one pass and without recursion.

Python's own parser of this structure, and of addresses, recurses as deeply as a stranger likes, so neither
is used. The passages of a part's bytes are kept as they are: a forwarded message is saved exactly as it came.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.mail.headers import Headers, read_headers
from tracker.mail.limits import check_parts
from tracker.mail.parameters import Parameterised, read_parameters
from tracker.mail.transfer import decode_transfer

_DELIMITER = re.compile(rb"^--([^\r\n]+)\r*\n?", re.MULTILINE)
_TYPE = re.compile(r"[!#$%&'*+.^_`{|}~\w-]+/[!#$%&'*+.^_`{|}~\w-]+", re.ASCII)
_MULTIPART = "multipart/"


class Part(NamedTuple):
    """A message or a part of one.

    Attributes:
        headers: its header.
        kind: its type as in `text/plain`, in lower case.
        parameters: those of Content-Type.
        disposition: `inline`, `attachment` or another word, with its parameters.
        body: the bytes after the header, as they came.
        parts: of a multipart, the parts.
    """

    headers: Headers
    kind: str
    parameters: dict[str, str]
    disposition: Parameterised
    body: bytes
    parts: tuple[Part, ...]

    @property
    def content(self) -> bytes:
        """What the body stands for, after its transfer encoding."""
        return decode_transfer(self.body, self.headers.get("content-transfer-encoding"))


class _Open:
    """A part whose end has not been reached."""

    def __init__(self, data: bytes, start: int, usual: str) -> None:
        self.headers, self.start = read_headers(data, start, len(data))
        given = read_parameters(self.headers.get("content-type"))
        claimed = given.value or usual
        self.kind = claimed if _TYPE.fullmatch(claimed) else "text/plain"
        self.parameters = given.parameters
        self.parts: list[Part] = []
        boundary = self.parameters.get("boundary", "") if self.kind.startswith(_MULTIPART) else ""
        self.boundary = boundary.rstrip().encode()

    def close(self, data: bytes, end: int) -> Part:
        """Return the part, which ends at `end`."""
        disposition = read_parameters(self.headers.get("content-disposition"))
        # A multipart in which no part was found is its text.
        lost = self.kind.startswith(_MULTIPART) and not self.parts
        kind = "text/plain" if lost else self.kind
        body = b"" if self.parts else data[self.start : max(end, self.start)]
        return Part(self.headers, kind, self.parameters, disposition, body, tuple(self.parts))


def read_structure(data: bytes) -> Part:
    """Return a message as the tree of its parts.

    Raises:
        RefusedMailError: a header is too large, the parts are too many or too deeply nested.
    """
    data = data if b"\n" in data else data.replace(b"\r", b"\n")
    beginning = re.match(rb"(?:\xef\xbb\xbf)?[\r\n]*", data).end()  # type: ignore[union-attr]  # matches nothing at least
    stack = [_Open(data, beginning, "text/plain")]
    number = 0
    place = stack[0].start
    while found := _next_delimiter(data, place, stack):
        delimiter, level, closes = found
        before = delimiter.start()
        _close_down_to(stack, level, data, before - 1 - (data[before - 2 : before] == b"\r\n"))
        if closes:
            stack[level].boundary = b""
            place = delimiter.end()
            continue
        number += 1
        check_parts(number, len(stack))
        usual = "message/rfc822" if stack[level].kind == "multipart/digest" else "text/plain"
        stack.append(_Open(data, delimiter.end(), usual))
        place = stack[-1].start
    _close_down_to(stack, 0, data, len(data))
    return stack[0].close(data, len(data))


def _next_delimiter(data: bytes, place: int, stack: list[_Open]) -> tuple[re.Match[bytes], int, bool] | None:
    """Return the next line that begins a part or ends a multipart, the level of that, and whether it ends."""
    levels = {part.boundary: level for level, part in enumerate(stack) if part.boundary}
    if not levels:
        return None
    for match in _DELIMITER.finditer(data, place):
        text = match[1].rstrip(b" \t")
        if (level := levels.get(text)) is not None:
            return match, level, False
        if (level := levels.get(text.removesuffix(b"--"))) is not None:
            return match, level, True
    return None


def _close_down_to(stack: list[_Open], level: int, data: bytes, end: int) -> None:
    while len(stack) > level + 1:
        part = stack.pop()
        stack[-1].parts.append(part.close(data, end))
