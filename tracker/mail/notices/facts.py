"""What somebody has to know of a ticket that is theirs now, in the language that is spoken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.history.words import plain
from tracker.mail.headers import printable
from tracker.model.fields import ticket_field
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry

_FIELDS = ("requester", "location", "category", "priority", "due")


def facts_of(configuration: Configuration, entry: Entry) -> list[str]:
    """Return the fields of a ticket that hold something, a line each; for the desk's people only."""
    fields = {name: ticket_field(configuration, name) for name in _FIELDS}
    values = {name: plain(entry.ticket.value(name), fields[name].values) for name in _FIELDS[1:]}
    asking = entry.ticket.requester
    if asking:
        values["requester"] = f"{asking.name or ''} {f'<{asking.email}>' if asking.email else ''}"
    said = _("{field}: {value}")
    shown = ((printable(fields[name].label), printable(values.get(name, ""))) for name in _FIELDS)
    return [said.format(field=label, value=value) for label, value in shown if value]
