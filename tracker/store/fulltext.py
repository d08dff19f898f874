"""The texts of a desk's tickets, in SQLite's full text index (FTS5: https://www.sqlite.org/fts5.html).

The whole of it is one file with a checksum, read into memory before it is asked and replaced at once after it
changed, so neither damage to the file nor another process changes an answer.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from hashlib import blake2b
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import StorageError
from tracker.store.files import read_bytes, write_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_SCHEMA = 1
_SUM = 20
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


class FullText:
    """The full text index of a desk.

    Args:
        folder: where its file is kept; None keeps it in memory.
        label: what its name has beside others in the same folder.

    Attributes:
        mark: stands for its state; another one has another mark. Empty for one that holds nothing yet.
    """

    def __init__(self, folder: Path | None, label: str = "") -> None:
        self._folder, self._name = folder, f"search-{_SCHEMA}{label}.sqlite"
        self._base = sqlite3.connect(":memory:", isolation_level=None)
        self.mark = ""
        data = b""
        if folder:
            with suppress(StorageError):
                data = read_bytes(folder / self._name)
        if data and _checksum(data[_SUM:]) == data[:_SUM]:
            self._base.deserialize(data[_SUM:])
            self.mark = data[:_SUM].hex()
        else:
            self._base.execute(_TABLE)

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of it; what was not kept is lost."""
        self._base.close()

    def digests(self) -> dict[str, str]:
        """Return the digest of each ticket that is held, by the path of its file."""
        return dict(self._base.execute("SELECT path, digest FROM ticket"))

    def hold(self, tickets: Iterator[Texts], gone: set[str]) -> None:
        """Hold the texts of some tickets, and no longer those of others or what these were before.

        Args:
            tickets: what is new.
            gone: the paths of all whose former texts are to go.
        """
        self._base.execute("BEGIN")
        rows = [
            (number,) for number, path in self._base.execute("SELECT rowid, path FROM ticket") if path in gone
        ]
        self._base.executemany("DELETE FROM ticket WHERE rowid = ?", rows)
        self._base.executemany("INSERT INTO ticket VALUES (?, ?, ?, ?, ?, ?)", tickets)
        self._base.execute("COMMIT")

    def keep(self) -> None:
        """Write it to its file; where that cannot be written, it is made again the next time."""
        data = self._base.serialize()
        self.mark = _checksum(data).hex()
        if self._folder:
            with suppress(StorageError, OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                write_files(self._folder, {self._name: _checksum(data) + data})

    def find(self, words: list[str]) -> list[Hit]:
        """Return the tickets that hold every one of some words, or words that begin so; the best first.

        Args:
            words: single ones, or several with spaces between them, which then stand one after the other.
        """
        quoted = (word.replace('"', '""').replace("\0", " ") for word in words)
        asked = " AND ".join(f'"{word}"{"" if " " in word else "*"}' for word in quoted)
        rows = self._base.execute(
            f"SELECT path, -bm25(ticket, {_WEIGHTS}), snippet(ticket, -1, ?, ?, '…', {_WORDS})"  # noqa: S608  # ours
            " FROM ticket WHERE ticket MATCH ? ORDER BY 2 DESC, path",
            (FOUND, END, asked),
        )
        with closing(rows):
            return [Hit(*row) for row in rows]


def _checksum(data: bytes) -> bytes:
    return blake2b(data, digest_size=_SUM).digest()
