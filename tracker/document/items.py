"""The splices that turn one list into another: only the items that differ are touched."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tracker.document.lines import Splice, content_end, indent_at, line_after, line_start, lines_at
from tracker.document.scalar import scalar, scalar_like
from tracker.document.value import as_read
from tracker.document.write import inner_lines, is_scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.document.nodes import Node
    from tracker.document.value import NewValue


def flow_text(value: NewValue) -> str:
    """Return a value as it stands between brackets."""
    if is_scalar(value):
        return scalar(value, flow=True)
    if isinstance(value, Mapping):
        return (
            "{"
            + ", ".join(f"{scalar(key, flow=True)}: {flow_text(part)}" for key, part in value.items())
            + "}"
        )
    return "[" + ", ".join(flow_text(item) for item in value) + "]"


def list_splices(text: str, node: Node, items: Sequence[NewValue], line_end: str) -> list[Splice]:
    """Return the splices that make the list `node` hold `items`."""
    before = [repr(value) for value in node.value]
    after = [repr(as_read(item)) for item in items]
    splices = []
    for kind, low, high, new_low, new_high in SequenceMatcher(
        a=before, b=after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            splices += _change(text, node, (low, high), items[new_low:new_high], line_end)
    return splices


def _change(
    text: str, node: Node, span: tuple[int, int], items: Sequence[NewValue], line_end: str
) -> list[Splice]:
    """Put `items` in place of those from `span[0]` to `span[1]`: pairs in place, then the rest."""
    low, high = span
    splices = []
    while (
        low < high and items and is_scalar(items[0]) and not (node.items[low].items or node.items[low].pairs)
    ):
        old = node.items[low]
        new = scalar_like(old, items[0], flow=node.flow)
        empty = old.start == old.end and text[old.start - 1 : old.start] == "-"
        splices.append(Splice(old.start, content_end(text, old), f" {new}" if empty else new))
        low, items = low + 1, items[1:]
    if low < high:
        splices.append(_removed(text, node, low, high))
    if items:
        splices.append(_added(text, node, high, items, line_end))
    return splices


def _removed(text: str, node: Node, low: int, high: int) -> Splice:
    if node.flow:
        return without([(item.start, content_end(text, item)) for item in node.items], low, high)
    start = line_start(text, node.items[low].start)
    return Splice(start, line_after(text, content_end(text, node.items[high - 1])), "")


def _added(text: str, node: Node, place: int, items: Sequence[NewValue], line_end: str) -> Splice:
    """Insert items before the item at `place`."""
    if node.flow:
        new = ", ".join(flow_text(item) for item in items)
        if not node.items:
            return Splice(node.start + 1, node.start + 1, new)
        if place == 0:
            return Splice(node.items[0].start, node.items[0].start, f"{new}, ")
        end = content_end(text, node.items[place - 1])
        return Splice(end, end, f", {new}")
    lines = inner_lines(items, indent_at(text, node.start))
    if place == 0:
        return lines_at(text, line_start(text, node.start), lines, line_end)
    return lines_at(text, line_after(text, content_end(text, node.items[place - 1])), lines, line_end)


def without(extents: Sequence[tuple[int, int]], low: int, high: int) -> Splice:
    """Return the splice that removes some of what stands between brackets, with its commas."""
    if high < len(extents):
        return Splice(extents[low][0], extents[high][0], "")
    if low > 0:
        return Splice(extents[low - 1][1], extents[high - 1][1], "")
    return Splice(extents[0][0], extents[-1][1], "")
