"""Giving a new number to a ticket whose number another has, too: a clash that came by hand.

The older ticket keeps its number. What a reference means is read from the history: whoever wrote it saw one
of the two tickets and not the other.
"""

from __future__ import annotations

import re
import shlex
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.clash import authors, belongings, home, meant
from tracker.actions.numbering import next_number
from tracker.document import LARGEST_FILE, set_value
from tracker.errors import EditError, StorageError, UsageError
from tracker.model.place import conversation_of, ticket_place
from tracker.store.layout import conversation_files
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.actions.clash import Belongings
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_BOTH_ADDED = {"2", "3"}
"""The stages of a path in Git's index that two sides added: ours and theirs, without one before them."""


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
        UsageError: a merge stopped at two tickets of one number, and is not finished.
    """
    _refuse_conflict(workspace)
    moves = _Moves({}, {}, {})
    claims: list[tuple[list[Entry], Entry, Renumbered]] = []
    unsure: list[str] = []
    taken = set(workspace.taken_ids)
    for entries in _clashes(workspace):
        claimants = sorted(entries, key=lambda entry: (_age(entry), not entry.at_home, entry.path))
        for entry in claimants[1:]:
            whose = belongings(workspace, entry, claimants)
            done = _moved(workspace, entry, whose, taken, moves)
            taken |= {done.id}
            claims.append((claimants, entry, done))
            unsure += whose.unsure
        _bring_home(workspace, claimants[0], moves)
    unsure += [place for claim in claims for place in _follow(workspace, *claim, moves)]
    files, tickets = moves.files, [done for _keeper, _entry, done in claims]
    reads = {path: workspace.tree.read(path) if workspace.tree.exists(path) else None for path in files}
    changes = {path: FileChange(reads[path], data) for path, data in files.items() if reads[path] != data}
    said = ", ".join(f"{ticket.before} → {ticket.id}" for ticket in tickets)
    ids = tuple(ticket.id for ticket in tickets)
    return Renumbering(
        Change("renumber", f"Renumber {said}", ids, changes), tuple(tickets), tuple(dict.fromkeys(unsure))
    )


def _refuse_conflict(workspace: Workspace) -> None:
    """Say how to keep both tickets where Git stopped because two branches gave one number.

    Raises:
        UsageError: it did.
    """
    repository = workspace.repository
    unmerged = repository.unmerged() if repository else {}
    places = {path: workspace.in_repository(path) for path in (entry.path for entry in workspace.entries)}
    both = [path for path, place in places.items() if unmerged.get(place) == _BOTH_ADDED]
    if not both:
        return
    commands = []
    for path in both:
        aside = f"{conversation_of(path)}-theirs.md"
        ours, theirs, spot = (shlex.quote(text) for text in (path, aside, f":3:{places[path]}"))
        commands.append(
            f"git show {spot} > {theirs} && git checkout --ours -- {ours} && git add -- {ours} {theirs}"
        )
    message = _("{path} holds a conflict of a merge.").format(path=", ".join(both))
    hint = _("Where it is two tickets with one number, keep both:")
    after = _("Then finish what Git began (git status), and say “tracker renumber --commit”.")
    raise UsageError(message, "\n".join([hint, *commands, after]))


def _clashes(workspace: Workspace) -> Iterator[list[Entry]]:
    claims: dict[str, list[Entry]] = defaultdict(list)
    for entry in workspace.entries:
        if entry.ticket.id and not entry.draft:
            claims[entry.ticket.id].append(entry)
    yield from (entries for entries in claims.values() if len(entries) > 1)


def _age(entry: Entry) -> float:
    return entry.ticket.created.timestamp() if entry.ticket.created else float("inf")


def _moved(
    workspace: Workspace, entry: Entry, whose: Belongings, taken: set[str], moves: _Moves
) -> Renumbered:
    """Put a ticket under its new number, with its conversation and an alias that says what it was."""
    prefix, order = workspace.configuration.ids.prefix, tuple(workspace.fields)
    number = next_number(prefix, taken, {*workspace.given_ids, *taken})
    document = workspace.document(entry.path)
    if document.findings:
        raise EditError(str(document.findings[0]), _("Correct the file by hand first."))
    names = (f"{entry.id}.{place}" for place in range(2, len(taken) + 4))
    alias = next(name for name in names if name not in taken)
    taken.add(alias)
    document = set_value(document, ("id",), number, order)
    document = set_value(document, ("aliases",), [*entry.ticket.aliases, alias], order)
    path = ticket_place(number, str(document.values.get("created")))
    folders = (conversation_of(entry.path), conversation_of(home(entry)))
    for file in (*whose.own, *whose.shared):
        folder = next(folder for folder in folders if file.startswith(f"{folder}/"))
        _put(workspace, moves, file, conversation_of(path) + file.removeprefix(folder))
    moves.files.update(dict.fromkeys(whose.own))
    moves.places[entry.path] = path
    moves.files[path], moves.files[entry.path] = document.encode(), None
    return Renumbered(entry.id, number, entry.title, path)


def _put(workspace: Workspace, moves: _Moves, file: str, place: str) -> None:
    """Put a file's bytes into another place.

    Raises:
        EditError: another file is there.
    """
    data = workspace.tree.read(file)
    present = moves.files.get(place, workspace.tree.read(place) if workspace.tree.exists(place) else None)
    if present not in (None, data):
        message = _("{file} and another file would both become {place}.").format(file=file, place=place)
        raise EditError(message, _("Give one of them another name, also where texts name it."))
    moves.places[file], moves.files[place] = place, data


def _bring_home(workspace: Workspace, keeper: Entry, moves: _Moves) -> None:
    """Put the ticket that keeps a number into the place that another had, if that is free now."""
    place = home(keeper)
    if keeper.path == place or moves.files.get(place, b"") is not None:
        return
    moves.files[place], moves.files[keeper.path] = workspace.tree.read(keeper.path), None
    moves.places[keeper.path] = place
    for file in conversation_files(workspace.tree, conversation_of(keeper.path)):
        _put(workspace, moves, file, conversation_of(place) + file.removeprefix(conversation_of(keeper.path)))
        moves.files[file] = None


def _follow(
    workspace: Workspace, claimants: list[Entry], entry: Entry, done: Renumbered, moves: _Moves
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
