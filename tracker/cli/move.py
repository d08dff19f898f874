"""`tracker move`: give a ticket another status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.identity import me
from tracker.cli.options import lands, sets, status, ticket_ids, with_workspace
from tracker.cli.selection import selects, write_each
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.cli.selection import Selection
    from tracker.workspace import Workspace


@click.command(
    "move",
    help=_("""Move tickets to another status, as the workflow allows: tracker move 1042 resolved

What the status requires can be said at once: tracker move 1042 resolved --set resolution=solved."""),
)
@ticket_ids
@status
@sets
@click.option("--force", is_flag=True, help=_("Close a ticket though children of it are open."))
@click.option("--reason", help=_("Why; kept as an internal comment."))
@click.option("--author", help=_("Who gives the reason: a handle or an address. Otherwise Git’s user."))
@selects
@lands
@with_workspace
def command(
    workspace: Workspace,
    typed: tuple[str, ...],
    status: str,
    written: tuple[str, ...],
    force: bool,
    reason: str | None,
    author: str | None,
    selection: Selection,
    way: Way,
) -> None:
    """Change the status and print the lines that changed."""
    from tracker.actions.assignment import parse_assignment
    from tracker.actions.transition import Reason, move
    from tracker.actions.workflow import refuse_unknown
    from tracker.errors import UsageError

    if force and not reason:
        raise UsageError(_("--force needs --reason TEXT: say why an open child is no reason to wait."))
    refuse_unknown(workspace.configuration, status)
    changes = [parse_assignment(text, workspace.fields) for text in written]
    given = Reason(reason, author or me(workspace), force) if reason else None
    write_each(
        workspace,
        typed,
        selection,
        lambda desk, entry, together: move(desk, entry, status, changes, given, together),
        way,
    )
