"""`tracker accept`: give drafts their numbers and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import as_json, draft_ids, with_workspace
from tracker.cli.terminal import one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "accept", help=_("Accept drafts: give each its number and its place. Without an id, all drafts.")
)
@draft_ids
@as_json
@with_workspace
def command(workspace: Workspace, typed: tuple[str, ...], as_json: bool) -> None:
    """Accept the drafts and print what became of each."""
    from tracker.actions.accept import accept
    from tracker.errors import UsageError

    chosen = [workspace.find(text) for text in typed] or [entry for entry in workspace.entries if entry.draft]
    for entry in chosen:
        if not entry.draft:
            raise UsageError(_("{id} is accepted already.").format(id=entry.id))
    accepted = accept(workspace, chosen)
    if as_json:
        print_json([ticket._asdict() for ticket in accepted])
        return
    for ticket in accepted:
        click.echo(f"{ticket.id}\t{one_line(ticket.title)}\t{ticket.path}")
    if not accepted:
        click.echo(_("There is no draft."), err=True)
