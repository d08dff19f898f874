"""When each person was last given a ticket, from the history of the desk's branch."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

from tracker.errors import RepositoryError
from tracker.history.event import Kind
from tracker.metrics.course import ASSIGNEE
from tracker.store.clone import DEEPEN_LEAN
from tracker.translation import _
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace.desk import Workspace

    Times = dict[str, tuple[int, int]]
    """By handle: when a commit gave a person a ticket, and the number of the ticket's life: of several that
    one commit gives, the younger ticket is given later."""

_KEY = "when people were last given tickets"


def turns(workspace: Workspace) -> dict[str, float]:
    """Return in which order people were last given tickets: the larger, the later; some never were.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    if workspace.tip is None:
        return {}
    if workspace.repository is not None and workspace.repository.shallow:
        message = _("This clone is shallow: whose turn it is, needs the whole history.")
        raise RepositoryError(message, DEEPEN_LEAN)
    key = f"{_KEY}{workspace.mark}"
    known: Any = workspace.index.known([key]).get(key) or {}
    if known.get("tip") != workspace.tip:
        known = told(workspace, lambda chronicle: _known(chronicle, known)) | {"tip": workspace.tip}
        workspace.index.learn({key: known})
    times = _times(known)
    return {handle: float(place) for place, handle in enumerate(sorted(times, key=times.__getitem__), 1)}


def _times(known: Mapping[str, Any]) -> Times:
    return {handle: (time, life) for handle, (time, life) in known["times"].items()}


def _known(chronicle: Chronicle, before: Mapping[str, Any]) -> dict[str, Any]:
    """Return when people were last given tickets; what is known of the history before is not read again."""
    seen = int(before.get("landings", 0))
    follows = seen and chronicle.commit(seen - 1) == before["last"]
    found = _times(before) if follows else {}
    for happened in chronicle.all(seen) if follows else chain.from_iterable(chronicle.by_life()):
        _note(found, happened)
    return {"landings": chronicle.landings, "last": chronicle.commit(chronicle.landings - 1), "times": found}


def _note(found: Times, happened: Happened) -> None:
    """Note that somebody is given a ticket: by a change, or by the rules as it is filed."""
    event, landing, _home = happened
    given = [event.new] if event.kind is Kind.CHANGED and event.field == ASSIGNEE else []
    if event.kind is Kind.CREATED:
        given = [reason.value for reason in event.reasons if reason.field == ASSIGNEE]
    for handle in given:
        if isinstance(handle, str) and handle:
            time = (int(landing.time.timestamp()), event.life)
            found[handle] = max(found.get(handle, time), time)
