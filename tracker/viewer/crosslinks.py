"""Links within a rendered text: to attachments, to the tickets and the people that it names."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.viewer.addresses import relative
from tracker.viewer.attachments import is_shown

if TYPE_CHECKING:
    from tracker.viewer.pages.ticket_view import TicketView

_TEXT = re.compile(r"(<(?:a|code|pre)\b.*?</(?:a|code|pre)>|<[^>]*>)", re.DOTALL)
_ATTACHMENT = re.compile(r'(<[^<>]*\b)(href|src)="(?:[^"/]+/)?files/([^"/]+)"')


def cross_linked(view: TicketView, rendered: str) -> str:
    """Return a text of a ticket, given as safe HTML, with its links."""
    if "files/" in rendered:
        rendered = _ATTACHMENT.sub(lambda match: _attachment(view.attachments, match), rendered)
    website = view.publication.website
    if not website.may_mention(rendered):
        return rendered

    def link(match: re.Match[str]) -> str:
        target, title = _target(view, match)
        if not target:
            return match[0]
        address = html.escape(relative(view.address, target))
        return f'<a href="{address}" title="{html.escape(title)}">{match[0]}</a>'

    parts = _TEXT.split(rendered)
    return "".join(part if part.startswith("<") else website.mentions.sub(link, part) for part in parts)


def _target(view: TicketView, match: re.Match[str]) -> tuple[str, str]:
    """Return the address and the name of who or what is mentioned; empty where nobody knows."""
    publication, handle = view.publication, match[1]
    if handle is not None:
        person = publication.workspace.configuration.people.get(handle)
        return (publication.links.addresses[f"people/{handle}"], person.name) if person else ("", "")
    view.named.add(match[0])
    other = publication.find(match[0])
    return (other.row.address, other.row.title) if other else ("", "")


def _attachment(prefix: str, match: re.Match[str]) -> str:
    """Lead to a published attachment; one that a browser might run is named and not linked."""
    if is_shown(html.unescape(match[3])):
        return f'{match[1]}{match[2]}="{prefix}{match[3]}"'
    hint = _("This attachment is in the repository only.")
    return f'{match[1]}title="{html.escape(hint)}"'
