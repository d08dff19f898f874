"""Which id a ticket gets. Numbers are given once: those of deleted tickets are never used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import draft_id, number_of, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.workspace import Workspace


def next_number(prefix: str, taken: Iterable[str]) -> str:
    """Return the id after the highest number in `taken`."""
    numbers = (number_of(ticket_id) for ticket_id in taken if ticket_id.startswith(f"{prefix}-"))
    return numbered(prefix, 1 + max((number for number in numbers if number is not None), default=0))


def free_draft_id(workspace: Workspace) -> str:
    """Return a random drafted id that nothing in the desk or its history has."""
    return draft_id(workspace.configuration.ids.prefix, workspace.taken_ids)
