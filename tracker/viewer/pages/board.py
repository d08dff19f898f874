"""The board: open tickets as cards, in columns by status. Scripts make columns of other fields, too."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from tracker.model.fields import ALWAYS_REQUIRED
from tracker.model.kind import Kind
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import BOARD, CLOSED, QUEUE, relative
from tracker.viewer.browser.columns import written
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.list import on_page
from tracker.viewer.rows import initials, status_class
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.publish import Publication
    from tracker.viewer.rows import Row
    from tracker.viewer.website import Website

_AT_ONCE = 20
"""Cards of a column without scripts."""
_NOT_CHOSEN = ("resolution", "watchers")
"""Choices that are no columns: open tickets have none, or a ticket has several."""
_PLACE = "\0"


class Card(NamedTuple):
    """A ticket on the board, and the initials of who has it."""

    row: Row
    initials: str


class Column(NamedTuple):
    """A status with its first cards; `address` leads to all of them, relative to the website's root."""

    value: str
    label: str
    look: str
    number: int
    cards: tuple[Card, ...]
    open: bool
    address: str


def board_page(website: Website) -> GeneratedPage:
    """Return the page that shows all open tickets on a board."""
    columns = cache(lambda: tuple(_columns(website)))
    data = cache(lambda: _data(website))
    return GeneratedPage(
        website.address(BOARD),
        lambda _names: website.desks[0].key(columns(), data(), sections(website, BOARD)),
        lambda: _render(website, columns(), data()),
    )


def _render(website: Website, columns: tuple[Column, ...], data: dict[str, Any]) -> Page:
    address, title = website.address(BOARD), _("Board")
    fields = website.workspace.fields
    content = templates.fill(
        website.environment,
        "board.html",
        anchor=MAIN,
        heading=title,
        places=sections(website, BOARD),
        fields=[(name, fields[name].label) for name in data["fields"]],
        data=written(data),
        columns=[
            column._replace(
                cards=tuple(card._replace(row=on_page(card.row, address)) for card in column.cards),
                address=relative(address, column.address),
            )
            for column in columns
        ],
    )
    return Page(address, title, content)


def _columns(website: Website) -> Iterator[Column]:
    """Yield a column for each status of any desk, for drafts that have none yet, and for unknown ones."""
    labels: dict[str, str] = {}
    for desk in reversed(website.desks):
        labels = {**desk.workspace.fields["status"].values, **labels}
    open_ones: dict[str, list[Row]] = defaultdict(list)
    for ticket in website.lists.open:
        status = ticket.entry.ticket.status
        open_ones[status if status in labels or not status else _PLACE].append(ticket.row)
    closed, looks = _closed(website), _looks(website)
    for value, label in {"": _("Draft"), **labels, _PLACE: _("Unknown")}.items():
        rows, is_open = open_ones[value], value not in looks or looks[value] != "done"
        if not rows and value not in labels:
            continue
        place = f"{website.address(QUEUE)}?q={quote(f'status:{value}', safe=':')}" if value in labels else ""
        yield Column(
            value.strip(_PLACE),
            label,
            looks.get(value, "unknown" if value else "draft"),
            len(rows) if is_open else closed[value] + len(rows),
            tuple(_card(row) for row in rows[:_AT_ONCE]),
            is_open,
            place or website.address(QUEUE) if is_open else website.address(CLOSED),
        )


def _card(row: Row) -> Card:
    return Card(row, initials(row.assignee.label) if row.assignee else "")


def _closed(website: Website) -> Counter[str]:
    return Counter(ticket.entry.ticket.status for ticket in website.lists.closed)


def _looks(website: Website) -> dict[str, str]:
    """Return which look each status has, by its own desk."""
    found: dict[str, str] = {}
    for desk in website.desks:
        for status in desk.workspace.configuration.statuses:
            found.setdefault(status, status_class(desk.workspace, status))
    return found


def _data(website: Website) -> dict[str, Any]:
    """Return what the script of the board needs beside the settings of the desk."""
    own = website.workspace
    fields = [
        name
        for name, field in own.fields.items()
        if field.kind in (Kind.CHOICE, Kind.PERSON) and field.values and name not in _NOT_CHOSEN
    ]
    return {
        "fields": sorted(fields, key=lambda name: name != "status"),
        "looks": _looks(website),
        "closed": _closed(website),
        "priorities": [*reversed(own.configuration.priorities)],
        "desks": {desk.prefix: _rules(desk, fields) for desk in website.desks},
    }


def _rules(desk: Publication, fields: list[str]) -> dict[str, Any]:
    """Return what a desk allows: where tickets may go from each status, and what that takes."""
    configuration, known = desk.workspace.configuration, desk.workspace.fields
    statuses = configuration.statuses
    return {
        "name": configuration.desk,
        "values": {name: [*known[name].values] for name in fields if name in known},
        "needed": [
            name for name in fields if name in ALWAYS_REQUIRED or (name in known and known[name].required)
        ],
        "ways": {name: [*statuses] if one.to is None else one.to for name, one in statuses.items()},
        "requires": {name: one.requires for name, one in statuses.items() if one.requires},
        "bears": [name for name, one in statuses.items() if one.bears_open_children],
    }
