"""`tracker mail show`: a message as it came."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.cli.terminal import clean
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command("show", help=_("Show a message as it came, header fields and all."))
@click.argument("message")
@click.option("--raw", is_flag=True, help=_("Its bytes, for a program."))
@with_mailroom
def command(room: Mailroom, message: str, raw: bool) -> None:
    """Print a message."""
    from tracker.mail.listing import find

    data = room.spool.data(find(room.spool, message).identity)
    if raw:
        sys.stdout.buffer.write(data)
    else:
        click.echo(clean(data.decode("utf-8", "replace")))
