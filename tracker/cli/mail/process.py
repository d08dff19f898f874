"""`tracker mail process`: take in what waits in the spool."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import TRY_AGAIN, tell, with_mailroom
from tracker.errors import TrackerError
from tracker.mail.processing import BATCH
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "process",
    help=_("""Take in all messages that wait in the spool, and print what became of each.

It exits with 75 where the desk cannot be changed now: nothing is lost, and the next run goes on."""),
)
@click.option(
    "--batch",
    type=click.IntRange(1, 1000),
    default=BATCH,
    show_default=True,
    help=_("So many in one commit."),
)
@with_mailroom
def command(room: Mailroom, batch: int) -> int:
    """Take messages in until none waits."""
    from tracker.mail.processing import process

    try:
        number = tell(process(room, batch))
    except TrackerError as error:
        click.secho(_("Error: {message}").format(message=error.message), err=True, fg="red")
        click.echo(_("Messages that have no outcome yet wait for the next run."), err=True)
        return TRY_AGAIN
    if not number:
        click.secho(_("No message waits."), err=True, dim=True)
    return 0
