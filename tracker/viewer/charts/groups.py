"""Bars from left to right, a line or two for each place, department or category."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markupsafe import Markup

from tracker.viewer.charts.plot import WIDTH, Series, figure, fill, legend, patterns
from tracker.viewer.charts.svg import element, short, text

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEFT, _VALUE, _THICK, _BETWEEN, _TOP = 112.0, 58.0, 11.0, 7.0, 22.0
_LONGEST = 18


class Bar(NamedTuple):
    """A value of a group, and how it is said; None where there is none."""

    value: float | None
    said: str
    style: int


class Group(NamedTuple):
    """A name with its bars."""

    label: str
    bars: Sequence[Bar]


def groups(  # a chart has a name, words, values and a scale
    name: str,
    title: str,
    told: str,
    found: Sequence[Group],
    keys: Sequence[str] = (),
    most: float = 0,
) -> Markup:
    """Return a chart with the bars of each group.

    Args:
        name: its own on the page.
        title: what it shows.
        told: the same in words, for whoever does not see it.
        found: the groups.
        keys: names the styles, where there are several.
        most: the value whose bar is as long as a bar can be; the largest of all where it is 0.
    """
    most = most or max((bar.value or 0 for one in found for bar in one.bars), default=0) or 1
    room, y, parts = WIDTH - _LEFT - _VALUE, _TOP if keys else 4.0, []
    for one in found:
        parts.append(
            text(short(one.label, _LONGEST), _LEFT - 6, y + _THICK * len(one.bars) / 2 + 3.5, anchor="end")
        )
        for bar in one.bars:
            width = (bar.value or 0) / most * room
            parts.append(
                element(
                    "rect", x=_LEFT, y=y, width=max(width, 0.5), height=_THICK - 1, **fill(name, bar.style)
                )
            )
            parts.append(text(bar.said, _LEFT + width + 4, y + _THICK - 2.5, "tk-chart-value"))
            y += _THICK
        y += _BETWEEN
    named = legend(name, [Series(label, (), style) for style, label in enumerate(keys)])
    return figure(name, title, told, y, Markup("").join((patterns(name), named, *parts)))
