"""Collecting mail from folders of this machine, which another program fills: Maildirs, or .eml files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import RefusedMailError, StorageError
from tracker.mail.delivery import LONGEST_HEAD, deliver_fetched, set_aside
from tracker.mail.fetching import Fetched
from tracker.mail.limits import MIB, check_size
from tracker.mail.mailboxes import maildir_files, oldest_first
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
    before = set(read_position(room.spool.folder, name).get("taken", ()))
    files = oldest_first(maildir_files(folder) if mailbox.maildir else folder.glob("*.eml"))
    taken = {_own(file) for file in files} & before
    fetched = Fetched()
    try:
        for file in files:
            if _own(file) not in taken and _has_bytes(file):
                fetched = _collect(room, mailbox, file, fetched)
                taken.add(_own(file))
    finally:
        if taken != before:
            write_position(room.spool.folder, name, {"taken": sorted(taken)})
    return fetched


def _collect(room: Mailroom, mailbox: Mailbox, file: Path, fetched: Fetched) -> Fetched:
    mail, status = room.workspace.configuration.mail, file.stat()
    received = datetime.fromtimestamp(status.st_mtime, UTC)
    if mailbox.since and received.astimezone(room.workspace.configuration.zone).date() < mailbox.since:
        return fetched
    try:
        check_size(status.st_size, int(mail.limits.size * MIB))
    except RefusedMailError as refused:
        head = _head(file)
        only = _("Only its header is here; all of it is still in the mailbox.")
        reason = f"{refused.message} {only}"
        return fetched.plus(set_aside(room.spool, head, received, reason))
    data = read_bytes(file)
    fetched = fetched.plus(deliver_fetched(room.spool, data, received, mail.delivered_to))
    try:
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
        file.rename(target / file.parent.name / file.name)
    elif mailbox.move_to:
        target = place_of(file.parent, mailbox.move_to)
        target.mkdir(parents=True, exist_ok=True)
        file.rename(target / file.name)
    elif mailbox.maildir and mailbox.after == "seen":
        own, _marks, flags = file.name.partition(_FLAGS)
        file.rename(file.parents[1] / "cur" / f"{own}{_FLAGS}{''.join(sorted({*flags, 'S'}))}")


def _has_bytes(file: Path) -> bool:
    """Return whether a file is still there, and somebody has begun to write into it."""
    try:
        return file.stat().st_size > 0
    except FileNotFoundError:
        return False


def _own(file: Path) -> str:
    """Return what a file is called whatever becomes of it: in a Maildir, its name without its flags."""
    return file.name.partition(_FLAGS)[0]


def _head(file: Path) -> bytes:
    data = read_bytes(file, LONGEST_HEAD)[:LONGEST_HEAD].replace(b"\r\n", b"\n")
    return data.partition(b"\n\n")[0] + b"\n\n"
