"""What the history tells of each ticket as it is now: kept, and told anew only where it may be otherwise."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import __version__
from tracker.history.reason import Reason
from tracker.query.row import row_of
from tracker.service_levels.reading import Reading, State, newest
from tracker.workspace.courses import courses, refuse_shallow
from tracker.workspace.reasons import all_reasons
from tracker.workspace.service_levels import service_levels
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.model.entry import Entry
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace
    from tracker.workspace.service_levels import ServiceLevels

    Kept = dict[str, list[Any]]
    """By the files of tickets: a digest, until when it holds (None for good), the reasons, the readings."""

_KEY = "what the history tells of each ticket"


class Account(NamedTuple):
    """What the history tells of a ticket.

    Attributes:
        reasons: why its fields hold what they do, or nothing, by their names.
        readings: what each of its clocks says, the last time that it ran. Of one that runs, the state and the
            moments are those of now, and what is used of its target is what was when that was counted.
    """

    reasons: Mapping[str, Reason]
    readings: Sequence[Reading]


NOTHING = Account({}, ())
"""What it tells of a ticket that no commit has."""


def accounts(workspace: Workspace) -> dict[str, Account]:
    """Return what the history tells of each ticket of a desk, by its file.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    now, levels = workspace.now(), service_levels(workspace)
    premises = _premises(workspace, levels)
    tip, known = _known(workspace, premises)
    latest, touched = told(workspace, lambda chronicle: _news(chronicle, tip, now))
    kept = {
        entry.path: known[entry.path]
        for entry in workspace.entries
        if touched is not None and entry.path not in touched and _holds(known.get(entry.path), entry, now)
    }
    stale = [entry for entry in workspace.entries if entry.path not in kept]
    if stale or latest != tip or len(kept) < len(known):
        kept |= _read(workspace, stale, levels, now)
        _keep(workspace, premises, latest, kept)
    return {path: _account(*one) for path, one in kept.items()}


def _news(chronicle: Chronicle, since: str, now: datetime) -> tuple[str, set[str] | None]:
    """Return the newest commit, and the homes of the tickets to which something happened since another one.

    The commit is empty where it is of the future: what happened is known later. None stands for all homes.
    """
    latest, homes = "", set[str]()
    for happened in chronicle.all():
        commit, time = happened.landing.commit, happened.landing.time
        latest = latest or (commit if time <= now else " ")
        if commit == since:
            return latest.strip(), homes
        if not since:
            break
        homes.add(happened.home)
    return latest.strip(), None


def _holds(known: Sequence[Any] | None, entry: Entry, now: datetime) -> bool:
    """Whether what is known of a ticket is so of this file at this moment."""
    if known is None:
        return False
    digest, until, *_account = known
    return digest == entry.digest and (until is None or now.timestamp() < until)


def _read(
    workspace: Workspace, entries: Sequence[Entry], levels: ServiceLevels | None, now: datetime
) -> Kept:
    """Return what the history tells of some tickets."""
    reasons, readings = all_reasons(workspace, entries), {}
    if levels is not None and entries:
        today = now.date()
        rows = [row_of(entry, workspace.configuration, today) for entry in entries]
        ways = {course.path: course for course in courses(workspace, levels.fields, rows).courses}
        for row in levels.with_texts(workspace, rows):
            if row["path"] in ways:
                readings[row["path"]] = newest(levels.readings(ways[row["path"]], row, now))
    is_timed = levels is not None and levels.is_timed
    return {
        entry.path: [
            entry.digest,
            _until(readings.get(entry.path, ()), now, is_timed=is_timed),
            [*reasons.get(entry.path, {}).values()],
            [_plain(reading) for reading in readings.get(entry.path, ())],
        ]
        for entry in entries
    }


def _until(readings: Iterable[Reading], now: datetime, *, is_timed: bool) -> float | None:
    """Return until when some clocks certainly say the same; None for good."""
    turns = []
    for reading in readings:
        if reading.ended is None and is_timed:
            turns.append(now)
        elif reading.state is State.RUNNING:  # working time does not pass faster than any other
            turns.append(now + reading.warn - reading.elapsed)
        elif reading.state is State.WARNING and reading.due:
            turns.append(reading.due)
    return min((turn.timestamp() for turn in turns), default=None)


def _premises(workspace: Workspace, levels: ServiceLevels | None) -> str:
    """Return a digest of what an account depends on beside its ticket."""
    editions = levels.editions if levels else ()
    parts = (__version__, workspace.configuration.model_dump_json(), editions)
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _known(workspace: Workspace, premises: str) -> tuple[str, Kept]:
    """Return what is kept, and the newest commit of which that tells."""
    key = f"{_KEY}{workspace.mark}"
    known = workspace.index.known([key]).get(key) if workspace.has_index_of_its_own else None
    if not isinstance(known, dict) or known["premises"] != premises:
        return "", {}
    return known["tip"], known["tickets"]


def _keep(workspace: Workspace, premises: str, tip: str, tickets: Kept) -> None:
    if workspace.has_index_of_its_own:
        value = {"premises": premises, "tip": tip, "tickets": tickets}
        workspace.index.learn({f"{_KEY}{workspace.mark}": value})


def _account(_digest: str, _until: float | None, reasons: Any, readings: Any) -> Account:
    given = {field: Reason(ticket, field, *rest) for ticket, field, *rest in reasons}
    return Account(given, [*map(_reading, readings)])


def _plain(reading: Reading) -> list[Any]:
    """Return a reading as JSON has it."""
    spans = (reading.target, reading.elapsed, reading.warn)
    moments = (reading.start, reading.due, reading.ended)
    return [
        reading.clock,
        reading.policy,
        reading.state,
        [span.total_seconds() for span in spans],
        [moment and moment.isoformat() for moment in moments],
    ]


def _reading(plain: Sequence[Any]) -> Reading:
    clock, policy, state, spans, moments = plain
    target, elapsed, warn = (timedelta(seconds=span) for span in spans)
    start, due, ended = (moment and datetime.fromisoformat(moment) for moment in moments)
    return Reading(clock, policy, State(state), target, elapsed, start, due, ended, warn)
