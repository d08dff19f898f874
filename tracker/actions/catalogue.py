"""Writing down what a request is about: what its fields lack, from where it came, who asks, and the rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.accept import what_is_missing
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
    from tracker.workspace.staffing import Desk


class Catalogued(NamedTuple):
    """The change, and by the paths of tickets, why their fields hold what they do, and which refuse it."""

    change: Change
    reasons: dict[str, tuple[Reason, ...]]
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
    reasons: dict[str, tuple[Reason, ...]] = {}
    later = (what_is_missing(workspace, entry, entry.values) if entry.draft else {} for entry in sound)
    rows = zip(rows_for_rules(workspace, sound), later, strict=True)
    for entry, told in zip(sound, catalogued(desk, rows), strict=True):
        if not told:
            continue
        try:
            change = give_values(workspace, entry, {one.field: one.value for one in told})
        except (RefusedValueError, EditError) as error:
            refused[entry.path] = error
            continue
        changes.append(change)
        reasons[entry.path] = tuple(reasons_of(entry, told))
    return Catalogued(united("catalogue", "", changes), reasons, refused)


def reasons_of(entry: Entry, found: Iterable[Found]) -> Iterator[Reason]:
    """Yield why each field holds what it does; of a list, each new item."""
    for field, value, why in found:
        held = entry.values.get(field)
        already = held if isinstance(held, list) else [held]
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, str) and item not in already:
                yield Reason(entry.id, field, item, why)
