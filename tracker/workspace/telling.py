"""Telling from the history what it says of tickets: what happened, why they are as they are, their clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.query.row import row_of
from tracker.service_levels.reading import State, newest
from tracker.workspace.account import Account, kept
from tracker.workspace.courses import courses, refuse_shallow
from tracker.workspace.landings import landings
from tracker.workspace.reasons import all_reasons
from tracker.workspace.service_levels import service_levels
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from tracker.metrics.course import Course
    from tracker.model.entry import Entry
    from tracker.service_levels.reading import Reading
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.account import Kept
    from tracker.workspace.desk import Workspace
    from tracker.workspace.policies import Edition
    from tracker.workspace.service_levels import ServiceLevels


class News(NamedTuple):
    """What happened since a commit.

    Attributes:
        latest: the newest commit that brought something of a ticket.
        touched: the files of the tickets of which something was brought since; None for any.
        editions: the service levels from when on.
    """

    latest: str
    touched: set[str] | None
    editions: Sequence[Edition]


def news(workspace: Workspace, since: str) -> News:
    """Return what happened at a desk since a commit; where that is not known, all of it.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    levels = service_levels(workspace)
    editions = levels.editions if levels else ()
    return News(*told(workspace, lambda chronicle: _news(chronicle, since)), editions)


def _news(chronicle: Chronicle, since: str) -> tuple[str, set[str] | None]:
    """Return the newest commit that brought something, and the homes of the tickets touched after another.

    Args:
        chronicle: what happened.
        since: the other commit; where it is not found, any ticket may have been touched: None.
    """
    latest, homes = "", set[str]()
    for happened in chronicle.all():
        latest = latest or happened.landing.commit
        if happened.landing.commit == since:
            return latest, homes
        if not since:
            break
        homes.add(happened.home)
    return latest, None


def tell(workspace: Workspace, entries: Sequence[Entry], now: datetime) -> dict[str, Kept]:
    """Return what the history tells of some tickets at a moment, by their files.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    reasons, levels, landed = (
        all_reasons(workspace, entries),
        service_levels(workspace),
        landings(workspace, entries),
    )
    read = {path: (clocks, until) for path, clocks, until in _read(workspace, entries, levels, now)}
    found = {}
    for entry in entries:
        readings, until = read.get(entry.path, ((), None))
        account = Account(reasons.get(entry.path, {}), readings, landed[entry.path])
        found[entry.path] = kept(entry.digest, account, until)
    return found


def _read(
    workspace: Workspace, entries: Iterable[Entry], levels: ServiceLevels | None, now: datetime
) -> Iterator[tuple[str, list[Reading], datetime | None]]:
    """Yield what each clock of some tickets says, and until when; of one that no commit has, nothing."""
    if levels is None:
        return
    today = now.date()
    rows = [row_of(entry, workspace.configuration, today) for entry in entries]
    ways = {course.path: course for course in courses(workspace, levels.fields, rows).courses}
    for row in levels.with_texts(workspace, rows):
        way = ways.get(row["path"])
        if way:
            readings = newest(levels.readings(way, row, now))
            turns = [*_turns(readings, now, is_timed=levels.is_timed), *_to_come(way, now)]
            yield way.path, readings, min(turns, default=None)


def _turns(readings: Iterable[Reading], now: datetime, *, is_timed: bool) -> Iterator[datetime]:
    """Yield moments until which some clocks certainly say the same."""
    for reading in readings:
        if reading.ended is None and is_timed:
            yield now
        elif reading.state is State.RUNNING:  # working time does not pass faster than any other
            yield now + reading.warn - reading.elapsed
        elif reading.state is State.WARNING and reading.due:
            yield reading.due


def _to_come(way: Course, now: datetime) -> Iterator[datetime]:
    """Yield what is still to come on a ticket's way: the clock of another machine may be ahead."""
    moments = (step.time for steps in way.steps.values() for step in steps)
    yield from (moment for moment in (*moments, *way.answers) if moment > now)
