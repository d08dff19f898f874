"""Writing down what a request is about: what its fields lack, from where it came, who asks, and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import united
from tracker.actions.set import give_values
from tracker.errors import EditError, RefusedValueError
from tracker.history.reason import Reason
from tracker.workspace.dispatching import catalogued, rows_for_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.actions.change import Change
    from tracker.assignment.catalogue import Found
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace
    from tracker.workspace.dispatching import Desk


class Catalogued(NamedTuple):
    """The change, and which tickets cannot be changed so, by the paths of their files."""

    change: Change
    refused: dict[str, RefusedValueError | EditError]


def catalogue(workspace: Workspace, desk: Desk, entries: Sequence[Entry]) -> Catalogued:
    """Return the change that fills in what some tickets do not say themselves.

    Args:
        workspace: the desk.
        desk: what decisions at it depend on.
        entries: the tickets; broken ones are left as they are.
    """
    sound = [entry for entry in entries if entry.values]
    changes, refused = [], dict[str, RefusedValueError | EditError]()
    for entry, told in zip(sound, catalogued(desk, rows_for_rules(workspace, sound)), strict=True):
        if not told:
            continue
        try:
            change = give_values(workspace, entry, {one.field: one.value for one in told})
        except (RefusedValueError, EditError) as error:
            refused[entry.path] = error
            continue
        changes.append(change._replace(reasons=tuple(_reasons(entry, told))))
    tickets = ", ".join(ticket for change in changes for ticket in change.tickets)
    return Catalogued(united("catalogue", f"Catalogue {tickets}", changes), refused)


def _reasons(entry: Entry, found: Iterable[Found]) -> Iterator[Reason]:
    """Yield why each field holds what it does; of a list, each new item."""
    for field, value, why in found:
        held = entry.values.get(field)
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, str) and not (isinstance(held, list) and item in held):
                yield Reason(entry.id, field, item, why)
