"""People, teams, locations and what rules say of them must fit together: names that are used exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.problem import Problem, ProblemKind, unknown_value
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.model.configuration import Configuration
    from tracker.model.rules import AssignmentRule

    Keys = tuple[str | int, ...]
    Use = tuple[Keys, str | None, Collection[str]]
    """Where a name stands, the name, and what there is of it."""


def staffing_problems(configuration: Configuration) -> Iterator[Problem]:
    """Yield each name of a person, team, place or priority that is nobody's and nothing's."""
    uses = (_uses_by_people, _uses_by_places, _uses_by_rules, _uses_by_mail)
    for keys, name, known in (use for find in uses for use in find(configuration)):
        if name and name not in known:
            yield unknown_value(keys, name, known)
    for handle in configuration.teams:
        if handle in configuration.people:
            message = _("“{name}” is a person, too.").format(name=handle)
            yield Problem(ProblemKind.VALUE, ("teams", handle), message, _("Call the team otherwise."))
    for place, rule in enumerate(configuration.assignment.rules):
        yield from _rule_problems(configuration, ("assignment", "rules", place), rule)
    for name, level in configuration.service_levels.items():
        for place, escalation in enumerate(level.escalations):
            if escalation.clock not in level.targets:
                keys = ("service_levels", name, "escalations", place, "clock")
                message = _("“{level}” has no target for {clock}.").format(level=name, clock=escalation.clock)
                yield Problem(ProblemKind.VALUE, keys, message, _("Give it one, or remove the escalation."))


def _rule_problems(configuration: Configuration, keys: Keys, rule: AssignmentRule) -> Iterator[Problem]:
    """Yield what a rule of assignment says that excludes something else that it says."""
    if rule.to and rule.queue:
        message = _("A rule has “to” or “queue”, not both.")
        yield Problem(ProblemKind.VALUE, (*keys, "queue"), message, _("Remove one of them."))
    for place, name in enumerate(rule.to if rule.strategy == "lead" else ()):
        team, is_person = configuration.teams.get(name), name in configuration.people
        if is_person or (team and not team.lead):
            message = _("“{name}” has no lead.").format(name=name)
            hint = _("Name the lead of the team, or choose another strategy.")
            yield Problem(ProblemKind.VALUE, (*keys, "to", place), message, hint)


def _each(keys: Keys, names: Iterable[str], known: Collection[str]) -> Iterator[Use]:
    return (((*keys, place), name, known) for place, name in enumerate(names))


def _uses_by_people(configuration: Configuration) -> Iterator[Use]:
    people, locations = configuration.people, configuration.locations
    for handle, person in people.items():
        at: Keys = ("people", handle)
        yield (*at, "location"), person.location, locations
        yield (*at, "department"), person.department, configuration.departments
        yield (*at, "calendar"), person.calendar, configuration.calendars
        for place, cover in enumerate(person.also_covers):
            yield (*at, "also_covers", place, "location"), cover.location, locations
        for place, absence in enumerate(person.absences):
            yield (*at, "absences", place, "delegate"), absence.delegate, people
    for name, team in configuration.teams.items():
        yield from _each(("teams", name, "members"), team.members, people)
        yield ("teams", name, "lead"), team.lead, team.members


def _uses_by_places(configuration: Configuration) -> Iterator[Use]:
    for name, location in configuration.locations.items():
        yield from _each(("locations", name, "departments"), location.departments, configuration.departments)
    for address, employee in configuration.directory.items():
        yield ("directory", address, "location"), employee.location, configuration.locations
        yield ("directory", address, "department"), employee.department, configuration.departments


def _uses_by_rules(configuration: Configuration) -> Iterator[Use]:
    people, teams = configuration.people, configuration.teams
    assignment = configuration.assignment
    yield from _each(("assignment", "dispatcher"), assignment.dispatcher, {**people, **teams})
    for priority in assignment.weights:
        yield ("assignment", "weights", priority), priority, configuration.priorities
    for place, rule in enumerate(assignment.rules):
        at: Keys = ("assignment", "rules", place)
        yield from _each((*at, "to"), rule.to, {**people, **teams})
        yield (*at, "queue"), rule.queue, teams
    for name, status in configuration.statuses.items():
        if status.then:
            yield ("statuses", name, "then", "to"), status.then.to, configuration.statuses


def _uses_by_mail(configuration: Configuration) -> Iterator[Use]:
    known: dict[str, Collection[str]] = {
        "team": configuration.teams,
        "location": configuration.locations,
        "category": configuration.categories,
        "department": configuration.departments,
        "type": configuration.types,
        "priority": configuration.priorities,
    }
    for address, destination in configuration.mail.addresses.items():
        for name, values in known.items():
            yield ("mail", "addresses", address, name), getattr(destination, name), values
