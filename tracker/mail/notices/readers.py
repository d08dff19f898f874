"""Who is told of what: by the desk’s settings, by each person’s own, and by what they may know."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.mail.correspondent import addresses_of, staff_of
from tracker.mail.notices.happenings import What
from tracker.model.people import handles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime

    from tracker.mail.notices.happenings import Happening
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry

REQUESTER, ASSIGNEE, WATCHERS, DISPATCHER = "requester", "assignee", "watchers", "dispatcher"
_AUTHOR = "author"


class Reader(NamedTuple):
    """Somebody who gets a notice.

    Attributes:
        address: where it goes.
        name: how they are called; may be empty.
        language: in which they read.
        staff: whether they are one of the desk's people, who may read what is internal.
        part: as what they are told: `requester`, `assignee`, `watchers`, `dispatcher` or `author`.
        watcher: as what the ticket names them, where they get it for no other reason than that they watch it.
    """

    address: str
    name: str
    language: str
    staff: bool
    part: str
    watcher: str = ""


def readers(
    configuration: Configuration, entry: Entry, happening: Happening, now: datetime
) -> Iterator[Reader]:
    """Yield who is told of what happened to a ticket at a moment, each address once.

    Nobody is told of what they did themselves, nor others of what is internal.
    """
    outsiders = happening.what is not What.INTERNAL and not entry.internal
    seen = set[str](happening.doers)
    for part in getattr(configuration.mail.notices, happening.what.value):
        for reader in _in_part(configuration, entry, part):
            address = reader.address.lower()
            if address not in seen and (reader.staff or outsiders) and _may_get(configuration, reader, now):
                seen |= addresses_of(configuration, [address])
                yield reader


def dispatchers(configuration: Configuration, now: datetime) -> Iterator[Reader]:
    """Yield those who are told what nobody has taken care of."""
    named = handles(configuration.assignment.dispatcher, configuration.teams)
    for handle in named if DISPATCHER in configuration.mail.notices.digest else ():
        reader = _person(configuration, handle, DISPATCHER)
        if reader and _may_get(configuration, reader, now):
            yield reader


def author(configuration: Configuration, address: str, now: datetime) -> Reader | None:
    """Return the person of the desk who wrote a mail from an address; None where nobody is to be told."""
    handle = staff_of(configuration, address, now)
    reader = _person(configuration, handle, _AUTHOR) if handle else None
    return reader if reader and _may_get(configuration, reader, now) else None


def _in_part(configuration: Configuration, entry: Entry, part: str) -> Iterator[Reader]:
    """Yield those who have a part in a ticket."""
    ticket = entry.ticket
    if part == REQUESTER and ticket.requester and ticket.requester.email:
        asking = ticket.requester
        yield _anybody(configuration, ticket.requester.email, part)._replace(name=asking.name)
    elif part == ASSIGNEE and ticket.assignee:
        yield from filter(None, [_person(configuration, ticket.assignee, part)])
    elif part == DISPATCHER:
        named = handles(configuration.assignment.dispatcher, configuration.teams)
        yield from filter(None, (_person(configuration, handle, part) for handle in named))
    elif part == WATCHERS:
        for watcher in ticket.watchers:
            if "@" in watcher:
                yield _anybody(configuration, watcher, part)._replace(watcher=watcher)
            elif known := _person(configuration, watcher, part):
                yield known._replace(watcher=watcher)


def _person(configuration: Configuration, handle: str, part: str) -> Reader | None:
    person = configuration.people.get(handle)
    if person is None or not person.email:
        return None
    language = person.language or configuration.language
    return Reader(person.email, person.name, language, staff=True, part=part)


def _anybody(configuration: Configuration, address: str, part: str) -> Reader:
    known = _person(configuration, configuration.handle_of(address), part)
    own = Reader(address, "", _language(configuration, address), staff=False, part=part)
    return known._replace(address=address) if known else own


def _language(configuration: Configuration, address: str) -> str:
    """Return the language that the directory knows of an address, or of its domain."""
    found = (configuration.directory[name].language for name in configuration.names_in_directory(address))
    return next(filter(None, found), configuration.language)


def _may_get(configuration: Configuration, reader: Reader, now: datetime) -> bool:
    """Whether somebody wants mail and is still there, and is not the desk itself."""
    person = configuration.people.get(configuration.handle_of(reader.address))
    wanted: Collection[str] = ("all",) if reader.watcher else ("own", "all")
    own = configuration.mail.is_own(reader.address)
    if own or person is None:
        return not own
    return person.notices in wanted and person.is_active(configuration.today_of(person, now))
