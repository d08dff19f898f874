"""Changing the references that mean a ticket which has a new number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.clash import authors, meant
from tracker.document import LARGEST_FILE
from tracker.errors import StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.actions.moves import Moves
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Renumbered(NamedTuple):
    """A ticket with a new number."""

    before: str
    id: str
    title: str
    path: str


def follow(
    workspace: Workspace, claimants: list[Entry], entry: Entry, done: Renumbered, moves: Moves
) -> Iterator[str]:
    """Change the references that mean the renumbered ticket; yield those that may mean either."""
    pattern = re.compile(rf"(?<![\w/-]){re.escape(done.before)}(?![\w-]|\.\d)")
    known: dict[str, Entry | None] = {}
    speakers = {ticket.path: ticket for ticket in claimants}
    for path in _texts(workspace):
        try:
            data = workspace.tree.read(path, LARGEST_FILE)
        except StorageError:
            continue
        if done.before.encode() not in data:
            continue
        target = moves.places.get(path, path)
        current = (moves.files.get(target) or data).decode("utf-8", "surrogateescape").split("\n")
        speaker = speakers.get(path)
        written_in = authors(workspace, path, data)
        for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")):
            if not pattern.search(line) or (speaker and line.startswith("id:")):
                continue
            then = written_in[number] if number < len(written_in) else ""
            if then not in known:
                known[then] = meant(workspace, then, claimants)
            named = known[then] or (speaker if then else None)
            if named is None:
                place = current.index(line) if line in current else number
                yield f"{target}:{place + 1}"
                continue
            now = moves.lines.get((path, number), line)
            if named is entry and now in current:
                moves.lines[path, number] = pattern.sub(done.id, now)
                current[current.index(now)] = moves.lines[path, number]
        text = "\n".join(current).encode("utf-8", "surrogateescape")
        if text != (moves.files.get(target) or data):
            moves.files[target] = text


def _texts(workspace: Workspace) -> Iterator[str]:
    for file in workspace.files:
        yield file.path
        yield from file.comments
