"""What is done with new requests: catalogued, accepted and given to people, in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.accept import accept
from tracker.actions.catalogue import catalogue
from tracker.actions.change import Change, followed
from tracker.actions.dispatch import Dispatched, dispatch, is_unassigned, relieve, unassigned
from tracker.workspace.staffing import open_desk

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from tracker.actions.accept import Accepted
    from tracker.actions.change import FileChange
    from tracker.assignment.request import Decision
    from tracker.errors import TrackerError
    from tracker.history.reason import Reason
    from tracker.workspace import Workspace


class Triaged(NamedTuple):
    """What became of new requests.

    Attributes:
        change: all that changes; its reasons are of the tickets by the ids that they have now.
        accepted: the drafts that became tickets.
        catalogued: what was found of tickets, and how.
        decisions: who is given what, in order.
        refused: why some drafts stay as they are.
        unwritten: why decisions cannot be written, by the ids of the tickets.
    """

    change: Change
    accepted: tuple[Accepted, ...]
    catalogued: tuple[Reason, ...]
    decisions: tuple[Decision, ...]
    refused: tuple[TrackerError, ...]
    unwritten: Mapping[str, TrackerError]


def triage(workspace: Workspace, only: Collection[str] | None = None) -> Triaged:
    """Return the change that accepts drafts, and catalogues and assigns every open ticket that nobody has.

    Where the desk wants it, tickets of those who are away go to their delegates, too.

    Args:
        workspace: the desk.
        only: the paths of the tickets that are meant; None for all, and for what delegates get.

    Raises:
        RepositoryError: a part of the history that it takes is not in this clone.
    """
    desk = open_desk(workspace)
    waiting = [
        entry
        for entry in workspace.entries
        if (only is None or entry.path in only) and (entry.draft or is_unassigned(workspace, entry))
    ]
    found = catalogue(workspace, desk, waiting)
    known = workspace.after(found.change.after)
    drafts = [entry for entry in known.entries if entry.draft and (only is None or entry.path in only)]
    acceptance = accept(known, drafts, lenient=True, shown=workspace)
    accepted = known.after(acceptance.change.after)
    relieved = relieve(accepted, desk) if only is None else Dispatched(Change("assign", "", ()))
    meant = None if only is None else {*only, *(ticket.path for ticket in acceptance.accepted)}
    free = [entry for entry in unassigned(accepted) if meant is None or entry.path in meant]
    given = dispatch(accepted, desk, free if desk.configuration.assignment.decides else [])
    names = {ticket.draft: ticket.id for ticket in acceptance.accepted}
    catalogued = [
        reason._replace(ticket=names.get(path, reason.ticket))
        for path, told in found.reasons.items()
        for reason in told
    ]
    steps = [found.change, acceptance.change, relieved.change, given.change]
    left = {entry.path for entry in accepted.entries if entry.draft}
    title = f": {acceptance.accepted[0].title}" if len(acceptance.accepted) == 1 else ""
    change = _one_commit(steps, left, [*catalogued, *relieved.reasons, *given.reasons], title)
    return Triaged(
        change,
        acceptance.accepted,
        tuple(reason for reason in catalogued if reason.ticket in change.tickets),
        (*relieved.decisions, *given.decisions),
        (*acceptance.refused, *found.refused.values()),
        {**relieved.refused, **given.refused},
    )


def _one_commit(steps: Sequence[Change], left: set[str], reasons: Sequence[Reason], title: str) -> Change:
    """Return the steps as one change, without what they do to drafts that stay drafts."""
    whole = steps[0]
    for step in steps[1:]:
        whole = followed(whole, step)
    files = {path: edit for path, edit in whole.files.items() if path not in left}
    tickets = _tickets(whole, files)
    told = tuple(reason for reason in reasons if reason.ticket in tickets)
    return Change("triage", f"Triage {', '.join(tickets)}{title}", tickets, files, reasons=told)


def _tickets(change: Change, files: Mapping[str, FileChange]) -> tuple[str, ...]:
    """Return the tickets of which something changes, by the names that their files have then."""
    names = {path.rpartition("/")[2].removesuffix(".md") for path, edit in files.items() if edit.after}
    return tuple(ticket for ticket in dict.fromkeys(change.tickets) if ticket in names)
