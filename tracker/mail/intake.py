"""Taking messages into the desk: each gets one outcome, and what they change is one commit."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import Change, Way, followed
from tracker.actions.land import land
from tracker.actions.triage import triage
from tracker.history.receipt import Receipt, imported_trailer
from tracker.mail.deciding import Tally, decide
from tracker.store.record import Outcome
from tracker.workspace.receipts import message_id_digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.mail.arrival import Arrival, Decision
    from tracker.workspace import Workspace


INTAKE = "intake"
"""What the action is called in the history."""


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
    whole, known, new, lately = Change(INTAKE, "", ()), desk, set[str](), dict[str, str]()
    for arrival in arrivals:
        before = decided.get(arrival.message.identity)
        if before and before.change:  # a copy of it, see `tracker.mail.delivery`
            continue
        decision = decided[arrival.message.identity] = decide(known, arrival, secret, tally, lately)
        if decision.change:
            lately.setdefault(message_id_digest(arrival.message.message_id), decision.ticket)
            whole = followed(whole, decision.change)
            known = known.after(decision.change.after)
            if decision.outcome is Outcome.CREATED:
                new.add(next(iter(decision.change.files)))
    if new:
        triaged = triage(known, new)
        whole = followed(whole, triaged.change)
        _rename(decided, {PurePosixPath(one.draft).stem: one.id for one in triaged.accepted})
    alone = {one.message.identity: one for one in arrivals}.values()
    receipts = [_receipt(one, decided[one.message.identity]) for one in alone]
    imported = [decided[one.message.identity] for one in arrivals if one.imported]
    return whole._replace(
        action=INTAKE,
        trailers=imported_trailer(one.ticket for one in imported if one.change),
        summary=_summary(decided),
        tickets=tuple(dict.fromkeys(one.ticket for one in decided.values() if one.change)),
        receipts=tuple(filter(None, receipts)),
    )


def _rename(decided: dict[str, Decision], numbers: Mapping[str, str]) -> None:
    """Note the numbers that drafts got."""
    for identity, decision in decided.items():
        if decision.ticket in numbers:
            decided[identity] = decision._replace(ticket=numbers[decision.ticket])


def _receipt(arrival: Arrival, decision: Decision) -> Receipt | None:
    """Return the receipt of a message; None of one that changes nothing, or has one already."""
    if decision.change is None:
        return None
    message = arrival.message
    digest = message_id_digest(message.message_id) if message.message_id else ""
    return Receipt(message.identity, digest, decision.outcome.value, decision.ticket)


def _summary(decided: Mapping[str, Decision]) -> str:
    changed = [decision for decision in decided.values() if decision.change]
    if len(changed) == 1 and changed[0].change:
        done, named = changed[0].change.summary, changed[0].change.tickets[0]
        return (
            done.replace(f"Draft {named}", f"New {changed[0].ticket}") if named != changed[0].ticket else done
        )
    return f"Take in {len(changed)} messages"
