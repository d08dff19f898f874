"""The tickets of a desk as queries see them, remembered for as long as nothing of the desk changes."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from tracker.query.lookup import by_name
from tracker.query.vocabulary import vocabulary
from tracker.store.layout import CONFIGURATION
from tracker.workspace.unchanged import recall, remember

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable
    from tracker.workspace.desk import Workspace

_KEY = "tickets of the desk, as queries see them, and its others"
_MANY = 200
"""Of fewer tickets, reading them is as fast as remembering them."""


class Tickets(NamedTuple):
    """Every ticket of a desk, and what is needed to choose among them.

    Attributes:
        rows: the tickets, in the order of the queue.
        known: what can be asked for.
        zone: the name of the desk's time zone.
        others: the prefixes of the other desks that it names.
    """

    rows: list[Row]
    known: dict[str, Searchable]
    zone: str
    others: list[str]


def desk_rows(workspace: Workspace) -> Tickets:
    """Return every ticket of a desk; the texts below the fields are left out."""
    if known := recall(workspace, _KEY):
        return Tickets(*known)
    from tracker.query.order import queue_order
    from tracker.query.row import row_of
    from tracker.validation.rules.t115_future import RULE as FUTURE

    started, today = time.time_ns(), workspace.now().date()
    entries = queue_order(workspace.entries, workspace.configuration)
    rows = [row_of(entry, workspace.configuration, today) for entry in entries]
    configuration = workspace.configuration
    known, others = vocabulary(workspace.fields), [*configuration.desks]
    found = Tickets(rows, known, configuration.time_zone, others)
    soon = any(finding.code == FUTURE.code for entry in entries for finding in entry.findings)
    if len(rows) >= _MANY and not soon:
        remember(workspace, _KEY, found, _paths(workspace), started)
    return found


class Links(NamedTuple):
    """What surrounds a ticket.

    Attributes:
        named: the tickets by id and alias; where two claim one, the file of that name has it.
        sources: the tickets that link to it, each with the kind of its link.
    """

    named: dict[str, Row]
    sources: list[tuple[str, Row]]


def links_around(workspace: Workspace, entry: Entry) -> Links:
    """Return the tickets that a ticket's links lead to, and those whose links lead to it."""
    rows = sorted(desk_rows(workspace).rows, key=lambda row: str(row["path"]))
    named = by_name(
        (row, row["id"], row["aliases"], row["path"].endswith(f"/{row['id']}.md")) for row in rows
    )
    sources = [
        (kind, row)
        for row in rows
        for kind, target in row["linked"]
        if target in named and named[target]["path"] == entry.path
    ]
    return Links(named, sources)


def _paths(workspace: Workspace) -> Iterator[str]:
    """Yield all that the rows depend on; of a comment, only that it is there, which its folder tells."""
    yield CONFIGURATION
    yield from workspace.listing.folders
    yield from (file.path for file in workspace.files)
