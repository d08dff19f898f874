"""`tracker assign`: make a person responsible for a ticket."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, person, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.land import Way
    from tracker.workspace import Workspace


@click.command(
    "assign", help=_("Make a person responsible for a ticket: tracker assign 1042 omar. “me” is you.")
)
@ticket_id
@person
@click.option("--nobody", is_flag=True, help=_("Take the ticket from whoever has it."))
@lands
@with_workspace
def command(workspace: Workspace, typed: str, person: str | None, nobody: bool, way: Way) -> None:
    """Change the assignee and print the line that changed."""
    from tracker.actions.assign import assign, person_of
    from tracker.errors import UsageError

    if bool(person) is nobody:
        raise UsageError(_("Name a person, or give --nobody."))
    if person == "me":
        identity = workspace.repository.identity() if workspace.repository else None
        person = person_of(workspace.configuration, identity.email) if identity else None
        if person is None:
            message = _("Git’s user.email is no address of this desk’s people.")
            raise UsageError(message, _("Name the person: tracker assign {id} HANDLE").format(id=typed))
    print_change(write(workspace, lambda desk: assign(desk, desk.find(typed), person), way).change)
