"""`tracker set`: change fields of a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import ids_and_assignments, lands, with_workspace
from tracker.cli.selection import selects, write_each
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.cli.selection import Selection
    from tracker.workspace import Workspace


@click.command(
    "set",
    help=_("""Change fields of one or more tickets; only their lines change.

FIELD=VALUE replaces, FIELD= removes, FIELD+=VALUE adds to a list, FIELD-=VALUE takes from it.
Parts have a dot: requester.email=lea.martin@example.org."""),
)
@ids_and_assignments
@selects
@lands
@with_workspace
def command(workspace: Workspace, words: tuple[str, ...], selection: Selection, way: Way) -> None:
    """Change the tickets and print the lines that changed."""
    from tracker.actions.assignment import parse_assignment
    from tracker.actions.set import set_fields
    from tracker.errors import UsageError

    changes = [parse_assignment(word, workspace.fields) for word in words if "=" in word]
    if not changes:
        raise UsageError(_("Say what to change: tracker set ID FIELD=VALUE"))
    ids = tuple(word for word in words if "=" not in word)
    write_each(
        workspace,
        ids,
        selection,
        lambda desk, entry, together: set_fields(desk, entry, changes, together),
        way,
    )
