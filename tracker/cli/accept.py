"""`tracker accept`: give drafts their numbers and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import warn_of_branch, write_planned
from tracker.cli.options import as_json, draft_ids, lands, with_workspace
from tracker.cli.terminal import clean, one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.accept import Acceptance
    from tracker.actions.change import Way
    from tracker.workspace import Workspace

_FOUND = 1


@click.command(
    "accept", help=_("Accept drafts: give each its number and its place. Without an id, all drafts.")
)
@draft_ids
@as_json
@lands
@with_workspace
def command(workspace: Workspace, typed: tuple[str, ...], as_json: bool, way: Way) -> int:
    """Accept the drafts, print what became of each, and why others stay drafts."""
    acceptance = write_planned(workspace, lambda desk: _accepted(desk, typed), way)
    if as_json:
        print_json([ticket._asdict() for ticket in acceptance.accepted])
    else:
        for ticket in acceptance.accepted:
            click.echo(f"{ticket.id}\t{one_line(ticket.title)}\t{ticket.path}")
    if not (acceptance.accepted or acceptance.refused):
        waiting = [entry.id for entry in workspace.entries if entry.draft]
        said = _("These drafts are not committed yet, so they cannot be accepted there: {drafts}.")
        click.echo(
            said.format(drafts=one_line(", ".join(waiting))) if waiting else _("There is no draft."), err=True
        )
    warn_of_branch(workspace, acceptance.accepted, way)
    for error in acceptance.refused:
        click.secho(_("It stays a draft for now:"), fg="yellow", err=True)
        click.echo(clean(error.message), err=True)
    return _FOUND if acceptance.refused else 0


def _accepted(desk: Workspace, typed: tuple[str, ...]) -> Acceptance:
    from tracker.actions.accept import accept
    from tracker.errors import UsageError

    chosen = [desk.find(text) for text in typed]
    for entry in chosen:
        if not entry.draft:
            raise UsageError(_("{id} is accepted already.").format(id=entry.id))
    drafts = chosen or [entry for entry in desk.entries if entry.draft]
    return accept(desk, drafts, lenient=not chosen)
