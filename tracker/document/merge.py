"""Merging three versions of a front matter: field by field, key by key, lists by item."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document.lines import content_end, line_after, line_start
from tracker.document.merge_lists import write_items
from tracker.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.document.document import Document
    from tracker.document.nodes import Node
    from tracker.document.value import Value

    MergeLines = Callable[[str, str, str], str | None]
    """Merges three texts by line: before, ours, theirs; None where both changed the same lines."""

_TAIL = ""


class MergedFields(NamedTuple):
    """A merged front matter.

    Attributes:
        yaml: its text.
        conflicts: the fields that both sides changed differently; each stands there twice, between marks.
        values: what the fields say that were taken whole from one side, for a check.
    """

    yaml: str
    conflicts: tuple[str, ...]
    values: dict[str, Value]


class _Placed(NamedTuple):
    """A value, and the text that its place counts in."""

    node: Node
    yaml: str


class _Part(NamedTuple):
    """A mapping, or where none is: its lines by key; under no key what stands below the last."""

    lines: dict[str, str]
    nodes: dict[str, _Placed]
    text: str


def merge_fields(before: Document, ours: Document, theirs: Document, lines: MergeLines) -> MergedFields:
    """Return our front matter with what they changed; each field's lines stay as one side wrote them.

    Comments belong to the field below them. What only one side touched is taken as it is, comments and
    quotes included; only where both did, values are looked at.

    Args:
        before: what both began with; without fields where both added the file.
        ours: our version; read without findings, and with the same line ends as the others.
        theirs: their version.
        lines: merges by line what both sides changed.

    Raises:
        EditError: a front matter is written in a way that has no lines of its own for each field.
    """
    united, unclear = list(_both_lists(before, ours, theirs)), list[str]()
    for name in united:
        items = _united(*(_list(document.values.get(name)) for document in (before, ours, theirs)))
        try:
            ours = write_items(before, ours, theirs, name, items)
        except EditError:
            unclear.append(name)
    merger = _Merger(lines, (name for name in united if name not in unclear), unclear)
    text = merger.merge(_top(before), _top(ours), _top(theirs), ())
    sides = {"left": ours.values, "right": theirs.values}
    values = {name: sides[side][name] for name, side in merger.whole.items() if name in sides[side]}
    return MergedFields(text, tuple(merger.conflicts), values)


class _Merger:
    """Collects what becomes of each field on the way through a front matter."""

    def __init__(self, lines: MergeLines, united: Iterable[str], unclear: Iterable[str]) -> None:
        self.conflicts: list[str] = []
        self.whole: dict[str, str] = {}
        self._lines = lines
        self._united = frozenset(united)
        self._unclear = frozenset(unclear)

    def merge(self, old: _Part, left: _Part, right: _Part, keys: tuple[str, ...]) -> str:
        """Return the merged lines of a mapping; `keys` lead to it."""
        names = [*_order(list(left.lines), list(right.lines)), _TAIL]
        return "".join(self._field(name, old, left, right, keys) for name in names)

    def _field(self, name: str, old: _Part, left: _Part, right: _Part, keys: tuple[str, ...]) -> str:
        before, ours, theirs = (part.lines.get(name, "") for part in (old, left, right))
        united = not keys and name in self._united
        if united or theirs in (ours, before):
            return self._take(name, ours, "left", keys)
        if ours == before:
            return self._take(name, theirs, "right", keys)
        nested = [_nested(part, name) for part in (old, left, right)]
        if nested[1] and nested[2]:
            return self._merge_nested(nested, left, right, (*keys, name))
        merged = None if not keys and name in self._unclear else self._lines(before, ours, theirs)
        if merged is not None:
            return merged
        if name and _value(left, name) == _value(right, name) and not ("#" in ours and "#" in theirs):
            side = "left" if len(ours) >= len(theirs) else "right"
            return self._take(name, ours if side == "left" else theirs, side, keys)
        self.conflicts.append(".".join((*keys, name)))
        return f"<<<<<<< ours\n{ours}=======\n{theirs}>>>>>>> theirs\n"

    def _take(self, name: str, text: str, side: str, keys: tuple[str, ...]) -> str:
        if not keys and name:
            self.whole[name] = side
        return text

    def _merge_nested(
        self, nested: list[_Part | None], left: _Part, right: _Part, keys: tuple[str, ...]
    ) -> str:
        old, ours, theirs = (part or _Part({}, {}, "") for part in nested)
        heads = [
            part.lines[keys[-1]].removesuffix(inner.text) for part, inner in ((left, ours), (right, theirs))
        ]
        head = heads[0] if len(heads[0]) >= len(heads[1]) else heads[1]
        return head + self.merge(old, ours, theirs, keys)


def _top(document: Document) -> _Part:
    root, yaml = document.root, document.yaml
    if not document.values:
        return _Part({_TAIL: yaml}, {}, yaml)
    if root is None or root.flow:
        raise EditError(f"{document.path}: {{…}}")
    return _part(yaml, root, 0, len(yaml))


def _part(yaml: str, mapping: Node, start: int, end: int) -> _Part:
    """Return the lines of a block mapping between two places, each where a line begins."""
    lines, place = {}, start
    for name, value in mapping.pairs:
        after = line_after(yaml, max(content_end(yaml, value), name.end))
        if line_start(yaml, name.start) < place:
            raise EditError(str(name.value))
        lines[str(name.value)] = yaml[place:after]
        place = after
    nodes = {str(name.value): _Placed(value, yaml) for name, value in mapping.pairs}
    return _Part({**lines, _TAIL: yaml[place:end]}, nodes, yaml[start:end])


def _nested(part: _Part, name: str) -> _Part | None:
    """Return the mapping below a key, None where something else is."""
    placed = part.nodes.get(name)
    node = placed.node if placed else None
    if placed is None or node is None or not node.pairs or node.flow:
        return None
    start = line_start(placed.yaml, node.pairs[0][0].start)
    end = line_after(placed.yaml, content_end(placed.yaml, node))
    return _part(placed.yaml, node, start, end)


def _value(part: _Part, name: str) -> Value:
    placed = part.nodes.get(name)
    value: Value = placed.node.value if placed else None
    return value


def _order(ours: list[str], theirs: list[str]) -> list[str]:
    """Return our fields in our order, each of theirs that we lack after the one it follows there."""
    order = [name for name in ours if name]
    for place, name in enumerate(theirs):
        if name and name not in order:
            above = next((other for other in reversed(theirs[:place]) if other in order), None)
            order.insert(order.index(above) + 1 if above else 0, name)
    return order


def _both_lists(before: Document, ours: Document, theirs: Document) -> Iterator[str]:
    """Yield the fields that are lists, or gone, on both sides, and that both changed."""
    for name in dict.fromkeys((*ours.values, *theirs.values, *before.values)):
        old, left, right = (document.values.get(name) for document in (before, ours, theirs))
        are_lists = all(isinstance(value, list) or value is None for value in (old, left, right))
        if are_lists and left != right and old not in (left, right) and (left or right or old):
            yield name


def _united(before: list[Value], ours: list[Value], theirs: list[Value]) -> list[Value]:
    """Return our items without those that they removed, and with those that they added."""
    kept = [item for item in ours if item in theirs or item not in before]
    return [*kept, *(item for item in theirs if item not in before and item not in kept)]


def _list(value: Value) -> list[Value]:
    return value if isinstance(value, list) else []
