"""Reading lists of addresses (RFC 5322, section 3.4) in one pass, without recursion.

Mail carries every kind of broken list. What cannot be an address is left out; nothing raises.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.mail.headers import printable, words
from tracker.mail.message import Address

if TYPE_CHECKING:
    from collections.abc import Iterator

_OUTSIDE = re.compile(
    r'"(?P<quoted>(?:[^"\\]|\\.)*+)"?|\\(?P<escaped>.)|<(?P<angle>[^<>]*)>?|(?P<mark>[(),;:])|(?P<plain>[^"\\<(),;:]+)',
    re.DOTALL,
)
_IN_COMMENT = re.compile(r"\\(?P<escaped>.)|(?P<mark>[()])|(?P<comment>[^\\()]+)", re.DOTALL)
"""Quotation marks and angle brackets mean nothing there (RFC 5322, section 3.2.2)."""
_MOST = 1_000


def read_addresses(value: str) -> tuple[Address, ...]:
    """Return the addresses in the value of a field such as To; of groups, the members."""
    found: list[Address] = []
    for text, comment, angle in _mailboxes(value):
        name = printable(words(text))
        if angle is not None:
            email = angle.rpartition(":")[2] if angle.startswith("@") else angle  # a route of RFC 822
            found.append(Address(name or printable(words(comment)), _email(email)))
        elif "@" in text.strip("@ "):
            found.append(_bare(text, comment))
        elif name:
            found.append(Address(name, ""))
        if len(found) == _MOST:
            break
    return tuple(found)


def _bare(text: str, comment: str) -> Address:
    """Read an address without angle brackets, before or after which a name may stand."""
    email = next(word for word in text.split() if "@" in word)
    name = comment or text.replace(email, " ", 1)
    return Address(printable(words(name)), _email(email))


def _email(text: str) -> str:
    return "".join(printable(words(text)).split())


def _mailboxes(value: str) -> Iterator[tuple[str, str, str | None]]:
    """Yield of each mailbox its text, its comment, and what stands in angle brackets."""
    text: list[str] = []
    comment: list[str] = []
    angle: str | None = None
    quoted = False
    for kind, part in (*_tokens(value), ("mark", ",")):
        if kind == "comment":
            comment.append(part)
        elif kind == "mark" and part != ":":
            # A quoted “@” is none of an address: who is misread has another name than a server has verified.
            yield "".join(text).strip(), "".join(comment).strip(), "" if quoted and angle is None else angle
            text, comment, angle, quoted = [], [], None, False
        elif kind == "mark":
            text = []  # the name of a group
        elif kind == "angle":
            angle = part if angle is None else angle
        else:
            quoted |= kind == "quoted" and "@" in part
            text.append(re.sub(r"\\(.)", r"\1", part) if kind == "quoted" else part)


def _tokens(value: str) -> Iterator[tuple[str, str]]:
    """Yield each piece of a list of addresses, and what it is; of comments, the words."""
    depth = place = 0
    while place < len(value):
        match = (_IN_COMMENT if depth else _OUTSIDE).match(value, place)
        if match is None:  # a backslash at the end
            return
        place = match.end()
        kind = match.lastgroup or ""
        if match[kind] in ("(", ")") and kind == "mark":
            outermost = depth == (0 if match[kind] == "(" else 1)
            depth = max(depth + (1 if match[kind] == "(" else -1), 0)
            yield "comment", " " if outermost else match[kind]
        else:
            yield "comment" if depth else kind, match[kind]
