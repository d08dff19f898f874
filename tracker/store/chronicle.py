"""What happened on a branch, kept: landings, events, and where each ticket lived when.

A SQLite file inside the Git directory beside the index, made again whenever it is lost. It knows one branch
up to one commit; what a rewritten history no longer has, is taken back.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.history.event import Event, Kind, Landing
from tracker.history.lives import Residence
from tracker.store.index import is_busy

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

_SCHEMA = 1
_NAME = f"history-{_SCHEMA}.sqlite"
_PATIENCE = 5.0
_TABLES = """
CREATE TABLE IF NOT EXISTS known (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS landing (
    number INTEGER PRIMARY KEY, object TEXT, time INTEGER, name TEXT, email TEXT, subject TEXT
);
CREATE TABLE IF NOT EXISTS event (
    life INTEGER, landing INTEGER, kind TEXT, field TEXT, old TEXT, new TEXT
);
CREATE TABLE IF NOT EXISTS home (place TEXT, life INTEGER, sound TEXT, since INTEGER, until INTEGER);
CREATE INDEX IF NOT EXISTS event_of_life ON event (life);
CREATE INDEX IF NOT EXISTS event_of_landing ON event (landing);
CREATE INDEX IF NOT EXISTS landing_of_time ON landing (time);
CREATE INDEX IF NOT EXISTS home_of_place ON home (place) WHERE until IS NULL;
"""

Lost = sqlite3.DatabaseError
"""What any use of a chronicle raises when its file is damaged, or stays busy."""


def discard_damaged(folder: Path, error: Lost) -> None:
    """Delete the file of a chronicle that was lost by an error; a busy one stays for who uses it."""
    if not is_busy(error):
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                (folder / f"{_NAME}{ending}").unlink(missing_ok=True)


class Happened(NamedTuple):
    """An event, and the landing that it came with."""

    event: Event
    landing: Landing


class Chronicle:
    """What is known of a branch.

    Args:
        folder: where the file is kept; None keeps it in memory.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder:
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
        where = folder / _NAME if folder else ":memory:"
        self._base = sqlite3.connect(where, timeout=_PATIENCE, isolation_level=None)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.executescript(_TABLES)

    def begin(self) -> None:
        """Let nobody else write until `keep`."""
        self._base.execute("BEGIN IMMEDIATE")

    def keep(self, tip: str, folder: str) -> None:
        """Keep what was added, as all that is known up to a commit."""
        rows = (("tip", tip), ("folder", folder))
        self._base.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", rows)
        self._base.execute("COMMIT")

    def tip(self, folder: str) -> str:
        """Return the commit up to which the history of a folder is known; empty for none."""
        known = dict(self._base.execute("SELECT name, value FROM known"))
        return known.get("tip", "") if known.get("folder") == folder else ""

    def landings(self) -> dict[str, int]:
        """Return the number of each landing that is known, by its commit."""
        return dict(self._base.execute("SELECT object, number FROM landing"))

    def take_back(self, after: int) -> None:
        """Forget all that came after a landing of this number."""
        for statement in (
            "DELETE FROM landing WHERE number > ?",
            "DELETE FROM event WHERE landing > ?",
            "DELETE FROM home WHERE since > ?",
            "UPDATE home SET until = NULL WHERE until > ?",
        ):
            self._base.execute(statement, (after,))

    def homes(self) -> tuple[dict[str, Residence], int]:
        """Return where each ticket lives, and how many lives there are."""
        found = self._base.execute("SELECT place, life, sound FROM home WHERE until IS NULL")
        lives = self._base.execute("SELECT max(life) FROM home").fetchone()[0] or 0
        return {place: Residence(life, sound) for place, life, sound in found}, lives

    def add(self, landing: Landing, events: Sequence[Event], homes: Mapping[str, Residence | None]) -> None:
        """Add a commit, what happened in it, and the homes that changed; None where nobody lives any more."""
        when = int(landing.time.timestamp())
        row = (landing.commit, when, landing.name, landing.email, landing.subject)
        number = self._base.execute(
            "INSERT INTO landing (object, time, name, email, subject) VALUES (?, ?, ?, ?, ?)", row
        ).lastrowid
        rows = ((event.life, number, event.kind, event.field, *_written(event)) for event in events)
        self._base.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?)", rows)
        left = ((number, place) for place in homes)
        self._base.executemany("UPDATE home SET until = ? WHERE place = ? AND until IS NULL", left)
        new = ((place, *home, number) for place, home in homes.items() if home)
        self._base.executemany("INSERT INTO home VALUES (?, ?, ?, ?, NULL)", new)

    def life_at(self, place: str) -> int | None:
        """Return the number of the life of the ticket that lives in a place."""
        found = self._base.execute("SELECT life FROM home WHERE place = ? AND until IS NULL", (place,))
        return next((life for (life,) in found), None)

    def of_life(self, life: int) -> list[Happened]:
        """Return what happened to one ticket, the oldest first."""
        return list(self._happened("event.life = ?", life))

    def since(self, moment: datetime) -> list[Happened]:
        """Return what landed at a moment or later, the oldest first."""
        return list(self._happened("landing.time >= ?", int(moment.timestamp())))

    def names(self) -> dict[int, str]:
        """Return where each ticket lives, by the number of its life."""
        return dict(self._base.execute("SELECT life, place FROM home WHERE until IS NULL"))

    def _happened(self, condition: str, value: int) -> Iterator[Happened]:
        rows = self._base.execute(
            "SELECT event.life, kind, field, old, new, object, time, name, email, subject"  # noqa: S608  # ours
            " FROM event JOIN landing ON landing.number = event.landing"
            f" WHERE {condition} ORDER BY landing.number, event.rowid",
            (value,),
        )
        for life, kind, field, old, new, commit, time, *by in rows:
            event = Event(life, Kind(kind), field, json.loads(old), json.loads(new))
            name, email, subject = by
            yield Happened(
                event, Landing(commit, datetime.fromtimestamp(time, UTC), name, email, subject, ())
            )


def _written(event: Event) -> tuple[str, str]:
    return json.dumps(event.old), json.dumps(event.new)
