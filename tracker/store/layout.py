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


class TicketFile(NamedTuple):
    """A file that is, or claims to be, a ticket.

    Attributes:
        path: relative to the desk's root, with forward slashes.
        kind: what it is; only an ordinary file may be opened.
        comments: its conversation's files, in order of time.
    """

    path: str
    kind: ChildKind = ChildKind.FILE
    comments: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The file's name without its ending: the id, where it lies at home."""
        return self.path.rpartition("/")[2].removesuffix(".md")


def scan(tree: Tree) -> Iterator[TicketFile]:
    """Yield every ticket file of a desk, in order of path; symbolic links are named and never followed."""
    top = next((child for child in tree.children("") if child.name == TICKETS), None)
    if top and top.kind is ChildKind.LINK:
        yield TicketFile(TICKETS, ChildKind.LINK)
    elif top and top.kind is ChildKind.FOLDER:
        yield from _scan_folder(tree, TICKETS)


def _scan_folder(tree: Tree, path: str) -> Iterator[TicketFile]:
    children = tree.children(path)
    home = path == DRAFTS or MONTH.fullmatch(path)
    folders = {child.name for child in children if child.kind is ChildKind.FOLDER}
    names = {child.name for child in children}
    for child in children:
        child_path = f"{path}/{child.name}"
        if child.kind is ChildKind.LINK:
            yield TicketFile(child_path, child.kind)
        elif child.name in folders:
            if not home:
                yield from _scan_folder(tree, child_path)
            elif f"{child.name}.md" not in names:
                yield from _scan_orphans(tree, child_path)
        elif _is_ticket_name(child.name) and child_path.lower() != f"{TICKETS}/readme.md":
            has_conversation = home and child.name.removesuffix(".md") in folders
            yield _ticket_file(tree, child_path, child, has_conversation=bool(has_conversation))


def _ticket_file(tree: Tree, path: str, child: Child, *, has_conversation: bool) -> TicketFile:
    folder = conversation_of(path)
    names = tree.names(folder) if has_conversation else []
    return TicketFile(path, child.kind, tuple(f"{folder}/{name}" for name in names if _is_ticket_name(name)))


def _is_ticket_name(name: str) -> bool:
    return name.endswith(".md") and not name.startswith(".")


def _scan_orphans(tree: Tree, path: str) -> Iterator[TicketFile]:
    """A folder beside no ticket: what lies in it is shown, as a ticket in the wrong place, and not lost."""
    for child in tree.children(path):
        if _is_ticket_name(child.name):
            yield TicketFile(f"{path}/{child.name}", child.kind)


def find_named(tree: Tree, ticket_id: str) -> list[TicketFile]:
    """Return the files named after an id, wherever tickets may lie, without reading any."""
    paths = (f"{folder}/{ticket_id}.md" for folder in (DRAFTS, *_months(tree)))
    return [file for file in (find_at(tree, path) for path in paths) if file]


def find_at(tree: Tree, path: str) -> TicketFile | None:
    """Return the file at a place for tickets, with its conversation; None where nothing lies there."""
    child = tree.child(path)
    return _ticket_file(tree, path, child, has_conversation=True) if child else None


def _months(tree: Tree) -> Iterator[str]:
    for year in tree.children(TICKETS):
        for month in tree.children(f"{TICKETS}/{year.name}") if year.kind is ChildKind.FOLDER else ():
            if MONTH.fullmatch(f"{TICKETS}/{year.name}/{month.name}"):
                yield f"{TICKETS}/{year.name}/{month.name}"


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
