"""What pages show of the clocks of service levels: moments, never how long it is until then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.service_levels.reading import State
from tracker.service_levels.words import in_time, label_of
from tracker.translation import _
from tracker.viewer import formats

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.configuration import Configuration
    from tracker.service_levels.reading import Reading

URGENT = (State.LATE, State.WARNING)


class ShownClock(NamedTuple):
    """A clock of a ticket.

    Attributes:
        label: its name.
        policy: the name of the service level.
        state: how it stands, for the style.
        words: the same for people; empty where it runs as it should.
        due: when its target is used up, in the desk's time zone; empty while it is paused, and where that is
            met.
        due_exact: the same for programs.
    """

    label: str
    policy: str
    state: str
    words: str
    due: str
    due_exact: str


def shown_clock(reading: Reading, configuration: Configuration) -> ShownClock:
    """Return what is shown of a clock."""
    moment = reading.due if reading.state is not State.MET else None
    due = moment.astimezone(configuration.zone) if moment else None
    return ShownClock(
        label_of(reading.clock),
        reading.policy,
        reading.state.value,
        _words(reading),
        formats.moment(due) if due else "",
        due.isoformat(timespec="minutes") if due else "",
    )


def _words(reading: Reading) -> str:
    match reading.state:
        case State.LATE:
            return _("beyond target")
        case State.WARNING:
            return _("about to be late")
        case State.RUNNING:
            return ""
        case State.PAUSED | State.MISSED:  # of these, what is left does not change
            return in_time(reading)
        case State.MET:
            return _("met")


def urgency(reading: Reading) -> tuple[int, str]:
    """Return what clocks are sorted by: what is late first, then by when they are due."""
    return [*State].index(reading.state), reading.due.isoformat() if reading.due else "…"


def next_clock(readings: Sequence[Reading]) -> Reading | None:
    """Return the most urgent of the clocks that run; None where none does."""
    running = [reading for reading in readings if reading.ended is None and reading.due]
    return min(running, key=urgency, default=None)
