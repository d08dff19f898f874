"""Which file is where in a desk: tickets, drafts, comments and attachments below `tickets/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import DRAFTS, MONTH, TICKETS, conversation_of
from tracker.store.tree import ChildKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.store.tree import Child, Tree

CONFIGURATION = "tracker.yml"
ATTACHMENTS = "files"
_DEEPEST = 6


class TicketFile(NamedTuple):
    """A file that is, or claims to be, a ticket.

    Attributes:
        path: relative to the desk's root, with forward slashes.
        kind: what it is; only an ordinary file may be opened.
        comments: its conversation's files, in order of time.
        attached: whether files are attached to its conversation.
    """

    path: str
    kind: ChildKind = ChildKind.FILE
    comments: tuple[str, ...] = ()
    attached: bool = False

    @property
    def name(self) -> str:
        """The file's name without its ending: the id, where it lies at home."""
        return self.path.rpartition("/")[2].removesuffix(".md")


class Listing(NamedTuple):
    """All that lies below `tickets/`, without a look into any file.

    Attributes:
        files: every ticket file, in order of path; symbolic links are named and never followed.
        folders: the names of what lies in each folder.
        strays: what is nothing that a desk knows.
    """

    files: list[TicketFile]
    folders: dict[str, list[str]]
    strays: list[str]


def scan(tree: Tree) -> Listing:
    """Return all that lies below a desk's `tickets/`."""
    listing = Listing([], {}, [])
    top = next((child for child in tree.children("") if child.name == TICKETS), None)
    if top and top.kind is ChildKind.FOLDER:
        _scan_folder(tree, TICKETS, listing)
    elif top:
        listing.files.append(TicketFile(TICKETS, top.kind))
    return listing


def _scan_folder(tree: Tree, path: str, listing: Listing) -> None:
    children = tree.children(path)
    home = path == DRAFTS or MONTH.fullmatch(path)
    folders = {child.name for child in children if child.kind is ChildKind.FOLDER}
    names = [child.name for child in children]
    listing.folders[path] = names
    beside = set(names)
    for child in children:
        child_path = f"{path}/{child.name}"
        if child.kind is ChildKind.LINK:
            listing.files.append(TicketFile(child_path, child.kind))
        elif child.name in folders:
            if not home:
                _scan_below(tree, child_path, listing)
            elif f"{child.name}.md" not in beside:
                _scan_orphans(tree, child_path, listing)
        elif not _is_ticket_name(child.name):
            if not child.name.startswith("."):
                listing.strays.append(child_path)
        elif child_path.lower() != f"{TICKETS}/readme.md":
            has_conversation = bool(home) and child.name.removesuffix(".md") in folders
            listing.files.append(_ticket_file(tree, child_path, child, listing if has_conversation else None))


def _scan_below(tree: Tree, path: str, listing: Listing) -> None:
    """Look into a folder that holds no tickets by itself; a desk has no use for deep ones."""
    if path.count("/") > _DEEPEST:
        listing.strays.append(path)
    else:
        _scan_folder(tree, path, listing)


def _ticket_file(tree: Tree, path: str, child: Child, listing: Listing | None) -> TicketFile:
    """Return a ticket's file with its conversation, if there is a listing to put that into."""
    if listing is None:
        return TicketFile(path, child.kind)
    folder = conversation_of(path)
    names = tree.names(folder)
    listing.folders[folder] = names
    comments = tuple(f"{folder}/{name}" for name in names if _is_ticket_name(name))
    others = [name for name in names if not (_is_ticket_name(name) or name.startswith("."))]
    listing.strays.extend(f"{folder}/{name}" for name in others if name != ATTACHMENTS)
    return TicketFile(path, child.kind, comments, ATTACHMENTS in others)


def _is_ticket_name(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".")


def _scan_orphans(tree: Tree, path: str, listing: Listing) -> None:
    """A folder beside no ticket: what lies in it is shown, as a ticket in the wrong place, and not lost."""
    children = tree.children(path)
    listing.folders[path] = [child.name for child in children]
    for child in children:
        child_path = f"{path}/{child.name}"
        if _is_ticket_name(child.name):
            listing.files.append(TicketFile(child_path, child.kind))
        elif not child.name.startswith("."):
            listing.strays.append(child_path)


def orphans(tree: Tree, folder: str) -> list[TicketFile]:
    """Return the texts of a conversation whose ticket is not there."""
    listing = Listing([], {}, [])
    _scan_orphans(tree, folder, listing)
    return listing.files


def find_named(tree: Tree, ticket_id: str) -> list[TicketFile]:
    """Return the files named after an id, wherever tickets may lie, without reading any."""
    paths = (f"{folder}/{ticket_id}.md" for folder in (DRAFTS, *_months(tree)))
    return [file for file in (find_at(tree, path) for path in paths) if file]


def find_at(tree: Tree, path: str) -> TicketFile | None:
    """Return the file at a place for tickets, with its conversation; None where nothing lies there."""
    child = tree.child(path)
    return _ticket_file(tree, path, child, Listing([], {}, [])) if child else None


def _months(tree: Tree) -> Iterator[str]:
    for year in tree.children(TICKETS):
        for month in tree.children(f"{TICKETS}/{year.name}") if year.kind is ChildKind.FOLDER else ():
            if MONTH.fullmatch(f"{TICKETS}/{year.name}/{month.name}"):
                yield f"{TICKETS}/{year.name}/{month.name}"


def attachments(tree: Tree, file: TicketFile) -> dict[str, int]:
    """Return the size in bytes of each file that is attached to a ticket, by its name."""
    folder = f"{conversation_of(file.path)}/{ATTACHMENTS}"
    names = tree.names(folder) if file.attached else ()
    return {name: tree.size(f"{folder}/{name}") for name in names if not name.startswith(".")}


def conversation_files(tree: Tree, folder: str) -> list[str]:
    """Return every ordinary file of a conversation, attachments included."""
    found = []
    for child in tree.children(folder):
        path = f"{folder}/{child.name}"
        if child.kind is ChildKind.FILE:
            found.append(path)
        elif child.kind is ChildKind.FOLDER:
            found += conversation_files(tree, path)
    return found
