"""Making the tickets that come again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.change import Change, united
from tracker.actions.create import create, from_template
from tracker.store.templates import DEFAULT

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.model.recurring import Recurring
    from tracker.workspace import Workspace

SOURCE, NAME, OCCURRENCE = "source", "recurring", "occurrence"


def recur(workspace: Workspace) -> Change:
    """Return the change that files each recurring ticket whose time has come and that is not there yet.

    Of several moments that have passed since the last one, the latest counts: nobody wants ten at once.

    Raises:
        RefusedValueError: a ticket would lack something that it needs.
    """
    made, desk = [], workspace
    for name, recurring in workspace.configuration.recurring.items():
        moment = recurring.latest(workspace.now().replace(tzinfo=None))
        if moment is None or _is_there(workspace, name, moment):
            continue
        change = _file(desk, name, recurring, moment)
        made.append(change)
        desk = desk.after(change.after)
    summary = made[0].summary if len(made) == 1 else f"{len(made)} recurring tickets"
    return united("tick", summary, made) if made else Change("tick", "", ())


def _is_there(workspace: Workspace, name: str, moment: datetime) -> bool:
    """Whether the ticket of a moment, or of a later one, was made."""
    sources = (entry.values.get(SOURCE) for entry in workspace.entries)
    made = (
        str(source.get(OCCURRENCE))
        for source in sources
        if isinstance(source, dict) and source.get(NAME) == name
    )
    return any(occurrence >= moment.isoformat() for occurrence in made)


def _file(workspace: Workspace, name: str, recurring: Recurring, moment: datetime) -> Change:
    fields, body = from_template(workspace, recurring.template or DEFAULT)
    zone = workspace.configuration.zone
    values: dict[str, Any] = {
        **fields,
        "status": workspace.configuration.first_status,
        "requester": {"name": workspace.configuration.desk},
        **recurring.ticket,
        "created": moment.replace(tzinfo=zone),
        SOURCE: {NAME: name, OCCURRENCE: moment.isoformat()},
    }
    return create(workspace, values, recurring.text or body, draft=False)
