"""YAML as a tree of nodes that know where they stand, read strictly.

Strict means the part of YAML that every reader understands alike: one mapping of plain keys, without
anchors, aliases, tags, merge keys, repeated keys, further documents or bottomless nesting. Scalars
stay the author's text, so `no`, `010` and `1.10` are what they look like.

The parser's events are read in one loop, so that no depth of nesting can exhaust the stack; positions
are character indexes, because the parser counts lines in its own way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import yaml

from tracker.document.complaints import Complaint, duplicate_key, not_allowed, syntax_error, unprintable
from tracker.document.value import NULLS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.document.value import Value

DEEPEST = 32
_MOST_COMPLAINTS = 100
Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True, eq=False)
class Node:
    """A scalar, a list or a mapping.

    Attributes:
        start: index of its first character.
        end: index after its last character; that of a block list or mapping may run on into what follows.
        value: what it holds; shared with the values of the nodes above it.
        style: how a scalar is written: `'`, `"`, `|`, `>`, or empty for plain.
        flow: whether a list or mapping is written in brackets.
        items: the nodes of a list.
        pairs: the nodes of a mapping, keys with values.
    """

    start: int
    end: int
    value: Any
    style: str = ""
    flow: bool = False
    items: Sequence[Node] = ()
    pairs: Sequence[tuple[Node, Node]] = ()

    @property
    def is_mapping(self) -> bool:
        """Whether it is a mapping."""
        return isinstance(self.value, dict)

    @property
    def is_list(self) -> bool:
        """Whether it is a list."""
        return isinstance(self.value, list)

    def child(self, key: str | int) -> tuple[Node | None, Node] | None:
        """Return the key's node, if any, and the value's node of one key or list index; None without it."""
        if isinstance(key, int):
            return (None, self.items[key]) if 0 <= key < len(self.items) else None
        return next(((name, value) for name, value in self.pairs if name.value == key), None)


class Parsed(NamedTuple):
    """A tree and its plain values; where there are complaints, neither is to be used."""

    root: Node | None
    values: dict[str, Value]
    complaints: list[Complaint]


def parse(text: str) -> Parsed:
    """Read YAML strictly, with the place of every value. An empty text is an empty mapping."""
    bad = UNPRINTABLE.search(text)
    if bad:
        return Parsed(None, {}, [unprintable(bad)])
    builder = _Builder()
    try:
        builder.run(text)
    except yaml.MarkedYAMLError as error:
        builder.complaints.append(syntax_error(error, text))
    if builder.complaints or builder.root is None:
        return Parsed(None, {}, builder.complaints)
    return Parsed(builder.root, builder.root.value, [])


class _Builder:
    """Turns events into nodes, with a stack of the collections that are open."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.complaints: list[Complaint] = []
        self._open: list[Node] = []
        self._keys: list[Node | None] = []
        self._documents = 0

    def run(self, text: str) -> None:
        """Read all events; stop at what cannot be made sense of."""
        loader = Loader(text)
        try:
            while len(self.complaints) < _MOST_COMPLAINTS and self._goes_on(loader):
                pass
        finally:
            loader.dispose()

    def _goes_on(self, loader: Any) -> bool:
        """Take in the next event, if there is one; return whether to go on."""
        return loader.check_event() and self._take(loader.get_event())

    def _take(self, event: Any) -> bool:
        """Take in one event; return whether to go on."""
        take = self._TAKERS.get(type(event))
        return take is None or take(self, event)

    def _take_scalar(self, event: Any) -> bool:
        text, style = event.value, event.style or ""
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        value = None if text in NULLS and not style else text
        return self._place(Node(event.start_mark.index, event.end_mark.index, value, style), text)

    def _take_start(self, event: Any) -> bool:
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        node = Node(event.start_mark.index, event.end_mark.index, [], flow=bool(event.flow_style), items=[])
        if isinstance(event, yaml.MappingStartEvent):
            node.value, node.items, node.pairs = {}, (), []
        return self._place(node, None) and self._enter(node)

    def _take_end(self, event: Any) -> bool:
        self._open.pop().end = event.end_mark.index
        self._keys.pop()
        return True

    def _take_alias(self, event: Any) -> bool:
        self.complaints.append(not_allowed("alias", event.start_mark.index))
        return self._place(Node(event.start_mark.index, event.end_mark.index, None, "*"), "*")

    def _take_document(self, event: Any) -> bool:
        self._documents += 1
        if self._documents > 1:
            self.complaints.append(not_allowed("documents", event.start_mark.index))
        return self._documents == 1

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor is not None:
            self.complaints.append(not_allowed("anchor", event.start_mark.index))
        if event.tag is not None:
            self.complaints.append(not_allowed("tag", event.start_mark.index))

    def _enter(self, node: Node) -> bool:
        if len(self._open) >= DEEPEST:
            self.complaints.append(not_allowed("depth", node.start))
            return False
        self._open.append(node)
        self._keys.append(None)
        return True

    def _place(self, node: Node, text: str | None) -> bool:
        """Put a node where it belongs: at the top, into a list, as a key, or as a key's value."""
        if not self._open:
            if node.is_mapping:
                self.root = node
            elif text or node.is_list:
                self.complaints.append(not_allowed("top", node.start))
                return False
            return True
        parent, key = self._open[-1], self._keys[-1]
        if parent.is_list:
            parent.items.append(node)  # type: ignore[attr-defined]  # a list while it is filled
            parent.value.append(node.value)
        elif key is None:
            return self._place_key(parent, node, text)
        else:
            parent.pairs.append((key, node))  # type: ignore[attr-defined]  # a list while it is filled
            parent.value.setdefault(key.value, node.value)
            self._keys[-1] = None
        return True

    def _place_key(self, parent: Node, node: Node, text: str | None) -> bool:
        if not text:
            self.complaints.append(not_allowed("key", node.start))
            return False
        if text == "<<" and not node.style:
            self.complaints.append(not_allowed("merge", node.start))
        node.value = text
        if text in parent.value:
            first = next(name for name, _value in parent.pairs if name.value == text)
            self.complaints.append(duplicate_key(text, node.start, first.start))
        self._keys[-1] = node
        return True

    _TAKERS: ClassVar[dict[type, Callable[[_Builder, Any], bool]]] = {
        yaml.ScalarEvent: _take_scalar,
        yaml.SequenceStartEvent: _take_start,
        yaml.MappingStartEvent: _take_start,
        yaml.SequenceEndEvent: _take_end,
        yaml.MappingEndEvent: _take_end,
        yaml.AliasEvent: _take_alias,
        yaml.DocumentStartEvent: _take_document,
    }
