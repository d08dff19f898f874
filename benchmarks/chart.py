"""Time and memory by the number of tickets, on two logarithmic scales, as SVG."""

from __future__ import annotations

from html import escape
from math import log10
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

WIDTH, HEIGHT, LEFT, TOP = 420, 360, 60, 40
COLOURS = (
    "#1f5fbf",
    "#b3261e",
    "#1a6b35",
    "#8a5300",
    "#6941c6",
    "#00687a",
    "#9a2f6f",
    "#5b6270",
    "#a04000",
    "#333",
)
STYLE = (
    "text{font:12px sans-serif;fill:#444}.grid{stroke:#ccc;stroke-width:.5}.line{fill:none;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#ccc}.grid{stroke:#555}}"
)


def chart(measured: Mapping[int, Sequence[Any]]) -> str:
    """Return both charts beside each other, with a line for each thing that was asked.

    Args:
        measured: the figures by the number of tickets.
    """
    names = list(dict.fromkeys(figure.asked for found in measured.values() for figure in found))
    time = _panel(measured, names, lambda taken: taken.seconds, "seconds", 0)
    memory = _panel(measured, names, lambda taken: taken.memory, "MiB", WIDTH + 20)
    legend = [
        f'<rect x="{2 * WIDTH + 50}" y="{TOP + 22 * at}" width="14" height="4" fill="{_colour(at)}"/>'
        f'<text x="{2 * WIDTH + 72}" y="{TOP + 22 * at + 7}">{escape(name)}</text>'
        for at, name in enumerate(names)
    ]
    size = f'width="{2 * WIDTH + 200}" height="{HEIGHT + 60}" viewBox="0 0 {2 * WIDTH + 200} {HEIGHT + 60}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    return "\n".join([head, f"<style>{STYLE}</style>", *time, *memory, *legend, "</svg>", ""])


def _panel(
    measured: Mapping[int, Sequence[Any]],
    names: Sequence[str],
    of: Callable[[Any], float | None],
    unit: str,
    left: int,
) -> list[str]:
    values = [of(figure.taken) for found in measured.values() for figure in found]
    known = [value for value in values if value]
    low, high = int(log10(min(known)) // 1), int(-(-log10(max(known)) // 1))
    sizes = sorted(measured)
    first, last = log10(sizes[0]), log10(sizes[-1]) if len(sizes) > 1 else log10(sizes[0]) + 1

    def x(size: float) -> float:
        return left + LEFT + (log10(size) - first) / (last - first) * (WIDTH - LEFT - 20)

    def y(value: float) -> float:
        return TOP + (high - log10(value)) / (high - low) * (HEIGHT - TOP)

    parts = [f'<text x="{left + LEFT}" y="{TOP - 14}">{unit}</text>']
    for power in range(low, high + 1):
        at = y(10**power)
        parts.append(f'<path class="grid" d="M{left + LEFT} {at:.1f}H{left + WIDTH - 20}"/>')
        parts.append(
            f'<text x="{left + LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{10.0**power:,g}</text>'
        )
    parts += [
        f'<text x="{x(size):.1f}" y="{HEIGHT + 24}" text-anchor="middle">{size:,}</text>' for size in sizes
    ]
    for number, name in enumerate(names):
        points = [
            f"{x(size):.1f},{y(value):.1f}"
            for size in sizes
            for figure in measured[size]
            if figure.asked == name and (value := of(figure.taken))
        ]
        parts.append(f'<polyline class="line" stroke="{_colour(number)}" points="{" ".join(points)}"/>')
    return parts


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]
