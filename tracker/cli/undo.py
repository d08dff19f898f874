"""`tracker undo`: take back a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "undo",
    help=_("""Take back the last commit that tracker made for you, or COMMIT, by a new commit.

Said again, it takes back the one before. What was done since then stays; where it is in the same lines,
nothing is undone."""),
)
@click.argument("commit", required=False)
@click.option("--push", is_flag=True, help=_("Commit on top of the remote’s branch and push."))
@click.option("--dry-run", is_flag=True, help=_("Say what would change, and write nothing."))
@with_workspace
def command(workspace: Workspace, commit: str | None, push: bool, dry_run: bool) -> None:
    """Commit the undoing, and print its summary and the lines that changed."""
    from tracker.actions.change import Way
    from tracker.actions.undo import undo

    tip = workspace.tip
    start = workspace.at(tip) if dry_run and tip else workspace
    landed = write(start, lambda desk: undo(desk, commit or ""), Way(True, push, dry_run))
    click.secho(landed.change.summary, bold=True)
    print_change(landed.change)
