"""What people mean by a value that they write in a mail: its key, or what it is called in any language."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from tracker.model.configuration import Configuration

_ME = ("me", "moi")


def value_meant(configuration: Configuration, field: str, written: str) -> str:
    """Return the value of a field that is meant, or what was written, where none is."""
    names: dict[str, Mapping[str, Collection[str]]] = {
        "priority": {key: (label or {}).values() for key, label in configuration.priorities.items()},
        "category": {key: (label or {}).values() for key, label in configuration.categories.items()},
        "resolution": {key: (label or {}).values() for key, label in configuration.resolutions.items()},
        "status": {key: (one.label or {}).values() for key, one in configuration.statuses.items()},
        "team": {key: (one.label or {}).values() for key, one in configuration.teams.items()},
    }
    return _meant(written, names.get(field, {}))


def person_meant(configuration: Configuration, written: str, myself: str) -> str:
    """Return the handle of whom somebody means by it, by an address, by a name of one, or as “me”."""
    if written.lower() in _ME:
        return myself
    people = configuration.people
    first = Counter(person.name.split()[0].casefold() for person in people.values() if person.name.split())
    names = {
        handle: {person.name, *(one for one in person.name.split()[:1] if first[one.casefold()] == 1)}
        for handle, person in people.items()
    }
    return configuration.handle_of(written) or _meant(written.lstrip("@"), names)


def _meant(written: str, names: Mapping[str, Collection[str]]) -> str:
    wanted = " ".join(written.split()).casefold()
    found = [key for key, labels in names.items() if wanted in {one.casefold() for one in (key, *labels)}]
    return found[0] if len(found) == 1 else written
