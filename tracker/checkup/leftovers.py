"""What commands leave behind: the index, and what a killed one could not tidy up."""

from __future__ import annotations

import os
import time
from errno import EACCES
from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem
from tracker.errors import StorageError
from tracker.store.index import Index
from tracker.store.journal import read_journal
from tracker.store.lock import held
from tracker.store.staging import foreign_lock, left_lock
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings

_STALE = 10 * 60


def check_index(around: Surroundings) -> Answer | None:
    """Whether what was read before can be remembered."""
    if around.repository is None:
        return None
    folder = around.repository.folder / "tracker"
    for ours in (folder, around.repository.private / "tracker"):
        if ours.exists() and not ours.is_dir():
            message = _("{path} is not a folder.").format(path=ours)
            return problem(message, _("Remove it: what tracker remembers belongs there."))
        closed = _not_writable(ours)
        if closed:
            message = _("{path} cannot be written: {reason}.").format(path=closed, reason=os.strerror(EACCES))
            return problem(message, _("It has to belong to you."))
    if not Index(folder).is_sound():
        message = _("The index is damaged; the next command makes it anew.")
        return advice(message, _("It can be deleted at any time: {path}").format(path=folder))
    return ok(_("{path}, which can be deleted at any time").format(path=folder))


def _not_writable(folder: Path) -> Path | None:
    """Return what cannot be written of a folder and the files in it, or where it is to be made."""
    if not folder.exists():
        return None if os.access(folder.parent, os.W_OK | os.X_OK) else folder
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return folder
    return next((path for path in folder.iterdir() if not os.access(path, os.W_OK)), None)


def check_leftovers(around: Surroundings) -> Answer | None:
    """Whether a command of ours was killed before it had written all."""
    repository = around.work_tree
    if repository is None:
        return None
    folder = repository.private / "tracker"
    if not folder.is_dir() or (read_journal(folder) is None and not left_lock(repository)):
        return ok(_("No command was stopped on its way."))
    try:
        with held(folder / "lock", patience=0):
            message = _("A tracker command was stopped on its way.")
            return advice(message, _("The next one that changes something finishes or forgets what it did."))
    except StorageError:
        return ok(_("Another tracker is writing to this desk."))


def check_lock(around: Surroundings) -> Answer | None:
    """Whether another Git keeps everybody from committing."""
    repository = around.work_tree
    if repository is None:
        return None
    lock = foreign_lock(repository)
    if lock is None:
        return ok(_("No other Git is at work here."))
    age = time.time() - lock.stat().st_mtime
    if age < _STALE:
        return ok(_("Another Git is at work here."))
    minutes = int(age // 60)
    message = ngettext(
        "Another Git began to work here {number} minute ago, and has not ended.",
        "Another Git began to work here {number} minutes ago, and has not ended.",
        minutes,
    )
    return problem(message.format(number=minutes), _("If no Git is running, delete {path}").format(path=lock))
