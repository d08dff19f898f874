"""The numbers behind a chart: as a table that people read, and as CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.spreadsheet import csv_line, harmless

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Column(NamedTuple):
    """A column: its name in CSV, which is that in `tracker stats --json`, its heading, and how to say it."""

    name: str
    heading: str
    say: Callable[[Any], str]


class Sheet(NamedTuple):
    """A line for each record: a number of it in each column; and, for people, one for the whole."""

    columns: Sequence[Column]
    records: Sequence[Mapping[str, Any]]
    total: Mapping[str, Any] | None = None

    @property
    def last(self) -> list[str]:
        """The values of the whole in words, without a name; nothing where that is not told."""
        return [one.say(value(self.total, one.name)) for one in self.columns[1:]] if self.total else []

    @property
    def headings(self) -> list[str]:
        """What stands above the columns."""
        return [column.heading for column in self.columns]

    @property
    def rows(self) -> list[list[str]]:
        """The values in words."""
        return [[one.say(value(record, one.name)) for one in self.columns] for record in self.records]

    def csv(self) -> str:
        """Return the plain values; no text begins a formula in a program that opens them."""
        lines = [
            [one.name.replace(".", "_") for one in self.columns],
            *([_cell(value(record, one.name)) for one in self.columns] for record in self.records),
        ]
        return "".join(map(csv_line, lines))


def value(record: Mapping[str, Any], name: str) -> Any:
    """Return a number of a record; `age.median` is that of a part."""
    found: Any = record
    for part in name.split("."):
        found = found.get(part) if found is not None else None
    return found


def _cell(found: Any) -> str:
    if not isinstance(found, str):
        return "" if found is None else str(found)
    return harmless(" ".join(found.split()))
