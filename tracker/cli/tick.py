"""`tracker tick`: what is to be done at this hour, for a schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.identity import me
from tracker.cli.landing import write_planned
from tracker.cli.options import as_json, lands, with_workspace
from tracker.cli.terminal import clean, one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.workspace import Workspace

_FOUND = 1


@click.command(
    "tick",
    help=_("""Do what is to be done at this hour; a schedule runs it, as often as you like.

Recurring tickets are made, tickets go on to the next status after their grace time, those who are waited for
are reminded, and what is late is escalated, all as tracker.yml says. It is one commit, and nothing is done
twice."""),
)
@as_json
@lands
@with_workspace
def command(workspace: Workspace, as_json: bool, way: Way) -> int:
    """Print what was done to which ticket."""
    from tracker.actions.tick import tick

    ticked = write_planned(workspace, lambda desk: tick(desk, me(desk)), way)
    if as_json:
        refused = [error.message for error in ticked.refused]
        print_json({"done": [done._asdict() for done in ticked.done], "refused": refused})
    else:
        for done in ticked.done:
            click.echo(f"{done.id}\t{one_line(done.what)}\t{one_line(done.title)}")
    if not (ticked.done or ticked.refused):
        click.secho(_("There is nothing to do now."), err=True, dim=True)
    for error in ticked.refused:
        click.secho(clean(f"{error.message} {error.hint}".rstrip()), fg="yellow", err=True)
    return _FOUND if ticked.refused else 0
