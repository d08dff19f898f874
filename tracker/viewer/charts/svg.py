"""Elements of SVG; every text and value is escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterable


def element(name: str, *content: str, **attributes: object) -> Markup:
    """Return an element; `text_anchor` is the attribute `text-anchor`, `class_` is `class`."""
    written = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), _written(value))
        for key, value in attributes.items()
        if value is not None
    )
    inside = Markup("").join(map(escape, content))
    return Markup("<{0}{1}>{2}</{0}>").format(name, written, inside)


def text(words: str, x: float, y: float, style: str = "", anchor: str | None = None) -> Markup:
    """Return words at a place; `anchor` is `middle` or `end` where the place is not their start."""
    return element("text", words, x=x, y=y, class_=style or None, text_anchor=anchor)


def path(points: Iterable[tuple[float, float]]) -> str:
    """Return the points of a line as SVG writes them."""
    return "M" + "L".join(f"{_written(x)} {_written(y)}" for x, y in points)


def short(label: str, longest: int) -> str:
    """Return a name in at most so many letters; the whole one is in the table."""
    return label if len(label) <= longest else f"{label[: longest - 1]}…"


def _written(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
