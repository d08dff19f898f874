"""The messages in a folder of this machine, which another program fills: a Maildir, or .eml files."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import StorageError
from tracker.mail.mailboxes import maildir_files, oldest_first
from tracker.store.files import place_of
from tracker.translation import _

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.model.mailbox import Mailbox

_FLAGS = ":2,"
"""What stands in the name of a file of a Maildir between its own name and its flags."""


class MessageFile(NamedTuple):
    """A file that somebody has begun to write a message into.

    Attributes:
        place: where it is.
        own: what it is known by, whatever flags its name gets in a Maildir. Its name alone would not do:
            another file may have the same later.
        size: in bytes.
        written: when it was written last; UTC.
    """

    place: Path
    own: str
    size: int
    written: datetime


def message_files(folder: Path, mailbox: Mailbox) -> list[MessageFile]:
    """Return the files of messages in a folder, the oldest first.

    Raises:
        StorageError: it cannot be read.
    """
    try:
        places = maildir_files(folder) if mailbox.maildir else folder.glob("*.eml")
        return [file for place in oldest_first(places) if (file := _message_file(place))]
    except OSError as error:
        message = _("{path} cannot be read: {reason}.")
        raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error


def _message_file(place: Path) -> MessageFile | None:
    """Return a file; None for one that is gone or empty."""
    try:
        status = place.stat()
    except FileNotFoundError:
        return None
    own = f"{place.name.partition(_FLAGS)[0]} {status.st_ino} {status.st_mtime_ns} {status.st_size}"
    written = datetime.fromtimestamp(status.st_mtime, UTC)
    return MessageFile(place, own, status.st_size, written) if status.st_size else None


def put_away(file: MessageFile, mailbox: Mailbox) -> None:
    """Do with a file what shall be done once its message is safe, unless it is another one meanwhile.

    Raises:
        StorageError: the disk refuses, or it would get out of its folder.
    """
    try:
        if file == _message_file(file.place):
            _put_away(file.place, mailbox)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.")
        raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error


def _put_away(file: Path, mailbox: Mailbox) -> None:
    if mailbox.after == "delete":
        file.unlink(missing_ok=True)
    elif mailbox.maildir and mailbox.move_to:
        target = place_of(file.parents[1], mailbox.move_to)
        for part in ("tmp", "new", "cur"):
            (target / part).mkdir(parents=True, exist_ok=True)
        _move(file, target / file.parent.name)
    elif mailbox.move_to:
        target = place_of(file.parent, mailbox.move_to)
        target.mkdir(parents=True, exist_ok=True)
        _move(file, target)
    elif mailbox.maildir and mailbox.after == "seen":
        own, _marks, flags = file.name.partition(_FLAGS)
        file.rename(file.parents[1] / "cur" / f"{own}{_FLAGS}{''.join(sorted({*flags, 'S'}))}")


def _move(file: Path, folder: Path) -> None:
    """Move a file into a folder of the same disk, under another name where that is in use there."""
    for number in count(1):
        target = folder / (file.name if number == 1 else f"{number}-{file.name}")
        try:
            target.touch(exist_ok=False)  # the name is ours then, whoever else moves
        except FileExistsError:
            continue
        try:
            file.replace(target)
        except OSError:
            target.unlink()
            raise
        return
