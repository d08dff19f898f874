"""Which ticket is which: a ticket stays the same one when it is accepted, moved, renumbered or restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.place import is_draft

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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


class Move(NamedTuple):
    """A file of a ticket, before and after a commit; None where there was none, or is none."""

    before: tuple[FileChange, Version] | None
    after: tuple[FileChange, Version] | None


def moves(files: Iterable[FileChange], read: Callable[[str, str], Version]) -> list[Move]:
    """Return what becomes of the tickets whose files a commit changes.

    Args:
        files: the ticket files among those that it changes.
        read: returns the version of a ticket by the object name of its content and its path.
    """
    changes = list(files)
    stay = [file for file in changes if file.before and file.after]
    gone = [(file, read(file.before, file.path)) for file in changes if file.before and not file.after]
    came = [(file, read(file.after, file.path)) for file in changes if file.after and not file.before]
    found = [
        Move((file, read(file.before, file.path)), (file, read(file.after, file.path)))
        for file in stay
        if file.before and file.after
    ]
    for same in (_same_content, _same_id, _former_id, _same_words):
        for new in list(came):
            old = next((old for old in gone if same(old, new)), None)
            if old:
                found.append(Move(old, new))
                gone.remove(old)
                came.remove(new)
    return [*found, *(Move(old, None) for old in gone), *(Move(None, new) for new in came)]


def _same_content(old: tuple[FileChange, Version], new: tuple[FileChange, Version]) -> bool:
    return old[1].object == new[1].object and old[1].id == new[1].id


def _same_id(old: tuple[FileChange, Version], new: tuple[FileChange, Version]) -> bool:
    return old[1].id == new[1].id


def _former_id(old: tuple[FileChange, Version], new: tuple[FileChange, Version]) -> bool:
    return old[1].id in new[1].aliases


def _same_words(old: tuple[FileChange, Version], new: tuple[FileChange, Version]) -> bool:
    """Whether all but the id is the same: of a draft whose name cannot be an alias, of a new number."""
    was, is_ = old[1].values, new[1].values
    alike = bool(is_) and old[1].body == new[1].body and was.get("title") == is_.get("title")
    accepted = is_draft(old[0].path) and not is_draft(new[0].path)
    return alike and (accepted or (was.get("created") == is_.get("created") and "created" in was))
