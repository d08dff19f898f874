"""A message on its way into the desk: read, with what the spool knows of it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from tracker.mail.authentication import Verdict, verdict
from tracker.mail.told import JSON
from tracker.model.address import EMAIL

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from tracker.actions.change import Change
    from tracker.mail.message import Address, Message
    from tracker.store.record import Outcome, Record


OLD = timedelta(days=7)
"""What was there so long before it landed at the desk was imported, as far as nothing else is known."""


class Arrival(NamedTuple):
    """A message that was read.

    Attributes:
        message: what it says.
        record: how it came in.
        created: when it counts as said; aware.
        imported: whether it came with others from long ago, so that nobody waits for an answer to it.
    """

    message: Message
    record: Record
    created: datetime
    imported: bool = False

    @property
    def sender(self) -> Address:
        """Who it is from, as it says."""
        return self.message.sender

    @property
    def address(self) -> str:
        """The address of its sender; empty where that is none in form."""
        return self.sender.email if re.fullmatch(EMAIL, self.sender.email) else ""

    @property
    def recipients(self) -> tuple[str, ...]:
        """Where it was delivered to, else whom it names, in lower case."""
        named = (address.email for address in (*self.message.to, *self.message.cc))
        return tuple(dict.fromkeys(address.lower() for address in (*self.record.recipients, *named)))

    def verdict(self, verified_by: Collection[str]) -> Verdict:
        """Return what is known of its sender, given the names of the desk's own receiving servers."""
        if not self.message.alone:
            return Verdict.UNKNOWN  # what was found of one author says nothing of the other
        return Verdict.VERIFIED if self.message.vouched else verdict(self.message, verified_by)

    def is_verified(self, verified_by: Collection[str]) -> bool:
        """Whether its sender is who they say, given the names of the desk's own receiving servers."""
        return self.verdict(verified_by) is Verdict.VERIFIED

    def counted(self, verified_by: Collection[str]) -> tuple[str, bool]:
        """Return as whose it counts, where somebody writes too often: see `Tally`."""
        return self.sender.email.lower(), self.is_verified(verified_by)

    @property
    def source(self) -> dict[str, str]:
        """Where what is made of it comes from: enough to find the message in the spool."""
        way = "message" if self.record.way == JSON else "mail"
        return {way: self.message.identity[:16]}


class Decision(NamedTuple):
    """What becomes of a message.

    Attributes:
        outcome: which of all.
        ticket: the ticket that it is in; empty for none.
        reason: why.
        change: what changes at the desk; None for nothing.
        left: the names of files that are in the message alone, so that it must not be removed.
        unreachable: the addresses that it says cannot be reached, of those for whom mail of ours came back.
    """

    outcome: Outcome
    ticket: str = ""
    reason: str = ""
    change: Change | None = None
    left: tuple[str, ...] = ()
    unreachable: tuple[str, ...] = ()
