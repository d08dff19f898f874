"""Where lines and contents begin and end in YAML, by character index."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tracker.document.nodes import Node

_END = re.compile(r"\r\n|[\n\r]")


class Splice(NamedTuple):
    """Put `text` in place of the characters from `start` to `end`."""

    start: int
    end: int
    text: str


def line_start(text: str, index: int) -> int:
    """Return where the line of `index` begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_after(text: str, index: int) -> int:
    """Return where the line after that of `index` begins, or the text ends."""
    end = _END.search(text, index)
    return end.end() if end else len(text)


def indent_at(text: str, index: int) -> str:
    """Return spaces up to the column of `index`."""
    return " " * (index - line_start(text, index))


def content_end(text: str, node: Node) -> int:
    """Return the index after a node's last character.

    The parser lets block collections and block scalars run on to whatever follows; what they hold
    ends with their last leaf.
    """
    if node.style in ("|", ">"):
        return node.start + len(text[node.start : node.end].rstrip())
    if node.flow or not (node.items or node.pairs):
        return node.end
    last = node.items[-1] if node.items else node.pairs[-1][1]
    return content_end(text, last)


def lines_at(text: str, index: int, lines: list[str], line_end: str) -> Splice:
    """Return the splice that inserts whole lines where a line begins, or after a last line without an end."""
    inserted = line_end.join(lines)
    if index == len(text) and text and not text.endswith(("\n", "\r")):
        return Splice(index, index, line_end + inserted)
    return Splice(index, index, inserted + line_end)
