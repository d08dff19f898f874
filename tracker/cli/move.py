"""`tracker move`: give a ticket another status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, status, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.land import Way
    from tracker.workspace import Workspace


@click.command(
    "move", help=_("Move a ticket to another status, as the workflow allows: tracker move 1042 resolved")
)
@ticket_id
@status
@lands
@with_workspace
def command(workspace: Workspace, typed: str, status: str, way: Way) -> None:
    """Change the status and print the line that changed."""
    from tracker.actions.transition import move

    print_change(write(workspace, lambda desk: move(desk, desk.find(typed), status), way).change)
