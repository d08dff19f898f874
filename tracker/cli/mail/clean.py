"""`tracker mail clean`: remove what was done long ago."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "clean",
    help=_("""Remove messages from the spool that were done longer ago than “keep” below “mail” says.

What became of each stays known, but not whom it was from. “tracker mail process” does it, too. Messages that
are held or quarantined stay until somebody decides."""),
)
@click.option(
    "--of",
    "addresses",
    metavar="ADDRESS",
    multiple=True,
    help=_("Remove those from or to this address instead, however lately they were done."),
)
@with_mailroom
def command(room: Mailroom, addresses: tuple[str, ...]) -> None:
    """Say how many were removed."""
    from tracker.mail.notices.notify import outbox_of

    number = (
        room.spool.clean_of(addresses) + outbox_of(room).clean_of(addresses) if addresses else room.clean()
    )
    said = ngettext("{number} message removed", "{number} messages removed", number)
    click.echo(said.format(number=number))
