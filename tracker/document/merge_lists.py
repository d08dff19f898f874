"""Writing the items of two lists as one, each line as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.document.lines import Splice, content_end, line_after, line_start
from tracker.document.splice import set_value, spliced

if TYPE_CHECKING:
    from tracker.document.document import Document
    from tracker.document.value import Value


def write_items(ours: Document, theirs: Document, name: str, items: list[Value]) -> Document:
    """Return our document with these items in a list; comments stay with the items that they belong to.

    Args:
        ours: the document that is changed.
        theirs: where items come from that ours lacks.
        name: the list's key.
        items: what the list shall hold.

    Raises:
        EditError: the list is written in a way that cannot be changed safely.
    """
    start, mine = _item_lines(ours, name)
    _start, others = _item_lines(theirs, name)
    lines = [mine.get(str(item)) or others.get(str(item)) for item in items]
    if not (mine and items) or None in lines:
        return set_value(ours, (name,), items, tuple(theirs.values))
    present = "".join(mine.values())
    last = present.splitlines()[-1]
    indent = last[: len(last) - len(last.lstrip())]
    text = "".join(_indented(part, indent) for part in lines if part)
    splice = Splice(start, start + len(present), text)
    return spliced(ours, [splice], {**ours.values, name: items}, (name,))


def _item_lines(document: Document, name: str) -> tuple[int, dict[str, str]]:
    """Return where a list's lines begin, and those of each item with the comments above it.

    There are none where an item has no line of its own.
    """
    yaml = document.yaml
    pair = (
        next((pair for pair in document.root.pairs if pair[0].value == name), None) if document.root else None
    )
    if pair is None or pair[1].flow:
        return 0, {}
    start = place = line_after(yaml, pair[0].end)
    lines: dict[str, str] = {}
    for item in pair[1].items:
        end = line_after(yaml, content_end(yaml, item))
        own = yaml[line_start(yaml, item.start) : end]
        if not isinstance(item.value, str) or own.count("\n") != 1 or not own.lstrip().startswith("- "):
            return 0, {}
        lines[item.value] = yaml[place:end]
        place = end
    return start, lines if len(lines) == len(pair[1].items) else {}


def _indented(lines: str, indent: str) -> str:
    return "".join(f"{indent}{line.lstrip(' ')}" for line in lines.splitlines(keepends=True))
