"""What a request is about: what its fields lack, from where it came, who asks, and the desk's rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracker.model.configuration import Configuration
    from tracker.model.location import Employee
    from tracker.model.people import Person
    from tracker.model.rules import CataloguingRule

    Value = str | list[str] | dict[str, str]
    Meets = Callable[[dict[str, Any]], bool]

_NOT_KNOWN: tuple[object, ...] = (None, "", [], {})
_LOCATION, _DEPARTMENT = "location", "department"


class Found(NamedTuple):
    """A field of a ticket that is known now, and how."""

    field: str
    value: Value
    why: str


def catalogue(
    row: Mapping[str, Any],
    configuration: Configuration,
    rules: Sequence[tuple[CataloguingRule, Meets]],
    *,
    draft: bool,
    later: Mapping[str, Any],
) -> list[Found]:
    """Return what can be said of a ticket that it does not say itself, each field once.

    What it says is left as it is, but for `work: triage`, lists, which grow, and rules that replace what a
    draft says.

    Args:
        row: the ticket as queries see it.
        configuration: the desk's.
        rules: its rules, each with what tells whether a ticket meets its query.
        draft: whether it is one.
        later: what it is given when it is accepted, where neither it nor a rule says otherwise; rules match
            on that, too, so that they find the same in the accepted ticket.
    """
    known, found = dict(row), dict[str, Found]()

    def whole() -> dict[str, Any]:
        return {**later, **{name: value for name, value in known.items() if value not in _NOT_KNOWN}}

    def learn(new: Found) -> None:
        found[new.field], known[new.field] = new, new.value

    for origin in _origins(whole(), configuration):
        learn(origin)
    _learn_place(known, configuration, learn)
    for number, (rule, meets) in enumerate(rules, 1):
        if not meets(whole() if later else known):
            continue
        why = _("rule “{rule}”").format(rule=rule.name or number)
        for field, value in rule.set.items():
            new = _given(
                field, known.get(field), value, replace=rule.replace and draft and field not in found
            )
            if new is not None and (isinstance(new, list) or field not in found):
                learn(Found(field, new, why))
        if configuration.cataloguing.match == "first":
            break
    _learn_place(known, configuration, learn)
    return list(found.values())


def grown(held: object, more: Sequence[str]) -> list[str] | None:
    """Return a list with what it lacks of some items; None where it lacks nothing, or is no list of texts."""
    items = [] if held in _NOT_KNOWN else [held] if isinstance(held, str) else held
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        return None
    missing = [item for item in dict.fromkeys(more) if item not in items]
    return [*items, *missing] if missing else None


def _given(field: str, held: object, value: Value, *, replace: bool) -> Value | None:
    """Return what a field holds after a rule; None where the rule changes nothing."""
    if isinstance(value, list):
        return grown(held, value)
    unknown = held in _NOT_KNOWN or (field == "work" and held == "triage")
    return value if (unknown or replace) and value != held else None


def _origins(row: Mapping[str, Any], configuration: Configuration) -> Iterator[Found]:
    """Yield the location and department that the address and the directory tell of."""
    employee, name = _employee(row, configuration)
    if row.get(_LOCATION) in _NOT_KNOWN:
        source = row.get("source")
        address = str(source.get("address", "")).lower() if isinstance(source, dict) else ""
        sent_to = [
            place
            for place, location in configuration.locations.items()
            if address in {known.lower() for known in location.addresses}
        ]
        if sent_to:
            yield Found(_LOCATION, sent_to[0], _("sent to {address}").format(address=address))
        elif employee and employee.location:
            yield Found(_LOCATION, employee.location, _("that of {name}").format(name=name))
    if row.get(_DEPARTMENT) in _NOT_KNOWN and employee and employee.department:
        yield Found(_DEPARTMENT, employee.department, _("that of {name}").format(name=name))


def _employee(row: Mapping[str, Any], configuration: Configuration) -> tuple[Person | Employee | None, str]:
    """Return what is known of who asks, by their address, and the name by which it is."""
    requester = row.get("requester")
    address = str(requester.get("email") or "").lower() if isinstance(requester, dict) else ""
    if not address:
        return None, ""
    if handle := configuration.handle_of(address):
        return configuration.people[handle], address
    found = next(iter(configuration.names_in_directory(address)), "")
    return configuration.directory.get(found), found


def _learn_place(
    row: Mapping[str, Any], configuration: Configuration, learn: Callable[[Found], None]
) -> None:
    """Learn the location of a ticket's department, where that has one and nobody knows it yet."""
    department = row.get(_DEPARTMENT)
    if row.get(_LOCATION) not in _NOT_KNOWN or department in _NOT_KNOWN:
        return
    locations = configuration.locations.items()
    places = [place for place, location in locations if department in location.departments]
    if len(places) == 1:
        learn(Found(_LOCATION, places[0], _("{department} is there").format(department=department)))
