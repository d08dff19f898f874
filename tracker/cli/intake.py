"""`tracker intake`: messages from programs, such as a chat."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.mail.options import tell, with_mailroom
from tracker.errors import BrokenEnvironmentError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.group("intake", help=_("Take in messages from programs, such as a chat."))
def command() -> None:
    """Do nothing by itself."""


@command.command(
    "json",
    help=_("""Take in one message that a program wrote as JSON, from a file or standard input.

“tracker schema message” prints what it may say. The same id is taken in once, so a program may try again: it
shall where this exits with 75."""),
)
@click.argument("file", type=click.File("rb"), default="-")
@click.option("--later", is_flag=True, help=_("Only put it into the spool."))
@with_mailroom
def json(room: Mailroom, file: IO[bytes], later: bool) -> int:
    """Put the message into the spool, then try to take it in."""
    from tracker.mail.delivery import deliver_told
    from tracker.mail.processing import BATCH, process

    try:
        _identity, new = deliver_told(room.spool, file.read())
        if not new:
            click.echo(_("It was taken in before."), err=True)
        if not later:
            tell(process(room, BATCH))
    except BrokenEnvironmentError as error:
        click.echo(error.message, err=True)
        return TRY_AGAIN
    return 0
