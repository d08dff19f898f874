"""Asking a desk a query."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from tracker.query.choice import choose
from tracker.query.expression import terms_of
from tracker.query.matching import Context
from tracker.query.parse import parse_query
from tracker.query.sorting import group_rows
from tracker.workspace.rows import desk_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tracker.query.expression import Query
    from tracker.query.row import Row
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace

    History = Callable[[Callable[[Chronicle], dict[str, str]]], dict[str, str]]
    """Asks the history something."""

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


def ask(
    workspace: Workspace,
    text: str,
    *,
    me: str = "",
    everything: bool = False,
    fields: Collection[str] = (),
    history: History | None = None,
) -> Answer:
    """Return the tickets that a query chooses; only open ones, unless the query is about that.

    Args:
        workspace: the desk.
        text: the query.
        me: the handle of who asks.
        everything: whether closed tickets are meant, too.
        fields: which ones are shown: the history is only read where somebody needs it.
        history: asks the history; None asks it without a word.

    Raises:
        UsageError: the query cannot be understood.
    """
    tickets = desk_rows(workspace)
    now = datetime.now(ZoneInfo(tickets.zone)).replace(microsecond=0)
    context = Context(tickets.known, now, me)
    query = parse_query(text, context.known)
    needed = {*fields, query.group, *(field for field, _falls in query.sort)}
    needed |= {term.field for term in terms_of(query.condition)}
    rows = tickets.rows
    if TEXT in needed:
        bodies = {entry.path: entry.body for entry in workspace.entries}
        rows = [{**row, TEXT: bodies.get(row["path"], "")} for row in rows]
    if UPDATED in needed:
        updated = (history or _history(workspace))(_last_changes)
        rows = [{**row, UPDATED: updated.get(row["path"])} for row in rows]
    found = choose(rows, query, context, everything=everything)
    closed = 0 if found else len(choose(rows, query, context, everything=True))
    return Answer(query, context, found, len(rows), closed)


def _history(workspace: Workspace) -> History:
    from tracker.workspace.timeline import told

    return lambda question: told(workspace, question)


def _last_changes(chronicle: Chronicle) -> dict[str, str]:
    """Return when each ticket last changed, in ISO 8601, by the path of its file."""
    found: dict[str, str] = {}
    for _event, landing, home in chronicle.all():
        found.setdefault(home, landing.time.isoformat())
    return found
