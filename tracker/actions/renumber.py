"""Giving a new number to a ticket whose number another has, too: a clash that came by hand.

The older ticket keeps its number. What a reference means is read from the history: whoever wrote it saw one
of the two tickets and not the other.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.numbering import next_number
from tracker.document import LARGEST_FILE, set_value
from tracker.errors import EditError, StorageError
from tracker.model.place import conversation_of, ticket_place
from tracker.store.layout import conversation_files
from tracker.store.tree import Revision
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Renumbered(NamedTuple):
    """A ticket with a new number."""

    before: str
    id: str
    title: str
    path: str


class Renumbering(NamedTuple):
    """The change, what became of each ticket, and the references that may mean either (`path:line`)."""

    change: Change
    tickets: tuple[Renumbered, ...]
    unsure: tuple[str, ...]


def renumber(workspace: Workspace) -> Renumbering:
    """Return the change that leaves each number to one ticket.

    Raises:
        EditError: a ticket's file cannot be changed safely.
    """
    files: dict[str, bytes | None] = {}
    tickets: list[Renumbered] = []
    unsure: list[str] = []
    taken = set(workspace.taken_ids)
    for claimed, entries in _clashes(workspace):
        keeper, *others = sorted(entries, key=lambda entry: (_age(entry), not entry.at_home, entry.path))
        for entry in others:
            done = _moved(workspace, entry, claimed, taken, files)
            taken |= {done.id}
            tickets.append(done)
            unsure += _follow(workspace, keeper, entry, done, files)
    reads = {path: workspace.tree.read(path) if workspace.tree.exists(path) else None for path in files}
    changes = {path: FileChange(reads[path], data) for path, data in files.items() if reads[path] != data}
    moves = ", ".join(f"{ticket.before} → {ticket.id}" for ticket in tickets)
    ids = tuple(ticket.id for ticket in tickets)
    return Renumbering(Change("renumber", f"Renumber {moves}", ids, changes), tuple(tickets), tuple(unsure))


def _clashes(workspace: Workspace) -> Iterator[tuple[str, list[Entry]]]:
    claims: dict[str, list[Entry]] = defaultdict(list)
    for entry in workspace.entries:
        if entry.ticket.id and not entry.draft:
            claims[entry.ticket.id].append(entry)
    yield from ((claimed, entries) for claimed, entries in claims.items() if len(entries) > 1)


def _age(entry: Entry) -> float:
    return entry.ticket.created.timestamp() if entry.ticket.created else float("inf")


def _moved(
    workspace: Workspace, entry: Entry, claimed: str, taken: set[str], files: dict[str, bytes | None]
) -> Renumbered:
    """Put a ticket under its new number, with its conversation and an alias that says what it was."""
    prefix, order = workspace.configuration.ids.prefix, tuple(workspace.fields)
    number = next_number(prefix, taken, {*workspace.given_ids, *taken})
    document = workspace.document(entry.path)
    if document.findings:
        raise EditError(str(document.findings[0]), _("Correct the file by hand first."))
    alias = next(
        name for name in (f"{claimed}.{place}" for place in range(2, len(taken) + 4)) if name not in taken
    )
    taken.add(alias)
    document = set_value(document, ("id",), number, order)
    document = set_value(document, ("aliases",), [*entry.ticket.aliases, alias], order)
    path = ticket_place(number, str(document.values.get("created")))
    before, after = conversation_of(entry.path), conversation_of(path)
    for file in conversation_files(workspace.tree, before):
        files[after + file.removeprefix(before)] = workspace.tree.read(file)
        files[file] = None
    files[path], files[entry.path] = document.encode(), None
    return Renumbered(claimed, number, entry.title, path)


def _follow(
    workspace: Workspace, keeper: Entry, entry: Entry, done: Renumbered, files: dict[str, bytes | None]
) -> Iterator[str]:
    """Change the references that mean the renumbered ticket; yield those that may mean either."""
    pattern = re.compile(rf"(?<![\w/-]){re.escape(done.before)}(?![\w-]|\.\d)")
    for path in _texts(workspace):
        try:
            data = workspace.tree.read(path, LARGEST_FILE)
        except StorageError:
            continue
        if done.before.encode() not in data:
            continue
        target = _target(entry, done, path)
        current = (files.get(target) or data).decode("utf-8", "surrogateescape").split("\n")
        authors = _authors(workspace, path, data)
        for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")):
            if not pattern.search(line) or (path in (keeper.path, entry.path) and line.startswith("id:")):
                continue
            meant = _meant(workspace, authors[number] if number < len(authors) else "", keeper, entry)
            if meant is None:
                yield f"{path}:{number + 1}"
            elif meant is entry and line in current:
                current[current.index(line)] = pattern.sub(done.id, line)
        text = "\n".join(current).encode("utf-8", "surrogateescape")
        if text != (files.get(target) or data):
            files[target] = text


def _texts(workspace: Workspace) -> Iterator[str]:
    for file in workspace.files:
        yield file.path
        yield from file.comments


def _target(entry: Entry, done: Renumbered, path: str) -> str:
    """Return where a file lies afterwards."""
    if path == entry.path:
        return done.path
    before, after = conversation_of(entry.path) + "/", conversation_of(done.path) + "/"
    return after + path.removeprefix(before) if path.startswith(before) else path


def _authors(workspace: Workspace, path: str, data: bytes) -> list[str]:
    """Return the commit that each line of a file came with; nothing where it is not as it was committed."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return []
    committed = Revision(workspace.root, tip, workspace.prefix)
    if not committed.exists(path) or committed.read(path) != data:
        return []
    return repository.blame(f"{workspace.prefix}/{path}".lstrip("/"), tip)


def _meant(workspace: Workspace, commit: str, keeper: Entry, entry: Entry) -> Entry | None:
    """Return the one of two tickets that was there when a line was written; None where both or none were."""
    if not commit:
        return None
    then = Revision(workspace.root, commit, workspace.prefix)
    there = [ticket for ticket in (keeper, entry) if then.exists(ticket.path)]
    return there[0] if len(there) == 1 else None
