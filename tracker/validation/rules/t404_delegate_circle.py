"""Those who stand in for each other are not away at the same time."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.finding import Finding
    from tracker.model.people import Absence, Active, Person
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T404",
    "delegate-circle",
    asks=lambda: _("Whoever stands in for somebody who is away does not have them as delegate at that time."),
    why=lambda: _("Work that each hands over to the other is done by nobody."),
    remedy=lambda: _("Name somebody else as delegate who is there."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each absence whose delegates lead back to who is away, all at one time."""
    people = settings.configuration.people
    for handle, person in people.items():
        for place, absence in enumerate(person.absences):
            circle = _circle(handle, (handle,), absence, people)
            if circle:
                message = _("Those who stand in are away, too, in a circle: {people}.")
                keys = ("people", handle, "absences", place, "delegate")
                said = message.format(people=" → ".join(circle))
                yield settings.finding(RULE.code, keys, said, RULE.remedy())


def _circle(
    start: str, seen: tuple[str, ...], absence: Absence, people: Mapping[str, Person]
) -> tuple[str, ...]:
    """Return the delegates from somebody back to them; empty where they lead elsewhere."""
    delegate = absence.delegate
    if delegate == start:
        return (*seen, start)
    if delegate is None or delegate in seen:
        return ()
    together = (other for other in people[delegate].absences if overlap(absence, other))
    return next(
        (circle for other in together if (circle := _circle(start, (*seen, delegate), other, people))), ()
    )


def overlap(one: Active, other: Active) -> bool:
    """Whether two spans of days have a day in common."""
    first = max(one.since or date.min, other.since or date.min)
    return first <= min(one.until or date.max, other.until or date.max)
