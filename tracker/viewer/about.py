"""What a list says of what it is about: a person's teams and load, who is at a place, what is below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer import formats
from tracker.viewer.addresses import report_of
from tracker.viewer.loads import load_words
from tracker.viewer.rows import KINDS, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.model.people import Absence, Person
    from tracker.viewer.publish import Publication

_LOADS = {"people": "person", "teams": "team", "locations": "location"}
_REPORTED = ("locations", "departments", "categories")


class About(NamedTuple):
    """A line of what a list says of what it is about; addresses are relative to the website's root."""

    label: str
    parts: tuple[Link, ...]


def about(desk: Publication, kind: str, key: str) -> tuple[About, ...]:
    """Return what there is to say of a person, a team, a location and so on, beside its tickets."""
    found = [*_of_person(desk, key)] if kind == "people" else [*_of_group(desk, kind, key)]
    if kind in _LOADS:
        words = (load_words(load) for load in desk.loads(_LOADS[kind]) if load.key == key)
        found.append(About(_("Load"), tuple(Link(text, "") for text in words)))
    if kind in _REPORTED and not desk.guest:
        told, _problem = desk.report
        if told and key in told.groups[KINDS[kind]]:
            place = f"{desk.website.address(report_of(KINDS[kind]))}#by-{key}"
            found.append(About(_("Numbers"), (Link(_("Reports"), place),)))
    return tuple(one for one in found if one.parts)


def _of_person(desk: Publication, handle: str) -> Iterator[About]:
    configuration = desk.workspace.configuration
    person = configuration.people[handle]
    teams = [name for name, team in configuration.teams.items() if handle in team.members]
    yield About(_("Teams"), _links(desk, "teams", teams))
    yield About(_("Location"), _links(desk, "locations", [person.location]))
    yield About(_("Department"), _links(desk, "departments", [person.department]))
    yield About(_("Away"), tuple(_absences(desk, person)))


def _absences(desk: Publication, person: Person) -> Iterator[Link]:
    """Yield when somebody is away, now or later, with who stands in."""
    today = desk.workspace.configuration.today_of(person, desk.workspace.now())
    for absence in sorted(person.absences, key=lambda one: str(one.since or "")):
        if absence.until is None or absence.until >= today:
            stands_in = desk.links.to("people", absence.delegate)
            yield Link(_days(absence), "")
            if stands_in:
                yield stands_in._replace(label=_("{name} stands in").format(name=stands_in.label))


def _days(absence: Absence) -> str:
    """Return from when to when; an absence that has begun is told by its end alone."""
    since, until = absence.since, absence.until
    if since and until:
        return formats.day(since) if since == until else f"{formats.day(since)} – {formats.day(until)}"
    if until:
        return _("until {day}").format(day=formats.day(until))
    return _("from {day}").format(day=formats.day(since)) if since else _("yes")


def _of_group(desk: Publication, kind: str, key: str) -> Iterator[About]:
    configuration = desk.workspace.configuration
    if kind == "teams" and key in configuration.teams:
        yield About(_("People"), _links(desk, "people", configuration.teams[key].members))
    if kind in ("locations", "departments"):
        now, field = desk.workspace.now(), KINDS[kind]
        here = [
            handle
            for handle, person in configuration.people.items()
            if getattr(person, field) == key and person.is_active(configuration.today_of(person, now))
        ]
        yield About(_("People"), _links(desk, "people", here))
    if kind == "categories":
        above, below = key.rpartition("/")[0], [one for one in desk.links.labels[kind] if _is_in(one, key)]
        yield About(_("Part of"), _links(desk, kind, [above]))
        yield About(_("Parts"), _links(desk, kind, below))


def _is_in(category: str, whole: str) -> bool:
    return category.rpartition("/")[0] == whole


def _links(desk: Publication, kind: str, keys: Iterable[str | None]) -> tuple[Link, ...]:
    return tuple(link for key in keys if (link := desk.links.to(kind, key)))
