"""`tracker serve`: the website, in a browser on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command("serve", help=_("Show the website on this machine; a saved change is there within a second."))
@click.option(
    "-a",
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help=_("Where to serve it."),
)
@click.option("-o", "--open", "open_browser", is_flag=True, help=_("Open it in a browser."))
@with_workspace
def command(workspace: Workspace, address: str, open_browser: bool) -> None:
    """Serve until interrupted."""
    from tracker.viewer.builder import serve, show_progress

    show_progress()
    serve(workspace.root, address, open_browser=open_browser)
