"""All tickets as CSV (RFC 4180, UTF-8), for spreadsheets: no cell of it is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.kind import Kind
from tracker.spreadsheet import csv_line, harmless
from tracker.viewer.data.record import as_json, fields, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website

FIELDS = (
    *("type", "status", "resolution", "category", "priority", "created", "assignee"),
    *("due", "department", "team", "location", "work", "labels", "watchers"),
)
COLUMNS = (
    *("id", "title", *FIELDS, "requester_name", "requester_email"),
    *("open", "draft", "broken", "updated", "comments", "desk", "address", "aliases"),
)
_OWN = (Kind.TEXT, Kind.NUMBER, Kind.CHOICE, Kind.MULTIPLE_CHOICE, Kind.DATE, Kind.PERSON, Kind.TICKET)


def tickets_csv(website: Website) -> bytes:
    """Return all tickets; a desk's own fields follow those that every desk has."""
    known = website.workspace.configuration.fields
    own = [name for name in known if website.workspace.fields[name].kind in _OWN and name not in COLUMNS]
    lines = (csv_line(map(harmless, _cells(ticket, own))) for ticket in website.tickets)
    return "".join([csv_line([*COLUMNS, *own]), *lines]).encode("utf-8", "replace")


def _cells(ticket: Placed, own: list[str]) -> Iterator[str]:
    written, known = fields(ticket), record(ticket)
    requester = written.get("requester")
    named = requester if isinstance(requester, dict) else {}
    values = {f"requester_{part}": named.get(part) for part in ("name", "email")}
    values |= {name: written.get(name) for name in FIELDS} | known
    yield from (_cell(values[name]) for name in COLUMNS)
    yield from (_cell(written.get(name)) for name in own)


def _cell(value: Any) -> str:
    """Return a value as a cell: the items of a list with spaces between them, what has parts as JSON."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return ("false", "true")[value]
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    return as_json(value)
