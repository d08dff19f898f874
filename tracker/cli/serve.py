"""`tracker serve`: the website, in a browser on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.options import with_workspace
from tracker.translation import _

_LAST_PORT = 65535

if TYPE_CHECKING:
    from tracker.workspace import Workspace


def _checked(address: str) -> str:
    host, _colon, port = address.rpartition(":")
    if not host or not port.isdecimal() or not 0 <= int(port) <= _LAST_PORT:
        raise click.BadParameter(_("Write it as 127.0.0.1:8000, with a port up to 65535."))
    return address


@click.command("serve", help=_("Show the website on this machine; a saved change is there within a second."))
@click.option(
    "-a",
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    callback=lambda _context, _option, value: _checked(value),
    help=_("Where to serve it."),
)
@click.option("-o", "--open", "open_browser", is_flag=True, help=_("Open it in a browser."))
@click.option(
    "--audience",
    type=click.Choice(["public", "internal"]),
    default=None,
    help=_("For whom it is; left out: as tracker.yml says. “public” proves that nothing private is in it."),
)
@with_workspace
def command(workspace: Workspace, address: str, open_browser: bool, audience: str | None) -> None:
    """Serve until interrupted."""
    from tracker.viewer.builder import serve, show_progress

    show_progress()
    serve(workspace.root, address, open_browser=open_browser, audience=audience or "")
