"""`tracker mail import`: messages out of files, with the days on which they were written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "import",
    help=_("""Put messages into the spool from mbox files, Maildirs, folders of .eml files, or such files.

They count as written on the days that they say. “tracker mail process” takes them in."""),
)
@click.argument(
    "sources", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@with_mailroom
def command(room: Mailroom, sources: tuple[Path, ...]) -> None:
    """Put each message into the spool, and say how many are new."""
    from tracker.mail.delivery import IMPORTED, deliver
    from tracker.mail.mailboxes import messages_in

    found = [deliver(room.spool, data, IMPORTED)[1] for data in messages_in(sources) if data.strip()]
    said = ngettext("{number} message, {new} of them new", "{number} messages, {new} of them new", len(found))
    click.echo(said.format(number=len(found), new=sum(found)))
