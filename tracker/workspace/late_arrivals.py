"""Whether what landed since a commit tells anything of the time before a moment.

A ticket may land days after it was filed, and so may an answer: numbers of the past then change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.history.event import Kind
from tracker.model.place import TICKETS
from tracker.query.timing import moment_of
from tracker.store.differences import differences
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Any

    from tracker.history.event import Event
    from tracker.model.entry import Entry
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace

_OF_THE_PAST = ("created", "requester", "outage", "title", "aliases", "text", "visibility")
"""Fields whose present value counts for what was before."""


def latest_landing(workspace: Workspace) -> str:
    """Return the newest commit that brought something of a ticket; empty before the first."""
    return told(workspace, lambda chronicle: chronicle.commit(chronicle.landings - 1))


def all_is_later(workspace: Workspace, since: str, moment: datetime) -> bool:
    """Whether all that landed after a commit tells nothing of the time before a moment; or nobody knows.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    entries = {entry.path: entry for entry in workspace.entries}
    levels = workspace.configuration.service_levels.values()
    counts_comments = any("comment" in level.when for level in levels)  # of today, for what was before, too

    def ask(chronicle: Chronicle) -> bool:
        for event, landing, home in chronicle.all():
            if landing.commit == since:
                return True
            later = landing.time >= moment and _is_later(event, entries.get(home), moment)
            if not later or (event.kind is Kind.COMMENTED and counts_comments):
                return False
        return not since

    return told(workspace, ask)


def _is_later(event: Event, entry: Entry | None, moment: datetime) -> bool:
    match event.kind:
        case Kind.CREATED:
            filed = entry and entry.ticket.created
            return filed is not None and filed >= moment
        case Kind.CHANGED:
            return event.field.partition(".")[0] not in _OF_THE_PAST
        case Kind.COMMENTED:
            return _written(event.new, moment) >= moment
        case _other:
            return event.kind in (Kind.ACCEPTED, Kind.ATTACHED, Kind.DETACHED)


def _written(comment: Any, landed: datetime) -> datetime:
    """Return when a comment says that it was written; a moment of its own where it does not."""
    said = comment.get("created") if isinstance(comment, dict) else None
    return (moment_of(said, landed.tzinfo) if isinstance(said, str) else None) or landed


def all_files_are_there(workspace: Workspace) -> bool:
    """Whether the files on disk are all those of the newest commit, and perhaps more."""
    repository, tip = workspace.repository, workspace.tip
    if repository is None or tip is None or workspace.revision is not None:
        return True
    inside = workspace.in_repository("")
    changed = differences(repository, tip, None, workspace.in_repository(TICKETS))
    return all(workspace.tree.exists(path.removeprefix(inside)) for path in changed)
