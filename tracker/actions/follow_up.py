"""What a ticket starts with that follows another, or has to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.model.entry import Entry

INHERITED = ("category", "requester", "department", "location", "visibility")


def follow_up(entry: Entry) -> dict[str, Any]:
    """Return the fields of a ticket that follows `entry`: who asks and for where, and a link back."""
    fields = {name: entry.values[name] for name in INHERITED if entry.values.get(name) is not None}
    return {**fields, "links": [f"follows {entry.id}"]}


def relate(entry: Entry) -> dict[str, Any]:
    """Return the fields of a ticket that has to do with `entry`: a link, and who may read it."""
    visibility = entry.values.get("visibility")
    return {**({"visibility": visibility} if visibility else {}), "links": [f"relates {entry.id}"]}
