"""`tracker mail drop`: give messages up that nobody wants."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


def _said(_context: click.Context, _parameter: click.Parameter, reason: str) -> str:
    if not reason.strip():
        raise click.BadParameter(_("Say why."))
    return reason


@click.command(
    "drop", help=_("Give messages up that are held or quarantined; they stay in the spool for a while.")
)
@click.argument("messages", metavar="MESSAGE...", nargs=-1, required=True)
@click.option("--reason", required=True, callback=_said, help=_("Why: “tracker mail status” shows it."))
@with_mailroom
def command(room: Mailroom, messages: tuple[str, ...], reason: str) -> None:
    """Move messages to those that are done."""
    from tracker.mail.listing import find

    for typed in messages:
        found = find(room.spool, typed)
        room.spool.drop(found.identity, found.record.dropped(reason))
