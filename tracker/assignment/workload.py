"""Who has what: the open tickets of each person, team and location."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.model.section import text_in
from tracker.translation import _, current_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tracker.model.configuration import Configuration
    from tracker.model.people import Person

    Row = Mapping[str, Any]

BY = ("person", "team", "location")


class Load(NamedTuple):
    """What somebody, or some place, has to do.

    Attributes:
        key: the handle; empty for the tickets of nobody.
        name: for people.
        tickets: how many open tickets there are.
        unassigned: how many of these nobody has.
        waiting: how many of these wait for somebody else.
        late: how many of these are late.
        load: what the others weigh together.
        capacity: how much of that is the most; None for no limit.
        away: until when somebody is away, `…` for no end; empty for those who are there.
    """

    key: str
    name: str
    tickets: int
    unassigned: int
    waiting: int
    late: int
    load: float
    capacity: float | None
    away: str


def workload(configuration: Configuration, rows: Iterable[Row], by: str, now: datetime) -> list[Load]:
    """Return who has what, in the order of `tracker.yml`, and last the tickets of nobody or of no place.

    Args:
        configuration: the desk's.
        rows: its open tickets, as queries see them.
        by: one of `BY`.
        now: the moment; aware.
    """
    held: dict[str, list[Row]] = {}
    for row in rows:
        held.setdefault(counts_for(configuration, row, by), []).append(row)
    names = _names(configuration, by)
    unknown = [key for key in held if key and key not in names]
    found = [
        _load(
            configuration, key, names.get(key, key), held.get(key, ()), _people(configuration, by, key), now
        )
        for key in (*names, *unknown)
    ]
    shown = [one for one in found if by != "person" or one.tickets or _is_active(configuration, one.key, now)]
    if "" in held:
        shown.append(
            _load(configuration, "", _("nobody") if by == "person" else _("none"), held[""], [], now)
        )
    return shown


def counts_for(configuration: Configuration, row: Row, by: str) -> str:
    """Return where a ticket counts: of a team that it does not name, at the first that its assignee is in."""
    key = str(row.get("assignee" if by == "person" else by) or "")
    if by != "team" or key:
        return key
    assignee = row.get("assignee")
    return next((name for name, team in configuration.teams.items() if assignee in team.members), "")


def _names(configuration: Configuration, by: str) -> dict[str, str]:
    if by == "person":
        return {handle: person.name for handle, person in configuration.people.items()}
    parts = configuration.teams if by == "team" else configuration.locations
    return {key: text_in(part.label, current_language(), key) for key, part in parts.items()}


def _people(configuration: Configuration, by: str, key: str) -> list[Person]:
    """Return whose capacity counts for a person, a team or a location."""
    people = configuration.people
    if by == "person":
        return [people[key]] if key in people else []
    if by == "team":
        return (
            [people[handle] for handle in configuration.teams[key].members]
            if key in configuration.teams
            else []
        )
    return [person for person in people.values() if person.location == key]


def _is_active(configuration: Configuration, handle: str, now: datetime) -> bool:
    person = configuration.people.get(handle)
    return person is not None and person.is_active(configuration.today_of(person, now))


def _load(  # all that a line tells
    configuration: Configuration,
    key: str,
    name: str,
    rows: Iterable[Row],
    people: list[Person],
    now: datetime,
) -> Load:
    tickets = list(rows)
    waiting = [row for row in tickets if is_paused(configuration, row)]
    ready = (row for row in tickets if not is_paused(configuration, row))
    limits = [person.capacity for person in people if person.is_active(configuration.today_of(person, now))]
    person = configuration.people.get(key)
    mine = person is not None and people == [person]
    absence = person.absence(configuration.today_of(person, now)) if person and mine else None
    return Load(
        key,
        name,
        tickets=len(tickets),
        unassigned=sum(not row.get("assignee") for row in tickets),
        waiting=len(waiting),
        late=sum(bool(row.get("late")) for row in tickets),
        load=sum(configuration.assignment.weight(str(row.get("priority") or "")) for row in ready),
        capacity=sum(limit or 0 for limit in limits) if limits and None not in limits else None,
        away=str(absence.until or "…") if absence else "",
    )


def is_paused(configuration: Configuration, row: Row) -> bool:
    """Whether a ticket waits for somebody else."""
    status = configuration.statuses.get(str(row.get("status")))
    return status is not None and status.pauses
