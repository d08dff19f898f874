"""Links within a rendered text: to attachments, to the tickets and the people that it names."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from tracker.model.mention import PERSON, ticket_pattern
from tracker.translation import _
from tracker.viewer.addresses import relative
from tracker.viewer.attachments import is_shown

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication

_TEXT = re.compile(r"(<(?:a|code|pre)\b.*?</(?:a|code|pre)>|<[^>]*>)", re.DOTALL)
_ATTACHMENT = re.compile(r'(href|src)="(?:[^"/]+/)?files/([^"/]+)"')


def cross_linked(publication: Publication, rendered: str, entry: Entry, address: str) -> str:
    """Return a text of a ticket with its links.

    Args:
        publication: the website.
        rendered: safe HTML.
        entry: the ticket.
        address: of the page that will show it.
    """
    if "files/" in rendered:
        prefix = attachment_prefix(publication, entry, address)
        rendered = _ATTACHMENT.sub(lambda match: _attachment(prefix, match), rendered)
    prefix = publication.workspace.configuration.ids.prefix
    if f"{prefix}-" not in rendered and "@" not in rendered:
        return rendered
    pattern = re.compile(f"{ticket_pattern(prefix)}|{PERSON}")

    def link(match: re.Match[str]) -> str:
        target, title = _target(publication, match)
        if not target:
            return match[0]
        return (
            f'<a href="{html.escape(relative(address, target))}" title="{html.escape(title)}">{match[0]}</a>'
        )

    parts = _TEXT.split(rendered)
    return "".join(part if part.startswith("<") else pattern.sub(link, part) for part in parts)


def attachment_prefix(publication: Publication, entry: Entry, address: str) -> str:
    """Return what leads from a ticket's page to its attachments."""
    folder = publication.paths[entry.path].removeprefix("tickets/")
    return "files/" if address.endswith("/") else f"{folder}/files/"


def _target(publication: Publication, match: re.Match[str]) -> tuple[str, str]:
    """Return the address and the name of who or what is mentioned; empty where nobody knows."""
    handle = match[1]
    if handle is not None:
        person = publication.workspace.configuration.people.get(handle)
        return (publication.links.addresses[f"people/{handle}"], person.name) if person else ("", "")
    other = publication.workspace.by_id.get(match[0])
    return (publication.address(publication.paths[other.path]), other.title) if other else ("", "")


def _attachment(prefix: str, match: re.Match[str]) -> str:
    """Lead to a published attachment; one that a browser might run is named and not linked."""
    if is_shown(html.unescape(match[2])):
        return f'{match[1]}="{prefix}{match[2]}"'
    hint = _("This attachment is in the repository only.")
    return f'title="{html.escape(hint)}"'
