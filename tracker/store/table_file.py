"""A SQLite file of tables, for other programs to read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import StorageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Write = Callable[[str, Mapping[str, str], Iterable[tuple[Any, ...]]], None]
    """Writes a table by its name, the types of its columns by their names, and its rows; instead of what it
    had, where it was written before. The first column gets an index."""


@contextmanager
def table_file(path: Path, version: int) -> Iterator[Write]:
    """Make a new SQLite file, and hand out what writes its tables; the file is whole at the end.

    Args:
        path: the file, which is not there yet.
        version: of the tables, kept as its `user_version`.

    Raises:
        StorageError: it cannot be written.
    """
    with _told(path), closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute(f"PRAGMA user_version = {version}")
        base.execute("BEGIN")

        def write(name: str, columns: Mapping[str, str], rows: Iterable[tuple[Any, ...]]) -> None:
            told = ", ".join(f"{_quoted(column)} {kind}" for column, kind in columns.items())
            base.execute(f"DROP TABLE IF EXISTS {_quoted(name)}")
            base.execute(f"CREATE TABLE {_quoted(name)} ({told})")
            places = ", ".join("?" * len(columns))
            base.executemany(f"INSERT INTO {_quoted(name)} VALUES ({places})", rows)  # noqa: S608  # names are quoted
            index, first = _quoted(f"{name} by {next(iter(columns))}"), _quoted(next(iter(columns)))
            base.execute(f"CREATE INDEX {index} ON {_quoted(name)} ({first})")

        yield write
        base.execute("COMMIT")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite complains of into an error of ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        message = _("{path} cannot be written: {reason}.").format(path=path.name, reason=error)
        raise StorageError(message) from error


def _quoted(name: str) -> str:
    """Return a name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'
