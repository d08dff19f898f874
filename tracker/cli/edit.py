"""`tracker edit`: change a ticket in your editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.editor import kept_text, open_editor
from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, ticket_id, with_workspace
from tracker.cli.terminal import clean, interactive
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Landed, Way
    from tracker.cli.editor import Kept
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


@click.command(
    "edit",
    help=_("""Change a ticket in your editor ($VISUAL or $EDITOR).

What you save is checked before it is written. Where it is wrong, nothing is written and your text is kept:
the next “tracker edit” of the ticket opens it again. What others changed meanwhile stays; where that is in
the same lines, both are marked in your text."""),
)
@ticket_id
@lands
@with_workspace
def command(workspace: Workspace, typed: str, way: Way) -> None:
    """Open the editor until what it saves is right, and print the lines that changed."""
    entry = workspace.find(typed)
    text = workspace.tree.read(entry.path)
    with kept_text(workspace, entry.path, text, keep=way.dry_run) as kept:
        while (landed := _edited(workspace, entry, kept, way)) is None:
            pass
    print_change(landed.change)


def _edited(workspace: Workspace, entry: Entry, kept: Kept, way: Way) -> Landed | None:
    """Open the editor and write what it saves; None where it is wrong and shall be opened again."""
    from tracker.actions.edit import edit
    from tracker.errors import ConflictError, RefusedValueError
    from tracker.store.files import write_files

    open_editor(kept.saved)
    before, after = kept.opened.read_bytes(), kept.saved.read_bytes()
    try:
        return write(workspace, lambda desk: edit(desk, desk.find(entry.id), before, after), way)
    except RefusedValueError as error:
        if isinstance(error, ConflictError):
            texts = {kept.opened.name: error.present, kept.saved.name: error.marked}
            write_files(kept.saved.parent, texts)
        if interactive():
            click.secho(clean(error.message), fg="red", err=True)
            if click.confirm(_("Open it again?"), default=True, err=True):
                return None
        raise
