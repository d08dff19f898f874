"""Putting front matter into its usual form without changing what it says, nor a byte of any value."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING

from tracker.document.entries import above_comments
from tracker.document.lines import Splice, line_after
from tracker.document.splice import line_end, refuse_broken, spliced, unsafe
from tracker.document.write import STEP
from tracker.errors import EditError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.document.document import Document
    from tracker.document.nodes import Node

_SPACES = re.compile(r"(?<![ \t])[ \t]++(?=\r?\n|\r|\Z)")
_MOST_TRIED = 100
_BETWEEN_ITEMS = re.compile(r"[\s,\[\]]*")


def in_order(document: Document, order: Sequence[str]) -> Document:
    """Return the document with its fields in an order; comments above a field go with it.

    A field that the order does not know stays behind the one that it stands behind.

    Raises:
        EditError: the file is broken, or written in a way that cannot be changed safely.
    """
    refuse_broken(document)
    root, yaml = document.root, document.yaml
    if root is None or root.flow:
        raise unsafe(document, ())
    starts = [above_comments(yaml, name.start) for name, _value in root.pairs]
    ends = [*starts[1:], len(yaml)]
    rank = {name: place for place, name in enumerate(order)}
    places, last = [], -1
    for name, _value in root.pairs:
        last = rank.get(str(name.value), last)
        places.append(last)
    sorted_ = sorted(range(len(starts)), key=lambda number: places[number])
    new = "".join(yaml[starts[number] : ends[number]] for number in sorted_)
    return spliced(document, [Splice(starts[0], len(yaml), new)], dict(document.values), ())


def with_item_lines(document: Document, key: str) -> Document:
    """Return the document with the items of a list in brackets on lines of their own, each as it was written.

    Raises:
        EditError: the file is broken, or written in a way that cannot be changed safely.
    """
    refuse_broken(document)
    found = document.root.child(key) if document.root and not document.root.flow else None
    name, node = found or (None, None)
    if name is None or node is None or not _only_items(document.yaml, node):
        raise unsafe(document, (key,))
    yaml, end = document.yaml, line_end(document)
    colon = yaml.index(":", name.end) + 1
    after = line_after(yaml, node.end)
    rest = yaml[node.end : after].strip()
    items = "".join(f"{end}{STEP}- {yaml[item.start : item.end]}" for item in node.items)
    new = f"{' ' + rest if rest else ''}{items}"
    splice = Splice(colon, len(yaml[:after].rstrip("\r\n")), new)
    return spliced(document, [splice], dict(document.values), (key,))


def _only_items(yaml: str, node: Node) -> bool:
    """Whether nothing but commas stands between the items of a list in brackets: no comment would be lost."""
    place, between = node.start, []
    for item in node.items:
        between.append(yaml[place : item.start])
        place = item.end
    between.append(yaml[place : node.end])
    return bool(node.items) and node.flow and all(_BETWEEN_ITEMS.fullmatch(text) for text in between)


def without_trailing_spaces(document: Document) -> Document:
    """Return the document without the spaces at ends of lines of its front matter that mean nothing.

    Raises:
        EditError: the file is broken.
    """
    refuse_broken(document)
    splices = [Splice(spaces.start(), spaces.end(), "") for spaces in _SPACES.finditer(document.yaml)]
    with suppress(EditError):
        return spliced(document, splices, dict(document.values), ())
    for splice in reversed(splices[:_MOST_TRIED]):  # some of them mean something: one after the other
        with suppress(EditError):
            document = spliced(document, [splice], dict(document.values), ())
    return document
