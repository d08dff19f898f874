"""The texts of a desk's tickets, in SQLite's full text index (FTS5: https://www.sqlite.org/fts5.html).

It is one file, replaced at once when texts change. It is only asked when its bytes are those that were
written, and an answer only counts when the file stayed as it was: neither damage nor another process changes
one. A file is the same while the system says the same of it, the time of its inode included.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import time
from contextlib import closing, suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

SCHEMA = 2
_SUM = 20
_PIECE = 1 << 20
_LATELY = 2_000_000_000
"""In nanoseconds: a file that changed so lately may change again without another time."""
_TABLE = (
    "CREATE VIRTUAL TABLE ticket USING fts5 (path UNINDEXED, digest UNINDEXED, id, title, body, comments,"
    " tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
)
_WEIGHTS = "0, 0, 10, 5, 1, 0.7"
_WORDS = 16
FOUND, END = "\x02", "\x03"
"""What stands before and behind each word of a snippet that was looked for."""


class Texts(NamedTuple):
    """What can be found of a ticket."""

    path: str
    digest: str
    id: str
    title: str
    body: str
    comments: str


class Hit(NamedTuple):
    """A ticket that was found: how well it fits, the higher the better, and the place where it does."""

    path: str
    score: float
    snippet: str


class Vouched(NamedTuple):
    """What is known of the file: a digest of its bytes, and what the system says while it has them.

    Attributes:
        mark: the digest; empty where there is none.
        state: what the system said; empty where that is not known.
    """

    mark: str = ""
    state: tuple[int, ...] = ()


class FullText:
    """The full text index of a desk.

    Args:
        path: its file; None keeps it in memory.
        vouched: what is known of the file.

    Attributes:
        mark: stands for its state; another one has another mark. Empty for one that holds nothing yet.
    """

    def __init__(self, path: Path | None, vouched: Vouched) -> None:
        self._path = path
        self._state = _state(path)
        same = bool(self._state) and self._state == vouched.state
        if path and vouched.mark and (same or _digest(path) == vouched.mark):
            self.mark, self._base = vouched.mark, _connect(path)
        else:
            self.mark, self._base = "", sqlite3.connect(":memory:", isolation_level=None)
            self._base.execute(_TABLE)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it."""
        self._base.close()

    def vouched(self) -> Vouched:
        """Return what is known of the file from now on."""
        settled = self._state and max(self._state[:2]) < time.time_ns() - _LATELY
        return Vouched(self.mark, self._state if settled else ())

    def digests(self) -> dict[str, str]:
        """Return the digest of each ticket that is held, by the path of its file."""
        return dict(self._base.execute("SELECT path, digest FROM ticket"))

    def hold(self, tickets: Iterator[Texts], gone: set[str]) -> None:
        """Hold the texts of some tickets, and no longer those of others or what these were before.

        Args:
            tickets: what is new.
            gone: the paths of all whose former texts are to go.

        Raises:
            OSError: the file cannot be written.
        """
        if self._path is None:
            _change(self._base, tickets, gone)
            self.mark = "in memory"
            return
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_name(f".{os.getpid()}-{self._path.name}")
        try:
            fresh.unlink(missing_ok=True)
            if self.mark:
                shutil.copyfile(self._path, fresh)
            with closing(sqlite3.connect(fresh, isolation_level=None)) as base:
                base.execute("PRAGMA journal_mode = OFF")
                base.execute("PRAGMA synchronous = OFF")
                if not self.mark:
                    base.execute(_TABLE)
                _change(base, tickets, gone)
            self.mark = _digest(fresh)
            fresh.replace(self._path)
        finally:
            fresh.unlink(missing_ok=True)
        self._base.close()
        self._state, self._base = _state(self._path), _connect(self._path)

    def find(self, words: list[str]) -> list[Hit]:
        """Return the tickets that hold every one of some words, or words that begin so; the best first.

        Args:
            words: single ones, or several with spaces between them, which then stand one after the other.

        Raises:
            DatabaseError: the file is damaged, or is not the same any more.
        """
        quoted = (word.replace('"', '""').replace("\0", " ") for word in words)
        asked = " AND ".join(f'"{word}"{"" if " " in word else "*"}' for word in quoted)
        rows = self._base.execute(
            f"SELECT path, -bm25(ticket, {_WEIGHTS}), snippet(ticket, -1, ?, ?, '…', {_WORDS})"  # noqa: S608  # ours
            " FROM ticket WHERE ticket MATCH ? ORDER BY 2 DESC, path",
            (FOUND, END, asked),
        )
        with closing(rows):
            found = [Hit(*row) for row in rows]
        if self._path and _state(self._path) != self._state:
            message = "the file is not what it was"
            raise sqlite3.DatabaseError(message)
        return found


def _change(base: sqlite3.Connection, tickets: Iterator[Texts], gone: set[str]) -> None:
    base.execute("BEGIN")
    rows = [(number,) for number, path in base.execute("SELECT rowid, path FROM ticket") if path in gone]
    base.executemany("DELETE FROM ticket WHERE rowid = ?", rows)
    base.executemany("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?)", tickets)
    base.execute("COMMIT")


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file that nobody changes: what changes is written anew, and takes its place."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)


def _state(path: Path | None) -> tuple[int, ...]:
    """Return what the system says of a file; nothing where there is none."""
    if path:
        with suppress(OSError):
            found = path.lstat()
            return (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino & ((1 << 63) - 1))
    return ()


def _digest(path: Path) -> str:
    """Return a digest of a file's bytes; nothing where it cannot be read."""
    total = blake2b(digest_size=_SUM)
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                total.update(piece)
    except OSError:
        return ""
    return total.hexdigest()
