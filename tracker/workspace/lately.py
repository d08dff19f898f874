"""What became of tickets lately: which were resolved, and since when others have waited."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.history.event import Kind
from tracker.metrics.course import STATUS
from tracker.workspace.courses import refuse_shallow
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace


class Lately(NamedTuple):
    """What the history tells of some tickets, by their files.

    Attributes:
        resolved: when each was last resolved, of those that were so since a moment, the latest first.
        settled: since when each has its present status; of one that never had another, nothing.
    """

    resolved: dict[str, datetime]
    settled: dict[str, datetime]


def lately(workspace: Workspace, since: datetime, asked: Iterable[str]) -> Lately:
    """Return what became of tickets.

    Args:
        workspace: the desk.
        since: from when on those that were resolved are meant; aware.
        asked: the files of the tickets of which it is asked since when they have their status.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    refuse_shallow(workspace)
    return told(
        workspace,
        lambda chronicle: Lately(
            _resolved(chronicle, workspace, since),
            {path: moment for path in asked if (moment := _settled(chronicle, path))},
        ),
    )


def _resolved(chronicle: Chronicle, workspace: Workspace, since: datetime) -> dict[str, datetime]:
    """Return when tickets were resolved; one that was opened again since is in it, too.

    What a clock that went wrong by days has dated is not looked for.
    """
    is_open, found = workspace.configuration.is_open, dict[str, "datetime"]()
    for event, landing, home in chronicle.all():
        if landing.time < since:
            break
        moved = event.kind is Kind.CHANGED and event.field == STATUS
        if moved and is_open(str(event.old)) and not is_open(str(event.new)):
            found.setdefault(home, landing.time)
    return found


def _settled(chronicle: Chronicle, path: str) -> datetime | None:
    changes = (
        landing.time
        for event, landing, _home in chronicle.of_home(path)
        if event.kind is Kind.CHANGED and event.field == STATUS
    )
    return next(changes, None)
