"""Taking a person out of a desk's files: their addresses and names become words that tell nobody anything."""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.comment import slug
from tracker.actions.redacted_words import NAME, is_named_after, wanted, without
from tracker.model.place import TICKETS, conversation_of
from tracker.store.layout import ATTACHMENTS
from tracker.store.tree import ChildKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

_LONGEST_TEXT = 16 << 20
"""In bytes: a larger file is nothing that anybody wrote."""


class Redacted(NamedTuple):
    """What becomes of a person's data.

    Attributes:
        change: of the files.
        attachments: files beside what changes that are no text, so that somebody must look into them.
    """

    change: Change
    attachments: tuple[str, ...]


def redact(workspace: Workspace, words: Iterable[str]) -> Redacted:
    """Return the change that takes a person out of all tickets, conversations and files that are text.

    Their comments keep their place in time; files that are named after them get another name.

    Args:
        workspace: the desk.
        words: their addresses and names.

    Raises:
        RefusedValueError: one of them is too short to be looked for.
    """
    words = list(words)
    those = wanted(words)
    files: dict[str, FileChange] = {}
    tickets: list[str] = []
    opaque: list[str] = []
    for entry in workspace.entries:
        attached = list(_attached(workspace, entry))
        renamed = {**dict(_comments_renamed(workspace, entry.comments, words)), **_renamed(attached, words)}
        texts = {path: data for path in attached if (data := _text(workspace, path)) is not None}
        texts |= {path: workspace.tree.read(path) for path in (entry.path, *entry.comments)}
        found: dict[str, FileChange] = {}
        for path, before in texts.items():
            after = without(before, those, renamed)
            if path in renamed or after != before:
                found |= _written(path, renamed.get(path, path), before, after)
        for path in sorted(renamed.keys() - texts.keys()):
            before = workspace.tree.read(path)
            found |= _written(path, renamed[path], before, before)
        if found:
            files |= found
            tickets.append(entry.id)
            opaque += [renamed.get(path, path) for path in attached if path not in texts]
    change = Change("redact", f"Redact somebody in {len(tickets)} tickets", tuple(tickets), files)
    return Redacted(change, tuple(opaque))


def _attached(workspace: Workspace, entry: Entry) -> Iterator[str]:
    folder = f"{conversation_of(entry.path)}/{ATTACHMENTS}"
    for child in workspace.tree.children(folder):
        if child.kind is ChildKind.FILE:
            yield f"{folder}/{child.name}"


def _text(workspace: Workspace, path: str) -> bytes | None:
    """Return the bytes of a file that is text; None of another."""
    data = workspace.tree.read(path, _LONGEST_TEXT)
    if len(data) > _LONGEST_TEXT or b"\0" in data:
        return None
    try:
        data.decode()
    except UnicodeDecodeError:
        return None
    return data


def _comments_renamed(
    workspace: Workspace, paths: Iterable[str], words: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Yield the comments that somebody wrote whose files are named after them, with names that are free."""
    taken, authors = set(paths), {word.lower() for word in words}
    for comment in workspace.conversation(paths):
        folder, _slash, name = comment.path.rpartition("/")
        stamp, _hyphen, rest = name.partition("Z-")
        if comment.author.lower() in authors and rest.removesuffix(".md") == slug(comment.author):
            yield comment.path, _free(f"{folder}/{stamp}Z-{NAME.lower()}", ".md", taken)


def _renamed(paths: Collection[str], words: Collection[str]) -> dict[str, str]:
    """Return the files that are named after somebody, with names that are free."""
    taken, found = set(paths), dict[str, str]()
    for path in paths:
        folder, _slash, name = path.rpartition("/")
        digest, _hyphen, rest = name.partition("-")
        if is_named_after(rest, words):
            _stem, dot, ending = rest.rpartition(".")
            found[path] = _free(f"{folder}/{digest}-{NAME.lower()}", f"{dot}{ending}" if dot else "", taken)
    return found


def _free(start: str, ending: str, taken: set[str]) -> str:
    """Return a path that is not taken, and take it."""
    numbers = chain([""], (f"-{number}" for number in count(2)))
    path = next(path for number in numbers if (path := f"{start}{number}{ending}") not in taken)
    taken.add(path)
    return path


def _written(path: str, place: str, before: bytes, after: bytes) -> dict[str, FileChange]:
    if place == path:
        return {path: FileChange(before, after)}
    return {path: FileChange(before, None), place: FileChange(None, after)}


def held_by_history(workspace: Workspace, words: Iterable[str]) -> int:
    """Return how many commits of the branch still hold one of some words in the files of tickets."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None:
        return 0
    folder = workspace.in_repository(TICKETS)
    return len({commit for word in words for commit in repository.commits_with(word, folder, tip)})
