"""Columns beside one another: what came and what went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.viewer.charts.plot import fill, legend
from tracker.viewer.charts.svg import element

if TYPE_CHECKING:
    from markupsafe import Markup

    from tracker.viewer.charts.plot import Plot

_FULL = 0.76
"""So much of the width is columns, the rest is between them."""


def columns(plot: Plot) -> Markup:
    """Return a chart with a column for each value."""
    marks = plot.ticks(max((value or 0 for one in plot.series for value in one.values), default=0))
    width = (plot.x(1) - plot.x(0)) / max(len(plot.days), 1) * _FULL / max(len(plot.series), 1)
    drawn = []
    for place, one in enumerate(plot.series):
        for number, value in enumerate(one.values):
            top = plot.y(value or 0, marks[-1])
            x = plot.center(number) + (place - len(plot.series) / 2) * width
            shape = fill(plot.name, one.style)
            drawn.append(element("rect", x=x, y=top, width=width, height=plot.bottom - top, **shape))
    return plot.drawn(legend(plot.name, plot.series), plot.frame(marks, plot.center), *drawn)
