"""Tables as text: JSON Lines, and CSV (RFC 4180). Both are UTF-8 with line feeds."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from tracker.export.table import Type
from tracker.spreadsheet import csv_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from tracker.export.table import Row, Table


def write_json_lines(stream: TextIO, table: Table, rows: Iterable[Row]) -> None:
    """Write each row as an object of JSON on a line of its own."""
    names, nested = table.names, [column.type is Type.JSON for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=plain).encode
    for row in rows:
        values = (json.loads(value) if deep else value for value, deep in zip(row, nested, strict=True))
        line = encode(dict(zip(names, values, strict=True)))
        stream.write(line.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "\n")


def write_csv(stream: TextIO, table: Table, rows: Iterable[Row]) -> None:
    """Write the names of the columns, and each row; what is nothing is empty."""
    stream.write(csv_line(table.names))
    stream.writelines(csv_line("" if value is None else str(plain(value)) for value in row) for row in rows)


def plain(value: Any) -> Any:
    """Return a value as text has it: times in UTC by ISO 8601, truth as `true` and `false`."""
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return ("false", "true")[value] if isinstance(value, bool) else value
