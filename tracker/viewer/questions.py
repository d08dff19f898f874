"""Links into the queue: addresses that ask it a query."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from tracker.query.expression import EQUAL, Query, Term
from tracker.query.printing import print_query
from tracker.viewer.addresses import QUEUE

if TYPE_CHECKING:
    from tracker.viewer.website import Website


def queue_asked(website: Website, query: str) -> str:
    """Return the address of the queue with the tickets that a query chooses."""
    return f"{website.address(QUEUE)}?q={quote(query, safe=':/,')}"


def condition(field: str, value: str) -> str:
    """Return what asks for the tickets with a value of a field, empty for none."""
    return print_query(Query(Term(field, EQUAL, (value,))))
