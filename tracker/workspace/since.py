"""Since when a ticket is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.metrics.course import STATUS
from tracker.query.row import row_of
from tracker.workspace.courses import courses

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.entry import Entry
    from tracker.workspace.desk import Workspace


def closed_since(workspace: Workspace, entry: Entry) -> datetime | None:
    """Return when a ticket left its last open status; None where it is open, or no commit closed it yet.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    configuration = workspace.configuration
    if configuration.is_open(entry.ticket.status):
        return None
    row = row_of(entry, configuration, workspace.now().date())
    since = None
    for course in courses(workspace, (), [row]).courses:
        for step in course.steps[STATUS]:
            since = None if configuration.is_open(str(step.value)) else since or step.time
    return since
