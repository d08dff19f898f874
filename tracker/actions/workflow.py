"""The conditions under which a ticket may go from one status to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.document import Document
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


def check_transition(
    workspace: Workspace,
    entry: Entry,
    after: Document,
    together: Collection[str] = (),
    *,
    force: bool = False,
) -> None:
    """Stop a change of status that the workflow does not allow.

    Args:
        workspace: the desk.
        entry: the ticket as it is.
        after: its file as it shall be.
        together: the paths of tickets that get the same status with it.
        force: whether open children are no reason.

    Raises:
        RefusedValueError: there is no such status, no way there, or something is missing for it.
    """
    configuration = workspace.configuration
    present, wanted = entry.ticket.status, str(after.values.get("status") or "")
    if wanted == present or (entry.draft and not present):
        return
    refuse_unknown(configuration, wanted)
    allowed = ways_from(configuration, present)
    if wanted not in allowed:
        message = _("{id} cannot go from {present} to {status}.")
        hint = _("From {present} it can go to: {ways}.").format(present=present, ways=", ".join(allowed))
        raise RefusedValueError(message.format(id=entry.id, present=present, status=wanted), hint)
    _check_required(workspace, entry, after, wanted)
    if not (force or configuration.statuses[wanted].bears_open_children):
        _check_children(workspace, entry, wanted, together)


def refuse_unknown(configuration: Configuration, status: str) -> None:
    """Stop when a status is none of the desk's.

    Raises:
        RefusedValueError: with the nearest one.
    """
    if status not in configuration.statuses:
        message = _("“{value}” is not a status.").format(value=status)
        raise RefusedValueError(message, allowed_values(configuration.statuses, status))


def ways_from(configuration: Configuration, status: str) -> list[str]:
    """Return the statuses that the workflow allows after `status`: every other where it says nothing."""
    known = configuration.statuses.get(status)
    if known is None or known.to is None:
        return [name for name in configuration.statuses if name != status]
    return known.to


def _check_required(workspace: Workspace, entry: Entry, after: Document, wanted: str) -> None:
    required = workspace.configuration.statuses[wanted].requires
    missing = [name for name in required if after.values.get(name) is None]
    if not missing:
        return
    message = _("{id} cannot become {status} without: {fields}.")
    said = message.format(id=entry.id, status=wanted, fields=", ".join(missing))
    example = " ".join(f"--set {name}=…" for name in missing)
    hint = _("Say it at once: tracker move {id} {status} {example}")
    values = workspace.fields[missing[0]].values
    more = f" {allowed_values(values)}" if values else ""
    raise RefusedValueError(said, hint.format(id=entry.id, status=wanted, example=example) + more)


def _check_children(workspace: Workspace, entry: Entry, wanted: str, together: Collection[str]) -> None:
    is_open = workspace.configuration.is_open
    children = [source for kind, source in workspace.links_to(entry) if kind == "parent"]
    waiting = [child.id for child in children if is_open(child.ticket.status) and child.path not in together]
    if waiting:
        message = _("{id} cannot become {status}: its children are open: {children}.")
        said = message.format(id=entry.id, status=wanted, children=", ".join(waiting))
        hint = _("Close these first, or say why not: tracker move {id} {status} --force --reason …")
        raise RefusedValueError(said, hint.format(id=entry.id, status=wanted))
