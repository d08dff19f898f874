"""The queries of a desk's saved views: what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.fields import ticket_fields
from tracker.query.parse import parse_query
from tracker.query.problem import QueryError
from tracker.query.vocabulary import vocabulary
from tracker.workspace.rule_queries import not_understood

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.configuration import Configuration
    from tracker.model.problem import Problem
    from tracker.query.vocabulary import Searchable


def view_problems(configuration: Configuration) -> Iterator[Problem]:
    """Yield each query of a view that cannot be understood.

    Who asks, an order and groups are welcome there; labels are not, which each language has its own.
    """
    known = _without_labels(configuration) if configuration.views else {}
    for name, view in configuration.views.items():
        try:
            parse_query(view.query, known)
        except QueryError as error:
            yield not_understood(("views", name, "query"), error)


def _without_labels(configuration: Configuration) -> dict[str, Searchable]:
    known = vocabulary(ticket_fields(configuration))
    return {name: {"form": one["form"], "values": one["values"]} for name, one in known.items()}
