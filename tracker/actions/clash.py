"""Two tickets that have one number: which of them a commit knew, and whose each file of a conversation is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document import LARGEST_FILE, read_document
from tracker.model.place import conversation_of, draft_place, ticket_place
from tracker.store.layout import ATTACHMENTS, conversation_files
from tracker.store.tree import Revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Belongings(NamedTuple):
    """The files of a conversation that are a ticket's: its alone, its and another's, and perhaps its."""

    own: tuple[str, ...]
    shared: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()


def authors(workspace: Workspace, path: str, data: bytes) -> list[str]:
    """Return the commit that each line of a file came with; nothing where it is not as it was committed."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return []
    committed = workspace.revision or Revision(workspace.root, tip, workspace.prefix)
    if not committed.exists(path) or committed.read(path) != data:
        return []
    return repository.blame(workspace.in_repository(path), tip)


def meant(workspace: Workspace, commit: str, claimants: Sequence[Entry]) -> Entry | None:
    """Return the only one of some tickets that was there at a commit; None where several or none were.

    They may have had the same path, each on its own branch: a ticket is known by when it was created, or by
    the draft that it was.
    """
    if not commit:
        return None
    then = Revision(workspace.root, commit, workspace.prefix)
    paths = {path for ticket in claimants for path in (ticket.path, home(ticket))}
    found = [read_document(then.read(path, LARGEST_FILE), path).values for path in paths if then.exists(path)]
    there = [
        ticket
        for ticket in claimants
        if any(_is(ticket, values) for values in found)
        or any(then.exists(draft_place(alias)) for alias in ticket.ticket.aliases)
    ]
    return there[0] if len(there) == 1 else None


def _is(ticket: Entry, values: Mapping[str, object]) -> bool:
    return all(values.get(name) == ticket.values.get(name) for name in ("id", "created"))


def home(entry: Entry) -> str:
    """Return where a ticket lies by its id and month."""
    created = entry.values.get("created")
    return ticket_place(entry.id, str(created)) if created else entry.path


def belongings(workspace: Workspace, entry: Entry, claimants: Sequence[Entry]) -> Belongings:
    """Return the files of the conversations of tickets of one number that are one ticket's."""
    beside = conversation_files(workspace.tree, conversation_of(entry.path))
    rivals = [ticket for ticket in claimants if home(ticket) == home(entry)]
    if len(rivals) == 1:
        return Belongings(tuple(beside))
    folder = conversation_of(home(entry))
    files = conversation_files(workspace.tree, folder)
    comments = [path for path in files if f"/{ATTACHMENTS}/" not in path]
    owners = {path: _owner(workspace, path, rivals) for path in comments}
    texts = {ticket.path: [ticket.path] for ticket in rivals}
    for path, owner in owners.items():
        if owner:
            texts[owner.path].append(path)
    own = [path for path in comments if owners[path] is entry]
    own += [path for path in beside if not path.startswith(f"{folder}/")]
    shared, unsure = [], [path for path in comments if owners[path] is None]
    for path in (path for path in files if path not in owners):
        name = path.rpartition("/")[2].encode("utf-8", "surrogateescape")
        users = [user for user, named in texts.items() if _name(workspace, named, name)]
        if users == [entry.path]:
            own.append(path)
        elif entry.path in users:
            shared.append(path)
        elif not users:
            unsure.append(path)
    return Belongings(tuple(own), tuple(shared), tuple(unsure))


def _owner(workspace: Workspace, path: str, rivals: Sequence[Entry]) -> Entry | None:
    lines = authors(workspace, path, workspace.tree.read(path, LARGEST_FILE))
    return meant(workspace, lines[0], rivals) if lines else None


def _name(workspace: Workspace, paths: list[str], name: bytes) -> bool:
    """Whether one of these texts names a file."""
    return any(name in workspace.tree.read(path, LARGEST_FILE) for path in paths)
