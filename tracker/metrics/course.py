"""A ticket's way through the desk: what each of its fields held, from when on."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from tracker.document import Value

STATUS, ASSIGNEE, DUE, LOCATION = "status", "assignee", "due", "location"
FOLLOWED = (STATUS, ASSIGNEE, DUE, LOCATION)
"""The fields whose every value is needed."""
DRAFT = "is:draft"
"""Stands for whether it waits to be accepted, as if that were a field."""


class Step(NamedTuple):
    """What a field holds from a moment on."""

    time: datetime
    value: Value


class Change(NamedTuple):
    """A field, an item of a list, or a part of a mapping, that came to hold something else; None for nothing.

    Of a mapping, both are mappings of that part alone.
    """

    time: datetime
    old: Value
    new: Value


class Turn(NamedTuple):
    """The moment at which a ticket was resolved, or became open again."""

    time: datetime
    opened: bool


class Course(NamedTuple):
    """A ticket's way through the desk.

    Attributes:
        id: the ticket's id.
        path: its file.
        start: when it was filed: what its `created` says, but not later than it landed; aware.
        landed: when it was first seen on the branch; aware.
        steps: what fields held from when on, by their names; the first step of each is at `start`, or at the
            beginning of time where the field never changed.
        answers: when somebody of the desk answered so that the requester can read it, in order of time.
        outage: from when to when something could not be used, None for an end that it does not say; None
            where it declares none.
    """

    id: str
    path: str
    start: datetime
    landed: datetime
    steps: Mapping[str, Sequence[Step]]
    answers: Sequence[datetime] = ()
    outage: tuple[datetime | None, datetime | None] | None = None

    @property
    def answered(self) -> datetime | None:
        """When it was first answered; None for never."""
        return self.answers[0] if self.answers else None

    def at(self, field: str, moment: datetime) -> Value:
        """Return what a field held at a moment; before the start, what it held then."""
        steps = self.steps[field]
        return steps[max(bisect_right(steps, moment, key=attrgetter("time")) - 1, 0)].value

    def turns(self, is_open: Callable[[str], bool]) -> list[Turn]:
        """Return when it was resolved and when it became open again, in order of time."""
        found: list[Turn] = []
        was = is_open(str(self.steps[STATUS][0].value))
        for step in self.steps[STATUS][1:]:
            opened = is_open(str(step.value))
            if opened is not was:
                found.append(Turn(step.time, opened))
            was = opened
        return found


@lru_cache(maxsize=4_096)
def unchanged(value: str | None) -> tuple[Step]:
    """Return the steps of a field that always held the same; all tickets for which that is so share them."""
    return (Step(datetime.min.replace(tzinfo=UTC), value),)


def steps_of(changes: Iterable[Change], present: Value, start: datetime, *, several: bool) -> list[Step]:
    """Return what a field held from when on, found from what it holds now and how it came to that.

    Args:
        changes: of the field, the oldest first.
        present: what it holds after all of them.
        start: when the ticket was filed.
        several: whether it is a list: a change is then about one of its items.
    """
    steps: list[Step] = []
    value = present
    for time, old, new in reversed(list(changes)):
        if not steps or steps[-1].time > time:
            steps.append(Step(time, value))
        value = _without(value, new, old) if several else _undone(value, old, new)
    steps.append(Step(start, value))
    return steps[::-1]


def _undone(value: Value, old: Value, new: Value) -> Value:
    """Return what a field held before a change, of a mapping with the parts that the change left alone."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return old
    parts = {**(value if isinstance(value, dict) else {}), **old}
    return {name: part for name, part in parts.items() if part is not None}


def _without(value: Value, came: Value, gone: Value) -> Value:
    """Return a list before an item came, or was taken away."""
    items = list(value) if isinstance(value, list) else []
    if came in items:
        items.remove(came)
    return [*items, gone] if gone is not None else items
