"""`tracker build`: the website, as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "build",
    help=_("""Build the website: the queue, a page of each ticket, and the pages in site/.

It is put where mkdocs.yml says (“public”). “mkdocs build” does the same."""),
)
@click.option("--strict", is_flag=True, help=_("Stop at the first warning."))
@click.option(
    "-d", "--site-dir", type=click.Path(file_okay=False, path_type=Path), help=_("Put the website here.")
)
@click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    default=None,
    help=_("For whom it is; left out: as tracker.yml says. “public” proves that nothing private is in it."),
)
@with_workspace
def command(workspace: Workspace, strict: bool, site_dir: Path | None, audience: str | None) -> None:
    """Build the website and print where it is."""
    from tracker.viewer.builder import build, show_progress

    show_progress()
    site = site_dir.resolve() if site_dir else None
    click.echo(build(workspace.root, strict=strict, site=site, audience=audience or ""))
