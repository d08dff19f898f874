"""The index: what was once read from a file's bytes, so that the same bytes are never read twice.

A SQLite file inside the Git directory, keyed by the bytes themselves, so nothing in it can be stale:
other bytes are another key. It can be deleted at any time; when it is damaged, it is.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from contextlib import closing, suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SCHEMA = 1
_BATCH = 500
_PATIENCE = 2.0
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
                    rows = connection.execute(f"SELECT key, value FROM known WHERE key IN ({marks})", batch)  # noqa: S608  # only question marks
                    held = dict(rows.fetchall())
                    values = json.loads(f"[{','.join(held.values())}]")  # one call for all: half the time
                    found.update(zip(held, values, strict=True))
        except (sqlite3.DatabaseError, ValueError):
            self._discard_if_damaged()
            return {}
        return found

    def learn(self, values: Mapping[str, Any]) -> None:
        """Remember values for later."""
        if self._path is None or not values:
            return
        rows = [(key, _encode(value)) for key, value in values.items()]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with closing(self._connect()) as connection, connection:
                connection.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", rows)
        except (sqlite3.DatabaseError, OSError):
            self._discard_if_damaged()

    def forget_all_but(self, keys: Iterable[str]) -> int:
        """Remove what is no longer needed; return how many values went."""
        if self._path is None or not self._path.is_file():
            return 0
        with suppress(sqlite3.DatabaseError), closing(self._connect()) as connection, connection:
            connection.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            connection.executemany("INSERT OR IGNORE INTO kept VALUES (?)", ((key,) for key in keys))
            return connection.execute("DELETE FROM known WHERE key NOT IN (SELECT key FROM kept)").rowcount
        return 0

    def is_sound(self) -> bool:
        """Whether SQLite finds the file whole; also where there is none, or it is busy."""
        if self._path is None or not self._path.exists():
            return True
        try:
            in_use = self._path.with_name(f"{self._path.name}-wal").exists()
            how = "mode=ro" if in_use else "immutable=1"  # the former leaves files of its own behind
            address = f"{self._path.as_uri()}?{how}"
            with closing(sqlite3.connect(address, uri=True, timeout=_PATIENCE)) as connection:
                return bool(connection.execute("PRAGMA quick_check").fetchone() == ("ok",))
        except sqlite3.OperationalError as error:
            return is_busy(error)
        except sqlite3.DatabaseError:
            return False

    def _connect(self) -> sqlite3.Connection:
        assert self._path is not None  # noqa: S101  # every caller has looked
        connection = sqlite3.connect(self._path, timeout=_PATIENCE)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID"
        )
        return connection

    def _discard_if_damaged(self) -> None:
        """Delete the file when SQLite finds it damaged; a busy one stays for the process that uses it."""
        assert self._path is not None  # noqa: S101  # every caller has looked
        try:
            with closing(self._connect()) as connection:
                sound = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.OperationalError as error:
            sound = is_busy(error)
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            for ending in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + ending).unlink(missing_ok=True)


def is_busy(error: sqlite3.Error) -> bool:
    """Whether an error is of the moment, and says nothing about the file."""
    return any(word in str(error) for word in ("locked", "busy", "readonly"))
