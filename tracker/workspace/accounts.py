"""What the history tells of each ticket of a desk: kept, and told anew only where it may be otherwise."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import __version__
from tracker.query.row import row_of
from tracker.service_levels.reading import State, newest
from tracker.workspace.account import Accounts, Kept, digest_of, kept
from tracker.workspace.courses import courses, refuse_shallow
from tracker.workspace.reasons import all_reasons
from tracker.workspace.service_levels import service_levels
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from tracker.metrics.course import Course
    from tracker.model.entry import Entry
    from tracker.service_levels.reading import Reading
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace
    from tracker.workspace.service_levels import ServiceLevels

_KEY = "what the history tells of each ticket"


class _Known(NamedTuple):
    """What was told before.

    Attributes:
        premises: a digest of what all of it depends on, and the history does not tell.
        head: the newest commit then.
        latest: the newest one then that brought something of a ticket.
        editions: a digest of the service levels from when on.
        accounts: by the files of tickets.
    """

    premises: str
    head: str
    latest: str
    editions: str
    accounts: Mapping[str, Sequence[Any]]


def accounts(workspace: Workspace) -> Accounts:
    """Return what the history tells of the tickets of a desk.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    now, before = workspace.now(), _known(workspace)
    known = before if before.head and before.head == workspace.tip else _caught_up(workspace, before)
    held = {path: Kept(*account) for path, account in known.accounts.items()}
    sound = {
        entry.path: one
        for entry in workspace.entries
        if (one := held.get(entry.path)) and one.holds(entry.digest, now)
    }
    stale = [entry for entry in workspace.entries if entry.path not in sound]
    found = {**sound, **_told(workspace, stale, now)} if stale else sound
    if workspace.has_index_of_its_own and (stale or known is not before or len(found) != len(held)):
        with suppress(UnicodeEncodeError):  # a name that is not UTF-8 cannot be kept
            workspace.index.learn({f"{_KEY}{workspace.mark}": known._replace(accounts=found)})
    return Accounts(found)


def _known(workspace: Workspace) -> _Known:
    """Return what was told before on the same premises."""
    key, premises = f"{_KEY}{workspace.mark}", digest_of(workspace.configuration.model_dump_json())
    known = workspace.index.known([key]).get(key) if workspace.has_index_of_its_own else None
    if isinstance(known, list) and known[0] == f"{__version__} {premises}":
        return _Known(*known)
    return _Known(f"{__version__} {premises}", "", "", "", {})


def _caught_up(workspace: Workspace, before: _Known) -> _Known:
    """Return what is still so after what happened since."""
    levels = service_levels(workspace)
    editions = digest_of(levels.editions if levels else ())
    latest, touched = told(workspace, lambda chronicle: _news(chronicle, before.latest))
    now = _Known(before.premises, workspace.tip or "", latest, editions, {})
    if touched is None or editions != before.editions:
        return now
    kept = {path: account for path, account in before.accounts.items() if path not in touched}
    return now._replace(accounts=kept)


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


def _told(workspace: Workspace, entries: Sequence[Entry], now: datetime) -> dict[str, Kept]:
    """Return what the history tells of some tickets."""
    reasons, levels = all_reasons(workspace, entries), service_levels(workspace)
    read = {path: (clocks, until) for path, clocks, until in _read(workspace, entries, levels, now)}
    return {
        entry.path: kept(
            entry.digest, reasons.get(entry.path, {}).values(), *read.get(entry.path, ((), None))
        )
        for entry in entries
    }


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
