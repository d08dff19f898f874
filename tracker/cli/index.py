"""`tracker index`: read every ticket into the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.history import history_of
from tracker.cli.list import as_data
from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import print_json
from tracker.store.index import forget_former
from tracker.translation import _, ngettext
from tracker.workspace.rows import desk_rows

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "index",
    help=_("""Read every ticket and the history into the index, and forget what no ticket says any more.

The index makes other commands faster. It keeps itself up to date and can be deleted at any time."""),
)
@as_json
@with_workspace
def command(workspace: Workspace, as_json: bool) -> None:
    """Fill the index and print what is in it."""
    entries = workspace.entries
    workspace.index.forget_all_but(entry.digest for entry in entries)
    history_of(workspace, lambda _chronicle: None)
    if workspace.repository and workspace.use_index:
        forget_former(workspace.repository.folder / "tracker")
    desk_rows(workspace)
    if as_json:
        print_json([as_data(entry) for entry in entries])
        return
    broken = sum(entry.broken for entry in entries)
    text = ngettext("{number} ticket, {broken} broken", "{number} tickets, {broken} broken", len(entries))
    click.echo(text.format(number=len(entries), broken=broken))
