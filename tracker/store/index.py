"""The index: what was once read from a file's bytes, so that the same bytes are never read twice.

A SQLite file inside the Git directory, keyed by the bytes themselves, so nothing in it can be stale:
other bytes are another key. It can be deleted at any time; when it is damaged, it is. SQLite sees damage
to its own pages alone, so each value has a checksum.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
import zlib
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SCHEMA = 2
_BATCH = 500
_PATIENCE = 2.0
DAMAGE = (sqlite3.DatabaseError, ValueError, TypeError)
"""What any use of a damaged file raises: also its messages and keys may be no text."""
_NAMED = re.compile(r"(index|history|search)-(\d{1,9})(-[0-9a-f]+)?\.sqlite", re.ASCII)
_encode = json.JSONEncoder(ensure_ascii=False).encode


def content_key(context: str, data: bytes) -> str:
    """Return the key of `data` as read under `context` (configuration, version, language)."""
    return hashlib.blake2b(data, digest_size=20, key=context.encode()[:64]).hexdigest()


class Index:
    """Values by key. Every failure of the disk or of another process only means: not known yet."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / f"index-{_SCHEMA}.sqlite" if folder else None

    @property
    def remembers(self) -> bool:
        """Whether anything is kept at all."""
        return self._path is not None

    def known(self, keys: Iterable[str]) -> dict[str, Any]:
        """Return what is known of these keys."""
        if self._path is None or not self._path.is_file():
            return {}
        wanted = list(keys)
        found: dict[str, Any] = {}
        try:
            with closing(self._connect()) as connection:
                for start in range(0, len(wanted), _BATCH):
                    batch = wanted[start : start + _BATCH]
                    marks = ",".join("?" * len(batch))
                    rows = connection.execute(
                        f"SELECT key, value, checksum FROM known WHERE key IN ({marks})",  # noqa: S608  # only question marks
                        batch,
                    )
                    held = {key: value for key, value, sum_ in rows if checksum(key, value) == sum_}
                    values = json.loads(b"[%s]" % b",".join(held.values()))  # one call for all: half the time
                    found.update(zip(held, values, strict=True))
        except DAMAGE as error:
            self._give_up(error)
            return {}
        return found

    def learn(self, values: Mapping[str, Any]) -> None:
        """Remember values for later."""
        if self._path is None or not values:
            return
        written = [(key, _encode(value).encode()) for key, value in values.items()]
        rows = [(key, value, checksum(key, value)) for key, value in written]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", rows)
        except (*DAMAGE, OSError) as error:
            self._give_up(error)

    def forget_all_but(self, keys: Iterable[str]) -> int:
        """Remove what is no longer needed; return how many values went."""
        if self._path is None or not self._path.is_file():
            return 0
        with suppress(*DAMAGE), closing(self._connect()) as connection, connection:
            connection.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
            return connection.execute("DELETE FROM known WHERE key NOT IN (SELECT key FROM kept)").rowcount
        return 0

    def is_sound(self) -> bool:
        """Whether SQLite finds the file whole; also where there is none, or it is busy."""
        if self._path is None or not self._path.exists():
            return True
        try:
            address = f"{self._path.as_uri()}?mode=ro"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
                return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except DAMAGE as error:
            return is_busy(error)

    def _connect(self) -> sqlite3.Connection:
        assert self._path is not None  # noqa: S101  # every caller has looked
        connection = sqlite3.connect(self._path, timeout=_PATIENCE)
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS known"
            " (key TEXT PRIMARY KEY, value BLOB, checksum INTEGER) WITHOUT ROWID"
        )
        return connection

    def _give_up(self, error: Exception) -> None:
        """Do without the file when another process keeps it busy, else delete it: it is damaged."""
        assert self._path is not None  # noqa: S101  # every caller has looked
        if is_busy(error):
            self._path = None
        else:
            discard(self._path)


def discard(path: Path) -> None:
    """Delete a file of SQLite's, and what was not finished in it."""
    for ending in ("", "-journal"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def forget_former(folder: Path) -> None:
    """Delete the files that former versions of the program kept in a folder."""
    newest: dict[str, int] = {}
    named = [(path, found) for path in folder.glob("*.sqlite") if (found := _NAMED.fullmatch(path.name))]
    for _path, found in named:
        newest[found[1]] = max(newest.get(found[1], 0), int(found[2]))
    for path, found in named:
        if int(found[2]) < newest[found[1]]:
            discard(path)


def checksum(key: str, value: bytes) -> int:
    """Return a checksum of a value and its key.

    Raises:
        TypeError: they are not what was once written.
    """
    return zlib.crc32(value, zlib.crc32(str.encode(key)))


def is_busy(error: Exception) -> bool:
    """Whether an error is of the moment, and says nothing about the file."""
    return any(word in str(error) for word in ("locked", "busy", "readonly"))
