"""`tracker merge`: close a duplicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change, Way
    from tracker.workspace import Workspace


@click.command(
    "merge",
    help=_("""Close a ticket as a duplicate of another: tracker merge 1050 --into 1042

It keeps its text, conversation and history, and links to the other, which gets its id as an alias."""),
)
@ticket_id
@click.option("--into", required=True, metavar="ID", help=_("The ticket that it repeats."))
@lands
@with_workspace
def command(workspace: Workspace, typed: str, into: str, way: Way) -> None:
    """Change both tickets and print the lines that changed."""
    from tracker.actions.merge import merge

    def plan(desk: Workspace) -> Change:
        return merge(desk, desk.find(typed), desk.find(into))

    print_change(write(workspace, plan, way).change)
