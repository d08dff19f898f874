"""What a configuration says about itself must fit together: names that it refers to exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.fields import BUILT_IN
from tracker.model.given import value_problems
from tracker.model.problem import Problem, ProblemKind, missing, unknown_value
from tracker.model.staffing import staffing_problems
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.configuration import Configuration, CustomField


def reference_problems(configuration: Configuration) -> Iterator[Problem]:
    """Yield each name in the configuration that refers to nothing, and each field without sense."""
    yield from _workflow_problems(configuration)
    yield from _calendar_problems(configuration)
    yield from _desk_problems(configuration)
    yield from staffing_problems(configuration)
    yield from value_problems(configuration)
    for position, handle in enumerate(configuration.changes.settings or ()):
        if handle not in configuration.people:
            yield unknown_value(("changes", "settings", position), handle, configuration.people)
    for name, field in configuration.fields.items():
        yield from _field_problems(configuration, name, field)


def _desk_problems(configuration: Configuration) -> Iterator[Problem]:
    own = configuration.ids.prefix
    if own in configuration.desks:
        message = _("{prefix} is the prefix of this desk itself.").format(prefix=own)
        hint = _("Name the prefix of the other desk’s ids; two desks of one prefix cannot be shown together.")
        yield Problem(ProblemKind.VALUE, ("desks", own), message, hint)


def _calendar_problems(configuration: Configuration) -> Iterator[Problem]:
    known = configuration.calendars
    if configuration.calendar and configuration.calendar not in known:
        yield unknown_value(("calendar",), configuration.calendar, known)
    for name, location in configuration.locations.items():
        if location.calendar and location.calendar not in known:
            yield unknown_value(("locations", name, "calendar"), location.calendar, known)
    for name, calendar in known.items():
        if not any(calendar.hours.values()):
            message = _("The calendar “{name}” has no hours.").format(name=name)
            hint = _("Write 09:00-12:30 for a day at least; without a calendar every hour counts.")
            yield Problem(ProblemKind.VALUE, ("calendars", name, "hours"), message, hint)


def _workflow_problems(configuration: Configuration) -> Iterator[Problem]:
    for name, status in configuration.statuses.items():
        for position, target in enumerate(status.to or ()):
            if target not in configuration.statuses:
                yield unknown_value(("statuses", name, "to", position), target, configuration.statuses)
        if status.then and not _leads_on(configuration, name, status.then.to):
            message = _("A ticket cannot go from “{status}” to “{target}”.")
            said = message.format(status=name, target=status.then.to)
            hint = _("Name one that is in its “to”, or add this one there.")
            yield Problem(ProblemKind.VALUE, ("statuses", name, "then", "to"), said, hint)
        known = (*BUILT_IN, *configuration.fields)
        for position, required in enumerate(status.requires):
            if required not in known:
                yield unknown_value(("statuses", name, "requires", position), required, known)
    if configuration.commits.words and configuration.commits.status not in configuration.statuses:
        wrong = configuration.commits.status
        yield unknown_value(("commits", "status"), wrong, configuration.statuses)


def _leads_on(configuration: Configuration, name: str, target: str) -> bool:
    """Whether a ticket may go from a status to another; whether there is such a one, is told elsewhere."""
    allowed = configuration.statuses[name].to
    return target not in configuration.statuses or (target != name and (allowed is None or target in allowed))


def _field_problems(configuration: Configuration, name: str, field: CustomField) -> Iterator[Problem]:
    keys = ("fields", name)
    if name in BUILT_IN:
        if field.kind or field.values or field.pattern:
            message = _("{field} is a built-in field: its kind and values cannot be changed.").format(
                field=name
            )
            hint = _("Only label, help, required and required_when may be given here.")
            yield Problem(ProblemKind.VALUE, keys, message, hint)
    elif field.kind is None:
        yield missing((*keys, "kind"), _("Every field of your own needs a kind."))
    elif field.kind in ("choice", "multiple choice") and not field.values:
        yield missing((*keys, "values"), _("A choice needs the values to choose from."))
    known = (*BUILT_IN, *configuration.fields)
    for condition in field.required_when:
        if condition not in known:
            yield unknown_value((*keys, "required_when"), condition, known)
