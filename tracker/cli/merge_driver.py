"""`tracker merge-driver`: merge a ticket for Git, field by field."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.errors import RepositoryError, UsageError
from tracker.translation import _

_VERSIONS = 3


@click.command(
    "merge-driver",
    help=_("""Merge a ticket for Git: field by field, lists by item, the text by line.

Git calls it with three files. Say --install once in each clone; “tracker init” has done so in yours."""),
)
@click.argument("files", nargs=-1, metavar="[BEFORE OURS THEIRS [PATH]]")
@click.option("--install", is_flag=True, help=_("Let this clone’s Git merge tickets in this way."))
def command(files: tuple[str, ...], install: bool) -> int:
    """Write the merged ticket into the file of our version; another code than 0 tells Git of a conflict."""
    from tracker.actions.merge_driver import CONFLICT, install_merge_driver, merge_ticket
    from tracker.store.files import read_bytes
    from tracker.workspace import Workspace

    if install:
        workspace = Workspace.open(Path.cwd())
        if workspace.repository is None:
            raise RepositoryError(_("There is no Git repository here."), "git init")
        install_merge_driver(workspace.repository, workspace.prefix)
        click.echo(_("Git merges the tickets of this clone field by field from now on."), err=True)
        return 0
    if len(files) < _VERSIONS:
        raise UsageError(_("Git calls this with three versions of a file."), "tracker merge-driver --install")
    before, ours, theirs = (read_bytes(Path(name).absolute()) for name in files[:_VERSIONS])
    path = files[_VERSIONS] if len(files) > _VERSIONS else files[1]
    merged = merge_ticket(before, ours, theirs, path)
    Path(files[1]).write_bytes(merged.data)
    return 0 if merged.clean else CONFLICT
