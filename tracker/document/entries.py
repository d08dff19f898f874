"""The splices that replace, insert or delete one key with its value in a mapping.

A place that is written too unusually gives splices that do not say what they should; whoever makes
them reads the result again and refuses it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tracker.document.items import flow_text, list_splices, without
from tracker.document.lines import Splice, content_end, indent_at, line_after, line_start, lines_at
from tracker.document.scalar import scalar, scalar_like
from tracker.document.write import STEP, entry_lines, inner_lines, is_scalar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.document.nodes import Node
    from tracker.document.value import NewScalar, NewValue


def replacement(text: str, parent: Node, key: str, value: NewValue, line_end: str) -> list[Splice]:
    """Return the splices that give a key of `parent` another value."""
    name, node = next(pair for pair in parent.pairs if pair[0].value == key)
    if is_scalar(value):
        if node.is_list or node.is_mapping:
            return [_value_splice(text, name, node, " " + scalar(value, flow=parent.flow))]
        return [scalar_splice(text, name, node, value, parent, line_end)]
    if node.is_list and not isinstance(value, Mapping):
        return list_splices(text, node, list(value), line_end)
    if parent.flow:
        return [_value_splice(text, name, node, " " + flow_text(value))]
    emptied = _value_splice(text, name, node, "")
    lines = inner_lines(value, indent_at(text, name.start) + STEP)
    return [emptied, lines_at(text, line_after(text, emptied.end), lines, line_end)]


def _value_splice(text: str, name: Node, node: Node, new: str) -> Splice:
    """Replace all between a key's colon and the end of its value."""
    colon = text.find(":", name.end) + 1
    return Splice(colon, max(colon, content_end(text, node)), new)


def scalar_splice(text: str, name: Node, node: Node, value: NewScalar, parent: Node, line_end: str) -> Splice:
    """Return the splice that puts one scalar in place of another, in the same quotes where they fit."""
    end = content_end(text, node)
    indent = indent_at(text, name.start)
    rest = text[end : line_after(text, end)]
    if isinstance(value, str) and "\n" in value and not rest.strip() and not parent.flow:
        end += len(rest) - len(rest.lstrip(" \t"))
        first, *others = entry_lines("k", value, indent)
        new = line_end.join([first.removeprefix(f"{indent}k: "), *others])
    else:
        new = scalar_like(node, value, flow=parent.flow)
    if node.value is None and text[node.start - 1 : node.start] == ":":
        new = f" {new}".rstrip()
    return Splice(node.start, end, new)


def insertion(
    text: str, parent: Node | None, key: str, value: NewValue, order: Sequence[str], line_end: str
) -> list[Splice]:
    """Return the splices that add a key to `parent`, at its place in the canonical order."""
    if parent is None:
        return [lines_at(text, len(text), entry_lines(key, value, ""), line_end)]
    before = _predecessor(parent, key, order)
    if parent.flow:
        entry = f"{scalar(key, flow=True)}: {flow_text(value)}"
        if not parent.pairs:
            return [Splice(parent.start + 1, parent.start + 1, entry)]
        if before is None:
            return [Splice(parent.pairs[0][0].start, parent.pairs[0][0].start, f"{entry}, ")]
        end = content_end(text, before)
        return [Splice(end, end, f", {entry}")]
    first = parent.pairs[0][0].start
    lines = entry_lines(key, value, indent_at(text, first))
    place = line_after(text, content_end(text, before)) if before else above_comments(text, first)
    return [lines_at(text, place, lines, line_end)]


def _predecessor(parent: Node, key: str, order: Sequence[str]) -> Node | None:
    """Return the value after which a new key belongs; None where it belongs before all."""
    ranks = {name: rank for rank, name in enumerate(order)}
    if key not in ranks:
        return parent.pairs[-1][1] if parent.pairs else None
    lower = [
        (ranks[str(name.value)], value)
        for name, value in parent.pairs
        if ranks.get(str(name.value), len(ranks)) < ranks[key]
    ]
    return max(lower, key=lambda pair: pair[0])[1] if lower else None


def above_comments(text: str, index: int) -> int:
    """Return the start of the line of `index`, or of the comments that stand directly above it."""
    place = line_start(text, index)
    while place > 0:
        above = line_start(text, place - (2 if text[place - 2 : place] == "\r\n" else 1))
        if not text[above:place].lstrip().startswith("#"):
            break
        place = above
    return place


def deletion(text: str, parent: Node, key: str) -> list[Splice]:
    """Return the splices that remove a key of `parent` with its value."""
    place = next(number for number, (name, _value) in enumerate(parent.pairs) if name.value == key)
    name, node = parent.pairs[place]
    if parent.flow:
        extents = [(pair[0].start, content_end(text, pair[1])) for pair in parent.pairs]
        return [without(extents, place, place + 1)]
    end = line_after(text, max(content_end(text, node), name.end))
    return [Splice(line_start(text, name.start), end, "")]
