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


class _Moves(NamedTuple):
    """All moves of a run, made before any reference is followed.

    Attributes:
        files: the new bytes by path; None where a file goes.
        places: the new path of each file that moves.
        lines: what a line that was rewritten says now, by path and number.
    """

    files: dict[str, bytes | None]
    places: dict[str, str]
    lines: dict[tuple[str, int], str]


def renumber(workspace: Workspace) -> Renumbering:
    """Return the change that leaves each number to one ticket.

    Raises:
        EditError: a ticket's file cannot be changed safely.
    """
    moves = _Moves({}, {}, {})
    claims: list[tuple[Entry, Entry, Renumbered]] = []
    taken = set(workspace.taken_ids)
    for claimed, entries in _clashes(workspace):
        keeper, *others = sorted(entries, key=lambda entry: (_age(entry), not entry.at_home, entry.path))
        for entry in others:
            done = _moved(workspace, entry, claimed, taken, moves)
            taken |= {done.id}
            claims.append((keeper, entry, done))
    claimants = {entry.path for keeper, other, _done in claims for entry in (keeper, other)}
    unsure = [place for claim in claims for place in _follow(workspace, *claim, moves, claimants)]
    files, tickets = moves.files, [done for _keeper, _entry, done in claims]
    reads = {path: workspace.tree.read(path) if workspace.tree.exists(path) else None for path in files}
    changes = {path: FileChange(reads[path], data) for path, data in files.items() if reads[path] != data}
    said = ", ".join(f"{ticket.before} → {ticket.id}" for ticket in tickets)
    ids = tuple(ticket.id for ticket in tickets)
    return Renumbering(
        Change("renumber", f"Renumber {said}", ids, changes), tuple(tickets), tuple(dict.fromkeys(unsure))
    )


def _clashes(workspace: Workspace) -> Iterator[tuple[str, list[Entry]]]:
    claims: dict[str, list[Entry]] = defaultdict(list)
    for entry in workspace.entries:
        if entry.ticket.id and not entry.draft:
            claims[entry.ticket.id].append(entry)
    yield from ((claimed, entries) for claimed, entries in claims.items() if len(entries) > 1)


def _age(entry: Entry) -> float:
    return entry.ticket.created.timestamp() if entry.ticket.created else float("inf")


def _moved(workspace: Workspace, entry: Entry, claimed: str, taken: set[str], moves: _Moves) -> Renumbered:
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
        moves.places[file] = after + file.removeprefix(before)
        moves.files[moves.places[file]], moves.files[file] = workspace.tree.read(file), None
    moves.places[entry.path] = path
    moves.files[path], moves.files[entry.path] = document.encode(), None
    return Renumbered(claimed, number, entry.title, path)


def _follow(
    workspace: Workspace,
    keeper: Entry,
    entry: Entry,
    done: Renumbered,
    moves: _Moves,
    claimants: set[str],
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
        target = moves.places.get(path, path)
        current = (moves.files.get(target) or data).decode("utf-8", "surrogateescape").split("\n")
        authors = _authors(workspace, path, data)
        for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n")):
            if not pattern.search(line) or (path in claimants and line.startswith("id:")):
                continue
            meant = _meant(workspace, authors[number] if number < len(authors) else "", keeper, entry)
            if meant is None:
                place = current.index(line) if line in current else number
                yield f"{target}:{place + 1}"
                continue
            now = moves.lines.get((path, number), line)
            if meant is entry and now in current:
                moves.lines[path, number] = pattern.sub(done.id, now)
                current[current.index(now)] = moves.lines[path, number]
        text = "\n".join(current).encode("utf-8", "surrogateescape")
        if text != (moves.files.get(target) or data):
            moves.files[target] = text


def _texts(workspace: Workspace) -> Iterator[str]:
    for file in workspace.files:
        yield file.path
        yield from file.comments


def _authors(workspace: Workspace, path: str, data: bytes) -> list[str]:
    """Return the commit that each line of a file came with; nothing where it is not as it was committed."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return []
    committed = Revision(workspace.root, tip, workspace.prefix)
    if not committed.exists(path) or committed.read(path) != data:
        return []
    return repository.blame(workspace.in_repository(path), tip)


def _meant(workspace: Workspace, commit: str, keeper: Entry, entry: Entry) -> Entry | None:
    """Return the one of two tickets that was there when a line was written; None where both or none were."""
    if not commit:
        return None
    then = Revision(workspace.root, commit, workspace.prefix)
    there = [ticket for ticket in (keeper, entry) if then.exists(ticket.path)]
    return there[0] if len(there) == 1 else None
