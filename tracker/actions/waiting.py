"""What statuses do by themselves: go on to another one, or remind who is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.comment import Words, comment
from tracker.actions.transition import move
from tracker.model.section import text_in
from tracker.translation import _, current_language
from tracker.workspace.courses import courses
from tracker.workspace.dispatching import rows_for_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.actions.change import Change
    from tracker.model.entry import Entry
    from tracker.model.workflow import Reminder
    from tracker.workspace import Workspace

REMINDER = "reminder"
"""What the comment of a reminder says that it was made by."""


def statuses_since(workspace: Workspace) -> Iterator[tuple[Entry, datetime]]:
    """Yield the tickets whose status does something by itself, with the moment at which it began.

    A status that is not committed yet has not begun.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    known = workspace.configuration.statuses
    acting = {name for name, status in known.items() if status.then or status.remind}
    entries = {
        entry.path: entry for entry in workspace.entries if entry.ticket.status in acting and not entry.draft
    }
    rows = rows_for_rules(workspace, [*entries.values()])
    for course in courses(workspace, chosen=rows).courses if rows else ():
        entry, step = entries[course.path], course.steps["status"][-1]
        if step.value == entry.ticket.status:
            yield entry, max(step.time, course.start)


def go_on(workspace: Workspace, entry: Entry, since: datetime) -> Change | None:
    """Return the change that moves a ticket to where it goes by itself; None where it stays for now.

    Raises:
        RefusedValueError: the workflow does not allow it.
    """
    then = workspace.configuration.statuses[entry.ticket.status].then
    if then is None or workspace.now() - since < then.after:
        return None
    return move(workspace, entry, then.to)


def remind(workspace: Workspace, entry: Entry, since: datetime, author: str) -> Change | None:
    """Return the public comment that reminds a ticket's requester; None where it is not the time for one.

    Raises:
        RefusedValueError: nobody is known as its author.
    """
    reminder = workspace.configuration.statuses[entry.ticket.status].remind
    if reminder is None:
        return None
    sent = [
        one.created
        for one in workspace.comments(entry)
        if one.automatic == REMINDER and one.created and one.created >= since
    ]
    if len(sent) >= reminder.at_most or workspace.now() - max([since, *sent]) < reminder.every:
        return None
    return comment(workspace, entry, Words(author, _text(reminder), automatic=REMINDER))


def _text(reminder: Reminder) -> str:
    usual = _("This request waits for your answer. Is there any news?")
    return text_in(reminder.text, current_language(), usual) if reminder.text else usual
