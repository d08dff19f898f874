"""What a scenario says, looked at before it is played: a slip in it could let it pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.errors import RefusedValueError
from tracker.model.configuration import Configuration
from tracker.model.fields import ticket_fields
from tracker.model.problem import Problem, ProblemKind, unknown_key
from tracker.model.reading import read_configuration
from tracker.model.ticket import TicketReader
from tracker.query.timing import moment_of
from tracker.translation import _
from tracker.workspace.rule_queries import query_problems

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from datetime import datetime
    from zoneinfo import ZoneInfo

    Values = Mapping[str, Any]
    Keys = tuple[str | int, ...]

_FIRST, _LAST = 1900, 2199
"""The years in which calendars and time zones can be asked, however far a rule looks from there."""


def overlaid(settings: Values, others: Values) -> dict[str, Any]:
    """Return settings with others laid over them: of a section, key by key."""
    found = dict(settings)
    for key, value in others.items():
        held = found.get(key)
        found[key] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return found


def configured(values: Values) -> Configuration:
    """Return the configuration that settings make.

    Raises:
        RefusedValueError: something in them is wrong.
    """
    read = read_configuration(values)
    problems = [*query_problems(read)] if isinstance(read, Configuration) else read
    if problems or not isinstance(read, Configuration):
        problem = problems[0]
        raise RefusedValueError(f"{problem.field}: {problem.message}", problem.hint)
    return read


def moment_at(written: object, zone: ZoneInfo) -> datetime:
    """Return the moment that a scenario names, in UTC; without an offset it is in `zone`.

    Raises:
        RefusedValueError: it names none, or one so far away that nobody can count from there.
    """
    found = moment_of(written, zone) if isinstance(written, str) else None
    if found is None:
        message = _("“{value}” is not a date with a time.").format(value=written)
        raise RefusedValueError(message, _("Write 2026-11-27T17:30+01:00."))
    if not _FIRST <= found.year <= _LAST:
        message = _("{value} is too far away.").format(value=written)
        hint = _("A scenario is played between the years {first} and {last}.")
        raise RefusedValueError(message, hint.format(first=_FIRST, last=_LAST))
    return found


def mapping_at(values: Values, key: str) -> dict[str, Any]:
    """Return what stands at a key that leads to a mapping; an empty one where nothing does.

    Raises:
        RefusedValueError: something else stands there.
    """
    found = values.get(key)
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise _refused(key, _("a mapping of keys to values"))
    return found


def mappings_at(values: Values, key: str, form: str) -> list[dict[str, Any]]:
    """Return what stands at a key that leads to a list of mappings; an empty one where nothing does.

    Raises:
        RefusedValueError: something else stands there; `form` says what should.
    """
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise _refused(key, form)
    return found


def people_at(values: Values, key: str) -> list[str]:
    """Return what stands at a key that leads to a list of people; an empty one where nothing does.

    Raises:
        RefusedValueError: something else stands there.
    """
    found = values.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
        raise _refused(key, _("a list of people"))
    return found


def _refused(key: str, form: str) -> RefusedValueError:
    return RefusedValueError(_("{field} must be {form}.").format(field=key, form=form), "")


def unknown_keys(keys: Keys, values: Iterable[str], known: Collection[str]) -> Iterator[Problem]:
    """Yield each key that means nothing here."""
    return (unknown_key((*keys, name), known) for name in values if name not in known)


def ticket_problems(
    configuration: Configuration, tickets: Iterable[tuple[Keys, Values]], beside: Collection[str] = ()
) -> Iterator[Problem]:
    """Yield what no ticket of a desk could say.

    Args:
        configuration: the desk's.
        tickets: fields with their values, each with the keys at which they stand.
        beside: what may be said of them that is no field.
    """
    fields = ticket_fields(configuration)
    reader = TicketReader.of(configuration, fields)
    for keys, values in tickets:
        yield from unknown_keys(keys, values, (*fields, *beside))
        _ticket, problems = reader.read({name: values[name] for name in values if name in fields}, ())
        for problem in problems:
            if problem.kind is not ProblemKind.MISSING:
                yield problem._replace(keys=(*keys, *problem.keys))
