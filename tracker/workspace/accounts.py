"""What the history tells of each ticket of a desk: kept, and told anew only where it may be otherwise.

What reads the history takes longer to load than what is kept of it, so that waits until it is needed.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import __version__
from tracker.workspace.account import Accounts, Kept, digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.workspace.desk import Workspace

_KEY = "what the history tells of each ticket, what happened to it, and when last"


class _Known(NamedTuple):
    """What was told before.

    Attributes:
        premises: a digest of what all of it depends on, and the history does not tell.
        head: the newest commit then.
        latest: the newest one then that brought something of a ticket.
        editions: a digest of the service levels from when on.
        accounts: by the files of tickets.
    """

    premises: str
    head: str
    latest: str
    editions: str
    accounts: Mapping[str, Sequence[Any]]


def accounts(workspace: Workspace) -> Accounts:
    """Return what the history tells of the tickets of a desk.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    now, before = workspace.now(), _known(workspace)
    known = before if before.head and before.head == workspace.tip else _caught_up(workspace, before)
    held = {path: Kept(*account) for path, account in known.accounts.items()}
    found = {
        entry.path: one
        for entry in workspace.entries
        if (one := held.get(entry.path)) and one.holds(entry.digest, now)
    }
    stale = [entry for entry in workspace.entries if entry.path not in found]
    if stale:
        from tracker.workspace.telling import tell

        found |= tell(workspace, stale, now)
    if workspace.has_index_of_its_own and (stale or known is not before or len(found) != len(held)):
        with suppress(UnicodeEncodeError):  # a name that is not UTF-8 cannot be kept
            workspace.index.learn({f"{_KEY}{workspace.mark}": known._replace(accounts=found)})
    return Accounts(found)


def _known(workspace: Workspace) -> _Known:
    """Return what was told before on the same premises."""
    key, premises = f"{_KEY}{workspace.mark}", digest_of(workspace.configuration.model_dump_json())
    known = workspace.index.known([key]).get(key) if workspace.has_index_of_its_own else None
    if isinstance(known, list) and known[0] == f"{__version__} {premises}":
        return _Known(*known)
    return _Known(f"{__version__} {premises}", "", "", "", {})


def _caught_up(workspace: Workspace, before: _Known) -> _Known:
    """Return what is still so after what happened since."""
    from tracker.workspace.telling import news

    latest, touched, levels = news(workspace, before.latest)
    now = _Known(before.premises, workspace.tip or "", latest, digest_of(levels), {})
    if touched is None or now.editions != before.editions:
        return now
    kept = {path: account for path, account in before.accounts.items() if path not in touched}
    return now._replace(accounts=kept)
