"""`tracker set`: change fields of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import assignments, ticket_id, with_workspace
from tracker.cli.terminal import print_diff
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.workspace import Workspace


@click.command(
    "set",
    help=_("""Change fields of a ticket; only their lines change.

FIELD=VALUE replaces, FIELD= removes, FIELD+=VALUE adds to a list, FIELD-=VALUE takes from it.
Parts have a dot: requester.email=lea.martin@example.org."""),
)
@ticket_id
@assignments
@with_workspace
def command(workspace: Workspace, typed: str, written: tuple[str, ...]) -> None:
    """Change the ticket and print the lines that changed."""
    from tracker.actions.assignment import parse_assignment
    from tracker.actions.edit import edit

    changes = [parse_assignment(text, workspace.fields) for text in written]
    print_change(*edit(workspace, workspace.find(typed), changes))


def print_change(before: Document, after: Document) -> None:
    """Print which lines of a ticket changed, or that none had to."""
    if before.text == after.text:
        click.echo(_("{path}: nothing to change.").format(path=before.path), err=True)
        return
    click.echo(before.path)
    print_diff(before.text, after.text, before.path)
