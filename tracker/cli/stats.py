"""`tracker stats`: the desk in numbers."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.charts import bars, sheet
from tracker.cli.options import as_json, refuse_unknown, with_workspace
from tracker.cli.queries import chosen_rows, refuse_options
from tracker.cli.tables import as_table
from tracker.cli.terminal import print_json, print_paged, progress
from tracker.errors import UsageError
from tracker.metrics.flow import MOST, STEPS
from tracker.metrics.words import NOTHING, in_words, percent
from tracker.model.kind import Kind
from tracker.service_levels.words import label_of
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.metrics.course import Course
    from tracker.metrics.flow import Interval
    from tracker.metrics.numbers import Customs, Numbers, Period
    from tracker.metrics.outages import Downtime
    from tracker.metrics.spread import Spread
    from tracker.workspace import Workspace

OUTAGES = ("location", "department", "system.asset")
"""What can be out of use."""
_BARS, _BESIDE_BARS = 16, 45
"""How long a bar may be, and how many characters stand beside those of a line."""


class _Report(NamedTuple):
    """All that is printed: for the whole, by interval, by group, and outages by what was out of use."""

    period: Period
    numbers: Numbers
    intervals: list[Interval]
    groups: dict[str, Numbers]
    outages: dict[str, dict[str, Downtime]]


@click.command(
    "stats",
    context_settings={"ignore_unknown_options": True},
    help=_("""Show the desk in numbers: what came and went, how long it took, what lies there.

A query chooses the tickets, as for “tracker list”. Times come from the history of the branch; what is not
committed is in no number. Each is as it was at the end of the time, so what is said of a month stays."""),
)
@click.argument("query", nargs=-1)
@click.option("--since", metavar="TIME", default="12w", help=_("From then: 2026-09, 2026-11-24, 12w."))
@click.option("--until", metavar="TIME", default="now", help=_("Until then: 2026-10, yesterday."))
@click.option(
    "--every", type=click.Choice(STEPS), default="week", help=_("How long the steps of the chart are.")
)
@click.option(
    "--by", "field", metavar="FIELD", help=_("For each value of a field, such as location or system.asset.")
)
@click.option(
    "--csv", "as_csv", is_flag=True, help=_("Print CSV: a line for each step, or for each value with --by.")
)
@as_json
@with_workspace
def command(
    workspace: Workspace,
    query: tuple[str, ...],
    since: str,
    until: str,
    every: str,
    field: str | None,
    as_csv: bool,
    as_json: bool,
) -> None:
    """Print the numbers."""
    from tracker.workspace.courses import courses, customs
    from tracker.workspace.service_levels import service_levels, with_promises

    refuse_options(query, ("--since", "--until", "--every", "--by", "--csv", "--json", "--help"))
    period = _period(workspace, since, until)
    if field:
        _refuse_whole(workspace, field)
    chosen = chosen_rows(workspace, query)
    with progress(_("Reading the history: {number}")) as show:
        levels = service_levels(workspace, show)
        followed = [*OUTAGES, *([field] if field else []), *(levels.fields if levels else ())]
        known = courses(workspace, followed, chosen, show)
    about = customs(workspace)
    about = with_promises(about, levels, workspace) if levels else about
    report = _report(known.courses, period, about, field, every)
    if as_json:
        print_json(_as_data(workspace, report, field))
    elif as_csv:
        click.echo(_as_csv(workspace, report, field), nl=False)
    else:
        print_paged("\n".join(_sections(workspace, report, field)))
    if known.uncommitted:
        said = ngettext(
            "{number} ticket is not committed, and in no number.",
            "{number} tickets are not committed, and in no number.",
            known.uncommitted,
        )
        click.secho(said.format(number=known.uncommitted), err=True, dim=True)


def _refuse_whole(workspace: Workspace, field: str) -> None:
    """Refuse a field that nobody knows, or one of several parts: the history tells of each part by itself."""
    name, dot, _part = field.partition(".")
    refuse_unknown([name], tuple(workspace.fields))
    if not dot and workspace.fields[name].kind in (Kind.CONTACT, Kind.DETAILS, Kind.OUTAGE):
        message = _("“{field}” has several parts.").format(field=name)
        raise UsageError(message, _("Name one, such as system.asset or requester.email."))


def _period(workspace: Workspace, since: str, until: str) -> Period:
    from tracker.metrics.numbers import Period
    from tracker.query.moments import read_past

    now = workspace.now()
    start, last = read_past(since, now).start, read_past(until, now)
    end = min(max(last.end, last.start), now)
    if start >= now:
        raise UsageError(_("{since} is yet to come.").format(since=since), _("Write a time in the past."))
    if start >= end:
        raise UsageError(
            _("There is no time between {since} and {until}.").format(since=since, until=until),
            _("Write the earlier time behind --since."),
        )
    return Period(start.astimezone(UTC), end.astimezone(UTC))


def _report(
    courses: Sequence[Course], period: Period, customs: Customs, field: str | None, every: str
) -> _Report:
    from tracker.metrics.flow import flow, intervals
    from tracker.metrics.numbers import grouped, numbers
    from tracker.metrics.outages import downtime

    steps = intervals(period, every, customs.zone)
    if len(steps) > MOST:
        raise UsageError(_("These are too many steps."), _("Make them longer, with --every month."))
    outages = {name: downtime(courses, name, period, customs) for name in OUTAGES}
    groups = grouped(courses, field, period, customs) if field else {}
    return _Report(period, numbers(courses, period, customs), flow(courses, steps, customs), groups, outages)


def _as_data(workspace: Workspace, report: _Report, field: str | None) -> dict[str, Any]:
    from tracker.metrics.data import downtime_data, interval_data, numbers_data, period_data

    zone = workspace.configuration.zone
    by = {"field": field, "groups": {name: numbers_data(each) for name, each in report.groups.items()}}
    return {
        **period_data(report.period, zone),
        **numbers_data(report.numbers),
        "intervals": [interval_data(interval, zone) for interval in report.intervals],
        "outages": {
            name: {key: downtime_data(one) for key, one in found.items()}
            for name, found in report.outages.items()
        },
        **({"by": by} if field else {}),
    }


def _as_csv(workspace: Workspace, report: _Report, field: str | None) -> str:
    from tracker.metrics.data import interval_data, numbers_row

    if field:
        rows = [{"group": name, **numbers_row(numbers)} for name, numbers in _in_order(report.groups)]
    else:
        found = (status for interval in report.intervals for status in interval.statuses)
        statuses = dict.fromkeys((*workspace.configuration.statuses, *found))
        rows = []
        for interval in report.intervals:
            data = interval_data(interval, workspace.configuration.zone)
            rows.append(data | {f"status:{status}": data["statuses"].get(status, 0) for status in statuses})
            del rows[-1]["statuses"]
    values = [["" if value is None else str(value) for value in row.values()] for row in rows]
    return as_table("csv", list(rows[0]) if rows else [], values)


def _in_order(groups: Mapping[str, Numbers]) -> list[tuple[str, Numbers]]:
    """Return groups, the one with the most work first, the one without a name last."""
    return sorted(groups.items(), key=lambda one: (not one[0], -one[1].created - one[1].open, one[0]))


def _sections(workspace: Workspace, report: _Report, field: str | None) -> Iterator[str]:
    """Yield what a person reads, one sheet after the other."""
    local = workspace.configuration.local
    yield click.style(f"{local(report.period.start)} – {local(report.period.end)}", bold=True) + "\n"
    yield _counts(report.numbers)
    yield _durations(workspace, report.numbers)
    yield from _service_levels(report.numbers)
    yield _groups(workspace, report.groups, field) if field else _chart(workspace, report.intervals)
    yield from _outages(workspace, report.outages)


def _counts(numbers: Numbers) -> str:
    again = _("{share} of the tickets resolved").format(share=percent(numbers.reopen_rate))
    met = _("{share} done by then").format(share=percent(numbers.attainment))
    rows = [
        [_("Tickets created"), str(numbers.created), ""],
        [_("Resolved"), str(numbers.resolved), ""],
        [_("Reopened"), str(numbers.reopened), again if numbers.resolved_tickets else ""],
        [_("Handed from one person to another"), str(numbers.reassigned), ""],
        [_("Came due"), str(numbers.due), met if numbers.due else ""],
        [_("Open at the end"), str(numbers.open), ""],
        [_("Of these never answered"), str(numbers.unanswered), ""],
    ]
    if numbers.landed_done:
        rows.append([_("Came already done, not counted"), str(numbers.landed_done), ""])
    return sheet(["", "", ""], rows, "<><")


def _durations(workspace: Workspace, numbers: Numbers) -> str:
    labels = workspace.fields["status"].values
    statuses = [*labels, *(name for name in numbers.in_status if name not in labels)]
    spreads = {
        _("First response"): numbers.first_response,
        _("Resolution"): numbers.resolution,
        **{
            f"· {labels.get(status, status) or NOTHING}": numbers.in_status[status]
            for status in statuses
            if status in numbers.in_status
        },
        _("Age of what is open"): numbers.age,
    }
    business = any(spread.business_median is not None for spread in spreads.values())
    headings = [_("How long"), _("tickets"), _("median"), _("90 %")]
    headings += [_("working hours: median"), _("90 %")] if business else []
    rows = [[name, *_spread(spread, business=business)] for name, spread in spreads.items()]
    return sheet(headings, rows, "<" + ">" * (len(headings) - 1))


def _service_levels(numbers: Numbers) -> Iterator[str]:
    """Yield how many clocks of service levels ended in time, where the desk has some."""
    rows = [
        [label_of(clock), str(kept.ended), str(kept.met), percent(kept.attainment)]
        for clock, kept in numbers.service_levels.items()
    ]
    if rows:
        yield sheet([_("Service levels"), _("ended"), _("in time"), ""], rows, "<>>>")


def _spread(spread: Spread, *, business: bool) -> list[str]:
    told = [str(spread.number), in_words(spread.median), in_words(spread.p90)]
    if business:
        told += [in_words(one, business=True) for one in (spread.business_median, spread.business_p90)]
    return told


def _groups(workspace: Workspace, groups: Mapping[str, Numbers], field: str) -> str:
    known = workspace.fields.get(field)
    labels = known.values if known else {}
    clocks = next((list(one.service_levels) for one in groups.values()), [])
    headings = [
        *(known.label if known else field, _("created"), _("resolved"), _("reopened"), _("open")),
        *(_("answered in"), _("resolved in"), _("90 % in"), _("on time")),
        *(_("{clock} met").format(clock=label_of(clock)) for clock in clocks),
    ]
    rows = [
        [
            *(labels.get(name, name) or _("none"), str(one.created), str(one.resolved), str(one.reopened)),
            *(str(one.open), in_words(one.first_response.median), in_words(one.resolution.median)),
            *(in_words(one.resolution.p90), percent(one.attainment)),
            *(percent(one.service_levels[clock].attainment) for clock in clocks),
        ]
        for name, one in _in_order(groups)
    ]
    return sheet(headings, rows, "<" + ">" * (len(headings) - 1))


def _chart(workspace: Workspace, intervals: Sequence[Interval]) -> str:
    """Return what came, went and lay there from step to step: at a terminal with bars."""
    zone = workspace.configuration.zone
    columns = [
        [interval.created for interval in intervals],
        [interval.resolved for interval in intervals],
        [interval.open for interval in intervals],
    ]
    room = max(0, shutil.get_terminal_size().columns - _BESIDE_BARS) // len(columns)
    width = min(_BARS, room) if sys.stdout.isatty() else 0
    busiest, fullest = max(*columns[0], *columns[1]), max(columns[2])  # what came and went is comparable
    scales = (busiest, busiest, fullest)
    drawn = [bars(column, most, width) for column, most in zip(columns, scales, strict=True)]
    rows = []
    for number, interval in enumerate(intervals):
        day = f"{interval.period.start.astimezone(zone):%Y-%m-%d}"
        cells = ((str(column[number]), bar[number]) for column, bar in zip(columns, drawn, strict=True))
        rows.append([day, *(part for cell in cells for part in cell)])
    return sheet([_("From"), _("created"), "", _("resolved"), "", _("open"), ""], rows, "<><><><")


def _outages(workspace: Workspace, outages: Mapping[str, Mapping[str, Downtime]]) -> Iterator[str]:
    titles = dict(
        zip(OUTAGES, (_("Out of use, by location"), _("By department"), _("By asset")), strict=True)
    )
    for field, found in outages.items():
        known = workspace.fields.get(field)
        labels = known.values if known else {}
        rows = [
            [
                *(labels.get(name, name) or _("none"), str(one.tickets), in_words(one.time.wall)),
                *(in_words(one.time.business, business=True), percent(one.availability, 2)),
            ]
            for name, one in sorted(found.items(), key=lambda pair: -pair[1].time.wall)
            if name or field != "system.asset"  # what has none has nothing in common
        ]
        headings = [titles[field], _("tickets"), _("time"), _("working hours"), _("available")]
        if rows:
            yield sheet(headings, rows, "<>>>>")
