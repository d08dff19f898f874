"""`tracker move`: give a ticket another status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import status, ticket_id, with_workspace
from tracker.cli.set import print_change
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "move", help=_("Move a ticket to another status, as the workflow allows: tracker move 1042 resolved")
)
@ticket_id
@status
@with_workspace
def command(workspace: Workspace, typed: str, status: str) -> None:
    """Change the status and print the line that changed."""
    from tracker.actions.transition import move

    print_change(*move(workspace, workspace.find(typed), status))
