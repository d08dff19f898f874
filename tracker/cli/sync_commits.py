"""`tracker sync-commits`: resolve what commits say they fix."""

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

_FOUND = 1


@click.command(
    "sync-commits",
    help=_("""Resolve the tickets that commits of this branch fix: “Fixes HD-1042” in a commit’s message.

A desk switches it on by naming the words in tracker.yml (“commits: {words: [fixes, closes]}”), and lets CI
run it with --commit --push on the default branch. A ticket that is opened again afterwards stays open."""),
)
@as_json
@lands
@with_workspace
def command(workspace: Workspace, as_json: bool, way: Way) -> int:
    """Resolve the tickets, and print each with its commit, and why others were not resolved."""
    from tracker.actions.sync_commits import sync_commits

    sync = write_planned(workspace, sync_commits, way)
    if as_json:
        print_json([ticket._asdict() for ticket in sync.resolved])
    else:
        for ticket in sync.resolved:
            click.echo(
                f"{ticket.id}\t{one_line(ticket.title)}\t{ticket.commit[:10]}\t{one_line(ticket.subject)}"
            )
    if not (sync.resolved or sync.refused):
        click.echo(_("No commit resolves an open ticket."), err=True)
    for error in sync.refused:
        click.echo(clean(f"{error.message} {error.hint}".rstrip()), err=True)
    return _FOUND if sync.refused else 0
