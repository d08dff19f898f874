"""`tracker edit`: change a ticket in your editor."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, ticket_id, with_workspace
from tracker.cli.terminal import clean, interactive
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Landed, Way
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Kept(NamedTuple):
    """Where the text stays until it is written: as it was opened, and as it was last saved."""

    opened: Path
    saved: Path


@click.command(
    "edit",
    help=_("""Change a ticket in your editor ($VISUAL or $EDITOR).

What you save is checked before it is written. Where it is wrong, nothing is written and your text is kept:
the next “tracker edit” of the ticket opens it again."""),
)
@ticket_id
@lands
@with_workspace
def command(workspace: Workspace, typed: str, way: Way) -> None:
    """Open the editor until what it saves is right, and print the lines that changed."""
    entry = workspace.find(typed)
    kept = _kept(workspace, entry)
    while (landed := _edited(workspace, entry, kept, way)) is None:
        pass
    if not way.dry_run:
        kept.saved.unlink()
        kept.opened.unlink()
    print_change(landed.change)


def _edited(workspace: Workspace, entry: Entry, kept: Kept, way: Way) -> Landed | None:
    """Open the editor and write what it saves; None where it is wrong and shall be opened again."""
    from tracker.actions.edit import edit
    from tracker.errors import RefusedValueError

    click.edit(filename=str(kept.saved))
    before, after = kept.opened.read_bytes(), kept.saved.read_bytes()
    try:
        return write(workspace, lambda desk: edit(desk, desk.find(entry.id), before, after), way)
    except RefusedValueError as error:
        place = _("Your text is kept: “tracker edit {id}” opens it again. It is in {path}.")
        error.hint = f"{error.hint} {place.format(id=entry.id, path=kept.saved)}".strip()
        if interactive():
            click.secho(clean(error.message), fg="red", err=True)
            if click.confirm(_("Open it again?"), default=True, err=True):
                return None
        raise


def _kept(workspace: Workspace, entry: Entry) -> Kept:
    """Return where the text to edit is: what an earlier edit left, else the ticket as it is now."""
    from tracker.actions.comment import slug
    from tracker.store.files import write_files

    repository = workspace.repository
    folder = (
        repository.private / "tracker" / "edit" if repository else Path(tempfile.mkdtemp(prefix="tracker-"))
    )
    name = slug(entry.id)
    kept = Kept(folder / f"{name}.opened", folder / f"{name}.md")
    if kept.saved.exists() and kept.opened.exists():
        click.secho(_("This is your text from last time, which was not written."), err=True, fg="yellow")
        return kept
    data = workspace.tree.read(entry.path)
    folder.mkdir(parents=True, exist_ok=True)
    write_files(folder, {kept.opened.name: data, kept.saved.name: data})
    return kept
