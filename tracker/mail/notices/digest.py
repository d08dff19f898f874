"""What nobody has taken care of, for those who dispatch: once a day, if there is something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.dispatch import unassigned
from tracker.mail.headers import printable
from tracker.mail.notices.telling import opening, why
from tracker.store.spool import State
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.store.spool import Spool
    from tracker.workspace import Workspace

_MOST = 30
"""So many of each are named."""
_SHORT = 12
"""So much of a message's name is told, and is enough to find it."""


def is_due(configuration: Configuration, last: str, now: datetime) -> bool:
    """Whether it is time for a digest.

    Args:
        configuration: the desk's.
        last: the day of the last one, ISO 8601; empty for none.
        now: in the desk's time zone.
    """
    notices = configuration.mail.notices
    return bool(notices.digest) and now.hour >= notices.digest_at and last < now.date().isoformat()


def pending(desk: Workspace, room: Mailroom) -> dict[str, list[str]]:
    """Return, a line each, what nobody has taken care of: tickets, drafts, and mail with what to type."""
    return {
        "unassigned": [printable(f"{entry.id} {entry.title}") for entry in unassigned(desk)],
        "drafts": [printable(f"{entry.id} {entry.title}") for entry in desk.entries if entry.draft],
        "held": [_message(room.spool, one, "show") for one in room.spool.identities(State.HELD)],
        "quarantined": [
            _message(room.spool, one, "retry") for one in room.spool.identities(State.QUARANTINE)
        ],
    }


def _message(spool: Spool, identity: str, command: str) -> str:
    """Return who a message is from and what about, as far as is known, why it is there, and what to type."""
    record = spool.record(identity)
    todo = f"tracker mail {'show' if record.partial else command} {identity[:_SHORT]}"
    return printable(" – ".join(filter(None, [record.author, record.subject, record.reason, todo])))


def digest_values(
    configuration: Configuration, found: dict[str, list[str]], reader: Reader
) -> dict[str, Any]:
    """Return what the templates of a digest are filled with, in the language that is spoken now."""
    website = (configuration.mail.notices.website or "").rstrip("/")
    headings = {
        "unassigned": _("Tickets that nobody has"),
        "drafts": _("Drafts that are not accepted"),
        "held": _("Mail that is held, and the command that shows it"),
        "quarantined": _("Mail that could not be taken in, and the command that tries it again"),
    }
    sections = [
        {"heading": heading, "entries": found[name][:_MOST], "more": _more(len(found[name]) - _MOST)}
        for name, heading in headings.items()
        if found[name]
    ]
    number, desk = sum(map(len, found.values())), printable(configuration.desk)
    subject = ngettext("{desk}: {number} thing to do", "{desk}: {number} things to do", number)
    return {
        **opening(configuration, reader),
        "subject": subject.format(desk=desk, number=number),
        "sections": sections,
        "link": f"{website}/tickets/" if website else "",
        "why": why(reader.part),
    }


def _more(number: int) -> str:
    return (
        ngettext("and {number} more", "and {number} more", number).format(number=number) if number > 0 else ""
    )
