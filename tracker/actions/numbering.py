"""Which id a ticket gets. Numbers are given once: those of deleted tickets are never used again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.identifier import draft_id, number_of, numbered

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from tracker.workspace import Workspace


def next_number(prefix: str, taken: Container[str], given: Iterable[str]) -> str:
    """Return the id after the highest number that was given.

    Args:
        prefix: of the desk's ids.
        taken: what must not be given, the aliases of tickets included.
        given: the ids of tickets, present and past; an alias may say anything, so none is among them.
    """
    number = 1 + highest_number(prefix, given)
    while numbered(prefix, number) in taken:
        number += 1
    return numbered(prefix, number)


def highest_number(prefix: str, given: Iterable[str]) -> int:
    """Return the highest number that was given, 0 where none was."""
    numbers = (number_of(ticket_id) for ticket_id in given if ticket_id.startswith(f"{prefix}-"))
    return max((number for number in numbers if number is not None), default=0)


def free_draft_id(workspace: Workspace) -> str:
    """Return a random drafted id that nothing in the desk or its history has."""
    return draft_id(workspace.configuration.ids.prefix, workspace.taken_ids)
