"""The page that shows what became of each message to the desk; only its own people have it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.store.record import outcome_label
from tracker.store.spool import State
from tracker.translation import _
from tracker.viewer import formats, templates
from tracker.viewer.addresses import MAIL, relative
from tracker.viewer.output import GeneratedPage
from tracker.viewer.rows import Link
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.viewer.publish import Publication
    from tracker.workspace.messages import Listed

_MOST = 500
"""So many messages that are done are shown, the newest: “tracker mail status --all” tells of all."""


class MessageRow(NamedTuple):
    """A message: its name, what became of it, and how that looks; when, in the desk's time zone."""

    name: str
    received: str
    received_exact: str
    author: str
    subject: str
    outcome: str
    state: str
    ticket: Link | None
    reason: str


def mail_page(desk: Publication, messages: Sequence[Listed]) -> GeneratedPage:
    """Return the page of some messages, the newest first."""
    address = desk.website.address(MAIL)
    named = [one.record.ticket for one in messages]
    known = [(name, found.row.address) for name in named if (found := desk.find(name))]
    return GeneratedPage(
        address,
        lambda _names: desk.key([one.as_json() for one in messages], known),
        lambda: _render(desk, address, messages),
    )


def _render(desk: Publication, address: str, messages: Sequence[Listed]) -> Page:
    title = _("Mail")
    waiting = [_row(desk, address, one) for one in messages if one.state is not State.DONE]
    done = [_row(desk, address, one) for one in messages if one.state is State.DONE]
    content = templates.fill(
        desk.website.environment,
        "mail.html",
        anchor=MAIN,
        heading=title,
        places=sections(desk.website, MAIL),
        tables=[
            ("waiting", _("Needs somebody"), waiting, len(waiting)),
            ("done", _("Done"), done[:_MOST], len(done)),
        ],
    )
    return Page(address, title, content)


def _row(desk: Publication, address: str, message: Listed) -> MessageRow:
    record, found = message.record, desk.find(message.record.ticket)
    link = relative(address, found.row.address) if found else ""
    try:
        received = datetime.fromisoformat(record.received).astimezone(desk.workspace.configuration.zone)
    except ValueError:
        received = None
    return MessageRow(
        message.identity[:12],
        formats.moment(received) if received else "",
        received.isoformat(timespec="minutes") if received else "",
        record.author,
        record.subject,
        outcome_label(record.outcome),
        message.state.value,
        Link(record.ticket, link) if record.ticket else None,
        record.reason,
    )
