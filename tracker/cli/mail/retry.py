"""`tracker mail retry`: try messages again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import take_in_again, with_mailroom
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "retry",
    help=_("""Try messages again that are held or quarantined, as if they had just come in."""),
)
@click.argument("messages", metavar="MESSAGE...", nargs=-1, required=True)
@with_mailroom
def command(room: Mailroom, messages: tuple[str, ...]) -> int:
    """Make messages new again, and take them in."""
    return take_in_again(room, messages, released=False)
