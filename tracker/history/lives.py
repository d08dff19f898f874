"""Which ticket is which: a ticket stays the same one when it is accepted, moved, renumbered or restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import is_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from tracker.document import Value
    from tracker.history.event import FileChange


class Version(NamedTuple):
    """A ticket's file as it was once.

    Attributes:
        object: the object name of the content.
        id: the id, else the name of the file.
        aliases: the further names that it has.
        values: its front matter; empty where it cannot be read.
        body: the text below.
    """

    object: str
    id: str
    aliases: Sequence[str]
    values: Mapping[str, Value]
    body: str


class Residence(NamedTuple):
    """Where a ticket lives.

    Attributes:
        life: the number of its life.
        sound: the object name of its newest content that could be read.
    """

    life: int
    sound: str


_DRAFT = "a draft that was accepted"
Side = tuple["FileChange", Version]
"""A file that a commit changes, with the ticket that is in it before or after."""


class Move(NamedTuple):
    """A file of a ticket, before and after a commit; None where there was none, or is none."""

    before: Side | None
    after: Side | None


def moves(files: Iterable[FileChange], read: Callable[[str, str], Version]) -> list[Move]:
    """Return what becomes of the tickets whose files a commit changes.

    Args:
        files: the ticket files among those that it changes.
        read: returns the version of a ticket by the object name of its content and its path.
    """
    changes = list(files)
    gone = [(file, read(file.before, file.path)) for file in changes if file.before and not file.after]
    came = [(file, read(file.after, file.path)) for file in changes if file.after and not file.before]
    claimed = {alias: side for side in came for alias in side[1].aliases}
    found: list[Move] = []
    for file in changes:
        if file.before and file.after:
            before, after = (file, read(file.before, file.path)), (file, read(file.after, file.path))
            mover = claimed.get(before[1].id)
            if mover in came and _gave_way(before[1], after[1], mover[1]):
                came.remove(mover)
                came.append(after)
                found.append(Move(before, mover))
            else:
                found.append(Move(before, after))
    for old_keys, new_keys in (
        (_content, _content),
        (_id, _id),
        (_id, _aliases),
        (_former_words, _present_words),
    ):
        found += _pairs(gone, came, old_keys, new_keys)
    return [*found, *(Move(old, None) for old in gone), *(Move(None, new) for new in came)]


def _gave_way(before: Version, after: Version, mover: Version) -> bool:
    """Whether a ticket went elsewhere and another one took its file, and with it perhaps its id."""

    def alike(other: Version) -> bool:
        return other.body == before.body or other.values.get("title") == before.values.get("title")

    return bool(after.values) and alike(mover) and not alike(after)


def _pairs(
    gone: list[Side],
    came: list[Side],
    old_keys: Callable[[Side], Iterable[Hashable]],
    new_keys: Callable[[Side], Iterable[Hashable]],
) -> list[Move]:
    """Return the moves from a file that is gone to one that came with the same key, and forget both."""
    by_key: dict[Hashable, list[Side]] = {}
    for old in reversed(gone):
        for key in old_keys(old):
            by_key.setdefault(key, []).append(old)
    found: dict[str, Move] = {}
    for new in came:
        candidates = (by_key[key].pop() for key in new_keys(new) if by_key.get(key))
        free = next((one for one in candidates if one[0].path not in found), None)
        if free:
            found[free[0].path] = Move(free, new)
    arrived = {move.after[0].path for move in found.values() if move.after}
    gone[:] = [old for old in gone if old[0].path not in found]
    came[:] = [new for new in came if new[0].path not in arrived]
    return list(found.values())


def _content(side: Side) -> list[Hashable]:
    return [(side[1].object, side[1].id)]


def _id(side: Side) -> list[Hashable]:
    return [side[1].id]


def _aliases(side: Side) -> list[Hashable]:
    return list(side[1].aliases)


def _former_words(side: Side) -> list[Hashable]:
    """Return what stays of a ticket whose id alone becomes another, of a draft also without its time."""
    return [*_words(side), *([(_said(side), _DRAFT)] if is_draft(side[0].path) else [])]


def _present_words(side: Side) -> list[Hashable]:
    return [*_words(side), *([] if is_draft(side[0].path) else [(_said(side), _DRAFT)])]


def _words(side: Side) -> list[Hashable]:
    created = side[1].values.get("created")
    return [(_said(side), repr(created))] if created else []


def _said(side: Side) -> Hashable:
    return side[1].body, repr(side[1].values.get("title"))
