"""The tickets of a desk as queries see them, remembered for as long as nothing of the desk changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.query.lookup import by_name
from tracker.query.vocabulary import vocabulary
from tracker.store.layout import CONFIGURATION
from tracker.workspace.unchanged import recall_part, recall_with_state, remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable
    from tracker.workspace.desk import Workspace

_KEY = "tickets of the desk, as queries see them"
_DONE, _NAMES = "those that are done, and where the others stand among them", "ids and aliases"
_MANY = 200
"""Of fewer tickets, reading them is as fast as remembering them."""


@dataclass(eq=False)
class Tickets:
    """Every ticket of a desk, and what is needed to choose among them.

    Most questions are about open tickets, which are few: all else is only read where it is asked for.

    Attributes:
        open: the tickets that ask for work, in the order of the queue.
        total: how many tickets there are.
        known: what can be asked for.
        zone: the name of the desk's time zone.
        others: the prefixes of the other desks that it names.
        part: returns the tickets that are done with the places of the open ones among all, or all names.
    """

    open: list[Row]
    total: int
    known: dict[str, Searchable]
    zone: str
    others: list[str]
    part: Callable[[str], Any]

    @classmethod
    def of(cls, rows: list[Row], known: dict[str, Searchable], zone: str, others: list[str]) -> Tickets:
        """Return tickets that are given in the order of the queue."""
        places = [place for place, row in enumerate(rows) if row["open"]]
        names = (name.lower() for row in rows for name in (row["id"], *row["aliases"]))
        parts = {
            _DONE: [[row for row in rows if not row["open"]], places],
            _NAMES: "\n".join(("", *names, "")),
        }
        return cls([rows[place] for place in places], len(rows), known, zone, others, parts.__getitem__)

    @cached_property
    def rows(self) -> list[Row]:
        """All tickets, in the order of the queue."""
        done, places = self.part(_DONE)
        mine, others, there = iter(self.open), iter(done), {*places}
        return [next(mine) if place in there else next(others) for place in range(self.total)]

    @cached_property
    def _names(self) -> str:
        return str(self.part(_NAMES))

    def is_name(self, word: str) -> bool:
        """Whether a word, in lower case, is an id or an alias of a ticket."""
        return f"\n{word}\n" in self._names


def desk_rows(workspace: Workspace) -> Tickets:
    """Return every ticket of a desk; the texts below the fields are left out."""
    found = recall_with_state(workspace, _KEY)
    if found:
        (opened, total, known, zone, others), state = found

        def part(name: str) -> Any:
            kept = recall_part(workspace, _KEY, name, state)
            return _read(workspace).part(name) if kept is None else kept

        return Tickets(opened, total, known, zone, others, part)
    return _read(workspace)


def _read(workspace: Workspace) -> Tickets:
    from tracker.query.order import queue_order
    from tracker.query.row import row_of
    from tracker.validation.rules.t115_future import RULE as FUTURE

    started, today = time.time_ns(), workspace.now().date()
    configuration = workspace.configuration
    entries = queue_order(workspace.entries, configuration)
    rows = [row_of(entry, configuration, today) for entry in entries]
    known, others = vocabulary(workspace.fields), [*configuration.desks]
    found = Tickets.of(rows, known, configuration.time_zone, others)
    soon = any(finding.code == FUTURE.code for entry in entries for finding in entry.findings)
    if len(rows) >= _MANY and not soon:
        value = [found.open, found.total, found.known, found.zone, found.others]
        remember(
            workspace,
            _KEY,
            value,
            _paths(workspace),
            started,
            {name: found.part(name) for name in (_DONE, _NAMES)},
        )
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
