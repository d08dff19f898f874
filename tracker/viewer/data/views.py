"""The tickets of saved views, for their feeds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.errors import UsageError
from tracker.query.choice import choose
from tracker.query.matching import Context
from tracker.query.parse import parse_query
from tracker.query.row import row_of
from tracker.query.vocabulary import united, vocabulary
from tracker.viewer.data.record import moment
from tracker.viewer.visibility import is_hidden

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.query.row import Row
    from tracker.viewer.publish import Placed
    from tracker.viewer.website import Website


def saved_views(website: Website) -> Mapping[str, Any]:
    """Return the views of the desk by their names, each with a `label` and a `query`."""
    views: Mapping[str, Any] = website.workspace.configuration.views
    return views


def tickets_of_view(website: Website, query: str) -> list[Placed]:
    """Return the tickets that a query chooses, asked by nobody in particular; none where it is wrong."""
    configuration = website.workspace.configuration
    known = united([vocabulary(desk.workspace.fields) for desk in website.desks])
    context = Context(known, website.workspace.now().astimezone(configuration.zone))
    tickets = dict(enumerate(website.tickets))
    rows = [{**_row(website, ticket), "place": index} for index, ticket in tickets.items()]
    try:
        chosen = choose(rows, parse_query(query, known), context)
    except UsageError:
        return []
    return [tickets[row["place"]] for row in chosen]


def _row(website: Website, ticket: Placed) -> Row:
    publication, entry = ticket
    row = row_of(entry, publication.workspace.configuration, website.today)
    row["text"] = "" if is_hidden(publication.workspace, entry) else entry.body
    row["updated"] = moment(publication.updated(entry))
    return row
