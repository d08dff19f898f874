"""Telling the desk’s people at once that what they ordered by mail was not done: a slip must not wait."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING, Any

from tracker.mail.headers import printable
from tracker.mail.notices.readers import author
from tracker.mail.notices.telling import opening
from tracker.store.record import Outcome
from tracker.store.spool import State
from tracker.translation import _
from tracker.workspace.messages import listed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.workspace.messages import Listed

_LATELY = timedelta(days=7)
_LONGEST_SUBJECT = 200


def held_from_staff(room: Mailroom, now: datetime) -> Iterator[tuple[Listed, Reader]]:
    """Yield the messages of the desk's own people, verified, that were held lately, and who they are."""
    since = (now - _LATELY).astimezone(UTC).isoformat()
    for one in listed(room.spool, everything=False):
        record = one.record
        if one.state is not State.HELD or record.outcome != Outcome.HELD or record.finished < since:
            continue
        if record.automatic:  # a program answers this, too
            continue
        reader = author(room.workspace.configuration, record.author, now) if record.verified else None
        if reader:
            yield one, reader


def held_values(configuration: Configuration, message: Listed, reader: Reader) -> dict[str, Any]:
    """Return what the templates of a notice are filled with, where one tells that a message is held."""
    record = message.record
    about = f"[{record.ticket}]" if record.ticket else ""
    subject = _("Not done: {subject}").format(subject=printable(record.subject))
    reason = printable(record.reason)
    return {
        **opening(configuration, reader),
        "subject": f"{about} {subject}"[:_LONGEST_SUBJECT].strip(),
        "ticket": record.ticket,
        "parts": [
            {
                "heading": _("Nothing was done of what your mail says, and nobody reads it yet:"),
                "facts": [],
                "text": reason,
                "lines": [reason],
                "files": "",
            }
        ],
        "link": "",
        "answer": _("Put it right and send it again. An answer to this mail is for the desk’s people only."),
        "why": _("You get this mail because you wrote to the desk as one of its people."),
    }
