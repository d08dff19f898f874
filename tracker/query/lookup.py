"""Finding a ticket by what a person types: `HD-1042`, `hd-1042`, `1042`, `k7q`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from tracker.errors import UnknownTicketError
from tracker.model.problem import nearest
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")
_MOST_SHOWN = 5


def by_name(tickets: Iterable[tuple[T, str, Iterable[str], bool]]) -> dict[str, T]:
    """Return tickets by id and by each alias; where two claim one, the file of that name has it.

    Args:
        tickets: each with its id, its aliases, and whether its file is named after its id.
    """
    known = list(tickets)
    found: dict[str, T] = {}
    for ticket, ticket_id, _aliases, _at_home in sorted(known, key=lambda one: not one[3]):
        found.setdefault(ticket_id, ticket)
    for ticket, _id, aliases, _at_home in known:
        for alias in aliases:
            found.setdefault(alias, ticket)
    return found


def look_up(typed: str, known: Iterable[str], prefix: str) -> str:
    """Return the one known id that `typed` means: in full, without its prefix, or an unambiguous start.

    Args:
        typed: what a person wrote.
        known: all ids and aliases of the desk.
        prefix: the desk's prefix, such as `HD`.

    Raises:
        UnknownTicketError: none is meant, or more than one.
    """
    by_lower = {ticket_id.lower(): ticket_id for ticket_id in known}
    wanted = typed.strip().lower()
    for exact in (wanted, f"{prefix.lower()}-{wanted}"):
        if exact in by_lower:
            return by_lower[exact]
    starts = (wanted, f"{prefix.lower()}-{wanted}")
    found = [original for lower, original in by_lower.items() if wanted and lower.startswith(starts)]
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(sorted(found)[:_MOST_SHOWN]) + (", …" if len(found) > _MOST_SHOWN else "")
        message = _("“{typed}” could mean {number} tickets: {ids}.").format(
            typed=typed, number=len(found), ids=shown
        )
        raise UnknownTicketError(message, _("Write more of the id."), several=True)
    guess = nearest(f"{prefix}-{wanted.rpartition('-')[2]}", by_lower.values())
    hint = (
        _("Did you mean {guess}?").format(guess=guess)
        if guess
        else _("“tracker list --all” shows every ticket.")
    )
    raise UnknownTicketError(_("There is no ticket “{typed}”.").format(typed=typed), hint)
