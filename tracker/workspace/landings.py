"""What each commit did to tickets: who did it, and when it landed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from tracker.history.event import Kind
from tracker.workspace.account import Landed
from tracker.workspace.timeline import told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.history.event import Event
    from tracker.model.entry import Entry
    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace.desk import Workspace


def landings(workspace: Workspace, chosen: Iterable[Entry]) -> dict[str, list[Landed]]:
    """Return what commits did to some tickets, the oldest first, by their files.

    That comments came is left out: the conversation says so itself.

    Raises:
        RepositoryError: Git cannot read the history.
    """
    names = {mail: person.name for person in workspace.configuration.people.values() for mail in person.mail}

    def ask(chronicle: Chronicle) -> dict[str, list[Landed]]:
        return {entry.path: _landed(list(chronicle.of_home(entry.path)), names) for entry in chosen}

    return told(workspace, ask)


def _landed(story: Sequence[Happened], names: Mapping[str, str]) -> list[Landed]:
    """Return what commits did to a ticket, given what happened to it, the newest first."""
    said = {happened.event.field: happened.event for happened in story if _is_comment(happened.event)}
    found = []
    for _commit, group in groupby(reversed(story), lambda happened: happened.landing.commit):
        some = list(group)
        landing = some[0].landing
        events = tuple(_judged(one.event, said) for one in some if not _is_comment(one.event))
        if events:
            found.append(Landed(landing.time, names.get(landing.email.lower(), landing.name), events))
    return found


def _is_comment(event: Event) -> bool:
    return event.kind is Kind.COMMENTED


def _judged(event: Event, said: Mapping[str, Event]) -> Event:
    """Return an event; one about a comment with what was known of that when it came."""
    if event.kind in (Kind.UNSAID, Kind.REWRITTEN) and event.field in said:
        return event._replace(old=said[event.field].new)
    return event
