"""`tracker assign`: make a person responsible for a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.identity import me
from tracker.cli.options import ids_and_person, lands, with_workspace
from tracker.cli.selection import selects, write_each
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.cli.selection import Selection
    from tracker.workspace import Workspace


@click.command(
    "assign", help=_("Make a person responsible for tickets: tracker assign 1042 omar. “me” is you.")
)
@ids_and_person
@click.option("--nobody", is_flag=True, help=_("Take the tickets from whoever has them."))
@selects
@lands
@with_workspace
def command(
    workspace: Workspace, words: tuple[str, ...], nobody: bool, selection: Selection, way: Way
) -> None:
    """Change the assignee and print the lines that changed."""
    from tracker.actions.assign import assign
    from tracker.errors import UsageError

    *ids, last = words or ("",)
    if nobody and last:
        ids.append(last)
    elif not (nobody or last) or (not nobody and not ids and not selection.query):
        raise UsageError(_("Name a person, or give --nobody."))
    person = None if nobody else last
    if person == "me":
        person = me(workspace)
        if person not in workspace.configuration.people:
            message = _("Git’s user.email is no address of this desk’s people.")
            raise UsageError(
                message, _("Name the person: tracker assign {id} HANDLE").format(id=ids[0] if ids else "ID")
            )
    write_each(
        workspace, tuple(ids), selection, lambda desk, entry, _together: assign(desk, entry, person), way
    )
