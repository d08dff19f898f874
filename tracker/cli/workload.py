"""`tracker workload`: who has what."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.assignment.workload import BY
from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import print_json, print_table
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.assignment.workload import Load
    from tracker.workspace import Workspace


_UNASSIGNED = 3
"""The place of a column that says nothing of people."""


@click.command(
    "workload",
    help=_("""Show who has what: the open tickets of each person, team or location.

Of the open tickets, some wait for somebody else, and some are past their due day. The load is what the others
weigh together, of what is the most. A ticket without a team counts at the first team of whoever has it."""),
)
@click.option("--by", type=click.Choice(BY), default="person", help=_("Of what there is a line each."))
@as_json
@with_workspace
def command(workspace: Workspace, by: str, as_json: bool) -> None:
    """Print a line for each person, team or location."""
    from tracker.workspace.staffing import workload_of

    loads = workload_of(workspace, by)
    if as_json:
        print_json([load._asdict() for load in loads])
        return
    names = {"person": _("Person"), "team": _("Team"), "location": _("Location")}
    headings = (
        names[by],
        _("Name"),
        _("Open"),
        _("Unassigned"),
        _("Waiting"),
        _("Late"),
        _("Load"),
        _("Away"),
    )
    kept = [place for place in range(len(headings)) if by != "person" or place != _UNASSIGNED]
    rows = [_row(load) for load in loads]
    print_table(
        [headings[place] for place in kept], [[row[place] for place in kept] for row in rows], ("bold",)
    )


def _row(load: Load) -> list[str]:
    of = "" if load.capacity is None else _(" of {capacity:g}").format(capacity=load.capacity)
    away = "" if not load.away else _("until {day}").format(day=load.away) if load.away != "…" else _("yes")
    numbers = (load.tickets, load.unassigned, load.waiting, load.late)
    return [load.key or "—", load.name, *map(str, numbers), f"{load.load:g}{of}", away]
