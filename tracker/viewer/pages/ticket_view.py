"""A ticket's page while it is made: what its parts need to know, and which tickets its texts name."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.viewer.addresses import relative

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.viewer.publish import Publication


@dataclass(frozen=True, slots=True)
class TicketView:
    """One page.

    Attributes:
        publication: the website.
        entry: the ticket.
        address: of the page.
        named: the ids that its texts name so far, known or not: the page shows what becomes of them.
    """

    publication: Publication
    entry: Entry
    address: str
    named: set[str] = field(default_factory=set)

    @property
    def attachments(self) -> str:
        """What leads from the page to the ticket's attachments."""
        path = self.publication.paths[self.entry.path]
        if self.publication.website.first:  # they are at the root of the website, once for all languages
            return relative(self.address, f"{path}/files/")
        folder = path.removeprefix("tickets/")
        return "files/" if self.address.endswith("/") else f"{folder}/files/"
