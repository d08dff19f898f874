"""Checking a few files of a desk with every rule, without reading the others.

What a rule on the whole desk says of a ticket depends on tickets that name it, or that it names. Git finds
these by their words; the rest of the desk stays unread, so the time hardly grows with it.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tracker.document import LARGEST_FILE
from tracker.model.place import TICKETS, conversation_around, conversation_of, is_ticket_place
from tracker.store.differences import mentioning
from tracker.store.layout import TicketFile, find_at, find_named, scan_around
from tracker.store.tree import ChildKind
from tracker.validation.desk import check_names
from tracker.validation.rules.t002_file_size import RULE as FILE_SIZE
from tracker.validation.rules.t013_unknown_file import unknown_file
from tracker.validation.weight import weigh
from tracker.workspace.findings import conversation_findings, desk_findings, weighed_by_tickets
from tracker.workspace.reading import read_tickets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.store.tree import Tree
    from tracker.workspace.desk import Workspace

_PLACES = (f"{TICKETS}/*/*/*.md", f"{TICKETS}/*/*.md", f"{TICKETS}/*.md")
_FARTHEST = 1_000
_MOST_LEFT_OUT = 500


class Touched(NamedTuple):
    """What some paths are.

    Attributes:
        tickets: the ticket files among them.
        conversations: the tickets whose conversation they belong to, or whose own file is among them.
        strays: those that are nothing that a desk knows, or lie in such a folder; and what a ticket that is
            gone leaves behind.
    """

    tickets: list[TicketFile]
    conversations: list[TicketFile]
    strays: list[str]


def touched(tree: Tree, paths: Collection[str]) -> Touched:
    """Return what some paths below `tickets/` are; those that are gone may have been in a conversation."""
    listing = scan_around(tree, paths)
    present = {file.path for file in listing.files}
    gone = {conversation_of(path) for path in paths if is_ticket_place(path) and path not in present}
    tickets = [file for file in listing.files if file.path in paths or file.path.rpartition("/")[0] in gone]
    conversations = [file for file in listing.files if file.comments or file.attached]
    folders = {above.as_posix() for path in paths for above in PurePosixPath(path).parents}
    told = {*paths, *folders}
    strays = [path for path in listing.strays if path in told or path.rpartition("/")[0] in gone]
    return Touched(tickets, conversations, strays)


class Seen(NamedTuple):
    """Some files of a desk, read.

    Attributes:
        desk: the desk.
        paths: the files, be they there or not.
        parts: what they are.
        entries: the tickets among them.
    """

    desk: Workspace
    paths: Collection[str]
    parts: Touched
    entries: list[Entry]


def look_at(desk: Workspace, paths: Collection[str]) -> Seen:
    """Read those of some files below `tickets/` that are tickets."""
    parts = touched(desk.tree, paths)
    return Seen(desk, paths, parts, _read(desk, parts.tickets))


def findings_of(seen: Seen, around: Iterable[Entry]) -> list[Finding]:
    """Return what is wrong with some files of a desk, and what that makes wrong of others.

    Args:
        seen: the files.
        around: further tickets, which are checked for what is between them and those.
    """
    desk, paths, parts, entries = seen
    known = {entry.path for entry in entries}
    beside = [entry for entry in around if entry.path not in known]
    found = [finding for entry in entries for finding in entry.findings]
    together = sorted([*entries, *beside], key=lambda entry: entry.path.split("/"))  # as in the whole desk
    found += weighed_by_tickets(desk, together, desk_findings(desk, together))
    of_comments = conversation_findings(desk, parts.conversations)
    if of_comments:
        owners = _read(desk, parts.conversations)
        found += weighed_by_tickets(desk, owners, of_comments)
    names = check_names({folder: desk.tree.names(folder) for folder in _folders(paths, parts.strays)})
    return found + weigh([*names, *map(unknown_file, parts.strays)], desk.configuration.rules)


def _folders(paths: Iterable[str], strays: Iterable[str]) -> list[str]:
    """Return the folders of some paths in which names are checked as such.

    What lies deeper in a conversation is checked with it, if its ticket is there; into strays nobody looks.
    """
    unseen = {"", *strays}
    folders = {path.rpartition("/")[0] for path in paths}
    return sorted(
        folder
        for folder in folders
        if not conversation_around(folder)
        and unseen.isdisjoint((folder, *(above.as_posix() for above in PurePosixPath(folder).parents)))
    )


def check_paths(workspace: Workspace, paths: Collection[str]) -> tuple[list[Finding], int]:
    """Return what is wrong with some files of a desk, and how many tickets they are."""
    seen = look_at(workspace, {path for path in paths if path.startswith(f"{TICKETS}/")})
    found = findings_of(seen, neighbours(workspace, (), seen.entries))
    told = {*seen.paths, *seen.parts.strays}
    return [finding for finding in found if finding.path in told], len(seen.entries)


def neighbours(workspace: Workspace, before: Iterable[Entry], after: Iterable[Entry]) -> list[Entry]:
    """Return the tickets on which it depends whether a change of some others is right.

    Those are the tickets to which links lead, directly or over others; those that claim an id or alias that
    is new here; and the children of what is not open any more.

    Args:
        workspace: the desk as it shall be.
        before: the tickets that change, as they were.
        after: the same as they shall be, and new ones.
    """
    old, new = list(before), list(after)
    names = _names(new) ^ _names(old)
    is_open = workspace.configuration.is_open
    closed = _names(entry for entry in old if is_open(entry.ticket.status))
    closed &= _names(entry for entry in new if not is_open(entry.ticket.status))
    files = [file for name in sorted(names) for file in find_named(workspace.tree, name)]
    huge = {entry.path for entry in new if any(finding.code == FILE_SIZE.code for finding in entry.findings)}
    found = {file.path: file for file in (*files, *_mentioning(workspace, names | closed, huge))}
    return _with_targets(workspace, [*new, *_read(workspace, found.values())], known=_names(new))


def _read(workspace: Workspace, files: Iterable[TicketFile]) -> list[Entry]:
    return read_tickets(workspace.tree, list(files), workspace.reader, workspace.index)


def _names(entries: Iterable[Entry]) -> set[str]:
    return {name for entry in entries for name in (entry.id, *entry.ticket.aliases)}


def _mentioning(workspace: Workspace, names: Collection[str], huge: Collection[str] = ()) -> list[TicketFile]:
    """Return the ticket files in which one of some ids stands as a word of its own, `huge` ones left out."""
    if not names:
        return []
    if workspace.repository is None:
        return workspace.files
    commit = workspace.revision.commit if workspace.revision else None
    places = [f":(glob){workspace.in_repository(place)}" for place in _PLACES]
    unread = [f":(exclude,literal){workspace.in_repository(path)}" for path in sorted(huge)[:_MOST_LEFT_OUT]]
    paths = mentioning(workspace.repository, names, commit, [*places, *unread])
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])".encode())
    inside = [path.removeprefix(workspace.in_repository("")) for path in paths]
    found = [file for file in (find_at(workspace.tree, path) for path in inside) if file]
    ordinary = [file for file in found if file.kind is ChildKind.FILE]
    return [file for file in ordinary if word.search(workspace.tree.read(file.path, LARGEST_FILE))]


def _with_targets(workspace: Workspace, entries: list[Entry], known: set[str]) -> list[Entry]:
    """Follow the links of some tickets to their ends: a circle may be longer than two."""
    found = {entry.path: entry for entry in entries}
    asked, waiting = known | _names(entries), list(entries)
    while waiting and len(found) < _FARTHEST:
        missing = {link.target for entry in waiting for link in entry.ticket.links} - asked
        asked |= missing
        files = [file for target in sorted(missing) for file in find_named(workspace.tree, target)]
        named = _read(workspace, files)
        others = _read(workspace, _mentioning(workspace, missing - _names(named)))
        fresh = {entry.path: entry for entry in (*named, *others) if entry.path not in found}
        waiting = list(fresh.values())
        found |= fresh
    return list(found.values())
