"""The details beside a ticket: a line for each of its clocks and of its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from markupsafe import Markup

from tracker.model.kind import Kind
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import SERVICE_LEVELS, relative
from tracker.viewer.clocks import shown_clock
from tracker.viewer.formats import day_in
from tracker.viewer.pages.list import link_on_page
from tracker.viewer.rows import KINDS, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.history.reason import Reason
    from tracker.service_levels.reading import Reading
    from tracker.viewer.pages.ticket_view import TicketView

_SHOWN_APART = ("id", "title", "status", "created", "links", "labels", "requester")


class DetailRow(NamedTuple):
    """One line of a ticket's details, with the reason where a rule decided it."""

    label: str
    parts: tuple[Link, ...]
    why: str = ""


def clock_lines(view: TicketView, readings: Iterable[Reading]) -> Iterator[Markup]:
    """Yield a line for each clock of a service level; one that says the same is made once for all pages."""
    website, lines = view.publication.website, view.publication.clock_lines
    for reading in readings:
        clock = shown_clock(reading, view.publication.workspace.configuration)
        if clock not in lines:
            there = relative(view.address, website.address(SERVICE_LEVELS))
            filled = templates.fill(website.environment, "clock.html", address=there, **clock._asdict())
            lines[clock] = Markup(filled)  # noqa: S704  # escaped by the template
        yield lines[clock]


def field_lines(view: TicketView, reasons: Mapping[str, Reason]) -> Iterator[Markup]:
    """Yield a line for each of the ticket's fields; that of the same value is made once for all pages."""
    publication, values = view.publication, view.entry.values
    for name, field in publication.workspace.fields.items():
        value, reason = values.get(name), reasons.get(name)
        if (value is None and reason is None) or name in _SHOWN_APART or not publication.shows(name):
            continue
        if isinstance(value, dict):
            value = {key: part for key, part in value.items() if publication.shows(f"{name}.{key}")}
        why = publication.masked(reason.words) if reason else ""
        key = (name, value if isinstance(value, str) else f"\0{value!r}", why)
        if key not in publication.facts:
            publication.facts[key] = _line(view, DetailRow(field.label, _parts(view, name, value), key[2]))
        yield publication.facts[key]


def _parts(view: TicketView, name: str, value: Any) -> tuple[Link, ...]:
    """Return what is shown of a field's value; of none, that a rule left it so."""
    if value is None:
        return (Link(_("Unassigned") if name == "assignee" else "–", ""),)
    if isinstance(value, str):
        return (_value_link(view, name, value),)
    return tuple(_words(value, view.publication.workspace.fields[name].values))


def _line(view: TicketView, row: DetailRow) -> Markup:
    filled = templates.fill(view.publication.website.environment, "fact.html", **row._asdict())
    return Markup(filled)  # noqa: S704  # escaped by the template


def _value_link(view: TicketView, name: str, value: str) -> Link:
    """Return a field's value in words; those that have a page lead to it."""
    kind = next((kind for kind, field in KINDS.items() if field == name), None)
    link = link_on_page(view.publication.links.to(kind, value), view.address) if kind else None
    field = view.publication.workspace.fields[name]
    return link or Link(day_in(value) if field.kind is Kind.DATE else str(field.values.get(value, value)), "")


def _words(value: Any, labels: Any) -> Iterator[Link]:
    match value:
        case list():
            for part in value:
                yield from _words(part, labels)
        case dict():
            for key, part in value.items():
                yield Link(f"{key}: {', '.join(link.label for link in _words(part, {}))}", "")
        case None:
            pass
        case _:
            yield Link(str(labels.get(value, value)), "")
