"""The same change for several tickets: all of it or nothing, in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import united
from tracker.errors import EditError, RefusedValueError
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.actions.change import Change
    from tracker.model.entry import Entry


class Bulk(NamedTuple):
    """A change of several tickets: how many change, how many are so already, and which refuse."""

    change: Change
    changed: int
    same: int
    refused: tuple[RefusedValueError, ...] = ()


def change_each(
    entries: Iterable[Entry], change_of: Callable[[Entry], Change], *, action: str, skip: bool = False
) -> Bulk:
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
        change = change_of(chosen[0])
        return Bulk(change, int(bool(change.files)), int(not change.files))
    changes, refused = [], []
    for entry in chosen:
        try:
            changes.append(change_of(entry))
        except (RefusedValueError, EditError) as error:
            refused.append(RefusedValueError(f"{entry.id}: {error.message}", error.hint))
    if refused and not skip:
        raise _all_refused(refused, len(chosen))
    changing = [change for change in changes if change.files]
    summary = _summary(action, changing)
    return Bulk(
        united(action, summary, changing), len(changing), len(changes) - len(changing), tuple(refused)
    )


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
