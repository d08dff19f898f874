"""The messages of a spool, for people and programs: each with its state and its one outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import UsageError
from tracker.mail.spool import State
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.mail.record import Record
    from tracker.mail.spool import Spool

_FEWEST = 4


class Listed(NamedTuple):
    """A message of the spool: its identity, where it is, and what is known of it."""

    identity: str
    state: State
    record: Record

    def as_json(self) -> dict[str, Any]:
        """Return it as `--json` prints it."""
        return {"message": self.identity, "state": self.state.value, **self.record._asdict()}


def listed(spool: Spool, *, everything: bool) -> Iterator[Listed]:
    """Yield the messages that somebody must look at, or all: those that wait first."""
    for state in State:
        if everything or state is not State.DONE:
            for identity in spool.identities(state):
                yield Listed(identity, state, spool.record(identity))


def find(spool: Spool, typed: str) -> Listed:
    """Return the message that a person means by how its identity begins.

    Raises:
        UsageError: none is meant, or more than one.
    """
    all_of_them = list(listed(spool, everything=True))
    found = [one for one in all_of_them if len(typed) >= _FEWEST and one.identity.startswith(typed.lower())]
    if len(found) == 1:
        return found[0]
    message = _("Several messages begin with “{typed}”.") if found else _("There is no message “{typed}”.")
    names = [one.identity[:12] for one in (found or all_of_them) if found or one.state is not State.DONE]
    raise UsageError(message.format(typed=typed), allowed_values(names[:20]) if names else "")
