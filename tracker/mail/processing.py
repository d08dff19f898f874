"""Working through the spool: messages are claimed, read, taken in together, and given their outcomes."""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from time import sleep
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import PushRefusedError, RefusedMailError, StorageError, TrackerError
from tracker.mail.arrival import OLD, Arrival, Decision
from tracker.mail.bounced import mark_bounced
from tracker.mail.delivery import FETCHED, IMPORTED
from tracker.mail.head import head
from tracker.mail.intake import take_in
from tracker.mail.limits import MIB
from tracker.mail.sandbox import Allowance, read_messages, who_and_what
from tracker.mail.told import marked, read_any
from tracker.store.record import Outcome
from tracker.store.spool import Claim, State
from tracker.translation import _
from tracker.workspace.receipts import message_id_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.message import Message
    from tracker.store.record import Record

BATCH = 50
"""So many messages at most are taken in by one commit."""
_MOST_ATTEMPTS = 5
_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6, 3.2)
"""In seconds: so long another worker is waited for in a run that has what messages answer."""
_STATES = {
    Outcome.HELD: State.HELD,
    Outcome.QUARANTINED: State.QUARANTINE,
}


class Processed(NamedTuple):
    """What became of a message."""

    identity: str
    decision: Decision


class _Run(NamedTuple):
    """What a run knows of what it did.

    Attributes:
        failed: the messages that have to wait for the next run: what is the matter may pass, and who has
            what they answer may have ended.
        counted: what is known of each message that was taken in within the last hour.
    """

    failed: set[str]
    counted: dict[str, Record]


def process(
    room: Mailroom,
    most: int,
    is_asked_to_end: Callable[[], bool] = lambda: False,
    pauses: Iterable[float] = _PAUSES,
) -> Iterator[Processed]:
    """Take in all messages that wait, up to `most` in one commit; yield what became of each.

    Args:
        room: where they lie.
        most: so many at most in one commit.
        is_asked_to_end: whether no further commit is begun.
        pauses: in seconds: so long another worker is waited for that has what messages answer; afterwards
            these wait for the next run.

    Raises:
        TrackerError: Git, the disk or the remote refuses: what has no outcome yet waits for the next time.
    """
    run, left = _Run(set(), {}), iter(pauses)
    while not is_asked_to_end():
        with room.spool.claimed(most, run.failed) as claims:
            if not claims:
                return
            failed = len(run.failed)
            done = list(_processed(room, claims, run))
        yield from done
        gc.collect()  # each commit stands on a desk of its own, which nobody needs any longer
        if not done and len(run.failed) == failed:
            if pause := next(left, 0):
                sleep(pause)
            else:
                run.failed.update(claim.identity for claim in claims)


def _processed(room: Mailroom, claims: Sequence[Claim], run: _Run) -> Iterator[Processed]:
    largest = int(room.workspace.configuration.mail.limits.size * MIB)
    mails = (marked(claim.data, claim.record.way) for claim in claims)
    arrivals = []
    for claim, read in zip(claims, read_messages(mails, Allowance(largest), read_any), strict=True):
        if isinstance(read, RefusedMailError):
            author, subject = who_and_what(head(claim.data) + b"\n\n")
            named = claim.record._replace(author=author, subject=subject)
            yield _finish(
                room,
                claim._replace(record=named),
                None,
                Decision(Outcome.QUARANTINED, reason=read.message),
                "",
            )
        else:
            arrivals.append((claim, _arrival(room, claim, read)))
    arrivals = _ready(room, arrivals, run.failed)
    yield from _together(room, arrivals, run)


def _ready(
    room: Mailroom, arrivals: Sequence[tuple[Claim, Arrival]], failed: set[str]
) -> list[tuple[Claim, Arrival]]:
    """Return the messages that answer none which came in before them and has no outcome yet: others wait.

    Another worker may have what they answer; of two that answer each other, the first does not wait. What
    answers one of those that failed in this run waits for the next run, too.
    """
    ready: list[tuple[Claim, Arrival]] = []
    here: set[str] = set()
    waiting = room.spool.waiting() if any(_answered(arrival.message) for _claim, arrival in arrivals) else []
    places = {identity: place for place, identity in enumerate(waiting)}
    message_id = cache(lambda identity: room.spool.record(identity).message_id)
    for claim, arrival in arrivals:
        answered = _answered(arrival.message)
        before = waiting[: places.get(claim.identity, 0)] if answered else ()
        awaited = {one for one in before if one not in here and message_id(one) in answered}
        if awaited & failed:
            failed.add(claim.identity)
        elif not awaited:
            ready.append((claim, arrival))
            here.add(claim.identity)
    return ready


def _answered(message: Message) -> set[str]:
    """Return the digests of the Message-IDs that a message answers."""
    return {message_id_digest(one) for one in (*message.in_reply_to, *message.references)}


def _together(room: Mailroom, arrivals: Sequence[tuple[Claim, Arrival]], run: _Run) -> Iterator[Processed]:
    """Take messages in together; where that fails for one of them, each by itself.

    Raises:
        TrackerError: the desk cannot be changed now, whatever the message.
    """
    if not arrivals:
        return
    try:
        yield from _taken_in(room, arrivals, run.counted)
    except PushRefusedError as error:
        if len(arrivals) == 1:
            raise
        yield from _each(room, arrivals, run, error)
    except TrackerError as error:
        _note(room, arrivals, error.message)
        raise
    except (OSError, MemoryError) as error:  # of the machine, and of this moment
        _note(room, arrivals, str(error))
        raise StorageError(str(error)) from error
    except Exception as error:  # noqa: BLE001  # a fault of ours must neither lose a message nor stop the others
        if len(arrivals) == 1:
            yield from _failed(room, *arrivals[0], f"{type(error).__name__}: {error}", run.failed)
        else:
            for one in arrivals:  # what answers one that fails is not ready any longer
                yield from _together(room, _ready(room, [one], run.failed), run)


def _each(
    room: Mailroom,
    arrivals: Sequence[tuple[Claim, Arrival]],
    run: _Run,
    refusal: PushRefusedError,
) -> Iterator[Processed]:
    """Take messages in one by one; those that the remote refuses though others land are to blame.

    Raises:
        PushRefusedError: it refuses all, so it is not for a message.
    """
    landed, refused = list[Processed](), list[tuple[Claim, Arrival]]()
    for one in arrivals:  # what answers one that is refused is not ready any longer
        try:
            landed += _together(room, _ready(room, [one], run.failed), run)
        except PushRefusedError as error:
            refusal = error
            refused.append(one)
    if not landed:
        _note(room, arrivals, refusal.message)
        raise refusal
    yield from landed
    for claim, arrival in refused:
        yield from _failed(room, claim, arrival, refusal.message, run.failed)


def _note(room: Mailroom, arrivals: Sequence[tuple[Claim, Arrival]], reason: str) -> None:
    """Keep what messages are about that wait, and why they do: “tracker mail status” shows it."""
    with suppress(StorageError):
        for claim, arrival in arrivals:
            author, subject = arrival.sender.email, arrival.message.subject
            room.spool.note(
                claim.identity, claim.record._replace(author=author, subject=subject, reason=reason)
            )


def _taken_in(
    room: Mailroom, arrivals: Sequence[tuple[Claim, Arrival]], counted: dict[str, Record]
) -> list[Processed]:
    taken = take_in(
        room.workspace, [arrival for _claim, arrival in arrivals], room.secret, room.tally(counted), room.way
    )
    for decision in taken.decisions.values():
        if decision.unreachable:
            mark_bounced(room.spool.folder, decision.unreachable, _("A mail of the desk came back."))
    return [
        _finish(room, claim, arrival, taken.decisions[arrival.message.identity], taken.commit)
        for claim, arrival in arrivals
    ]


def _failed(
    room: Mailroom, claim: Claim, arrival: Arrival, error: str, failed: set[str]
) -> Iterator[Processed]:
    """Count the failure of a message in this run; after some runs it is set aside."""
    reason = _("It cannot be taken in: {error}").format(error=error)
    record = claim.record._replace(attempts=claim.record.attempts + 1, reason=reason)
    failed.add(claim.identity)
    if record.attempts >= _MOST_ATTEMPTS:
        decision = Decision(Outcome.QUARANTINED, reason=reason)
        yield _finish(room, claim._replace(record=record), arrival, decision, "")
    else:
        _note(room, [(claim._replace(record=record), arrival)], reason)


def _finish(
    room: Mailroom, claim: Claim, arrival: Arrival | None, decision: Decision, commit: str
) -> Processed:
    record = claim.record
    if arrival:
        verified = arrival.is_verified(room.workspace.configuration.mail.verified_by)
        record = record._replace(
            author=arrival.sender.email,
            subject=arrival.message.subject,
            verified=verified,
            automatic=arrival.message.automatic,
        )
    record = record._replace(
        outcome=decision.outcome.value,
        ticket=decision.ticket,
        reason=decision.reason,
        commit=commit if decision.change else "",
        finished=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    state = State.HELD if decision.left else _STATES.get(decision.outcome, State.DONE)
    room.spool.finish(claim.identity, record, state)
    return Processed(claim.identity, decision)


def _arrival(room: Mailroom, claim: Claim, message: Message) -> Arrival:
    """Return a message with when it counts as said: when it came in; of an imported one, when it says.

    What lay in a mailbox for long is imported; what was written long before it came there has a wrong clock.
    """
    zone, record, now = room.workspace.configuration.zone, claim.record, datetime.now(UTC)
    try:
        received = datetime.fromisoformat(record.received)
    except ValueError:
        received = now
    lay = record.way == FETCHED and not record.released and now - received > OLD
    imported = record.way == IMPORTED or lay
    said = message.date if imported and message.date and message.date < received else received
    if record.envelope_sender == "" and not message.automatic:  # RFC 3834, section 2: nobody to answer
        message = message._replace(automatic="auto-generated")
    return Arrival(message, record, said.astimezone(zone).replace(microsecond=0), imported)
