"""The drawing of a graph of tickets: boxes in columns, each a link, and lines from what comes before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.fields import link_phrase
from tracker.viewer.addresses import relative

if TYPE_CHECKING:
    from tracker.viewer.pages.graph import Graph
    from tracker.viewer.rows import Row

_WIDTH, _HEIGHT, _ACROSS, _BETWEEN, _EDGE = 140, 40, 34, 10, 2
"""In pixels: a box, the space beside it and below it, the margin. Five boxes and their spaces fit a page."""
_FORWARD = "blocks"
"""What the ticket that comes before says itself; of the other kinds, the one after does."""


class Box(NamedTuple):
    """A ticket in a drawing, with its place."""

    x: int
    y: int
    row: Row
    address: str
    here: bool


class Line(NamedTuple):
    """A link in a drawing: its path, its kind, and the same as words."""

    path: str
    kind: str
    words: str


class Drawing(NamedTuple):
    """A drawing, with the size of a box, and what its kinds of lines mean."""

    width: int
    height: int
    box: tuple[int, int]
    boxes: list[Box]
    lines: list[Line]
    legend: list[tuple[str, str]]


def drawn(graph: Graph, page: str) -> Drawing:
    """Return the drawing of a graph for the page at an address."""
    columns = sorted(set(graph.levels))
    tallest = max(graph.levels.count(level) for level in columns)
    height = tallest * (_HEIGHT + _BETWEEN) - _BETWEEN
    taken = dict.fromkeys(columns, 0)
    boxes = []
    for number, (ticket, level) in enumerate(zip(graph.tickets, graph.levels, strict=True)):
        free = height - graph.levels.count(level) * (_HEIGHT + _BETWEEN) + _BETWEEN
        x = columns.index(level) * (_WIDTH + _ACROSS) + _EDGE
        y = free // 2 + taken[level] * (_HEIGHT + _BETWEEN) + _EDGE
        taken[level] += 1
        row = ticket.row
        boxes.append(Box(x, y, row, relative(page, row.address), number == 0))
    lines = [
        Line(_path(boxes[before], boxes[after]), kind, _words(boxes[before], boxes[after], kind))
        for before, after, kind in graph.edges
    ]
    legend = [(kind, _phrase(kind)) for kind in dict.fromkeys(edge.kind for edge in graph.edges)]
    width = len(columns) * (_WIDTH + _ACROSS) - _ACROSS
    return Drawing(width + 2 * _EDGE, height + 2 * _EDGE, (_WIDTH, _HEIGHT), boxes, lines, legend)


def _path(before: Box, after: Box) -> str:
    """Return a line from the right of a box to the left of another; beside each other, down their left."""
    y, end_y = before.y + _HEIGHT // 2, after.y + _HEIGHT // 2
    if before.x == after.x:
        bend = before.x - _ACROSS // 2
        return f"M{before.x} {y}C{bend} {y} {bend} {end_y} {after.x - 1} {end_y}"
    start, end = before.x + _WIDTH, after.x - 1
    if end < start:
        start, end = before.x, after.x + _WIDTH + 1
    middle = (start + end) // 2
    return f"M{start} {y}C{middle} {y} {middle} {end_y} {end} {end_y}"


def _phrase(kind: str) -> str:
    """Return how a line of a kind reads in the direction in which it is drawn."""
    return link_phrase(kind, reverse=kind != _FORWARD)


def _words(before: Box, after: Box, kind: str) -> str:
    return f"{before.row.id}: {_phrase(kind)} {after.row.id}"
