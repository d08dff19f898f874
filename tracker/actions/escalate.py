"""Doing what a service level says of tickets that are late, or about to be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.catalogue import reasons_of
from tracker.actions.change import Change, united
from tracker.actions.comment import Words, comment
from tracker.actions.set import give_values
from tracker.assignment.catalogue import Found, grown
from tracker.service_levels.words import label_of
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from tracker.model.entry import Entry
    from tracker.model.rules import Escalation, ServiceLevel
    from tracker.service_levels.reading import Reading
    from tracker.workspace import Workspace

_WHOLE = 100


class Overdue(NamedTuple):
    """A clock that has come so far that something is to be done, and what."""

    reading: Reading
    escalation: Escalation

    @property
    def mark(self) -> str:
        """What the comment says that it was made by: it is made once for each time that the clock runs."""
        return f"escalation: {self.reading.clock} of {self.reading.policy}, {self.escalation.at} %"


def overdue(levels: Mapping[str, ServiceLevel], readings: Iterable[Reading]) -> Iterator[Overdue]:
    """Yield every clock of a ticket for which a service level says that something is to be done."""
    for reading in readings:
        level = levels.get(reading.policy)
        for escalation in level.escalations if level and not reading.ended else ():
            far = reading.elapsed * _WHOLE >= reading.target * escalation.at
            if escalation.clock == reading.clock and far:
                yield Overdue(reading, escalation)


def escalate(workspace: Workspace, entry: Entry, found: Overdue, author: str) -> Change | None:
    """Return the change that a clock calls for, with an internal comment that says why; None if it was made.

    Raises:
        RefusedValueError: a value does not fit, or nobody is known as the author of the comment.
    """
    reading, escalation = found
    if any(
        one.automatic == found.mark and _since(one.created, reading.start)
        for one in workspace.comments(entry)
    ):
        return None
    values = _values(entry, escalation)
    change = give_values(workspace, entry, values)
    text = _("{clock}: {percent} % of the time that the service level “{policy}” gives is used.")
    percent = int(reading.elapsed * _WHOLE / reading.target)
    said = text.format(clock=label_of(reading.clock), policy=reading.policy, percent=percent)
    reasons = tuple(reasons_of(entry, (Found(field, value, said) for field, value in values.items())))
    words = comment(workspace, entry, Words(author, said, "internal", automatic=found.mark))
    summary = f"{entry.id}: escalated, {reading.clock} of {reading.policy}"
    return united("tick", summary, [change._replace(reasons=reasons), words])


def _since(moment: datetime | None, start: datetime) -> bool:
    return moment is not None and moment >= start


def _values(entry: Entry, escalation: Escalation) -> dict[str, str | list[str] | dict[str, str]]:
    """Return what fields are given: lists grow."""
    each = ((name, value, entry.values.get(name)) for name, value in escalation.set.items())
    given = ((name, grown(held, value) if isinstance(value, list) else value) for name, value, held in each)
    return {name: value for name, value in given if value is not None}
