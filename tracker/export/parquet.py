"""Tables as Apache Parquet, for DuckDB, Spark, pandas. The door to pyarrow."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
from pyarrow.parquet import ParquetWriter

from tracker.export.table import SCHEMA, Type

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.export.table import Row, Table

_AT_ONCE = 10_000
_TYPES = {
    Type.TEXT: pa.string(),
    Type.INTEGER: pa.int64(),
    Type.NUMBER: pa.float64(),
    Type.BOOLEAN: pa.bool_(),
    Type.DAY: pa.date32(),
    Type.MOMENT: pa.timestamp("us", tz="UTC"),
    Type.JSON: pa.string(),
}


def write_parquet(path: Path, table: Table, rows: Iterable[Row]) -> None:
    """Write a table as a file of Parquet, compressed with Zstandard, some thousand rows at a time."""
    fields = [pa.field(column.name, _TYPES[column.type]) for column in table.columns]
    schema = pa.schema(fields, metadata={"tracker.schema": str(SCHEMA)})
    left = iter(rows)
    with ParquetWriter(path, schema, compression="zstd") as writer:
        while some := list(islice(left, _AT_ONCE)):
            columns = [list(column) for column in zip(*some, strict=True)]
            arrays = [pa.array(column, field.type) for column, field in zip(columns, fields, strict=True)]
            writer.write_batch(pa.record_batch(arrays, schema=schema))
