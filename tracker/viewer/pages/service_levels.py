"""The page that shows what is late by the service levels, or about to be, and what they say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.model.rules import CLOCKS
from tracker.service_levels.reading import State
from tracker.service_levels.words import label_of, span
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import SERVICE_LEVELS
from tracker.viewer.clocks import URGENT, shown_clock, urgency
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.list import on_page
from tracker.viewer.sections import sections as sections_of
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.configuration import Configuration
    from tracker.viewer.clocks import ShownClock
    from tracker.viewer.publish import Publication
    from tracker.viewer.rows import Row


class Overdue(NamedTuple):
    """A ticket, and those of its clocks that are late or about to be, the most urgent first."""

    row: Row
    clocks: tuple[ShownClock, ...]


class Section(NamedTuple):
    """The tickets of which the most urgent clock stands in one way; the anchor is that state."""

    anchor: str
    label: str
    tickets: list[Overdue]


class Promise(NamedTuple):
    """What a service level says: of which tickets, how long each clock may take, in which hours."""

    name: str
    when: str
    targets: tuple[str, ...]
    hours: str


def service_levels_page(desk: Publication) -> GeneratedPage:
    """Return the page that shows how a desk stands with its service levels."""
    overdue = cache(lambda: tuple(_overdue(desk)))
    address = desk.website.address(SERVICE_LEVELS)
    return GeneratedPage(
        address,
        lambda _names: desk.key(overdue(), desk.untold),
        lambda: _render(desk, address, overdue()),
    )


def _render(desk: Publication, address: str, overdue: tuple[Overdue, ...]) -> Page:
    title, shown = _("Service levels"), [one._replace(row=on_page(one.row, address)) for one in overdue]
    sections = [
        Section(State.LATE.value, _("Beyond target"), [one for one in shown if one.row.beyond]),
        Section(State.WARNING.value, _("About to be late"), [one for one in shown if not one.row.beyond]),
    ]
    content = templates.fill(
        desk.website.environment,
        "service-levels.html",
        anchor=MAIN,
        heading=title,
        places=sections_of(desk.website, SERVICE_LEVELS),
        untold=desk.untold,
        sections=[section for section in sections if section.tickets],
        clocks=[label_of(clock) for clock in CLOCKS],
        promises=list(_promises(desk.workspace.configuration)),
    )
    return Page(address, title, content)


def _overdue(desk: Publication) -> Iterator[Overdue]:
    """Yield the tickets that are late or about to be, the most urgent first."""
    found = []
    for ticket in desk.tickets:
        readings = [one for one in desk.told[0].readings(ticket.entry.path) if one.state in URGENT]
        if readings:
            found.append((sorted(readings, key=urgency), ticket))
    found.sort(key=lambda pair: (urgency(pair[0][0]), pair[1].entry.path))
    for readings, ticket in found:
        clocks = (shown_clock(one, desk.workspace.configuration) for one in readings)
        yield Overdue(ticket.row, tuple(clocks))


def _promises(configuration: Configuration) -> Iterator[Promise]:
    for name, level in configuration.service_levels.items():
        targets = (span(level.targets[clock]) if clock in level.targets else "" for clock in CLOCKS)
        hours = _("working hours") if level.hours == "calendar" else _("every hour")
        yield Promise(name, level.when, tuple(targets), hours)
