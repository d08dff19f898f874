"""Areas on top of one another: how much of each there is, and all together."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from tracker.viewer.charts.plot import LINE, fill
from tracker.viewer.charts.scale import spread
from tracker.viewer.charts.svg import element, path, short, text

if TYPE_CHECKING:
    from markupsafe import Markup

    from tracker.viewer.charts.plot import Plot

_LONGEST = 11
"""So many letters have room at the right."""


def areas(plot: Plot) -> Markup:
    """Return a chart with an area for each series, the first at the bottom, each with its name beside it."""
    columns = zip(*([value or 0 for value in one.values] for one in plot.series), strict=True)
    heights = [[0.0, *accumulate(column)] for column in columns]
    marks = plot.ticks(max((column[-1] for column in heights), default=0))
    edges = [
        [(plot.edge(number), plot.y(column[layer], marks[-1])) for number, column in enumerate(heights)]
        for layer in range(len(plot.series) + 1)
    ]
    drawn = [
        element(
            "path", d=path([*edges[layer + 1], *reversed(edges[layer])]) + "Z", **fill(plot.name, one.style)
        )
        for layer, one in enumerate(plot.series)
    ]
    names = []
    if heights:
        middles = [(edges[layer][-1][1] + edges[layer + 1][-1][1]) / 2 for layer in range(len(plot.series))]
        places = spread([y + 3.5 for y in reversed(middles)], LINE, LINE, plot.bottom)
        for y, one in zip(places, reversed(plot.series), strict=True):
            names.append(
                element("rect", x=plot.x(1) + 5, y=y - 8, width=8, height=8, **fill(plot.name, one.style))
            )
            names.append(text(short(one.label, _LONGEST), plot.x(1) + 16, y, "tk-chart-name"))
    return plot.drawn(*drawn, plot.frame(marks, plot.edge), *names)
