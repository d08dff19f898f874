"""`tracker sla`: what is late, or about to be."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.clocks import COLOURS, due_in, reading_data
from tracker.cli.options import as_json, as_tables, with_workspace
from tracker.cli.queries import query_text, refuse_options
from tracker.cli.tables import as_table
from tracker.cli.terminal import clean, print_json, print_lines, progress
from tracker.service_levels.reading import State, newest
from tracker.service_levels.words import in_time, label_of
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.query.row import Row
    from tracker.service_levels.reading import Reading
    from tracker.workspace import Workspace
    from tracker.workspace.service_levels import Standing

_URGENT = (State.LATE, State.WARNING)
_SHOWN = ("id", "title", "assignee", "priority")
_OPTIONS = ("--all", "--check", "--count", "--csv", "--json", "--markdown", "--tsv", "--help")
_NEVER = datetime.max.replace(tzinfo=UTC)


class _Line(NamedTuple):
    """A ticket, and what one of its clocks says."""

    row: Row
    reading: Reading


@click.command(
    "sla",
    context_settings={"ignore_unknown_options": True},
    help=_("""Show what is late by the service levels, or about to be, the most urgent first.

A query chooses the tickets, as for “tracker list”: without one, the open ones. Times due are those of this
machine’s time zone. What is left, or late, is told in the hours in which it is counted: the working time of
the ticket’s location, unless its service level counts every hour."""),
)
@click.argument("query", nargs=-1)
@click.option(
    "--all", "everything", is_flag=True, help=_("Every clock, also those that run, pause or ended.")
)
@click.option("--check", is_flag=True, help=_("Exit with 1 if anything is late."))
@click.option("--count", is_flag=True, help=_("Print how many clocks there are."))
@as_tables
@as_json
@with_workspace
def command(
    workspace: Workspace,
    query: tuple[str, ...],
    everything: bool,
    check: bool,
    count: bool,
    form: str | None,
    as_json: bool,
) -> None:
    """Print the clocks of the chosen tickets, one a line."""
    from tracker.cli.identity import who_asks
    from tracker.workspace.asking import ask
    from tracker.workspace.service_levels import standings

    refuse_options(query, _OPTIONS)
    text = query_text(query)
    rows = ask(workspace, text, me=who_asks(workspace, text)).rows
    with progress(_("Reading the history: {number}")) as show:
        found = standings(workspace, rows, progress=show)
    lines = _lines(found, everything=everything)
    if count:
        click.echo(len(lines))
    elif as_json:
        print_json([_as_data(line) for line in lines])
    elif form:
        printed = _as_table(form, lines)
        click.echo(clean(printed) if sys.stdout.isatty() else printed, nl=False)
    else:
        _print(workspace, lines, len(rows) - len(found))
    if check and any(line.reading.state is State.LATE for line in lines):
        click.get_current_context().exit(1)


def _lines(found: Sequence[Standing], *, everything: bool) -> list[_Line]:
    """Return the clocks to show: by states, then by when they are due, then in the order of the query."""
    lines = [_Line(one.row, reading) for one in found for reading in newest(one.readings)]
    shown = [line for line in lines if everything or line.reading.state in _URGENT]
    return sorted(shown, key=_urgency)


def _urgency(line: _Line) -> tuple[int, datetime, timedelta]:
    reading = line.reading
    return [*State].index(reading.state), reading.due or _NEVER, reading.left


def _as_data(line: _Line) -> dict[str, Any]:
    shown = {name: line.row.get(name) for name in _SHOWN}
    return {**shown, "path": line.row["path"], **reading_data(line.reading)}


def _as_table(form: str, lines: Sequence[_Line]) -> str:
    names = (*_SHOWN, "clock", "policy", "state", "target", "elapsed", "left", "start", "due", "ended")
    data = map(_as_data, lines)
    return as_table(
        form, names, [["" if one[name] is None else str(one[name]) for name in names] for one in data]
    )


def _print(workspace: Workspace, lines: Sequence[_Line], uncommitted: int) -> None:
    headings = (_("ID"), _("Clock"), _("Due"), _("Time"), _("Assignee"), _("Priority"), _("Title"))
    head = [[(heading, "dim") for heading in headings]] if sys.stdout.isatty() and lines else []
    if lines:
        print_lines([*head, *(_told(workspace, line) for line in lines)])
    late, soon = (sum(line.reading.state is state for line in lines) for state in _URGENT)
    if not workspace.configuration.service_levels:
        said = _("This desk has no service levels: “service_levels” in tracker.yml would say them.")
    else:
        said = _("{late} late, {soon} about to be; times are of {zone}, what is left or late is working time")
        said = said.format(late=late, soon=soon, zone=datetime.now().astimezone().tzname())
    click.secho(said, err=True, dim=True)
    if uncommitted and workspace.configuration.service_levels:
        more = ngettext(
            "{number} ticket is not committed, so it has no clock.",
            "{number} tickets are not committed, so they have no clock.",
            uncommitted,
        )
        click.secho(more.format(number=uncommitted), err=True, dim=True)


def _told(workspace: Workspace, line: _Line) -> list[tuple[str, str]]:
    row, reading = line
    colour = COLOURS[reading.state]
    priority = str(row.get("priority") or "")
    return [
        (row["id"], "bold"),
        (label_of(reading.clock), ""),
        (due_in(reading), colour),
        (in_time(reading), colour),
        (str(row.get("assignee") or ""), "green"),
        (workspace.fields["priority"].values.get(priority, priority), ""),
        (row["title"], ""),
    ]
