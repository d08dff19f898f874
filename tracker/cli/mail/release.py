"""`tracker mail release`: let messages pass that are held."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import take_in_again, with_mailroom
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "release",
    help=_("""Let messages pass that are held or suppressed: somebody has looked at them.

Each makes a ticket, or is appended to the one that it is about, whoever it is from."""),
)
@click.argument("messages", metavar="MESSAGE...", nargs=-1, required=True)
@with_mailroom
def command(room: Mailroom, messages: tuple[str, ...]) -> int:
    """Make messages new again, and take them in."""
    return take_in_again(room, messages, released=True)
