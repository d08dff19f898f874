"""How the tickets of a desk stand with its service levels: computed when it is asked, never stored."""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.metrics.course import LOCATION, STATUS
from tracker.metrics.numbers import Promise
from tracker.model.rules import CLOCKS
from tracker.service_levels.clocks import Statuses, clocks
from tracker.service_levels.reading import Reading, State, Target, read
from tracker.workspace.courses import courses, refuse_shallow
from tracker.workspace.editions import editions
from tracker.workspace.policies import Policies, row_at
from tracker.workspace.rows import desk_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from tracker.metrics.course import Course
    from tracker.metrics.numbers import Customs, Period
    from tracker.model.configuration import Configuration
    from tracker.query.row import Row
    from tracker.workspace.desk import Workspace
    from tracker.workspace.policies import Edition

_OF_TODAY = ("id", "aliases", "title", "path", "broken", "comments", "text")
"""What queries may ask for that the course of a ticket does not follow."""
_BEFORE = timedelta(microseconds=1)
"""What a ticket said when a clock ended is what it said before that ended it."""


class Standing(NamedTuple):
    """A ticket, and what its clocks say: all that ever ran, in order of their beginnings."""

    row: Row
    readings: list[Reading]


class ServiceLevels:
    """The service levels that a desk has, and had.

    Args:
        editions: the service levels from when on, the oldest first.
        configuration: the desk's today: its calendars and statuses count, also for what was before.
    """

    def __init__(self, editions: Sequence[Edition], configuration: Configuration) -> None:
        self.editions = editions
        self._configuration = configuration
        self._policies = Policies(editions, configuration)
        self._statuses = Statuses(configuration.is_open, configuration.runs_clocks)
        self._hours_at = lru_cache(maxsize=None)(configuration.hours_at)

    @property
    def fields(self) -> Collection[str]:
        """The fields that the course of a ticket must follow."""
        return self._policies.fields

    @property
    def is_timed(self) -> bool:
        """Whether it depends on the day or the hour which service level counts."""
        return self._policies.is_timed

    @property
    def clocks(self) -> list[str]:
        """The clocks for which the desk has targets."""
        levels = self._configuration.service_levels.values()
        return [clock for clock in CLOCKS if any(clock in level.targets for level in levels)]

    def with_texts(self, workspace: Workspace, rows: Iterable[Row]) -> Iterable[Row]:
        """Return tickets with what stands below their fields, where a query asks for that."""
        if not self._policies.asks_for_text:
            return rows
        bodies = {entry.path: entry.body for entry in workspace.entries}
        return ({**row, "text": bodies.get(row["path"])} for row in rows)

    def readings(
        self, course: Course, row: Row, now: datetime, since: datetime | None = None
    ) -> list[Reading]:
        """Return what the clocks of a ticket say at a moment, in order of their beginnings.

        Args:
            course: its way; it follows `fields`.
            row: the ticket as it is today; of what its course follows, nothing is needed.
            now: the moment, aware.
            since: those that ended before are left out; None for all.
        """
        said = ((step.time, str(step.value)) for step in course.steps[STATUS])
        now, found = now.astimezone(UTC), []
        for clock in clocks(said, course.answers, self._statuses, now):
            if since and clock.end and clock.end < since:
                continue
            moment = clock.end - _BEFORE if clock.end else now
            then = row_at(course, row, moment, self._configuration)
            name, level = self._policies.level(clock.start, then, moment) or ("", None)
            time = level.targets.get(clock.name) if level else None
            if level is not None and time is not None:
                place = then.get(LOCATION)
                hours = self._hours_at(place if isinstance(place, str) else None)
                counted = hours if level.hours == "calendar" else None
                found.append(read(clock, Target(name, time, level.warn), counted, now))
        return found


def service_levels(
    workspace: Workspace, progress: Callable[[int], None] = lambda _count: None
) -> ServiceLevels | None:
    """Return the service levels of a desk; None where its settings have none.

    Args:
        workspace: the desk.
        progress: told from time to time how many commits were read.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    if not workspace.configuration.service_levels:
        return None
    refuse_shallow(workspace)
    return ServiceLevels(editions(workspace, progress), workspace.configuration)


def standings(
    workspace: Workspace,
    chosen: Sequence[Row] | None = None,
    now: datetime | None = None,
    progress: Callable[[int], None] = lambda _count: None,
) -> list[Standing]:
    """Return how tickets stand; one that is not committed stands nowhere yet.

    Args:
        workspace: the desk.
        chosen: the tickets that are meant, as queries see them; None for all.
        now: the moment, aware; None for the present one.
        progress: told from time to time how many commits were read, and then how many tickets.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    levels = service_levels(workspace, progress)
    if levels is None:
        return []
    rows = desk_rows(workspace).rows if chosen is None else chosen
    known = {course.path: course for course in courses(workspace, levels.fields, rows, progress).courses}
    moment = now or workspace.now()
    return [
        Standing(row, levels.readings(known[row["path"]], row, moment))
        for row in levels.with_texts(workspace, rows)
        if row["path"] in known
    ]


def with_promises(
    customs: Customs, levels: ServiceLevels, workspace: Workspace, chosen: Iterable[Row] | None = None
) -> Customs:
    """Return what numbers must know of a desk, and with it what its service levels made of its tickets.

    Args:
        customs: what numbers must know.
        levels: the service levels.
        workspace: the desk.
        chosen: the tickets that are meant, as queries see them; None for all.
    """
    rows = {
        row["path"]: {name: row[name] for name in _OF_TODAY if name in row}
        for row in levels.with_texts(workspace, desk_rows(workspace).each() if chosen is None else chosen)
    }
    known: dict[tuple[str, Period], list[Promise]] = {}

    def promised(course: Course, period: Period) -> list[Promise]:
        key = course.path, period
        if key not in known:
            readings = levels.readings(course, rows[course.path], period.end, period.start)
            ended = ((reading, reading.ended) for reading in readings)
            known[key] = [Promise(one.clock, end, one.state is State.MET) for one, end in ended if end]
        return known[key]

    return customs._replace(promised=promised, clocks=levels.clocks)
