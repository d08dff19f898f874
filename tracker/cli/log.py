"""`tracker log`: what happened to a ticket, or on the whole desk, the newest first."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.history import event_data, history_of, home_of, id_of_home, landing_data, warn_if_shallow
from tracker.cli.options import as_json, refuse_unknown, with_workspace
from tracker.cli.terminal import one_line, print_json, print_lines
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from tracker.history.event import Event
    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace import Workspace


class _Choice(NamedTuple):
    """Which events are meant: of these fields (all where there are none), between two moments."""

    fields: tuple[str, ...]
    since: datetime | None
    until: datetime | None

    def meets(self, happened: Happened) -> bool:
        """Whether an event is meant."""
        name, time = happened.event.field.partition(".")[0], happened.landing.time
        late_enough = self.since is None or time >= self.since
        early_enough = self.until is None or time < self.until
        return (not self.fields or name in self.fields) and late_enough and early_enough


@click.command(
    "log",
    help=_("""Show what happened to a ticket, or to all, the newest first: who, when it landed, which commit.

What is not committed yet is no part of it."""),
)
@click.argument("typed", metavar="[ID]", required=False)
@click.option("--since", metavar="TIME", help=_("Only what landed then or later: 2026-11-24, yesterday, 7d."))
@click.option("--until", metavar="TIME", help=_("Only what landed then or earlier: 2026-11, today."))
@click.option(
    "-f", "--field", "fields", multiple=True, help=_("Only changes of this field; may be repeated.")
)
@click.option("-n", "--limit", type=click.IntRange(min=1), help=_("At most so many."))
@as_json
@with_workspace
def command(
    workspace: Workspace,
    typed: str | None,
    since: str | None,
    until: str | None,
    fields: tuple[str, ...],
    limit: int | None,
    as_json: bool,
) -> None:
    """Print what happened, one event a line."""
    from tracker.workspace.federation import desk_named

    workspace = desk_named(workspace, typed) if typed else workspace
    choice = _choice(workspace, fields, since, until)
    home = home_of(workspace, typed) if typed else None

    def ask(chronicle: Chronicle) -> list[Happened]:
        told = chronicle.of_home(home) if home else chronicle.all()
        return list(islice(filter(choice.meets, told), limit))

    found = history_of(workspace, ask)
    warn_if_shallow(workspace)
    if as_json:
        print_json([_as_data(workspace, one) for one in found])
    elif not found:
        click.secho(_("Nothing of this was committed on this branch."), err=True, dim=True)
    else:
        print_lines(list(_lines(workspace, found, with_id=home is None)), _reasons(workspace, found))


def _choice(workspace: Workspace, fields: tuple[str, ...], since: str | None, until: str | None) -> _Choice:
    from tracker.history.changes import TEXT
    from tracker.query.moments import read_past

    now, known = workspace.now(), (*workspace.fields, TEXT)
    refuse_unknown(fields, known)
    start = read_past(since, now).start if since else None
    last = read_past(until, now) if until else None
    return _Choice(fields, start, max(last.end, last.start.replace(microsecond=1)) if last else None)


def _lines(workspace: Workspace, found: list[Happened], *, with_id: bool) -> Iterator[list[tuple[str, str]]]:
    from tracker.history.words import in_words

    for event, landing, home in found:
        when = workspace.configuration.local(landing.time)
        ticket = [(id_of_home(home), "bold")] if with_id else []
        yield [
            (when, "dim"),
            (landing.commit[:10], "yellow"),
            *ticket,
            (landing.name, "green"),
            (in_words(event, workspace.fields), ""),
        ]


def _reasons(workspace: Workspace, found: list[Happened]) -> list[str]:
    from tracker.history.words import reason_in_words

    return [reason_in_words(happened.event, workspace.fields) for happened in found]


def _reason(event: Event) -> str | None:
    """Return the reasons of what happened as a program reads them."""
    given = (one.words if one.field == event.field else f"{one.field}: {one.words}" for one in event.reasons)
    return "; ".join(given) or None


def _as_data(workspace: Workspace, happened: Happened) -> dict[str, Any]:
    event, landing, home = happened
    return {
        "ticket": id_of_home(home),
        **event_data(workspace, event),
        "reason": _reason(event),
        **landing_data(workspace, landing),
        "subject": one_line(landing.subject),
    }
