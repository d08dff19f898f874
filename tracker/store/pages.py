"""Named pages of JSON in a SQLite file, each vouched for by a table of contents.

SQLite sees damage to its own structure alone: a bit that flips inside a value, a row that is gone, or a
state that lost its journal go unnoticed. The table of contents has the checksum of every page and one of its
own, so what is read is what was written together, or `DAMAGE` is raised.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tracker.store.index import DAMAGE, checksum

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

_PATIENCE = 20.0
"""In seconds: as long as another process may take for the whole history of a large desk."""
_HELD = 256
_CONTENTS = "contents"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Pages:
    """One transaction on the pages of a file; it begins with `with`, and ends with it.

    Args:
        path: the file; None keeps all in memory.
        writes: whether something may be changed: nobody else may, then. A reader keeps writers waiting.

    Attributes:
        about: what is known of the pages as a whole; empty where nothing is.
    """

    def __init__(self, path: Path | None, *, writes: bool = False) -> None:
        if path:
            with suppress(OSError):
                path.parent.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(path or ":memory:", timeout=_PATIENCE, isolation_level=None)
        self._mode = "IMMEDIATE" if writes else "DEFERRED"
        self._changed: dict[str, Any] = {}
        self._load = lru_cache(_HELD)(self._loaded)

    def __enter__(self) -> Self:
        """Begin, and read the contents."""
        try:
            self._base.execute(
                "CREATE TABLE IF NOT EXISTS page"
                " (name TEXT PRIMARY KEY, value BLOB, checksum INTEGER) WITHOUT ROWID"
            )
            self._base.execute(f"BEGIN {self._mode}")
            found = self._base.execute("SELECT value, checksum FROM page WHERE name = ?", (_CONTENTS,))
            self._sums: dict[str, int] = {}
            self.about: dict[str, Any] = {}
            for value, total in found:
                if checksum(_CONTENTS, value) == total:
                    self.about, self._sums = json.loads(value.decode("utf-8", "surrogatepass"))
        except DAMAGE:
            self._base.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; what was changed and not kept is not there any more."""
        self._base.close()

    def page(self, name: str) -> Any:
        """Return what a page holds, to be read only; None where there is none of this name."""
        return self._changed[name] if name in self._changed else self._load(name)

    def edit(self, name: str, empty: Any) -> Any:
        """Return what a page holds, to be changed; what is `empty` where there is none of this name."""
        if name not in self._changed:
            self._changed[name] = self._loaded(name) or empty
        return self._changed[name]

    def write(self) -> None:
        """Write what was changed, so that memory need not hold it; nobody sees it before `keep`."""
        rows = []
        for name, value in self._changed.items():
            written = _encode(value).encode("utf-8", "surrogatepass")
            self._sums[name] = checksum(name, written)
            rows.append((name, written, self._sums[name]))
        self._base.executemany("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", rows)
        self._changed.clear()
        self._load.cache_clear()

    def keep(self) -> None:
        """Keep all that was changed and `about`: another process finds them."""
        self.write()
        contents = _encode((self.about, self._sums)).encode("utf-8", "surrogatepass")
        row = (_CONTENTS, contents, checksum(_CONTENTS, contents))
        self._base.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", row)
        with suppress(sqlite3.OperationalError):  # somebody reads for long: what we know is right, though
            self._base.execute("COMMIT")

    def clear(self) -> None:
        """Forget all pages."""
        self._base.execute("DELETE FROM page")
        self.about, self._sums = {}, {}
        self._changed.clear()
        self._load.cache_clear()

    def _loaded(self, name: str) -> Any:
        total = self._sums.get(name)
        if total is None:
            return None
        found = self._base.execute("SELECT value FROM page WHERE name = ?", (name,)).fetchone()
        if found is None or checksum(name, found[0]) != total:
            message = f"page {name} is not what it was"
            raise sqlite3.DatabaseError(message)
        return json.loads(found[0].decode("utf-8", "surrogatepass"))
