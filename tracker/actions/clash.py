"""Two tickets that have one number: which of them a commit knew, and whose each file of a conversation is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.document import LARGEST_FILE, read_document
from tracker.model.place import conversation_of, ticket_place
from tracker.store.layout import ATTACHMENTS, conversation_files
from tracker.store.tree import Revision

if TYPE_CHECKING:
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
    committed = Revision(workspace.root, tip, workspace.prefix)
    if not committed.exists(path) or committed.read(path) != data:
        return []
    return repository.blame(workspace.in_repository(path), tip)


def meant(workspace: Workspace, commit: str, keeper: Entry, entry: Entry) -> Entry | None:
    """Return the one of two tickets that was there at a commit; None where both or none were.

    Both may have had the same path, each on its own branch: a ticket is known by when it was created.
    """
    if not commit:
        return None
    then = Revision(workspace.root, commit, workspace.prefix)
    paths = {keeper.path, entry.path, home(keeper), home(entry)}
    found = [read_document(then.read(path, LARGEST_FILE), path).values for path in paths if then.exists(path)]
    there = [ticket for ticket in (keeper, entry) if any(_is(ticket, values) for values in found)]
    return there[0] if len(there) == 1 else None


def _is(ticket: Entry, values: object) -> bool:
    names = ("id", "created")
    return isinstance(values, dict) and all(values.get(name) == ticket.values.get(name) for name in names)


def home(entry: Entry) -> str:
    """Return where a ticket lies by its id and month."""
    created = entry.values.get("created")
    return ticket_place(entry.id, str(created)) if created else entry.path


def belongings(workspace: Workspace, entry: Entry, rival: Entry) -> Belongings:
    """Return the files of the conversations of two tickets of one number that are the first one's."""
    beside = conversation_files(workspace.tree, conversation_of(entry.path))
    contested = conversation_of(home(entry))
    if home(entry) != home(rival):
        return Belongings(tuple(beside))
    files = conversation_files(workspace.tree, contested)
    comments = [path for path in files if f"/{ATTACHMENTS}/" not in path]
    owners = {path: _owner(workspace, path, rival, entry) for path in comments}
    theirs = [path for path in comments if owners[path] is not entry]
    named = {path: _attached(workspace, path, contested) for path in comments}
    mine = {file for path in comments if owners[path] is entry for file in named[path]}
    others = {file for path in theirs for file in named[path]}
    own = [path for path in files if owners.get(path) is entry or path in mine - others]
    own += [path for path in beside if not path.startswith(f"{contested}/")]
    unsure = [path for path in comments if owners[path] is None]
    return Belongings(tuple(own), tuple(path for path in files if path in mine & others), tuple(unsure))


def _owner(workspace: Workspace, path: str, keeper: Entry, entry: Entry) -> Entry | None:
    lines = authors(workspace, path, workspace.tree.read(path, LARGEST_FILE))
    return meant(workspace, lines[0], keeper, entry) if lines else None


def _attached(workspace: Workspace, path: str, folder: str) -> list[str]:
    names = read_document(workspace.tree.read(path, LARGEST_FILE), path).values.get("attachments")
    return [f"{folder}/{name}" for name in names] if isinstance(names, list) else []
