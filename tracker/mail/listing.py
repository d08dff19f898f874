"""Finding a message of the spool by what a person types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model.problem import allowed_values
from tracker.store.spool import State
from tracker.translation import _
from tracker.workspace.messages import listed

if TYPE_CHECKING:
    from tracker.store.spool import Spool
    from tracker.workspace.messages import Listed


def find(spool: Spool, typed: str) -> Listed:
    """Return the message that a person means by how its identity begins.

    Raises:
        UsageError: none is meant, or more than one.
    """
    all_of_them = list(listed(spool, everything=True))
    found = [one for one in all_of_them if typed and one.identity.startswith(typed.lower())]
    if len(found) == 1:
        return found[0]
    message = _("Several messages begin with “{typed}”.") if found else _("There is no message “{typed}”.")
    names = [one.identity[:12] for one in (found or all_of_them) if found or one.state is not State.DONE]
    raise UsageError(message.format(typed=typed), allowed_values(names[:20]) if names else "")


def refuse_partial(message: Listed) -> None:
    """Refuse to take in a message of which only the header is here.

    Raises:
        UsageError: it is one.
    """
    if message.record.partial:
        said = _("Only the header of {message} is here: the rest could not be fetched.")
        hint = _(
            "If it is too large, raise mail.limits.size in tracker.yml and fetch again; "
            "or file it by hand and drop it."
        )
        raise UsageError(said.format(message=message.identity[:12]), hint)
