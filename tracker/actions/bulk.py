"""The same change for several tickets: all of it or nothing, in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import united
from tracker.errors import EditError, RefusedValueError
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from tracker.actions.change import Change
    from tracker.model.entry import Entry

    ChangeOf = Callable[[Entry, Collection[str]], Change]
    """Returns the change of a ticket, given the paths of those that change with it."""


class Bulk(NamedTuple):
    """A change of several tickets: how many change, how many are so already, and which refuse."""

    change: Change
    changed: int
    same: int
    refused: tuple[RefusedValueError, ...] = ()


def change_each(entries: Iterable[Entry], change_of: ChangeOf, *, action: str, skip: bool = False) -> Bulk:
    """Return the changes of several tickets as one; that of a single ticket is left as it is.

    Args:
        entries: the tickets.
        change_of: returns the change of one.
        action: the verb, as the command is called.
        skip: whether tickets that refuse the change are left out; otherwise one of them stops it all.

    Raises:
        RefusedValueError: with what each ticket that refuses says, unless `skip` is set.
    """
    chosen = list(entries)
    if len(chosen) == 1 and not skip:
        change = change_of(chosen[0], ())
        return Bulk(change, int(bool(change.files)), int(not change.files))
    changes, errors = try_each(chosen, change_of)
    refused = [
        RefusedValueError(f"{entry.id}: {errors[entry.path].message}", errors[entry.path].hint)
        for entry in chosen
        if entry.path in errors
    ]
    if refused and not skip:
        raise _all_refused(refused, len(chosen))
    changing = [changes[entry.path] for entry in chosen if entry.path in changes]
    changing = [change for change in changing if change.files]
    summary = _summary(action, changing)
    return Bulk(
        united(action, summary, changing), len(changing), len(changes) - len(changing), tuple(refused)
    )


def try_each(
    entries: Iterable[Entry], change_of: ChangeOf
) -> tuple[dict[str, Change], dict[str, RefusedValueError | EditError]]:
    """Ask for the change of each ticket, and of those that refuse again: a parent may wait for its children.

    Returns:
        The changes and the refusals, each by the ticket's path.
    """
    changes: dict[str, Change] = {}
    waiting, refused = list(entries), dict[str, RefusedValueError | EditError]()
    while waiting:
        refused = {}
        for entry in waiting:
            try:
                changes[entry.path] = change_of(entry, changes)
            except (RefusedValueError, EditError) as error:
                refused[entry.path] = error
        if len(refused) == len(waiting):
            break
        waiting = [entry for entry in waiting if entry.path in refused]
    return changes, refused


def _all_refused(refused: list[RefusedValueError], total: int) -> RefusedValueError:
    text = ngettext(
        "{number} of {total} tickets refuses this:", "{number} of {total} tickets refuse this:", len(refused)
    )
    lines = [f"  {error.message} {error.hint}".rstrip() for error in refused]
    message = "\n".join([text.format(number=len(refused), total=total), *lines])
    return RefusedValueError(message, _("Nothing was written. --skip changes the others."))


def _summary(action: str, changes: list[Change]) -> str:
    """Return one line for the history: what is common to all, with the number of tickets."""
    said = {change.summary.removeprefix(f"{change.tickets[0]}: ") for change in changes}
    what = said.pop() if len(said) == 1 else action
    return f"{len(changes)} tickets: {what}"
