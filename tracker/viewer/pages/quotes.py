"""Which part of a message is only repeated: what it quotes at its end, and its signature.

Sources: RFC 3676, section 4.3, for `-- `; for the line above a quotation, what mail programs write.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from tracker.model.mention import without_code

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LONG = 4
"""So many quoted lines are folded: fewer take no more room than what stands for them."""
_LONGEST_SIGNATURE, _LONGEST_INTRODUCTION = 12, 4
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_BEGINS = re.compile(r"(?:On|Le|Am|El|Il|Em|Op|Den|Dnia|W dniu|\d{4}-\d\d-\d\d)\b")
_NAMES = re.compile(r"\b(?:wrote|écrit|schrieb|escribió|scritto|escreveu|schreef|napisał\w*)\b|@|\d:\d\d")

Kind = Literal["text", "quote", "signature"]


class Part(NamedTuple):
    """A part of a message, which may be shown folded; `lines` counts what it has of its kind."""

    kind: Kind
    text: str
    lines: int = 0


def parts(text: str) -> list[Part]:
    """Return the parts of a message in Markdown, in order; together they are the message."""
    if "\n>" not in text and "\n--" not in text:
        return [Part("text", text)]
    lines, plain = text.splitlines(keepends=True), without_code(text).splitlines(keepends=True)
    found: list[Part] = []
    for kind, start, number in _folded(lines, plain):
        found.insert(0, Part(kind, "".join(lines[start:]), number))
        del lines[start:], plain[start:]
    rest = "".join(plain)
    if not rest.strip() or _FENCE.search(rest):  # all of it, or code that nothing closes
        return [Part("text", text)]
    return [Part("text", "".join(lines)), *found]


def _folded(lines: Sequence[str], plain: Sequence[str]) -> Iterator[tuple[Kind, int, int]]:
    """Yield what is folded, from the end; who asks takes it away before the next is looked for."""
    signed = False
    for _end in range(2):
        start = None if signed else _signature(plain)
        if start is not None:
            signed = True
            yield "signature", start, len(lines) - start - 1
        start, number = _quotation(lines, plain)
        if number < LONG:
            return
        yield "quote", _introduction(lines, start), number


def _signature(plain: Sequence[str]) -> int | None:
    """Return where the signature at the end begins; two hyphens without a space may underline a title."""
    for place in range(len(plain) - 1, max(0, len(plain) - 2 - _LONGEST_SIGNATURE), -1):
        line = plain[place].rstrip("\r\n")
        if line == "-- " or (line == "--" and not plain[place - 1].strip()):
            return place if "".join(plain[place + 1 :]).strip() else None
        if line.startswith(">"):
            return None
    return None


def _quotation(lines: Sequence[str], plain: Sequence[str]) -> tuple[int, int]:
    """Return where the quotation at the end begins, and how many lines it has."""
    start, number = len(lines), 0
    for place in range(len(lines) - 1, -1, -1):
        if plain[place].startswith(">"):
            start, number = place, number + 1
        elif lines[place].strip():
            break
    return start, number


def _introduction(lines: Sequence[str], start: int) -> int:
    """Return where a quotation begins with the line above it, which may be broken, that says whose it is."""
    end = start
    while end and not lines[end - 1].strip():
        end -= 1
    if not end or not lines[end - 1].rstrip().endswith(":"):
        return start
    for first in range(end - 1, max(-1, end - 1 - _LONGEST_INTRODUCTION), -1):
        if not lines[first].strip():
            break
        if _BEGINS.match(lines[first]) and _NAMES.search("".join(lines[first:end])):
            return first
    return end - 1 if _NAMES.search(lines[end - 1]) else start
