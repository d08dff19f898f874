"""Links into the queue: an address that asks it a query."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tracker.query.expression import EQUAL, All, Query, Term
from tracker.query.printing import print_query
from tracker.viewer.addresses import QUEUE

if TYPE_CHECKING:
    from tracker.viewer.website import Website


def queue_asked(website: Website, **asked: str) -> str:
    """Return the address of the queue that shows the tickets with these values of fields, empty for none."""
    terms = tuple(Term(field, EQUAL, (value,)) for field, value in asked.items())
    return f"{website.address(QUEUE)}?q={quote(print_query(Query(All(terms))))}"
