"""Taking messages into the desk: each gets one outcome, and what they change is one commit."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.catalogue import catalogue
from tracker.actions.change import Change, Way, followed
from tracker.actions.dispatch import dispatch, is_unassigned
from tracker.actions.land import land
from tracker.history.receipt import Receipt
from tracker.mail.deciding import Tally, decide
from tracker.mail.record import Outcome
from tracker.workspace.receipts import message_id_digest
from tracker.workspace.staffing import open_desk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.mail.arrival import Arrival, Decision
    from tracker.workspace import Workspace


class TakenIn(NamedTuple):
    """What became of some messages.

    Attributes:
        decisions: by the identities of the messages.
        commit: where that stands; empty where nothing had to change.
    """

    decisions: Mapping[str, Decision]
    commit: str


def take_in(
    workspace: Workspace, arrivals: Sequence[Arrival], secret: bytes, tally: Tally, way: Way
) -> TakenIn:
    """Take messages in: tickets, comments, attachments and receipts land in one commit, or nothing does.

    Whoever is faster at the desk, the same messages are decided again on top of theirs.

    Raises:
        TrackerError: Git, the disk or the remote refuses; nothing was changed.
    """
    decided: dict[str, Decision] = {}

    def plan(desk: Workspace) -> Change:
        decided.clear()
        counts = Tally(tally.senders.copy(), tally.tickets.copy())
        return _planned(desk, arrivals, secret, counts, decided)

    landed = land(workspace, plan, way)
    return TakenIn(decided, landed.commit)


def _planned(
    desk: Workspace, arrivals: Sequence[Arrival], secret: bytes, tally: Tally, decided: dict[str, Decision]
) -> Change:
    """Return what some messages change together, and note what becomes of each."""
    whole, known = Change("intake", "", ()), desk
    for arrival in arrivals:
        decision = decided[arrival.message.identity] = decide(known, arrival, secret, tally)
        if decision.change:
            whole = followed(whole, decision.change._replace(receipts=(_receipt(arrival, decision),)))
            known = known.after(decision.change.after)
    created = {one.ticket for one in decided.values() if one.change and one.outcome is Outcome.CREATED}
    if created:
        whole = followed(whole, _triaged(known, created))
    return whole._replace(action="intake", summary=_summary(decided))


def _triaged(desk: Workspace, ids: set[str]) -> Change:
    """Return what the rules of the desk do with new tickets."""
    staffed = open_desk(desk)
    new = [entry for entry in desk.entries if entry.id in ids]
    found = catalogue(desk, staffed, new)
    known = desk.after(found.change.after)
    reasons = tuple(reason for told in found.reasons.values() for reason in told)
    change = found.change._replace(reasons=reasons)
    if staffed.configuration.assignment.decides:
        free = [entry for entry in known.entries if entry.id in ids and is_unassigned(known, entry)]
        change = followed(change, dispatch(known, staffed, free).change)
    return change


def _receipt(arrival: Arrival, decision: Decision) -> Receipt:
    message = arrival.message
    digest = message_id_digest(message.message_id) if message.message_id else ""
    return Receipt(message.identity, digest, decision.outcome.value, decision.ticket)


def _summary(decided: Mapping[str, Decision]) -> str:
    changed = [decision for decision in decided.values() if decision.change]
    if len(changed) == 1 and changed[0].change:
        return changed[0].change.summary
    return f"Take in {len(changed)} messages"


def now() -> str:
    """Return the present moment as records have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")
