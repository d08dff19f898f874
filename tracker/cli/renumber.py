"""`tracker renumber`: leave each number to one ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import write_planned
from tracker.cli.options import as_json, lands, with_workspace
from tracker.cli.terminal import clean, one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.workspace import Workspace


@click.command(
    "renumber",
    help=_("""Give a new number to each ticket whose number an older one has, too.

That happens when files are numbered by hand in two branches. References follow: what each of them means is
read from the history, and those that may mean either are named and left as they are.

Run it on the default branch, where numbers are given: a proposal that brings new ones is refused (T305)."""),
)
@as_json
@lands
@with_workspace
def command(workspace: Workspace, as_json: bool, way: Way) -> None:
    """Renumber, and print what became of each ticket."""
    from tracker.actions.renumber import renumber

    renumbering = write_planned(workspace, renumber, way)
    if as_json:
        tickets = [ticket._asdict() for ticket in renumbering.tickets]
        print_json({"tickets": tickets, "unsure": renumbering.unsure})
    else:
        for ticket in renumbering.tickets:
            click.echo(f"{ticket.before}\t{ticket.id}\t{one_line(ticket.title)}\t{ticket.path}")
    if not renumbering.tickets:
        click.echo(_("No two tickets have the same number."), err=True)
    for place in renumbering.unsure:
        click.echo(_("{place} may mean either, and was left.").format(place=clean(place)), err=True)
