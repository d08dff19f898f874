"""Asking a desk a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.query.choice import choose
from tracker.query.expression import terms_of
from tracker.query.matching import Context
from tracker.query.order import queue_order
from tracker.query.parse import parse_query
from tracker.query.row import row_of
from tracker.query.sorting import group_rows
from tracker.query.vocabulary import vocabulary
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from tracker.model.entry import Entry
    from tracker.query.expression import Query
    from tracker.query.row import Row
    from tracker.store.chronicle import Chronicle
    from tracker.workspace.desk import Workspace

UPDATED = "updated"


class Answer(NamedTuple):
    """The tickets that a query chooses, in its order.

    Attributes:
        query: what was asked.
        context: what it was asked in.
        rows: the tickets, as queries see them.
        entries: each of them by the path of its file.
    """

    query: Query
    context: Context
    rows: list[Row]
    entries: dict[str, Entry]

    def chosen(self) -> list[Entry]:
        """Return the chosen tickets."""
        return [self.entries[row["path"]] for row in self.rows]

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
    history: Callable[[Callable[[Chronicle], dict[str, datetime]]], dict[str, datetime]] | None = None,
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
    configuration, now = workspace.configuration, workspace.now()
    context = Context(vocabulary(workspace.fields), now, me)
    query = parse_query(text, context.known)
    needed = {*fields, query.group, *(field for field, _falls in query.sort)}
    needed |= {term.field for term in terms_of(query.condition)}
    updated: dict[str, datetime] = {}
    if UPDATED in needed:
        updated = history(_last_changes) if history else told(workspace, _last_changes)
    entries = queue_order(workspace.entries, configuration)
    today = now.date()
    rows = [row_of(entry, configuration, today, updated.get(entry.path)) for entry in entries]
    chosen = choose(rows, query, context, everything=everything)
    return Answer(query, context, chosen, {entry.path: entry for entry in entries})


def _last_changes(chronicle: Chronicle) -> dict[str, datetime]:
    """Return when each ticket last changed, by the path of its file."""
    found: dict[str, datetime] = {}
    for _event, landing, home in chronicle.all():
        found.setdefault(home, landing.time)
    return found
