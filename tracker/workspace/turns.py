"""When each person was last given a ticket, from the history of the desk's branch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.errors import RepositoryError
from tracker.history.event import Kind
from tracker.store.clone import DEEPEN_LEAN
from tracker.translation import _
from tracker.workspace.timeline import told

if TYPE_CHECKING:
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
    tip = workspace.tip
    if tip is None:
        return {}
    if workspace.repository is not None and workspace.repository.shallow:
        raise RepositoryError(
            _("This clone is shallow: whose turn it is, needs the whole history."), DEEPEN_LEAN
        )
    key = f"{_KEY}{workspace.mark}"
    known: Any = workspace.index.known([key]).get(key) or {"tip": "", "times": {}}
    times: Times = {handle: (time, life) for handle, (time, life) in known["times"].items()}
    if known["tip"] != tip:
        times = _times(workspace, known["tip"], times)
        workspace.index.learn({key: {"tip": tip, "times": times}})
    return {handle: float(place) for place, handle in enumerate(sorted(times, key=times.__getitem__), 1)}


def _times(workspace: Workspace, since: str, before: Times) -> Times:
    def ask(chronicle: Chronicle) -> Times:
        found: Times = {}
        for happened in chronicle.all() if since else ():
            if happened.landing.commit == since:
                return before | found
            _note(found, happened)
        return _of_all(chronicle)

    return told(workspace, ask)


def _of_all(chronicle: Chronicle) -> Times:
    """Return the same from the beginning: what is asked of each ticket is read once."""
    found: Times = {}
    for story in chronicle.by_life():
        for happened in story:
            _note(found, happened)
    return found


def _note(found: Times, happened: Happened) -> None:
    event, landing, _home = happened
    if event.kind is Kind.CHANGED and event.field == "assignee" and isinstance(event.new, str):
        time = (int(landing.time.timestamp()), event.life)
        found[event.new] = max(found.get(event.new, time), time)
