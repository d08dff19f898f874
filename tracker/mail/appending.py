"""Making a comment of a message, and what it does to the ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.assignment import Assignment
from tracker.actions.change import Change, followed
from tracker.actions.comment import Words, comment
from tracker.actions.set import set_fields
from tracker.actions.transition import move
from tracker.errors import RefusedValueError
from tracker.mail.commands import Command, check_clear, commands_in, orders
from tracker.mail.copies import watching
from tracker.mail.correspondent import Part, staff_of
from tracker.mail.enclosed import enclosed
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.arrival import Arrival
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def append(
    workspace: Workspace, entry: Entry, arrival: Arrival, part: Part, *, verified: bool, internal: bool
) -> Change:
    """Return the change that adds a message to a ticket's conversation, and does what it asks for.

    Args:
        workspace: the desk.
        entry: the ticket.
        arrival: the message.
        part: what part its sender has in the ticket.
        verified: whether the sender is who they say.
        internal: whether it is for the desk's people only, whatever it asks for.

    Raises:
        RefusedValueError: it says nothing, or asks for what cannot be done.
        EditError: the ticket's file cannot be changed safely.
    """
    message, configuration = arrival.message, workspace.configuration
    staff = staff_of(configuration, arrival.sender.email, arrival.created)
    person = staff if verified else ""
    commands, text = ordered(arrival) if staff and not message.automatic else ([], message.text)
    if commands and not (verified or arrival.record.released):
        raise RefusedValueError(_("Its sender is not verified, so what they order is not done."))
    asked = orders(configuration, commands, staff)
    steps = list[Change]()
    if text.strip() or message.attachments:
        steps.append(_said(workspace, entry, arrival, person, text, internal=internal or asked.internal))
    ticket = entry.ticket
    known = (*ticket.watchers, ticket.assignee or "", (ticket.requester and ticket.requester.email) or "")
    if watchers := watching(configuration, arrival, known):
        steps.append(set_fields(workspace, entry, [Assignment(("watchers",), "+=", ", ".join(watchers))]))
    status = asked.status or ("" if message.automatic else _reopened(configuration, entry, part))
    if status and status != entry.ticket.status:
        steps.append(move(workspace, entry, status, asked.assignments))
    elif asked.assignments:
        steps.append(set_fields(workspace, entry, asked.assignments))
    if not steps:
        raise RefusedValueError(_("The message says nothing."))
    whole = steps[0]
    for step in steps[1:]:
        whole = followed(whole, step)
    return whole


def ordered(arrival: Arrival) -> tuple[list[Command], str]:
    """Return what somebody of the staff orders, and the rest of their text.

    Of a message that a person let pass, only that it is internal counts; it is, too, where that is not clear.

    Raises:
        RefusedValueError: something is written like an order and is none.
    """
    told = commands_in(arrival.message.text)
    if not arrival.record.released:
        check_clear(told)
        return told.commands, told.text
    internal = [Command("internal", "")] if told.unclear else []
    return [*internal, *(one for one in told.commands if one.name == "internal")], told.text


def _said(
    workspace: Workspace, entry: Entry, arrival: Arrival, person: str, text: str, *, internal: bool
) -> Change:
    came = enclosed(workspace, arrival.message.attachments)
    said = "\n\n".join(filter(None, [text.strip("\n"), *came.told])) or "\n\n".join(came.shown.values())
    automatic = arrival.message.automatic
    words = Words(
        person or arrival.sender.email,
        said,
        "internal" if internal or automatic else "public",
        tuple(came.files.values()),
        automatic=automatic,
        created=arrival.created,
        source=arrival.source,
    )
    return comment(workspace, entry, words)


def _reopened(configuration: Configuration, entry: Entry, part: Part) -> str:
    """Return where a ticket goes when its requester or a watcher answers; empty where it stays.

    An answer ends the wait of one that waits for it, and opens one that was closed.
    """
    status = configuration.statuses.get(entry.ticket.status)
    if part is Part.STAFF or status is None or (status.open and not status.pauses):
        return ""
    ways = status.to if status.to is not None else list(configuration.statuses)
    known = ((name, configuration.statuses.get(name)) for name in ways)
    active = [name for name, one in known if one and one.open and not one.pauses]
    usual = [name for name in active if name != configuration.first_status]
    return next(iter([*usual, *active]), "")
