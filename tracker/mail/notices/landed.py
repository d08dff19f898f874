"""What a commit says of itself: that a program made it, and that what it takes in is old."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.change import TRAILER
from tracker.history.receipt import read_imported
from tracker.mail.arrival import OLD
from tracker.mail.intake import INTAKE
from tracker.store.log import messages_like

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.history.event import Landing
    from tracker.model.entry import Entry
    from tracker.store.repository import Repository

_BY_PROGRAM = f"^{TRAILER}: ({INTAKE}|triage|tick)$"
"""Of actions that no person takes: whose name stands in their commits did nothing."""


class Landed(NamedTuple):
    """A commit of the branch, and the message of it where a program made it; else that is empty."""

    landing: Landing
    message: str

    @property
    def doer(self) -> str:
        """The address of whoever committed; empty where a program did."""
        return "" if self.message else self.landing.email

    def imported(self, entry: Entry) -> bool | None:
        """Whether intake says that what it took in for a ticket is old; None where that was not intake."""
        if f"\n{TRAILER}: {INTAKE}\n" not in self.message:
            return None
        return not read_imported(self.message).isdisjoint((entry.id, *entry.ticket.aliases))

    def is_old(self, entry: Entry, moment: datetime | None) -> bool:
        """Whether nobody waits for an answer to what was said then; its age tells where nothing else does."""
        imported = self.imported(entry)
        if imported is None:
            return moment is not None and self.landing.time - moment > OLD
        return imported


def messages_of_programs(repository: Repository, tip: str, since: str) -> dict[str, str]:
    """Return the messages of the commits since another one that programs made, by their commits."""
    return messages_like(repository, tip, since, _BY_PROGRAM)
