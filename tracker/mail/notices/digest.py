"""What nobody has taken care of, for those who dispatch: once a day, if there is something."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.dispatch import unassigned
from tracker.mail.headers import printable
from tracker.mail.notices.telling import why
from tracker.store.spool import State
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.workspace import Workspace

_MOST = 30
"""So many of each are named."""


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
    """Return, a line each, what nobody has taken care of: tickets, drafts, and mail that is held."""
    held = [room.spool.record(one) for one in room.spool.identities(State.HELD)]
    return {
        "unassigned": [printable(f"{entry.id} {entry.title}") for entry in unassigned(desk)],
        "drafts": [printable(f"{entry.id} {entry.title}") for entry in desk.entries if entry.draft],
        "held": [printable(f"{one.author}: {one.subject}") for one in held],
    }


def digest_values(
    configuration: Configuration, found: dict[str, list[str]], reader: Reader
) -> dict[str, Any]:
    """Return what the templates of a digest are filled with, in the language that is spoken now."""
    website = (configuration.mail.notices.website or "").rstrip("/")
    headings = {
        "unassigned": _("Tickets that nobody has"),
        "drafts": _("Drafts that are not accepted"),
        "held": _("Mail that is held: see “tracker mail status”"),
    }
    sections = [
        {"heading": heading, "entries": found[name][:_MOST], "more": _more(len(found[name]) - _MOST)}
        for name, heading in headings.items()
        if found[name]
    ]
    number, desk, name = sum(map(len, found.values())), printable(configuration.desk), printable(reader.name)
    subject = ngettext("{desk}: {number} thing to do", "{desk}: {number} things to do", number)
    return {
        "language": reader.language,
        "desk": desk,
        "subject": subject.format(desk=desk, number=number),
        "greeting": _("Hello {name},").format(name=name) if name else _("Hello,"),
        "sections": sections,
        "link": f"{website}/tickets/" if website else "",
        "why": why(reader.part),
    }


def _more(number: int) -> str:
    return (
        ngettext("and {number} more", "and {number} more", number).format(number=number) if number > 0 else ""
    )
