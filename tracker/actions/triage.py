"""What is done with new requests: catalogued, accepted and given to people, in one commit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.accept import accept
from tracker.actions.catalogue import catalogue
from tracker.actions.change import Change, followed
from tracker.actions.dispatch import dispatch, has_work, is_unassigned, relieve, unassigned
from tracker.workspace.dispatching import open_desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.actions.accept import Accepted
    from tracker.actions.change import FileChange
    from tracker.assignment.request import Decision
    from tracker.errors import TrackerError
    from tracker.workspace import Workspace


class Triaged(NamedTuple):
    """What became of new requests.

    Attributes:
        change: all that changes; its reasons are of the tickets by the ids that they have now.
        accepted: the drafts that became tickets.
        decisions: who is given what, in order.
        refused: why some stay as they are.
    """

    change: Change
    accepted: tuple[Accepted, ...]
    decisions: tuple[Decision, ...]
    refused: tuple[TrackerError, ...]


def triage(workspace: Workspace) -> Triaged:
    """Return the change that accepts drafts, and catalogues and assigns every open ticket that nobody has.

    Where the desk wants it, tickets of those who are away go to their delegates, too.

    Raises:
        RepositoryError: a part of the history that it takes is not in this clone.
    """
    desk = open_desk(workspace)
    waiting = [entry for entry in workspace.entries if entry.draft or is_unassigned(workspace, entry)]
    found = catalogue(workspace, desk, waiting)
    known = workspace.after(found.change.after)
    acceptance = accept(known, [entry for entry in known.entries if entry.draft], lenient=True)
    accepted = known.after(acceptance.change.after)
    relieved = relieve(accepted, desk, [entry for entry in accepted.entries if has_work(accepted, entry)])
    given = dispatch(accepted, desk, unassigned(accepted) if desk.configuration.assignment.decides else [])
    drafts = {entry.path: entry.id for entry in known.entries if entry.draft}
    numbers = {drafts[ticket.draft]: ticket.id for ticket in acceptance.accepted}
    reasons = [
        reason._replace(ticket=numbers.get(reason.ticket, reason.ticket)) for reason in found.change.reasons
    ]
    left = {entry.path for entry in accepted.entries if entry.draft}
    change = _one_commit(
        [found.change._replace(reasons=tuple(reasons)), acceptance.change, relieved.change, given.change],
        left,
        f": {acceptance.accepted[0].title}" if len(acceptance.accepted) == 1 else "",
    )
    errors = [*found.refused.values(), *relieved.refused.values(), *given.refused.values()]
    decisions = (*relieved.decisions, *given.decisions)
    return Triaged(change, acceptance.accepted, decisions, (*acceptance.refused, *errors))


def _one_commit(steps: Sequence[Change], left: set[str], title: str) -> Change:
    """Return the steps as one change, without what they do to drafts that stay drafts."""
    whole = steps[0]
    for step in steps[1:]:
        whole = followed(whole, step)
    files = {path: edit for path, edit in whole.files.items() if path not in left}
    tickets = _tickets(whole, files)
    reasons = tuple(reason for reason in whole.reasons if reason.ticket in tickets)
    return Change("triage", f"Triage {', '.join(tickets)}{title}", tickets, files, reasons=reasons)


def _tickets(change: Change, files: Mapping[str, FileChange]) -> tuple[str, ...]:
    """Return the tickets of which something changes, by the names that their files have then."""
    names = {path.rpartition("/")[2].removesuffix(".md") for path, edit in files.items() if edit.after}
    return tuple(ticket for ticket in dict.fromkeys(change.tickets) if ticket in names)
