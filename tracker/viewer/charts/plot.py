"""What all charts over time have in common: their frame, with an axis of values and one of days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from tracker.viewer.charts.scale import ticks
from tracker.viewer.charts.svg import element, text

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

WIDTH, HEIGHT = 360, 200
"""In units of about a pixel on a phone, where the letters are no smaller than people read."""
LINE = 12.0
"""From one line of letters to the next."""
_TOP, _BOTTOM, _LEFT = 22.0, 18.0, 40.0
_DAYS = 4
_STYLES = 6


class Series(NamedTuple):
    """Values that belong together, one for each day; None where there is none. The style tells it apart."""

    label: str
    values: Sequence[float | None]
    style: int


@dataclass(frozen=True)
class Plot:
    """Something to be drawn over time.

    Attributes:
        name: its own on the page.
        title: what it shows.
        told: the same in words, for whoever does not see it.
        days: what stands below each value.
        series: what is drawn.
        say: says a value of the axis.
        whole: whether values are whole numbers.
        right: how much room labels have at the right.
        most: the largest value that must fit, be it there or not: charts beside one another have one scale.
    """

    name: str
    title: str
    told: str
    days: Sequence[str]
    series: Sequence[Series]
    say: Callable[[float], str]
    whole: bool = True
    right: float = 8.0
    most: float = 0

    def ticks(self, most: float) -> list[float]:
        """Return the values at which there is a line, if the largest is `most`."""
        return ticks(max(most, self.most), whole=self.whole)

    @property
    def bottom(self) -> float:
        """Where 0 is."""
        return HEIGHT - _BOTTOM

    def y(self, value: float, top: float) -> float:
        """Return where a value is, if `top` is the largest that fits."""
        return self.bottom - value / top * (self.bottom - _TOP)

    def x(self, place: float) -> float:
        """Return where a part of the width is: 0 at the left, 1 at the right."""
        return _LEFT + place * (WIDTH - _LEFT - self.right)

    def center(self, number: int) -> float:
        """Return where the middle of a column is."""
        return self.x((number + 0.5) / len(self.days))

    def edge(self, number: int) -> float:
        """Return where a point of a line is, the first at the left edge and the last at the right."""
        return self.x(number / max(len(self.days) - 1, 1))

    def frame(self, marks: Sequence[float], where: Callable[[int], float]) -> Markup:
        """Return the lines and words of the axes."""
        top, parts = marks[-1], []
        for value in marks:
            height = self.y(value, top)
            style = "tk-chart-zero" if not value else "tk-chart-line"
            parts.append(element("line", x1=_LEFT, x2=self.x(1), y1=height, y2=height, class_=style))
            parts.append(text(self.say(value), _LEFT - 5, height + 3.5, anchor="end"))
        step = max(1, -(-len(self.days) // _DAYS))
        shown = range(0, len(self.days), step)
        parts += [text(self.days[each], where(each), HEIGHT - 4.0, anchor="middle") for each in shown]
        return Markup("").join(parts)

    def drawn(self, *parts: str) -> Markup:
        """Return the whole chart."""
        return figure(
            self.name, self.title, self.told, HEIGHT, Markup("").join((patterns(self.name), *parts))
        )


def figure(name: str, title: str, told: str, height: float, content: Markup) -> Markup:
    """Return a chart with what it says for those who do not see it."""
    return element(
        "svg",
        element("title", title, id=f"{name}-title"),
        element("desc", told, id=f"{name}-desc"),
        content,
        class_="tk-chart",
        viewBox=f"0 0 {WIDTH} {height:g}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def fill(name: str, style: int) -> dict[str, str]:
    """Return what fills a shape of a series: its colour, and above it a pattern that is its own."""
    return {"class_": f"tk-series-{style % _STYLES}", "fill": f"url(#{name}-{style % _STYLES})"}


def patterns(name: str) -> Markup:
    """Return the fillings, which differ without their colour, too."""
    lines = {
        0: "",
        1: "M-1 1l2-2M0 6l6-6M5 7l2-2",
        2: "M0 3h6",
        3: "M3 0v6",
        4: "M-1 5l2 2M0 0l6 6M5-1l2 2",
        5: "M0 3h6M3 0v6",
    }
    made = [
        element(
            "pattern",
            element("rect", width=6, height=6, class_=f"tk-fill-{style}"),
            element("path", d=drawn, class_="tk-hatch") if drawn else Markup(""),
            id=f"{name}-{style}",
            width=6,
            height=6,
            patternUnits="userSpaceOnUse",
        )
        for style, drawn in lines.items()
    ]
    return element("defs", *made)


def legend(name: str, series: Sequence[Series]) -> Markup:
    """Return the names of the series in a line above the chart, each with how it looks."""
    parts, x = [], _LEFT
    for one in series:
        parts.append(element("rect", x=x, y=5.0, width=9, height=9, **fill(name, one.style)))
        parts.append(text(one.label, x + 13, 13.0))
        x += 24 + 5.6 * len(one.label)
    return Markup("").join(parts)
