"""Asking a desk a query."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from tracker.query.choice import asks_for_open, choose, words_in
from tracker.query.expression import terms_of
from tracker.query.matching import Context
from tracker.query.order import rows_in_order
from tracker.query.parse import parse_query
from tracker.query.sorting import group_rows
from tracker.query.vocabulary import united
from tracker.workspace.rows import Tickets, desk_rows
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from tracker.query.expression import Query
    from tracker.query.row import Row
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace

    History = Callable[[Workspace, Callable[[Chronicle], dict[str, str]]], dict[str, str]]
    """Asks the history of a desk something."""

TEXT, UPDATED = "text", "updated"


class Answer(NamedTuple):
    """The tickets that a query chooses, in its order.

    Attributes:
        query: what was asked.
        context: what it was asked in.
        rows: the tickets, as queries see them.
        total: how many tickets the desk has.
        closed: how many closed ones meet the query, where it found nothing that is open.
    """

    query: Query
    context: Context
    rows: list[Row]
    total: int
    closed: int = 0

    def groups(self) -> list[tuple[str, list[Row]]]:
        """Return the chosen tickets by the value that the query groups by; all in one where it does not."""
        return group_rows(self.rows, self.query, self.context) if self.query.group else [("", self.rows)]


def ask(  # noqa: PLR0913  # a question has many sides
    workspace: Workspace,
    text: str,
    *,
    me: str = "",
    everything: bool = False,
    fields: Collection[str] = (),
    history: History | None = None,
    desks: Callable[[], Mapping[str, Workspace]] | None = None,
) -> Answer:
    """Return the tickets that a query chooses; only open ones, unless the query is about that.

    Args:
        workspace: the desk.
        text: the query.
        me: the handle of who asks.
        everything: whether closed tickets are meant, too.
        fields: which ones are shown: the history is only read where somebody needs it.
        history: asks a desk's history; None asks it without a word.
        desks: returns all desks that are meant, by their prefixes; it is asked where the desk names others.
            Paths in these begin with their prefix. None for this desk alone.

    Raises:
        UsageError: the query cannot be understood.
    """
    tickets, each = desk_rows(workspace), {"": workspace}
    if desks and tickets.others:
        each = {**desks()}
        tickets = _of_all(workspace, each, tickets)
    now = datetime.now(ZoneInfo(tickets.zone)).replace(microsecond=0)
    context = Context(tickets.known, now, me)
    query = parse_query(text, context.known)
    needed = {*fields, query.group, *(field for field, _falls in query.sort)}
    needed |= {term.field for term in terms_of(query.condition)}
    by_name = any(map(tickets.is_name, words_in(query)))
    few = asks_for_open(query, everything=everything) and not by_name
    needs = [make for field, make in _MORE.items() if field in needed]

    def chosen(rows: list[Row], *, everything: bool) -> list[Row]:
        for make in needs:
            rows = make(rows, each, workspace, history or told)
        return choose(rows, query, context, everything=everything)

    found = chosen(tickets.open if few else tickets.rows, everything=everything)
    closed = 0 if found else len(chosen(tickets.rows, everything=True))
    return Answer(query, context, found, tickets.total, closed)


def _with_texts(
    rows: list[Row], desks: Mapping[str, Workspace], here: Workspace, _history: History
) -> list[Row]:
    bodies = {
        path_in(prefix, desk, here, entry.path): entry.body
        for prefix, desk in desks.items()
        for entry in desk.entries
    }
    return [{**row, TEXT: bodies.get(row["path"], "")} for row in rows]


def _with_last_changes(
    rows: list[Row], desks: Mapping[str, Workspace], here: Workspace, history: History
) -> list[Row]:
    updated = {
        path_in(prefix, desk, here, path): time
        for prefix, desk in desks.items()
        for path, time in history(desk, _last_changes).items()
    }
    return [{**row, UPDATED: updated.get(row["path"])} for row in rows]


_MORE = {TEXT: _with_texts, UPDATED: _with_last_changes}
"""What is only added to tickets where somebody needs it."""


def path_in(prefix: str, desk: Workspace, here: Workspace, path: str) -> str:
    """Return the path by which a ticket of one of several desks is known: in others with their prefix."""
    return path if desk is here else f"{prefix}:{path}"


def _of_all(here: Workspace, desks: Mapping[str, Workspace], own: Tickets) -> Tickets:
    """Return the tickets of several desks, each with the `desk` that it is of."""
    each = {prefix: own if desk is here else desk_rows(desk) for prefix, desk in desks.items()}
    names = [desk.configuration.desk for desk in desks.values()]
    known = united([tickets.known for tickets in each.values()])
    known["desk"] = {"form": "choice", "values": [*desks], "labels": names}
    rows = [
        {**row, "path": path_in(prefix, desks[prefix], here, row["path"]), "desk": prefix}
        for prefix, tickets in each.items()
        for row in tickets.rows
    ]
    priorities = {prefix: tickets.known["priority"]["values"] for prefix, tickets in each.items()}
    ordered = rows_in_order(rows, priorities, ZoneInfo(own.zone))
    return Tickets.of(ordered, known, own.zone, own.others)


def _last_changes(chronicle: Chronicle) -> dict[str, str]:
    """Return when each ticket last changed, in ISO 8601, by the path of its file."""
    found: dict[str, str] = {}
    for _event, landing, home in chronicle.all():
        found.setdefault(home, landing.time.isoformat())
    return found
