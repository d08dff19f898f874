"""Collecting mail from folders of this machine, which another program fills: Maildirs, or .eml files."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import RefusedMailError, StorageError
from tracker.mail.delivery import LONGEST_HEAD, deliver_fetched
from tracker.mail.fetching import Fetched
from tracker.mail.limits import MIB, check_size
from tracker.mail.mailboxes import maildir_files, oldest_first
from tracker.mail.oversized import replace_header, set_aside
from tracker.mail.position import read_position, write_position
from tracker.store.files import place_of, read_bytes
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom
    from tracker.model.mailbox import Mailbox

_FLAGS = ":2,"
"""What stands in the name of a file of a Maildir between its own name and its flags."""


def collect(room: Mailroom, name: str, mailbox: Mailbox) -> Fetched:
    """Put the messages into the spool that came into a folder since the last time.

    Raises:
        StorageError: the folder or the disk refuses; what is not safe stays where it is.
    """
    folder = room.workspace.root / Path(mailbox.maildir or mailbox.files or "").expanduser()
    if not folder.is_dir():
        raise StorageError(_("There is no folder {path}.").format(path=folder))
    before = read_position(room.spool.folder, name)
    files = oldest_first(maildir_files(folder) if mailbox.maildir else folder.glob("*.eml"))
    names = {file: own for file in files if (own := _own(file))}
    taken = {*names.values()} & {*before.get("taken", ())}
    left = {own: header for own, header in before.get("left", {}).items() if own in names.values()}
    fetched = Fetched()
    try:
        for file, own in names.items():
            if own not in taken:
                fetched = _collect(room, mailbox, file, left, fetched)
                taken |= {own} - left.keys()
    finally:
        position = {"taken": sorted(taken), "left": left}
        if position != before:
            write_position(room.spool.folder, name, position)
    return fetched


def _collect(room: Mailroom, mailbox: Mailbox, file: Path, left: dict[str, str], fetched: Fetched) -> Fetched:
    """Put a message into the spool; note the identity of the header of one that is too large."""
    mail, status, own = room.workspace.configuration.mail, file.stat(), _own(file)
    received = datetime.fromtimestamp(status.st_mtime, UTC)
    if mailbox.since and received.astimezone(room.workspace.configuration.zone).date() < mailbox.since:
        return fetched
    try:
        check_size(status.st_size, int(mail.limits.size * MIB))
    except RefusedMailError as refused:
        if own in left:
            return fetched
        left[own], is_new = set_aside(room.spool, _head(file), received, refused.message)
        return fetched.plus(is_new)
    data = read_bytes(file)
    fetched = fetched.plus(deliver_fetched(room.spool, data, received, mail.delivered_to))
    if own in left:
        replace_header(room.spool, left.pop(own))
    try:
        if _own(file) == own:  # else another message has its name meanwhile: the next run takes that
            _put_away(mailbox, file)
    except OSError as error:
        message = _("{path} cannot be written: {reason}.")
        raise StorageError(message.format(path=error.filename, reason=error.strerror)) from error
    return fetched


def _put_away(mailbox: Mailbox, file: Path) -> None:
    """Do with a file what shall be done once its message is safe."""
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


def _own(file: Path) -> str:
    """Return what a file is known by, whatever flags its name gets in a Maildir.

    Its name alone would not do: another file may have the same later. It is empty for one that is gone, or
    that nobody has begun to write into.
    """
    try:
        status = file.stat()
    except FileNotFoundError:
        return ""
    name = file.name.partition(_FLAGS)[0]
    return f"{name} {status.st_ino} {status.st_mtime_ns} {status.st_size}" if status.st_size else ""


def _head(file: Path) -> bytes:
    data = read_bytes(file, LONGEST_HEAD)[:LONGEST_HEAD].replace(b"\r\n", b"\n")
    return data.partition(b"\n\n")[0] + b"\n\n"
