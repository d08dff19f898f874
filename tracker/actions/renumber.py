"""Giving a new number to a ticket whose number another has, too: a clash that came by hand.

The older ticket keeps its number. What a reference means is read from the history: whoever wrote it saw one
of the two tickets and not the other.
"""

from __future__ import annotations

import shlex
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.clash import belongings, home
from tracker.actions.moves import Moves, put
from tracker.actions.numbering import next_number
from tracker.actions.references import Renumbered, follow
from tracker.document import set_value
from tracker.errors import EditError, UsageError
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


class Renumbering(NamedTuple):
    """The change, what became of each ticket, and the references that may mean either (`path:line`)."""

    change: Change
    tickets: tuple[Renumbered, ...]
    unsure: tuple[str, ...]


def renumber(workspace: Workspace) -> Renumbering:
    """Return the change that leaves each number to one ticket.

    Raises:
        EditError: a ticket's file cannot be changed safely.
        UsageError: a merge stopped at two tickets of one number, and is not finished.
    """
    _refuse_conflict(workspace)
    moves = Moves({}, {}, {})
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
    unsure += [place for claim in claims for place in follow(workspace, *claim, moves)]
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
    workspace: Workspace, entry: Entry, whose: Belongings, taken: set[str], moves: Moves
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
        put(workspace, moves, file, conversation_of(path) + file.removeprefix(folder))
    moves.files.update(dict.fromkeys(whose.own))
    moves.places[entry.path] = path
    moves.files[path], moves.files[entry.path] = document.encode(), None
    return Renumbered(entry.id, number, entry.title, path)


def _bring_home(workspace: Workspace, keeper: Entry, moves: Moves) -> None:
    """Put the ticket that keeps a number into the place that another had, if that is free now."""
    place = home(keeper)
    if keeper.path == place or moves.files.get(place, b"") is not None:
        return
    moves.files[place], moves.files[keeper.path] = workspace.tree.read(keeper.path), None
    moves.places[keeper.path] = place
    for file in conversation_files(workspace.tree, conversation_of(keeper.path)):
        put(workspace, moves, file, conversation_of(place) + file.removeprefix(conversation_of(keeper.path)))
        moves.files[file] = None
