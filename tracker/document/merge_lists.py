"""Writing the items of two lists as one, each line as its author wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document.lines import Splice, content_end, line_after, line_start
from tracker.document.splice import set_value, spliced, unsafe

if TYPE_CHECKING:
    from tracker.document.document import Document
    from tracker.document.value import Value


def write_items(
    before: Document, ours: Document, theirs: Document, name: str, items: list[Value]
) -> Document:
    """Return our document with these items in a list; comments stay with the items that they belong to.

    Args:
        before: what both sides began with.
        ours: the document that is changed.
        theirs: where items and comments come from that ours lacks.
        name: the list's key.
        items: what the list shall hold.

    Raises:
        EditError: the list is written in a way that cannot be changed safely, or both sides changed what is
            beside an item.
    """
    old, mine, other = (_item_lines(document, name) for document in (before, ours, theirs))
    known = {*mine.items, *other.items}
    if not (mine.items and items) or not all(str(item) in known for item in items):
        return set_value(ours, (name,), items, tuple(theirs.values))
    texts = [old.head, mine.head, other.head]
    head = _chosen(ours, name, *texts) if other.items else mine.head
    chosen = [
        _chosen(ours, name, *(_plain(side.items.get(str(item), "")) for side in (old, mine, other)))
        for item in items
    ]
    last = mine.text.rstrip("\n").rpartition("\n")[2]
    indent = last[: len(last) - len(last.lstrip(" "))]
    lines = [indent + line for text in chosen for line in text.split("\n")[:-1]]
    splice = Splice(
        mine.start, mine.start + len(mine.head + mine.text), head + "".join(f"{line}\n" for line in lines)
    )
    return spliced(ours, [splice], {**ours.values, name: items}, (name,))


def _chosen(document: Document, name: str, before: str, ours: str, theirs: str) -> str:
    """Return the text of the side that changed it, or that has it at all."""
    if not theirs or theirs in (ours, before):
        return ours or theirs
    if not ours or ours == before:
        return theirs
    raise unsafe(document, (name,))


class _Lines(NamedTuple):
    """A list's lines: where they begin, its key's, and those of each item with the comments above it."""

    start: int = 0
    head: str = ""
    items: dict[str, str] = {}  # noqa: RUF012  # never written to

    @property
    def text(self) -> str:
        return "".join(self.items.values())


def _item_lines(document: Document, name: str) -> _Lines:
    """Return a list's lines; nothing where it is in brackets, or an item has no line of its own."""
    yaml, root = document.yaml, document.root
    pair = next((pair for pair in root.pairs if pair[0].value == name), None) if root else None
    if pair is None or pair[1].flow:
        return _Lines()
    start, place = line_start(yaml, pair[0].start), line_after(yaml, pair[0].end)
    head, lines = yaml[start:place], dict[str, str]()
    for item in pair[1].items:
        end = line_after(yaml, content_end(yaml, item))
        own = yaml[line_start(yaml, item.start) : end]
        if not isinstance(item.value, str) or own.count("\n") != 1 or not own.lstrip().startswith("- "):
            return _Lines()
        lines[item.value] = yaml[place:end]
        place = end
    return _Lines(start, head, lines) if len(lines) == len(pair[1].items) else _Lines()


def _plain(lines: str) -> str:
    """Return lines without their indentation, which is for the whole list to choose."""
    return "".join(f"{line.lstrip(' ')}\n" for line in lines.split("\n")[:-1])
