"""What is to be done at this hour: recurring tickets, statuses that go on, reminders, escalations."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.catalogue import catalogue
from tracker.actions.change import Change, followed, united
from tracker.actions.dispatch import dispatch, is_unassigned
from tracker.actions.escalate import escalate, overdue
from tracker.actions.recur import recur
from tracker.actions.waiting import acting_since, acts, go_on, remind
from tracker.errors import EditError, RefusedValueError, TrackerError
from tracker.translation import language
from tracker.workspace.courses import courses
from tracker.workspace.dispatching import rows_for_rules
from tracker.workspace.service_levels import service_levels
from tracker.workspace.staffing import open_desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

    Step = tuple[Entry, Callable[[Workspace, Entry], Change | None]]
    """A ticket, and what plans what may be due for it."""


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
        phases: list[Callable[[Workspace], Ticked]] = [
            _recurring,
            *(partial(_taken, steps) for steps in _phases(workspace, author)),
        ]
        desk, whole = workspace, Ticked(Change("tick", "", ()), (), ())
        for phase in phases:
            change, done, refused = phase(desk)
            desk = desk.after(change.after) if change.files else desk
            change = followed(whole.change, change)
            whole = Ticked(change, (*whole.done, *done), (*whole.refused, *refused))
    tickets = ", ".join(dict.fromkeys(whole.change.tickets))
    return whole._replace(change=whole.change._replace(action="tick", summary=f"Tick: {tickets}"))


def _recurring(workspace: Workspace) -> Ticked:
    """Make recurring tickets, and say what they are about, and give them to people."""
    made, refused = recur(workspace)
    if not made.files:
        return Ticked(made, (), refused)
    filed = workspace.after(made.after)
    new = [entry for entry in filed.entries if entry.id in made.tickets]
    desk = open_desk(filed)
    found = catalogue(filed, desk, new)
    change, errors = followed(made, found.change), [*found.refused.items()]
    if desk.configuration.assignment.decides:
        known = filed.after(found.change.after)
        free = [one for one in known.entries if one.id in made.tickets and is_unassigned(known, one)]
        given = dispatch(known, desk, free)
        change = followed(change, given.change)
        errors += given.refused.items()
    ids = {entry.path: entry.id for entry in new}
    told = [_about(ids.get(name, name), error) for name, error in errors]
    done = tuple(Done(entry.id, entry.title, "filed") for entry in new)
    return Ticked(change, done, (*refused, *told))


def _phases(workspace: Workspace, author: str) -> list[list[Step]]:
    """Return what is planned together: a step for each ticket. What is next is planned on top of that."""
    configuration, now = workspace.configuration, workspace.now()
    policies = configuration.service_levels
    levels = service_levels(workspace) if any(one.escalations for one in policies.values()) else None
    entries = {
        entry.path: entry
        for entry in workspace.entries
        if not entry.draft
        and (acts(configuration, entry) or (levels and configuration.is_open(entry.ticket.status)))
    }
    rows = {row["path"]: row for row in rows_for_rules(workspace, [*entries.values()])}
    fields = levels.fields if levels else ()
    moves: list[Step] = []
    reminders: list[Step] = []
    escalations: dict[int, list[Step]] = defaultdict(list)
    for course in courses(workspace, fields, rows.values()).courses if rows else ():
        entry = entries[course.path]
        since = acting_since(configuration, entry, course)
        if since:
            moves.append((entry, partial(go_on, since=since)))
            reminders.append((entry, partial(remind, since=since, author=author)))
        readings = levels.readings(course, rows[course.path], now) if levels else ()
        for number, found in enumerate(overdue(policies, readings)):
            escalations[number].append((entry, partial(escalate, found=found, author=author)))
    return [moves, reminders, *escalations.values()]


def _taken(steps: Iterable[Step], workspace: Workspace) -> Ticked:
    """Take steps with tickets as they are by now; one that has another status by now is left alone."""
    present = {entry.path: entry for entry in workspace.entries}
    changes, done, refused = list[Change](), list[Done](), list[TrackerError]()
    for entry, step in steps:
        now = present[entry.path]
        if now.ticket.status != entry.ticket.status:
            continue
        try:
            change = step(workspace, now)
        except (RefusedValueError, EditError) as error:
            refused.append(_about(entry.id, error))
            continue
        if change:
            changes.append(change)
            done.append(Done(entry.id, entry.title, change.summary.removeprefix(f"{entry.id}: ")))
    return Ticked(united("tick", "", changes), tuple(done), tuple(refused))


def _about(name: str, error: TrackerError) -> TrackerError:
    return RefusedValueError(f"{name}: {error.message}", error.hint)
