"""The charts of the whole desk, week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.service_levels.words import label_of
from tracker.translation import _
from tracker.viewer.charts.areas import areas
from tracker.viewer.charts.columns import columns
from tracker.viewer.charts.groups import Bar, Group, groups
from tracker.viewer.charts.lines import lines
from tracker.viewer.charts.plot import Plot, Series
from tracker.viewer.pages.reports import say
from tracker.viewer.pages.reports.measures import spread_of
from tracker.viewer.pages.reports.sheet import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from markupsafe import Markup

    from tracker.viewer.pages.reports.measures import Measure

    Record = Mapping[str, Any]

_NAMES = 74.0
"""The room of names beside lines and areas."""


def weekly(
    measure: Measure, weeks: Sequence[Record], total: Record, open_statuses: Mapping[str, str]
) -> Markup:
    """Return the chart of a measure.

    Args:
        measure: what to draw.
        weeks: its numbers in each week.
        total: those of the whole time.
        open_statuses: the statuses that ask for work, with their labels.
    """
    days = [say.day(week["start"]) for week in weeks]
    match measure.name:
        case "created":
            series = [
                Series(label, [week[name] for week in weeks], style)
                for style, (name, label) in enumerate(
                    (("created", _("created")), ("resolved", _("resolved")))
                )
            ]
            return columns(
                Plot(measure.name, measure.title, _told(measure, weeks, series), days, series, say.count)
            )
        case "statuses":
            return flow(measure.name, measure.title, weeks, open_statuses)
        case "service_levels":
            return kept(measure, total)
        case "reopened":
            series = [Series(_("reopened"), [week["reopened"] for week in weeks], 0)]
            told = _told(measure, weeks, series)
            return columns(Plot(measure.name, measure.title, told, days, series, say.count))
        case _duration:
            return _durations(measure, weeks, days)


def flow(
    name: str, title: str, weeks: Sequence[Record], open_statuses: Mapping[str, str], most: float = 0
) -> Markup:
    """Return how many tickets were in each open status, the last of the workflow at the bottom.

    Args:
        name: of the chart.
        title: what it shows.
        weeks: what lay there at the end of each.
        open_statuses: the statuses that ask for work, with their labels.
        most: the largest number that must fit.
    """
    series = [
        Series(label, [week["statuses"].get(key, 0) for week in weeks], style)
        for style, (key, label) in enumerate(open_statuses.items())
    ][::-1]
    days = [say.day(week["start"]) for week in weeks]
    last = (f"{one.label}: {one.values[-1]:g}" for one in reversed(series) if one.values)
    told = _("At the end: {values}.").format(values=", ".join(last))
    return areas(Plot(name, title, told, days, series, say.count, right=_NAMES, most=most))


def kept(measure: Measure, total: Record) -> Markup:
    """Return which share of promises was kept, a bar for each clock."""
    shares = {label_of(clock): one["attainment"] for clock, one in total.get("service_levels", {}).items()}
    shares[_("Due day")] = total["attainment"]
    bars = [Group(label, [Bar(found, say.share(found), 0)]) for label, found in shares.items()]
    told = ", ".join(f"{label}: {say.share(found)}" for label, found in shares.items())
    return groups(measure.name, measure.title, told, bars, most=1)


def _durations(measure: Measure, weeks: Sequence[Record], days: Sequence[str]) -> Markup:
    found = [spread_of(week, measure.name) for week in weeks]
    unit, sayer = say.unit_for(max((one or 0 for pair in found for one in pair), default=0))
    seconds = [
        Series(label, [pair[place] for pair in found], place)
        for place, label in enumerate((_("median"), _("90 %")))
    ]
    series = [
        one._replace(values=[None if long is None else long / unit for long in one.values]) for one in seconds
    ]
    told = _told(measure, weeks, seconds, say.duration)
    return lines(Plot(measure.name, measure.title, told, days, series, sayer, whole=False, right=_NAMES - 10))


def _told(
    measure: Measure, weeks: Sequence[Record], series: Sequence[Series], sayer: Any = say.number
) -> str:
    """Return what a chart says for those who do not see it: the last whole week's values."""
    if not weeks:
        return measure.definition
    place = -2 if len(weeks) > 1 else -1
    values = ", ".join(f"{one.label} {sayer(one.values[place])}" for one in series)
    day = say.exact_day(value(weeks[place], "start"))
    return _("In the week of {day}: {values}. All numbers are in the table.").format(day=day, values=values)
