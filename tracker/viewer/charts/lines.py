"""Lines, each with its name at its end, and told apart by how they are drawn."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.viewer.charts.plot import LINE
from tracker.viewer.charts.scale import spread
from tracker.viewer.charts.svg import element, path, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from tracker.viewer.charts.plot import Plot, Series


_SAMPLE = 11.0
"""How much of a line stands before its name: what shows that it has gaps."""


def lines(plot: Plot) -> Markup:
    """Return a chart with a line for each series; it is broken where there is no value."""
    marks = plot.ticks(max((value or 0 for one in plot.series for value in one.values), default=0))
    drawn = [shape for one in plot.series for shape in _line(plot, one, marks[-1])]
    return plot.drawn(plot.frame(marks, plot.edge), *drawn, *_names(plot, marks[-1]))


def _line(plot: Plot, series: Series, top: float) -> Iterator[Markup]:
    style = f"tk-stroke-{series.style}"
    places = [(number, value) for number, value in enumerate(series.values) if value is not None]
    for _gap, run in groupby(enumerate(places), lambda one: one[0] - one[1][0]):
        points = [(plot.edge(number), plot.y(value, top)) for _place, (number, value) in run]
        if len(points) > 1:
            yield element("path", d=path(points), class_=style)
        yield from (element("circle", cx=x, cy=y, r=2, class_=f"tk-dot-{series.style}") for x, y in points)


def _names(plot: Plot, top: float) -> Iterator[Markup]:
    """Yield the name of each line beside its last value, and how the line looks."""
    ends: list[tuple[float, Series]] = []
    for one in plot.series:
        last: Sequence[float] = [value for value in one.values if value is not None]
        if last:
            ends.append((plot.y(last[-1], top), one))
    ends.sort(key=itemgetter(0))
    places = spread([y + 3.5 for y, _series in ends], LINE, LINE, plot.bottom)
    start, end = plot.x(1) + 6, plot.x(1) + 6 + _SAMPLE
    for y, (_wanted, one) in zip(places, ends, strict=True):
        yield element("path", d=path([(start, y - 3.5), (end, y - 3.5)]), class_=f"tk-stroke-{one.style}")
        yield text(one.label, end + 4, y, f"tk-chart-name tk-dot-{one.style}")
