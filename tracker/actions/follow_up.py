"""What a ticket that follows another starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.model.entry import Entry

INHERITED = ("category", "requester", "department", "location")


def follow_up(entry: Entry) -> dict[str, Any]:
    """Return the fields of a ticket that follows `entry`: who asks and for where, and a link back."""
    fields = {name: entry.values[name] for name in INHERITED if entry.values.get(name) is not None}
    return {**fields, "links": [f"follows {entry.id}"]}
