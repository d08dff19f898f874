"""Collecting mail from folders of this machine, which another program fills: Maildirs, or .eml files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import RefusedMailError, StorageError
from tracker.mail.delivery import deliver_fetched
from tracker.mail.fetching import Fetched
from tracker.mail.folder import MessageFile, message_files, put_away
from tracker.mail.head import LONGEST_HEAD, head
from tracker.mail.limits import MIB, check_size
from tracker.mail.oversized import replace_header, set_aside
from tracker.mail.position import read_position, write_position
from tracker.store.files import read_bytes
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom
    from tracker.model.mailbox import Mailbox


def collect(room: Mailroom, name: str, mailbox: Mailbox) -> Fetched:
    """Put the messages into the spool that came into a folder since the last time.

    Raises:
        StorageError: the folder or the disk refuses; what is not safe stays where it is.
    """
    folder = room.workspace.root / Path(mailbox.maildir or mailbox.files or "").expanduser()
    if not folder.is_dir():
        raise StorageError(_("There is no folder {path}.").format(path=folder))
    before = read_position(room.spool.folder, name)
    files = message_files(folder, mailbox)
    names = {file.own for file in files}
    taken = names & {*before.get("taken", ())}
    left = {own: header for own, header in before.get("left", {}).items() if own in names}
    fetched = Fetched()
    try:
        for file in files:
            if file.own not in taken:
                fetched = _collect(room, mailbox, file, taken, left, fetched)
    finally:
        position = {"taken": sorted(taken), "left": left}
        if position != before:
            write_position(room.spool.folder, name, position)
    return fetched


def _collect(
    room: Mailroom,
    mailbox: Mailbox,
    file: MessageFile,
    taken: set[str],
    left: dict[str, str],
    fetched: Fetched,
) -> Fetched:
    """Put a message into the spool; note that it was taken, or the header of one that is too large.

    What cannot be read or put away, though it is there, holds up no other: the next run tries it again.
    """
    mail, zone = room.workspace.configuration.mail, room.workspace.configuration.zone
    if mailbox.since and file.written.astimezone(zone).date() < mailbox.since:
        taken.add(file.own)
        return fetched
    excess = _excess(file.size, int(mail.limits.size * MIB))
    if excess and file.own in left:
        return fetched
    try:
        data = read_bytes(file.place, LONGEST_HEAD if excess else None)
    except StorageError as error:
        return fetched.refused(error) if file.place.exists() else fetched
    if excess:
        left[file.own], is_new = set_aside(room.spool, head(data) + b"\n\n", file.written, excess)
        return fetched.plus(is_new)
    is_new = deliver_fetched(room.spool, data, file.written, mail.delivered_to, mailbox.address)
    fetched = fetched.plus(is_new)
    if file.own in left:
        replace_header(room.spool, left.pop(file.own))
    try:
        put_away(file, mailbox)
    except StorageError as error:
        return fetched.refused(error)
    taken.add(file.own)
    return fetched


def _excess(size: int, largest: int) -> str:
    """Return what is to say of a message that is too large."""
    try:
        check_size(size, largest)
    except RefusedMailError as refused:
        return refused.message
    return ""
