"""The tables of a desk. What is here is documented in the guide, and stays from version to version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.export.table import Column, Table, Type
from tracker.model.fields import BUILT_IN
from tracker.model.kind import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.model.fields import TicketField

_TICKET = Column("ticket", Type.TEXT, "the ticket’s id")
_OWN = {Kind.NUMBER: Type.NUMBER, Kind.DATE: Type.DAY}

TICKETS = Table(
    "tickets",
    "a ticket",
    (
        Column("id", Type.TEXT, "its id"),
        Column("path", Type.TEXT, "its file in the desk"),
        Column("title", Type.TEXT, "its title"),
        Column("type", Type.TEXT, "`incident`, `request`, …"),
        Column("status", Type.TEXT, "its status"),
        Column("resolution", Type.TEXT, "how it ended"),
        Column("category", Type.TEXT, "a path such as `hardware/printer`"),
        Column("priority", Type.TEXT, "its priority"),
        Column("created", Type.MOMENT, "when it says that it was filed"),
        Column("assignee", Type.TEXT, "a handle"),
        Column("requester_name", Type.TEXT, "who asks"),
        Column("requester_email", Type.TEXT, "likewise"),
        Column("due", Type.DAY, "its due day"),
        Column("department", Type.TEXT, "whom it is for"),
        Column("location", Type.TEXT, "a place of the company"),
        Column("work", Type.TEXT, "`onsite`, `remote` or `triage`"),
        Column("asset", Type.TEXT, "its `system.asset`"),
        Column("outage_since", Type.MOMENT, "since when something was out of use"),
        Column("outage_until", Type.MOMENT, "until when"),
        Column("open", Type.BOOLEAN, "whether its status asks for work"),
        Column("late", Type.BOOLEAN, "whether its due day is over and it is open"),
        Column("draft", Type.BOOLEAN, "whether it is not accepted yet"),
        Column("broken", Type.BOOLEAN, "whether something is wrong with its file"),
        Column("comments", Type.INTEGER, "how many comments there are"),
        Column("filed", Type.MOMENT, "when it was filed, at the latest when it landed"),
        Column("landed", Type.MOMENT, "when it was first on the branch; nothing while no commit has it"),
        Column("answered", Type.MOMENT, "when somebody of the desk first answered"),
        Column("resolved", Type.MOMENT, "when it was last resolved; nothing while it is open"),
        Column("reopened", Type.INTEGER, "how often it was opened again"),
        Column("text", Type.TEXT, "what stands below its fields"),
        Column("fields", Type.JSON, "all its fields, exactly as they are written"),
    ),
)
ITEMS = Table(
    "items",
    "an item of a field that is a list, such as a label or a watcher",
    (
        _TICKET,
        Column("field", Type.TEXT, "the field, such as `labels`"),
        Column("value", Type.TEXT, "the item"),
    ),
)
LINKS = Table(
    "links",
    "a link from one ticket to another",
    (
        _TICKET,
        Column("kind", Type.TEXT, "`parent`, `follows`, `blocks`, `duplicates` or `relates`"),
        Column("target", Type.TEXT, "the id that it leads to, as it is written"),
        Column("target_id", Type.TEXT, "the id of that ticket; nothing where there is none"),
    ),
)
COMMENTS = Table(
    "comments",
    "a comment",
    (
        _TICKET,
        Column("file", Type.TEXT, "its file, below the folder of the conversation"),
        Column("author", Type.TEXT, "a handle or an address"),
        Column("created", Type.MOMENT, "when it was written"),
        Column("visibility", Type.TEXT, "`public` or `internal`"),
        Column("automatic", Type.TEXT, "what made it; nothing where a person wrote it"),
        Column("supersedes", Type.TEXT, "the file of the comment that it corrects"),
        Column("text", Type.TEXT, "what it says"),
    ),
)
EVENTS = Table(
    "events",
    "something that happened to a ticket, the oldest first for each",
    (
        _TICKET,
        Column("time", Type.MOMENT, "when it landed"),
        Column("commit_id", Type.TEXT, "the commit"),
        Column("name", Type.TEXT, "its author"),
        Column("email", Type.TEXT, "likewise"),
        Column("kind", Type.TEXT, "`created`, `changed`, `commented`, …"),
        Column("field", Type.TEXT, "the field or file that it is about"),
        Column("old", Type.TEXT, "the value before"),
        Column("new", Type.TEXT, "the value after; of a comment, what its file says, as JSON"),
    ),
)
STAYS = Table(
    "stays",
    "a time that a ticket was in a status",
    (
        _TICKET,
        Column("status", Type.TEXT, "the status"),
        Column("since", Type.MOMENT, "from when on"),
        Column("until", Type.MOMENT, "until when; nothing for the present one"),
        Column("seconds", Type.INTEGER, "how long; of the present one, until now"),
        Column("business_seconds", Type.INTEGER, "the same in working hours; nothing without a calendar"),
    ),
)
TABLES = (TICKETS, ITEMS, LINKS, COMMENTS, EVENTS, STAYS)


def own_columns(fields: Mapping[str, TicketField]) -> dict[str, Column]:
    """Return the columns of a desk's own fields that hold one value, by the names of the fields."""
    taken, found = set(TICKETS.names), {}
    for field in fields.values():
        if field.name not in BUILT_IN and not field.is_list:
            name = field.name
            while name in taken:
                name = f"field_{name}"
            taken.add(name)
            found[field.name] = Column(name, _OWN.get(field.kind, Type.TEXT), field.label)
    return found


def ticket_table(fields: Mapping[str, TicketField]) -> Table:
    """Return the table of tickets with the columns of the desk's own fields, before `text`."""
    own = own_columns(fields).values()
    return TICKETS._replace(columns=(*TICKETS.columns[:-2], *own, *TICKETS.columns[-2:]))
