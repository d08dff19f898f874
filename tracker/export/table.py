"""What a table is: its name, its columns with their types, and what they say."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SCHEMA = 1
"""Grows when a column is renamed, is gone, or means something else; new ones may come at any time."""

Row = tuple[Any, ...]
"""The values of a row: texts, numbers, truth values, days, moments in UTC; None for none."""


class Type(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"
    MOMENT = "moment"
    JSON = "json"


class Column(NamedTuple):
    """A column.

    Attributes:
        name: its name.
        type: what it holds.
        about: what that says, in a sentence of the documentation.
    """

    name: str
    type: Type
    about: str


class Table(NamedTuple):
    """A table.

    Attributes:
        name: its name, and that of its file.
        about: what a row is.
        columns: its columns, in order.
    """

    name: str
    about: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


class Source(NamedTuple):
    """A table and its rows.

    Attributes:
        table: the table.
        produce: hands its rows to what writes them; once more from the beginning, where what keeps them turns
            out damaged on the way.
    """

    table: Table
    produce: Callable[[Callable[[Iterable[Row]], None]], None]
