"""The charts by location, department or category."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.service_levels.words import label_of
from tracker.translation import _
from tracker.viewer.charts.groups import Bar, Group, groups
from tracker.viewer.pages.reports import say
from tracker.viewer.pages.reports.measures import spread_of
from tracker.viewer.pages.reports.over_time import flow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from tracker.viewer.pages.reports.measures import Measure

    Record = Mapping[str, Any]

MOST = 12
"""Of so many groups, a chart is read; the others are in the table."""
_SMALL = 6
"""Of so many, each has a chart of its own."""


def grouped_chart(measure: Measure, found: Sequence[Record], open_statuses: Mapping[str, str]) -> Markup:
    """Return the chart of a measure for groups; each record is one, with its `label`."""
    shown, name, title = found[:MOST], measure.name, measure.title
    match name:
        case "created":
            bars = [_bars(one, [(one["created"], 0), (one["resolved"], 1)], say.number) for one in shown]
            return groups(name, title, _told(bars), bars, (_("created"), _("resolved")))
        case "statuses":
            most = max((week["open"] for one in found[:_SMALL] for week in one["weeks"]), default=0)
            charts = (
                flow(f"{name}-{place}", one["label"], one["weeks"], open_statuses, most)
                for place, one in enumerate(found[:_SMALL])
            )
            return Markup("").join(
                Markup('<div class="tk-small"><h3>{}</h3>{}</div>').format(one["label"], chart)
                for one, chart in zip(found, charts, strict=False)
            )
        case "service_levels":
            return _kept(measure, shown)
        case "reopened":
            bars = [_bars(one, [(one["reopen_rate"], 0)], say.share) for one in shown]
            return groups(name, title, _told(bars), bars)
        case _duration:
            bars = [_bars(one, _styled(spread_of(one, name)), say.duration) for one in shown]
            return groups(name, title, _told(bars), bars, (_("median"), _("90 %")))


def _styled(values: Sequence[float | None]) -> list[tuple[float | None, int]]:
    """Return values, each with a style of its own."""
    return [(found, style) for style, found in enumerate(values)]


def _kept(measure: Measure, shown: Sequence[Record]) -> Markup:
    clocks = list(shown[0].get("service_levels", {})) if shown else []
    bars = [
        _bars(
            one,
            [(one["service_levels"][clock]["attainment"], style) for style, clock in enumerate(clocks)],
            say.share,
        )
        if clocks
        else _bars(one, [(one["attainment"], 0)], say.share)
        for one in shown
    ]
    return groups(
        measure.name, measure.title, _told(bars), bars, [label_of(clock) for clock in clocks], most=1
    )


def _bars(record: Record, values: Sequence[tuple[float | None, int]], sayer: Any) -> Group:
    return Group(record["label"], [Bar(found, sayer(found), style) for found, style in values])


def _told(found: Sequence[Group]) -> str:
    return "; ".join(f"{one.label}: {', '.join(bar.said for bar in one.bars)}" for one in found)
