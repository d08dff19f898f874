"""Telling people what changed since the last run: each thing once, whichever machine is first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.push import standing, target_branch
from tracker.errors import RepositoryError, UsageError
from tracker.mail.bounced import bounced
from tracker.mail.notices.digest import is_due, pending
from tracker.mail.notices.envelope import sealed
from tracker.mail.notices.happenings import occasions
from tracker.mail.notices.held import held_from_staff
from tracker.mail.notices.mark import Mark, make_mark, read_mark, ref_of
from tracker.mail.notices.outbox import Outbox
from tracker.mail.notices.readers import dispatchers
from tracker.mail.notices.warnings import warnings
from tracker.mail.notices.writing import Writer
from tracker.store.bookmark import move_bookmark
from tracker.store.lock import held
from tracker.store.log import last_landed
from tracker.store.remote import remote_of
from tracker.translation import _
from tracker.workspace.courses import refuse_shallow

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.writing import Notice
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace

_OUTBOX = "outbox"
_TRIES = 20
_KEPT = timedelta(days=30)
"""So long is known what was sent."""


class Told(NamedTuple):
    """What a run has to tell.

    Attributes:
        notices: the mail.
        first: whether nothing is told because this is the first run.
    """

    notices: tuple[Notice, ...] = ()
    first: bool = False


class _Place(NamedTuple):
    """Where the mark is: this clone, and the remote that counts; empty for none."""

    repository: Repository
    remote: str


def outbox_of(room: Mailroom) -> Outbox:
    """Return where the mail of a desk waits on this machine."""
    return Outbox(room.spool.folder / _OUTBOX)


def rehearse(room: Mailroom) -> Told:
    """Return what a run would tell; nothing is written, and nobody is told.

    Raises:
        TrackerError: the desk or the remote cannot be read.
    """
    place = _place(room.workspace)
    before = read_mark(room.workspace, *place)
    desk = _desk(room.workspace, place)
    return Told(_planned(desk, room, outbox_of(room), before, desk.now())[0]) if before else Told(first=True)


def put_out(room: Mailroom) -> Told:
    """Put what is to be told into the outbox, and let the mark say so; return it.

    The mark moves when all is safe on the disk, and what is there can be sent when the mark has moved.
    Whoever is killed in between finds out next time, by the name of the run in the mark.

    Raises:
        TrackerError: the desk or the remote cannot be read, or the disk refuses. Nobody was told.
    """
    outbox, place = outbox_of(room), _place(room.workspace)
    with held(outbox.folder / "lock"):
        for _attempt in range(_TRIES):
            before = read_mark(room.workspace, *place)
            _finish_others(outbox, before)
            desk = _desk(room.workspace, place)
            now = desk.now()
            notices, digest = _planned(desk, room, outbox, before, now) if before else ((), "")
            if before and not notices and (before.tip, before.digest) == (desk.tip, digest):
                return Told()
            mark = make_mark(place.repository, before, desk.tip or "", now, digest)
            mails = {notice.name: sealed(notice.envelope, notice.data) for notice in notices}
            outbox.stage(mark.runs[0], mails)
            if move_bookmark(*place, ref_of(room.workspace), mark.name, before.name if before else ""):
                outbox.release(mark.runs[0])
                outbox.forget(now - _KEPT)
                return Told(notices, first=before is None)
            outbox.discard(mark.runs[0])
    raise RepositoryError(_("Others send notices all the time."), _("Nobody was told. Try again."))


def _planned(
    desk: Workspace, room: Mailroom, outbox: Outbox, before: Mark, now: datetime
) -> tuple[tuple[Notice, ...], str]:
    """Return the mail that tells what happened since a mark, and the day of the last digest then."""
    writer = Writer(desk, room, bounced(room.spool.folder), now)
    notices = list(writer.notices(occasions(desk, _since(desk, before))))
    notices += writer.notices(warnings(desk, before.time, now))
    notices += (one for one in writer.held(held_from_staff(room, now)) if not outbox.knows(one.name))
    if not is_due(desk.configuration, before.digest, now):
        return tuple(notices), before.digest
    found = pending(desk, room)
    notices += writer.digests(found, dispatchers(desk.configuration, now)) if any(found.values()) else ()
    return tuple(notices), _today(now)


def _since(desk: Workspace, mark: Mark) -> str:
    """Return the commit up to which it was told; of a history that was rewritten, that of the same moment.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    repository, tip = desk.repository, desk.tip
    if repository is None or tip is None or repository.commit_at(mark.tip):
        return mark.tip
    refuse_shallow(desk)
    return last_landed(repository, tip, mark.time, exactly=False) or tip


def _finish_others(outbox: Outbox, mark: Mark | None) -> None:
    """Send the mail of runs that were killed after they moved the mark; throw that of others away."""
    for run in outbox.batches():
        if mark and run in mark.runs:
            outbox.release(run)
        else:
            outbox.discard(run)


def _place(workspace: Workspace) -> _Place:
    repository = workspace.repository
    if repository is None:
        raise UsageError(_("There is no Git repository here."), "git init")
    branch = repository.branch() or target_branch(workspace, repository)
    return _Place(repository, remote_of(repository, branch) if repository.remotes() else "")


def _desk(workspace: Workspace, place: _Place) -> Workspace:
    """Return the desk as the default branch has it: what is not committed there has not happened."""
    if place.remote:
        return standing(workspace, place.repository)
    tip = place.repository.commit_at("HEAD")
    if tip is None:
        raise UsageError(_("Nothing is committed here yet."), "git add -A && git commit")
    return workspace.at(tip)


def _today(now: datetime) -> str:
    return now.date().isoformat()
