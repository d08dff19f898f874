"""Which service levels came into danger, or were missed, since a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.mail.notices.happenings import Happening, Occasion, What
from tracker.service_levels.reading import State
from tracker.workspace.rows import desk_rows
from tracker.workspace.service_levels import standings
from tracker.workspace.touched import look_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.service_levels.reading import Reading
    from tracker.workspace import Workspace

_ALARMING = (State.WARNING, State.LATE)


def warnings(desk: Workspace, since: datetime, now: datetime) -> Iterator[Occasion]:
    """Yield the open tickets of which a clock is in another alarming state than at an earlier moment.

    Raises:
        RepositoryError: a part of the history is not in this clone.
    """
    if not (desk.configuration.service_levels and desk.configuration.mail.notices.warning):
        return
    rows = [row for row in desk_rows(desk).open if not row["draft"]]
    now_said = {one.row["path"]: one.readings for one in standings(desk, rows, now)}
    alarming = [row for row in rows if any(_alarming(one) for one in now_said.get(row["path"], ()))]
    known = {
        (one.row["path"], reading.clock, reading.start, reading.state)
        for one in standings(desk, alarming, since)
        for reading in one.readings
    }
    for entry in look_at(desk, {row["path"] for row in alarming}).entries:
        for reading in now_said[entry.path]:
            if _alarming(reading) and (entry.path, reading.clock, reading.start, reading.state) not in known:
                key = f"{entry.id} {reading.clock} {reading.start.isoformat()} {reading.state}"
                yield Occasion(entry, key, (Happening(What.WARNING, reading=reading),))


def _alarming(reading: Reading) -> bool:
    return reading.state in _ALARMING
