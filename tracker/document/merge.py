"""Merging three versions of a front matter, field by field; lists item by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document.lines import line_start
from tracker.document.splice import set_value
from tracker.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.document.document import Document
    from tracker.document.value import Value


class MergedFields(NamedTuple):
    """A merged front matter, and the fields that both sides changed differently: each stands there twice."""

    yaml: str
    conflicts: tuple[str, ...]


def merge_fields(before: Document, ours: Document, theirs: Document) -> MergedFields:
    """Return our front matter with what they changed; each field's lines stay as one side wrote them.

    Args:
        before: what both began with; without fields where both added the file.
        ours: our version; read without findings, as the others.
        theirs: their version.

    Raises:
        EditError: a front matter is written in a way that has no lines of its own for each field.
    """
    ours = _with_united_lists(before, ours, theirs)
    old, mine, other = _blocks(before), _blocks(ours), _blocks(theirs)
    merged: list[str] = [mine.get("", "")]
    conflicts = []
    for name in _order(list(mine), list(other)):
        left, right = mine.get(name, ""), other.get(name, "")
        united = isinstance(ours.values.get(name), list) and _is_united(name, before, ours, theirs)
        if (
            left == right
            or right == old.get(name, "")
            or united
            or _value(ours, name) == _value(theirs, name)
        ):
            merged.append(left)
        elif left == old.get(name, ""):
            merged.append(right)
        else:
            conflicts.append(name)
            merged.append(f"<<<<<<< ours\n{left}=======\n{right}>>>>>>> theirs\n")
    return MergedFields("".join(merged), tuple(conflicts))


def _value(document: Document, name: str) -> Value:
    return document.values.get(name)


def _blocks(document: Document) -> dict[str, str]:
    """Return each field's lines by name, and under no name what stands above the first."""
    yaml, root = document.yaml, document.root
    if not document.values:
        return {"": ""}
    if root is None or root.flow:
        raise EditError(f"{document.path}: {{…}}")
    starts = [line_start(yaml, name.start) for name, _node in root.pairs]
    if len(set(starts)) != len(starts):
        raise EditError(document.path)
    names = [str(name.value) for name, _node in root.pairs]
    ends = [*starts[1:], len(yaml)]
    blocks = {name: yaml[start:end] for name, start, end in zip(names, starts, ends, strict=True)}
    return {"": yaml[: starts[0]], **blocks}


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    """Return our fields in our order, each of theirs that we lack after the one it follows there."""
    order = [name for name in ours if name]
    for place, name in enumerate(theirs):
        if name and name not in order:
            above = next((other for other in reversed(theirs[:place]) if other in order), None)
            order.insert(order.index(above) + 1 if above else 0, name)
    return order


def _with_united_lists(before: Document, ours: Document, theirs: Document) -> Document:
    for name, held in ours.values.items():
        added = theirs.values.get(name)
        if isinstance(held, list) and isinstance(added, list) and held != added:
            ours = set_value(ours, (name,), _united(_list(before.values, name), held, added))
    return ours


def _is_united(name: str, before: Document, ours: Document, theirs: Document) -> bool:
    added = theirs.values.get(name)
    return isinstance(added, list) and _united(
        _list(before.values, name), _list(ours.values, name), added
    ) == _list(ours.values, name)


def _united(before: list[Value], ours: list[Value], theirs: list[Value]) -> list[Value]:
    """Return our items without those that they removed, and with those that they added."""
    kept = [item for item in ours if item in theirs or item not in before]
    return [*kept, *(item for item in theirs if item not in before and item not in kept)]


def _list(values: Mapping[str, Value], name: str) -> list[Value]:
    value = values.get(name)
    return value if isinstance(value, list) else []
