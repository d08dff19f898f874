"""Which file is where in a desk: tickets, drafts, comments and attachments below `tickets/`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import (
    DRAFTS,
    MONTH,
    TICKETS,
    conversation_around,
    conversation_of,
    is_home,
    is_ticket_place,
)
from tracker.store.tree import ChildKind

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from tracker.store.tree import Child, Tree

CONFIGURATION = "tracker.yml"
SETTINGS = "settings"
"""The folder of the files that it includes."""
ATTACHMENTS = "files"
IMAGES = (".gif", ".jpeg", ".jpg", ".png", ".webp")
"""How attachments end that are shown where they are named."""
_DEEPEST = 6
_README = f"{TICKETS}/readme.md"
_OF_TOOLS = frozenset((".gitkeep", ".gitignore", ".gitattributes", ".DS_Store"))
"""What Git or the system keeps in any folder: nothing of the desk's."""


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


def scan_around(tree: Tree, paths: Iterable[str]) -> Listing:
    """Return what `scan` says of some paths below `tickets/`, and of the tickets that they are beside.

    Where a path is gone that a ticket may have had, it is what was left of its conversation.
    """
    listing = Listing([], {}, [])
    for path in sorted({_seen_at(path) for path in paths}):
        child = tree.child(path)
        if child is None:
            _scan_orphans(tree, conversation_of(path), listing)
        elif child.kind is ChildKind.FOLDER:  # so deep that `scan` does not look into it
            listing.strays.append(path)
        else:
            _scan_child(tree, path, child, listing)
    return listing


def _seen_at(path: str) -> str:
    """Return the ticket in whose conversation a path is, else the path, no deeper than `scan` goes."""
    around = conversation_around(path)
    return f"{around}.md" if around else "/".join(path.split("/")[: _DEEPEST + 2])


def _scan_folder(tree: Tree, path: str, listing: Listing) -> None:
    children = tree.children(path)
    home = is_home(path)
    names = [child.name for child in children]
    listing.folders[path] = names
    beside = set(names)
    for child in children:
        child_path = f"{path}/{child.name}"
        if child.kind is not ChildKind.FOLDER:
            _scan_child(tree, child_path, child, listing, beside)
        elif not home:
            _scan_below(tree, child_path, listing)
        elif f"{child.name}.md" not in beside:
            _scan_orphans(tree, child_path, listing)


def _scan_below(tree: Tree, path: str, listing: Listing) -> None:
    """Look into a folder that holds no tickets by itself; a desk has no use for deep ones."""
    if path.count("/") > _DEEPEST:
        listing.strays.append(path)
    else:
        _scan_folder(tree, path, listing)


def _scan_child(
    tree: Tree, path: str, child: Child, listing: Listing, beside: Container[str] | None = None
) -> None:
    """Put what lies at a path, and is no folder, into a listing; `beside` are the names in its folder."""
    if child.kind is ChildKind.LINK:
        listing.files.append(TicketFile(path, child.kind))
    elif child.name in _OF_TOOLS or path.lower() == _README:
        return
    elif not _is_ticket_name(child.name):
        listing.strays.append(path)
    else:
        alone = beside is not None and child.name.removesuffix(".md") not in beside
        file = TicketFile(path, child.kind) if alone else _with_conversation(tree, path, child, listing)
        listing.files.append(file)
        if beside is not None and not alone:
            listing.folders.setdefault(conversation_of(path), [])  # empty today, not tomorrow


def _with_conversation(tree: Tree, path: str, child: Child, listing: Listing) -> TicketFile:
    """Return a ticket's file with its conversation, which is put into a listing, too."""
    folder = conversation_of(path)
    names = tree.names(folder) if is_ticket_place(path) else []
    if not names:
        return TicketFile(path, child.kind)
    listing.folders[folder] = names
    comments = tuple(f"{folder}/{name}" for name in names if _is_ticket_name(name))
    others = [name for name in names if not (_is_ticket_name(name) or name in _OF_TOOLS)]
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
        elif child.name not in _OF_TOOLS:
            listing.strays.append(child_path)


def find_named(tree: Tree, ticket_id: str) -> list[TicketFile]:
    """Return the files named after an id, wherever tickets may lie, without reading any."""
    paths = (f"{folder}/{ticket_id}.md" for folder in (DRAFTS, *_months(tree)))
    return [file for file in (find_at(tree, path) for path in paths) if file]


def find_at(tree: Tree, path: str) -> TicketFile | None:
    """Return the file at a place for tickets, with its conversation; None where nothing lies there."""
    child = tree.child(path)
    return _with_conversation(tree, path, child, Listing([], {}, [])) if child else None


def _months(tree: Tree) -> Iterator[str]:
    for year in tree.children(TICKETS):
        for month in tree.children(f"{TICKETS}/{year.name}") if year.kind is ChildKind.FOLDER else ():
            if MONTH.fullmatch(f"{TICKETS}/{year.name}/{month.name}"):
                yield f"{TICKETS}/{year.name}/{month.name}"


def attachments(tree: Tree, file: TicketFile) -> dict[str, int]:
    """Return the size in bytes of each file that is attached to a ticket, by its name."""
    folder = f"{conversation_of(file.path)}/{ATTACHMENTS}"
    names = tree.names(folder) if file.attached else ()
    return {name: tree.size(f"{folder}/{name}") for name in names if name not in _OF_TOOLS}


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
