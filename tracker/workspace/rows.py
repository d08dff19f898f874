"""The tickets of a desk as queries see them, remembered for as long as nothing of the desk changes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.query.lookup import by_name
from tracker.query.vocabulary import vocabulary
from tracker.workspace.unchanged import recall_part, recall_with_state, remember

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable
    from tracker.workspace.desk import Workspace

_KEY = "tickets of the desk, as queries see them, in parts"
_DONE, _PLACES, _NAMES, _LINKED = "done ", "places of open ones", "ids and aliases", "links"
_AT_ONCE = 5_000
"""So many tickets that are done are kept together: whoever needs something of each holds no more at once."""
_PASSING = ("T014", "T115")
"""What a ticket may be rid of though no file changes: it could not be read, or its day comes."""
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
        chunks: in how many parts those are kept that are done.
        part: returns one of these, or of `_PARTS`, by its name.
    """

    open: list[Row]
    total: int
    known: dict[str, Searchable]
    zone: str
    others: list[str]
    chunks: int
    part: Callable[[str], Any]

    @classmethod
    def of(cls, rows: list[Row], known: dict[str, Searchable], zone: str, others: list[str]) -> Tickets:
        """Return tickets that are given in the order of the queue."""
        open_ones, done = [row for row in rows if row["open"]], [row for row in rows if not row["open"]]

        def part(name: str) -> Any:
            if name in _PARTS:
                return _PARTS[name](rows)
            start = int(name.removeprefix(_DONE)) * _AT_ONCE
            return done[start : start + _AT_ONCE]

        chunks = -(-len(done) // _AT_ONCE)
        return cls(open_ones, len(rows), known, zone, others, chunks, part)

    @property
    def parts(self) -> list[str]:
        """The names of all parts."""
        return [*_PARTS, *(f"{_DONE}{number}" for number in range(self.chunks))]

    @cached_property
    def rows(self) -> list[Row]:
        """All tickets, in the order of the queue."""
        mine, others, there = iter(self.open), self._done(), {*self.part(_PLACES)}
        return [next(mine) if place in there else next(others) for place in range(self.total)]

    def each(self) -> Iterator[Row]:
        """Yield all tickets, in no order; what is not held by anybody else is forgotten."""
        yield from self.open
        yield from self._done()

    def _done(self) -> Iterator[Row]:
        for number in range(self.chunks):
            yield from self.part(f"{_DONE}{number}")

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
        value, state = found

        def part(name: str) -> Any:
            kept = recall_part(workspace, _KEY, name, state)
            return _read(workspace).part(name) if kept is None else kept

        opened, total, known, zone, others, chunks = value
        return Tickets(opened, total, known, zone, others, chunks, part)
    return _read(workspace)


def _read(workspace: Workspace) -> Tickets:
    from tracker.query.order import queue_order
    from tracker.query.row import row_of

    started, today = time.time_ns(), workspace.now().date()
    configuration = workspace.configuration
    entries = queue_order(workspace.entries, configuration)
    rows = [row_of(entry, configuration, today) for entry in entries]
    known, others = vocabulary(workspace.fields), [*configuration.desks]
    found = Tickets.of(rows, known, configuration.time_zone, others)
    passing = any(finding.code in _PASSING for entry in entries for finding in entry.findings)
    if len(rows) >= _MANY and not passing:
        value = [found.open, found.total, found.known, found.zone, found.others, found.chunks]
        remember(
            workspace,
            _KEY,
            value,
            _paths(workspace),
            started,
            {name: found.part(name) for name in found.parts},
        )
    return found


def _places(rows: list[Row]) -> list[int]:
    return [place for place, row in enumerate(rows) if row["open"]]


def _names(rows: list[Row]) -> str:
    names = (name.lower() for row in rows for name in (row["id"], *row["aliases"]))
    return "\n".join(("", *names, ""))


def _linked(rows: list[Row]) -> list[Any]:
    """Return what is shown of the tickets that have links or are linked to, and the links between them.

    A link has the place of its ticket, its kind, the name that it leads to, and the place of that ticket, if
    there is one.
    """
    ordered = sorted(rows, key=lambda row: str(row["path"]))
    named = rows_by_name(ordered)
    shown: list[Row] = []
    places: dict[str, int] = {}

    def place_of(row: Row) -> int:
        if row["path"] not in places:
            places[row["path"]] = len(shown)
            shown.append({name: row.get(name) for name in ("id", "title", "status", "path")})
        return places[row["path"]]

    links = [
        (place_of(row), kind, target, place_of(named[target]) if target in named else None)
        for row in ordered
        for kind, target in row["linked"]
    ]
    return [shown, links]


_PARTS: dict[str, Callable[[list[Row]], Any]] = {_PLACES: _places, _NAMES: _names, _LINKED: _linked}


def rows_by_name(rows: Iterable[Row]) -> dict[str, Row]:
    """Return tickets by id and by each alias; where two claim one, the file of that name has it."""
    return by_name((row, row["id"], row["aliases"], row["path"].endswith(f"/{row['id']}.md")) for row in rows)


def rows_at(workspace: Workspace, paths: Iterable[str]) -> dict[str, Row]:
    """Return the tickets in some files, by path; no other file is read, and none that is gone is there."""
    from tracker.query.row import row_of
    from tracker.store.layout import find_at
    from tracker.workspace.reading import read_tickets

    files = [file for file in (find_at(workspace.tree, path) for path in paths) if file]
    today = workspace.now().date()
    entries = read_tickets(workspace.tree, files, workspace.reader, workspace.index)
    return {entry.path: row_of(entry, workspace.configuration, today) for entry in entries}


class Links(NamedTuple):
    """What surrounds a ticket.

    Attributes:
        named: the tickets that its links lead to, by the names in these; where two claim one, the file of
            that name has it.
        sources: the tickets that link to it, each with the kind of its link.
    """

    named: dict[str, Row]
    sources: list[tuple[str, Row]]


def links_around(workspace: Workspace, entry: Entry) -> Links:
    """Return the tickets that a ticket's links lead to, and those whose links lead to it."""
    shown, links = desk_rows(workspace).part(_LINKED)
    own = next((place for place, row in enumerate(shown) if row["path"] == entry.path), None)
    named = {name: shown[to] for source, _kind, name, to in links if source == own and to is not None}
    leading = [link for link in links if own is not None and link[3] == own]
    return Links(named, [(kind, shown[source]) for source, kind, _name, _to in leading])


def _paths(workspace: Workspace) -> Iterator[str]:
    """Yield all that the rows depend on; of a comment, only that it is there, which its folder tells."""
    yield from workspace.setting_files
    yield from workspace.listing.folders
    yield from (file.path for file in workspace.files)
