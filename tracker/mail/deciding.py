"""What becomes of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.actions.attachment import is_too_large
from tracker.actions.set import set_fields
from tracker.errors import UsageError
from tracker.mail.appending import append
from tracker.mail.arrival import Decision
from tracker.mail.authentication import Verdict
from tracker.mail.automatic import PERHAPS
from tracker.mail.bounced import returned
from tracker.mail.correspondent import Part, part_of, staff_of
from tracker.mail.delivery import IMPORTED
from tracker.mail.filing import file
from tracker.mail.internal import is_for_the_desk_only
from tracker.mail.subscription import unsubscribed
from tracker.mail.thread import ticket_of
from tracker.mail.token import signed_tickets
from tracker.store.record import Outcome
from tracker.translation import _
from tracker.workspace.receipts import receipts
from tracker.workspace.since import closed_since

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from tracker.mail.arrival import Arrival
    from tracker.model.entry import Entry
    from tracker.model.mail import Mail
    from tracker.workspace import Workspace


_PERHAPS_A_PERSONS = ("list", "bulk", "feedback", PERHAPS)
"""Kinds of automatic mail that a person’s becomes on its way through a list or a group, or seems to be."""


class Tally(NamedTuple):
    """How much came in within the last hour: from each sender, and to each ticket.

    Who only claims to be somebody does not use up what they may write: a sender is an address, and whether
    it was verified.
    """

    senders: Counter[tuple[str, bool]]
    tickets: Counter[str]


def decide(
    workspace: Workspace, arrival: Arrival, secret: bytes, tally: Tally, lately: Mapping[str, str]
) -> Decision:
    """Return what becomes of a message, with the change that does it.

    Args:
        workspace: the desk as it is then.
        arrival: the message.
        secret: what signs the desk's tokens.
        tally: how much came in lately; it has this message afterwards, if it lands.
        lately: the tickets of messages that are taken in together with it; see `ticket_of`.
    """
    known = receipts(workspace, [arrival.message.identity]).get(arrival.message.identity)
    if known and not (arrival.record.released and known.ticket not in workspace.by_id):
        return Decision(Outcome(known.outcome), known.ticket, _("It was taken in before."))
    entry = ticket_of(workspace, secret, arrival.message, arrival.recipients, lately)
    if entry and _is_intruding(workspace, arrival, entry, secret):
        entry = None
    decision = _stopped(workspace, arrival, entry, secret, tally)
    if decision is None:
        try:
            decision = _ended(workspace, arrival, entry, secret) or _with_left(
                workspace, arrival, _placed(workspace, arrival, entry, secret)
            )
        except UsageError as error:
            decision = Decision(
                Outcome.HELD, entry.id if entry else "", f"{error.message} {error.hint}".strip()
            )
    if decision.outcome is not Outcome.HELD:
        back = returned(secret, arrival.recipients, arrival.message.bounced)
        decision = decision._replace(unreachable=back)
    if decision.change:
        tally.senders[arrival.counted(workspace.configuration.mail.verified_by)] += 1
        tally.tickets[decision.ticket] += 1
    return decision


def _is_intruding(workspace: Workspace, arrival: Arrival, entry: Entry, secret: bytes) -> bool:
    """Whether a program of somebody who has no part in a ticket writes there, and answers no mail of ours."""
    message = arrival.message
    if not message.automatic or arrival.record.released:
        return False
    part = part_of(workspace.configuration, entry, arrival.sender.email, arrival.created)
    if part is not Part.STRANGER:
        return False
    names = {name.lower() for name in (entry.id, *entry.ticket.aliases)}
    answered = (*message.in_reply_to, *message.references)
    signed = signed_tickets(secret, answered, arrival.recipients)
    return names.isdisjoint(name.lower() for name in signed)


def _stopped(
    workspace: Workspace, arrival: Arrival, entry: Entry | None, secret: bytes, tally: Tally
) -> Decision | None:
    """Return what becomes of a message that neither makes a ticket nor is appended to one; None of others."""
    mail, message, ticket = workspace.configuration.mail, arrival.message, entry.id if entry else ""
    own = next(signed_tickets(secret, [message.message_id], ()), "")
    if own or arrival.sender.email.lower() in mail.own:
        return Decision(Outcome.SUPPRESSED, ticket, _("It is a mail of the desk itself."))
    if arrival.record.released:
        return None
    staff = staff_of(workspace.configuration, arrival.sender.email, arrival.created)
    return _held(arrival, entry, mail, tally, staff)


def _held(arrival: Arrival, entry: Entry | None, mail: Mail, tally: Tally, staff: str) -> Decision | None:
    """Return why a person has to look at a message, or nobody needs to; None where nothing is the matter."""
    message, ticket = arrival.message, entry.id if entry else ""
    if mail.forged == "hold" and arrival.verdict(mail.verified_by) is Verdict.FORGED:
        return Decision(Outcome.HELD, ticket, _("The receiving server says that its sender is forged."))
    if message.automatic and entry is None and mail.automatic != "file":
        hold = mail.automatic == "hold" or message.automatic in _PERHAPS_A_PERSONS
        outcome = Outcome.HELD if hold else Outcome.SUPPRESSED
        reason = _("It is automatic ({kind}), and belongs to no ticket.")
        return Decision(outcome, "", reason.format(kind=message.automatic))
    if not arrival.address:
        return Decision(Outcome.HELD, ticket, _("It does not say who it is from."))
    if arrival.record.way == IMPORTED:
        return None
    is_staff = arrival.is_verified(mail.verified_by) and staff
    if not is_staff and tally.senders[arrival.counted(mail.verified_by)] >= mail.limits.sender:
        return Decision(Outcome.HELD, ticket, _("Its sender wrote too often within an hour."))
    if entry and tally.tickets[entry.id] >= mail.limits.ticket:
        return Decision(Outcome.HELD, ticket, _("Too much was said about the ticket within an hour."))
    return None


def _with_left(workspace: Workspace, arrival: Arrival, decision: Decision) -> Decision:
    """Return what becomes of a message, with the files that are too large for the desk."""
    left = tuple(one.name for one in arrival.message.attachments if is_too_large(workspace, one))
    if not left or decision.change is None:
        return decision
    reason = _("Too large for the desk, so only here: {names}. Release it once nobody needs that.")
    said = f"{decision.reason} {reason.format(names=', '.join(left))}".strip()
    return decision._replace(left=left, reason=said)


def _ended(workspace: Workspace, arrival: Arrival, entry: Entry | None, secret: bytes) -> Decision | None:
    """Return that somebody does not watch a ticket any longer; None where a message does not say so."""
    watcher = unsubscribed(secret, entry, arrival.recipients) if entry else None
    if entry is None or watcher is None:
        return None
    change = set_fields(workspace, entry, [Assignment(("watchers",), "-=", watcher)])
    return Decision(
        Outcome.APPENDED, entry.id, _("{who} does not watch it any longer.").format(who=watcher), change
    )


def _placed(workspace: Workspace, arrival: Arrival, entry: Entry | None, secret: bytes) -> Decision:
    """Return the ticket that a message makes, or is appended to; or that somebody has to decide."""
    internal = is_for_the_desk_only(workspace, arrival, entry, secret)
    staff = staff_of(workspace.configuration, arrival.sender.email, arrival.created)
    if internal and not (arrival.record.released or staff):
        reason = _("It answers what only the desk’s people may read, and its sender is none of them.")
        return Decision(Outcome.HELD, entry.id if entry else "", reason)
    if entry is None:
        return _new(workspace, arrival, internal=internal)
    mail, message = workspace.configuration.mail, arrival.message
    part = part_of(workspace.configuration, entry, arrival.sender.email, arrival.created)
    verified = arrival.is_verified(mail.verified_by)
    if not message.automatic:
        if part is Part.STRANGER and not arrival.record.released:
            if mail.strangers == "link" and entry.ticket.visibility in (None, "public"):
                return _new(workspace, arrival, relates=entry, internal=internal)
            return Decision(
                Outcome.HELD, entry.id, _("Its sender has no part in the ticket that it answers.")
            )
        if part is not Part.STAFF:
            since = closed_since(workspace, entry)
            if since and arrival.created - since > mail.grace:
                return _new(workspace, arrival, follows=entry, internal=internal)
    change = append(workspace, entry, arrival, part, verified=verified, internal=internal)
    return Decision(Outcome.APPENDED, entry.id, "", change)


def _new(
    workspace: Workspace,
    arrival: Arrival,
    *,
    internal: bool,
    follows: Entry | None = None,
    relates: Entry | None = None,
) -> Decision:
    change = file(workspace, arrival, follows=follows, relates=relates, internal=internal)
    reason = ""
    if follows:
        reason = _("{ticket} was closed long before.").format(ticket=follows.id)
    elif relates:
        reason = _("Its sender has no part in {ticket}, which it answers.").format(ticket=relates.id)
    return Decision(Outcome.CREATED, change.tickets[0], reason, change)
