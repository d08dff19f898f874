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
) -> list[Found]:
    """Return what can be said of a ticket that it does not say itself, each field once.

    What it says is left as it is, but for `work: triage`, lists, which grow, and rules that replace what a
    draft says.

    Args:
        row: the ticket as queries see it.
        configuration: the desk's.
        rules: its rules, each with what tells whether a ticket meets its query.
        draft: whether it is one.
    """
    known, found = dict(row), dict[str, Found]()

    def learn(new: Found) -> None:
        found[new.field], known[new.field] = new, new.value

    for origin in _origins(known, configuration):
        learn(origin)
    for number, (rule, meets) in enumerate(rules, 1):
        if not meets(known):
            continue
        why = _("rule “{rule}”").format(rule=rule.name or number)
        for field, value in rule.set.items():
            new = _given(known.get(field), value, replace=rule.replace and draft and field not in found)
            if new is not None and (isinstance(new, list) or field not in found):
                learn(Found(field, new, why))
        if configuration.cataloguing.match == "first":
            break
    if known.get(_LOCATION) in _NOT_KNOWN and (place := _location_of_department(known, configuration)):
        learn(place)
    return list(found.values())


def _given(held: object, value: Value, *, replace: bool) -> Value | None:
    """Return what a field holds after a rule; None where the rule changes nothing."""
    if isinstance(value, list):
        items = [item for item in held if isinstance(item, str)] if isinstance(held, list) else []
        more = [item for item in dict.fromkeys(value) if item not in items]
        return [*items, *more] if more else None
    unknown = held in _NOT_KNOWN or held == "triage"
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
    for person in configuration.people.values():
        if address in person.mail:
            return person, address
    domain = f"@{address.rpartition('@')[2]}"
    found = next((name for name in (address, domain) if name in configuration.directory), "")
    return configuration.directory.get(found), found


def _location_of_department(row: Mapping[str, Any], configuration: Configuration) -> Found | None:
    """Return the location of a ticket's department; None where it has several, or none."""
    department = row.get(_DEPARTMENT)
    places = [
        place for place, location in configuration.locations.items() if department in location.departments
    ]
    if department in _NOT_KNOWN or len(places) != 1:
        return None
    return Found(_LOCATION, places[0], _("{department} is there").format(department=department))
