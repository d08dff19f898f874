"""The page that shows who has what: by person, team and location."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import WORKLOAD
from tracker.viewer.loads import away_words, load_words
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.list import link_on_page
from tracker.viewer.rows import Link
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.assignment.workload import Load
    from tracker.viewer.publish import Publication

_WHOLE, _NEARLY = 100, 75
"""In percent of what somebody can have."""


class LoadRow(NamedTuple):
    """What somebody, or some place, has to do.

    Attributes:
        who: their name, leading to their list where there is one.
        open: how many tickets are open; and so on.
        load: what these weigh, and of how much.
        percent: how long the bar is.
        level: how it looks: `full`, `high`, `usual`, or `free` where there is no limit.
        away: until when somebody is away; empty for those who are there.
    """

    who: Link
    open: int
    unassigned: int
    waiting: int
    late: int
    load: str
    percent: int
    level: str
    away: str


class LoadTable(NamedTuple):
    """A line each for people, teams or locations."""

    anchor: str
    label: str
    heading: str
    rows: tuple[LoadRow, ...]


def workload_page(desk: Publication) -> GeneratedPage:
    """Return the page that shows who has what."""
    tables = cache(lambda: tuple(_tables(desk)))
    address = desk.website.address(WORKLOAD)
    return GeneratedPage(address, lambda _names: desk.key(tables()), lambda: _render(desk, address, tables()))


def _render(desk: Publication, address: str, tables: Sequence[LoadTable]) -> Page:
    title = _("Workload")
    shown = [
        table._replace(
            rows=tuple(row._replace(who=link_on_page(row.who, address) or row.who) for row in table.rows)
        )
        for table in tables
    ]
    content = templates.fill(
        desk.website.environment,
        "workload.html",
        anchor=MAIN,
        heading=title,
        places=sections(desk.website, WORKLOAD),
        tables=shown,
    )
    return Page(address, title, content)


def _tables(desk: Publication) -> Iterator[LoadTable]:
    """Yield the tables that have a line for somebody, or for some place."""
    labels = {
        "person": ("people", _("People"), _("Person")),
        "team": ("teams", _("Teams"), _("Team")),
        "location": ("locations", _("Locations"), _("Location")),
    }
    for by, (kind, label, heading) in labels.items():
        loads = desk.loads(by)
        if any(load.key for load in loads):
            most = max(max(load.load, load.capacity or 0) for load in loads)
            yield LoadTable(kind, label, heading, tuple(_row(desk, kind, load, most) for load in loads))


def _row(desk: Publication, kind: str, load: Load, most: float) -> LoadRow:
    """Return a line; the bar of somebody without a limit is drawn against the most that anybody has."""
    link = desk.links.to(kind, load.key) if kind in desk.links.labels else None
    limit = load.capacity if load.capacity is not None else most
    percent = min(round(_WHOLE * load.load / limit), _WHOLE) if limit else _WHOLE * bool(load.load)
    level = "full" if percent >= _WHOLE else "high" if percent >= _NEARLY else "usual"
    return LoadRow(
        link._replace(label=load.name) if link else Link(load.name, ""),
        load.tickets,
        load.unassigned,
        load.waiting,
        load.late,
        load_words(load),
        percent,
        "free" if load.capacity is None else level,
        away_words(load),
    )
