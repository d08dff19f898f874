"""`tracker mail`: messages in, and what became of them."""

from __future__ import annotations

import click

from tracker.cli.commands import Commands
from tracker.translation import _

COMMANDS = (
    *("receive", "fetch", "import", "process", "notify"),
    *("status", "show", "retry", "release", "drop", "bounced", "clean"),
)


class _Mail(Commands):
    """The commands about mail, in the order in which a message meets them."""

    names, package = COMMANDS, __name__


@click.group(
    "mail",
    cls=_Mail,
    help=_("""Take in the mail that people write to the desk.

Each message is put safely on the disk before anything else happens with it, and gets one outcome: a ticket
was created, it was appended to one, it is held for a person, suppressed, or quarantined."""),
)
def command() -> None:
    """Do nothing by itself."""
