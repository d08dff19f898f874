"""What is to be done at this hour: recurring tickets, statuses that go on, reminders, escalations."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.catalogue import catalogue
from tracker.actions.change import Change, followed
from tracker.actions.dispatch import dispatch, is_unassigned
from tracker.actions.escalate import escalate, overdue
from tracker.actions.recur import recur
from tracker.actions.waiting import go_on, remind, statuses_since
from tracker.errors import EditError, RefusedValueError, TrackerError
from tracker.translation import language
from tracker.workspace.staffing import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Done(NamedTuple):
    """One thing that was done: to which ticket, and what, as its commit says it."""

    id: str
    title: str
    what: str


class Ticked(NamedTuple):
    """The change, what it does, and what cannot be done."""

    change: Change
    done: tuple[Done, ...]
    refused: tuple[TrackerError, ...]


def tick(workspace: Workspace, author: str) -> Ticked:
    """Return the change that does what is to be done now; once it is written, nothing more is for a while.

    Args:
        workspace: the desk.
        author: who comments, a handle or an address.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    with language(workspace.configuration.language):
        return _Ticking(workspace, author).whole()


class _Ticking:
    """The steps, each on top of those before."""

    def __init__(self, workspace: Workspace, author: str) -> None:
        self._desk, self._author = workspace, author
        self._change = Change("tick", "", ())
        self._done: list[Done] = []
        self._refused: list[TrackerError] = []

    def whole(self) -> Ticked:
        self._recur()
        acting = list(statuses_since(self._desk))
        for entry, since in acting:
            self._try(entry, partial(go_on, since=since))
        for entry, since in acting:
            self._try(entry, partial(remind, since=since, author=self._author))
        for found in list(overdue(self._desk)):
            self._try(found.entry, partial(escalate, found=found, author=self._author))
        tickets = ", ".join(dict.fromkeys(self._change.tickets))
        change = self._change._replace(action="tick", summary=f"Tick: {tickets}")
        return Ticked(change, tuple(self._done), tuple(self._refused))

    def _recur(self) -> None:
        """Make recurring tickets, and say what they are about, and give them to people."""
        try:
            made = recur(self._desk)
        except (RefusedValueError, EditError) as error:
            self._refused.append(error)
            return
        if not made.files:
            return
        self._write(made)
        new = [entry for entry in self._desk.entries if entry.id in made.tickets]
        self._done += [Done(entry.id, entry.title, "filed") for entry in new]
        desk = open_desk(self._desk)
        self._write(catalogue(self._desk, desk, new).change)
        unassigned = [
            entry
            for entry in self._desk.entries
            if entry.id in made.tickets and is_unassigned(self._desk, entry)
        ]
        if desk.configuration.assignment.decides:
            self._write(dispatch(self._desk, desk, unassigned).change)

    def _try(self, entry: Entry, step: Callable[[Workspace, Entry], Change | None]) -> None:
        """Take a step with a ticket as it is by now, unless an earlier one has given it another status."""
        now = next((one for one in self._desk.entries if one.path == entry.path), None)
        if now is None or now.ticket.status != entry.ticket.status:
            return
        try:
            change = step(self._desk, now)
        except (RefusedValueError, EditError) as error:
            self._refused.append(RefusedValueError(f"{entry.id}: {error.message}", error.hint))
            return
        if change:
            what = change.summary.removeprefix(f"{entry.id}: ")
            self._done.append(Done(entry.id, entry.title, what))
            self._write(change)

    def _write(self, change: Change) -> None:
        self._change = followed(self._change, change)
        self._desk = self._desk.after(change.after)
