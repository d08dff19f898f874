"""`tracker set`: change fields of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import assignments, lands, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.land import Way
    from tracker.workspace import Workspace


@click.command(
    "set",
    help=_("""Change fields of a ticket; only their lines change.

FIELD=VALUE replaces, FIELD= removes, FIELD+=VALUE adds to a list, FIELD-=VALUE takes from it.
Parts have a dot: requester.email=lea.martin@example.org."""),
)
@ticket_id
@assignments
@lands
@with_workspace
def command(workspace: Workspace, typed: str, written: tuple[str, ...], way: Way) -> None:
    """Change the ticket and print the lines that changed."""
    from tracker.actions.assignment import parse_assignment
    from tracker.actions.edit import edit

    changes = [parse_assignment(text, workspace.fields) for text in written]
    print_change(write(workspace, lambda desk: edit(desk, desk.find(typed), changes), way).change)
