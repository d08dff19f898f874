"""Writing tables to where a person wants them: a folder with a file for each, or one file of SQLite."""

from __future__ import annotations

import os
import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import MissingExtraError, StorageError, UsageError
from tracker.export.table import SCHEMA, Type
from tracker.export.text import plain, write_csv, write_json_lines
from tracker.store.table_file import table_file
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from typing import TextIO

    from tracker.export.table import Row, Source, Table
    from tracker.store.table_file import Write

    WriteFile = Callable[[Path, Table, Iterable[Row]], None]

FORMATS = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet", "sqlite": ".sqlite"}
"""The ending of the files of each format."""
TEXTS = {"jsonl": write_json_lines, "csv": write_csv}
_OF_SQLITE = {Type.INTEGER: "INTEGER", Type.BOOLEAN: "INTEGER", Type.NUMBER: "REAL"}


class Written(NamedTuple):
    """A table that was written, to which file, and how many rows it has."""

    table: str
    file: Path
    rows: int


def write_tables(
    sources: Sequence[Source],
    form: str,
    target: Path,
    *,
    force: bool = False,
    progress: Callable[[int], None] = lambda _count: None,
) -> list[Written]:
    """Write tables: all of them, or none.

    Args:
        sources: the tables.
        form: one of `FORMATS`.
        target: the folder for the files; of SQLite, the file itself.
        force: whether files that are there already may be replaced.
        progress: told from time to time how many rows were written.

    Raises:
        UsageError: some are there, and may not.
        StorageError: the folder cannot be written.
        MissingExtraError: the format needs a package that is not installed.
    """
    one = form == "sqlite"
    files = [target if one else target / f"{source.table.name}{FORMATS[form]}" for source in sources]
    _refuse(target, files, one=one, force=force)
    folder = target.parent if one else target
    made = not folder.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".tracker-", dir=folder))
    except OSError as error:
        message = _("{path} cannot be written: {reason}.").format(path=target, reason=error.strerror)
        raise StorageError(message) from error
    try:
        counts = (
            _sqlite(aside / target.name, sources, progress) if one else _files(aside, sources, form, progress)
        )
        for file in dict.fromkeys(files):
            _flush(aside / file.name)
            (aside / file.name).replace(file)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        if made and not any(folder.iterdir()):
            folder.rmdir()
    return [
        Written(source.table.name, file, count)
        for source, file, count in zip(sources, files, counts, strict=True)
    ]


def _refuse(target: Path, files: Sequence[Path], *, one: bool, force: bool) -> None:
    """Stop where a person means something else, or would lose a file.

    Raises:
        UsageError: it is so.
    """
    if one and target.is_dir():
        raise UsageError(_("{path} is a folder.").format(path=target), _("SQLite needs the name of a file."))
    if not one and (target.is_file() or target.suffix in (*FORMATS.values(), ".xlsx")):
        message = _("Each table becomes a file of its own, so {path} must be a folder.").format(path=target)
        raise UsageError(message, _("Name a folder, and the format with --format."))
    there = next((file for file in files if file.exists()), None)
    if there and not force:
        raise UsageError(_("{path} is already there.").format(path=there), _("--force replaces it."))


def _files(folder: Path, sources: Sequence[Source], form: str, progress: Callable[[int], None]) -> list[int]:
    counts = []
    for source in sources:
        path = folder / f"{source.table.name}{FORMATS[form]}"
        counts.append(_counted(source, partial(_writer(form), path, source.table), progress))
    return counts


def _writer(form: str) -> WriteFile:
    if form in TEXTS:
        return partial(_write_text, TEXTS[form])
    try:
        from tracker.export.parquet import write_parquet
    except ImportError as error:
        raise MissingExtraError("parquet") from error
    return write_parquet


def _write_text(
    write: Callable[[TextIO, Table, Iterable[Row]], None], path: Path, table: Table, rows: Iterable[Row]
) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        write(stream, table, rows)


def _sqlite(path: Path, sources: Sequence[Source], progress: Callable[[int], None]) -> list[int]:
    with table_file(path, SCHEMA) as write:
        writers = (partial(_write_sqlite, write, source.table) for source in sources)
        return [_counted(source, each, progress) for source, each in zip(sources, writers, strict=True)]


def _write_sqlite(write: Write, table: Table, rows: Iterable[Row]) -> None:
    columns = {column.name: _OF_SQLITE.get(column.type, "TEXT") for column in table.columns}
    values = (tuple(int(one) if isinstance(one, bool) else plain(one) for one in row) for row in rows)
    write(table.name, columns, values)


def _counted(source: Source, write: Callable[[Iterable[Row]], None], progress: Callable[[int], None]) -> int:
    """Let a table be written; return how many rows it has."""
    number = 0

    def hand_over(rows: Iterable[Row]) -> None:
        nonlocal number
        number = 0

        def counted() -> Iterator[Row]:
            nonlocal number
            for row in rows:
                number += 1
                progress(number)
                yield row

        write(counted())

    source.produce(hand_over)
    return number


def _flush(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
