"""What statuses do by themselves: go on to another one, or remind who is waited for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.comment import Words, comment
from tracker.actions.transition import move
from tracker.metrics.course import STATUS
from tracker.model.section import text_in
from tracker.translation import _, current_language

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.actions.change import Change
    from tracker.metrics.course import Course
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.model.workflow import Reminder
    from tracker.workspace import Workspace

REMINDER = "reminder"
"""What the comment of a reminder says that it was made by."""


def acts(configuration: Configuration, entry: Entry) -> bool:
    """Whether the status of a ticket does something by itself."""
    status = configuration.statuses.get(entry.ticket.status)
    return status is not None and bool(status.then or status.remind)


def acting_since(configuration: Configuration, entry: Entry, course: Course) -> datetime | None:
    """Return when the status of a ticket began that does something by itself; None where it does not.

    A status that is not committed yet has not begun.
    """
    step = course.steps[STATUS][-1]
    if step.value != entry.ticket.status or not acts(configuration, entry):
        return None
    return max(step.time, course.start)


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
    now = workspace.now()
    if reminder is None or now - since < reminder.every:
        return None
    sent = [
        one.created
        for one in workspace.comments(entry)
        if one.automatic == REMINDER and one.created and one.created >= since
    ]
    if len(sent) >= reminder.at_most or now - max([since, *sent]) < reminder.every:
        return None
    return comment(workspace, entry, Words(author, _text(reminder), automatic=REMINDER))


def _text(reminder: Reminder) -> str:
    usual = _("This request waits for your answer. Is there any news?")
    return text_in(reminder.text, current_language(), usual) if reminder.text else usual
