"""How a desk did in the last twelve weeks: its numbers as plain data, kept until something makes them others.

They are as they were at the end of yesterday, so they change once a day, and with what landed late. Each is
what `tracker stats --json` tells of the same time.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import __version__
from tracker.workspace.account import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.workspace.desk import Workspace

_KEY = "how the desk did"
WEEKS = 12
FIELDS = ("location", "department", "category")
"""What the numbers are told by, too."""


class Report(NamedTuple):
    """The numbers of a desk in a time, as JSON has them.

    Attributes:
        start: when the time begins, in ISO 8601; and so on.
        total: what is said of the whole desk.
        weeks: the same of each week, with what came, went and lay there.
        groups: what is said of the tickets of each value, by field; an empty text for none.
        flows: what came, went and lay there in each week, likewise.
    """

    start: str
    end: str
    total: Mapping[str, Any]
    weeks: Sequence[Mapping[str, Any]]
    groups: Mapping[str, Mapping[str, Mapping[str, Any]]]
    flows: Mapping[str, Mapping[str, Sequence[Mapping[str, Any]]]]


def report(workspace: Workspace) -> Report:
    """Return the numbers of a desk from the Monday twelve weeks before this week's to the end of yesterday.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    today = datetime.combine(workspace.now().date(), time(), workspace.configuration.zone)
    premises = digest_of((__version__, today.isoformat(), workspace.configuration.model_dump_json()))
    known = _known(workspace, premises)
    if known:
        return known
    from tracker.workspace.late_arrivals import all_files_are_there

    made = _made(workspace, today)
    if workspace.has_index_of_its_own and all_files_are_there(workspace):
        _keep(workspace, premises, made)
    return made


def _known(workspace: Workspace, premises: str) -> Report | None:
    """Return what was told before, if nothing that landed since makes it otherwise."""
    key = f"{_KEY}{workspace.mark}"
    known = workspace.index.known([key]).get(key) if workspace.has_index_of_its_own else None
    if not isinstance(known, dict) or known.get("premises") != premises:
        return None
    found = Report(*known["report"])
    if known["tip"] != workspace.tip:
        from tracker.workspace.late_arrivals import all_is_later

        if not all_is_later(workspace, known["latest"], datetime.fromisoformat(found.end)):
            return None
        _keep(workspace, premises, found)
    return found


def _keep(workspace: Workspace, premises: str, made: Report) -> None:
    from tracker.workspace.late_arrivals import latest_landing

    latest = latest_landing(workspace)
    value = {"premises": premises, "tip": workspace.tip, "latest": latest, "report": list(made)}
    with suppress(UnicodeEncodeError):  # a name that is not UTF-8 cannot be kept
        workspace.index.learn({f"{_KEY}{workspace.mark}": value})


def _made(workspace: Workspace, today: datetime) -> Report:
    """Return the numbers until the beginning of a day."""
    from tracker.metrics.data import interval_data, numbers_data, period_data
    from tracker.metrics.flow import flow, intervals
    from tracker.metrics.numbers import Period, grouped, numbers, parted, sorted_by
    from tracker.query.row import row_of
    from tracker.workspace.courses import courses, customs
    from tracker.workspace.service_levels import service_levels, with_promises

    zone = workspace.configuration.zone
    monday = today - timedelta(days=today.weekday(), weeks=WEEKS)
    period = Period(monday.astimezone(UTC), today.astimezone(UTC))
    levels, usual = service_levels(workspace), customs(workspace)
    rows = [row_of(entry, workspace.configuration, today.date()) for entry in workspace.entries]
    known = courses(workspace, [*FIELDS, *(levels.fields if levels else ())], rows).courses
    about = with_promises(usual, levels, workspace, rows) if levels else usual
    weeks, busy = intervals(period, "week", zone), parted(known, period, usual)[0]
    return Report(
        **period_data(period, zone),
        total=numbers_data(numbers(busy, period, about)),
        weeks=[
            numbers_data(numbers(busy, each.period, usual)) | interval_data(each, zone)
            for each in flow(known, weeks, usual)
        ],
        groups={
            field: {name: numbers_data(each) for name, each in grouped(known, field, period, about).items()}
            for field in FIELDS
        },
        flows={
            field: {
                name: [interval_data(each, zone) for each in flow(some, weeks, usual)]
                for name, some in sorted_by(known, field, period).items()
            }
            for field in FIELDS
        },
    )
