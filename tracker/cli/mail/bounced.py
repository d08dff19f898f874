"""`tracker mail bounced`: addresses that get nothing more, because a mail of the desk came back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.cli.options import as_json
from tracker.cli.terminal import one_line, print_json, print_lines
from tracker.errors import UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command(
    "bounced",
    help=_("""List the addresses that get nothing more, because a mail of the desk came back from there.

“--forget” lets the desk write to one again."""),
)
@click.option("--forget", metavar="ADDRESS", help=_("Write to this address again."))
@as_json
@with_mailroom
def command(room: Mailroom, forget: str | None, as_json: bool) -> None:
    """Print a line for each address, or forget one."""
    from tracker.mail.bounced import bounced, forget_bounced

    if forget and not forget_bounced(room.spool.folder, forget):
        raise UsageError(_("Nothing came back from {address}.").format(address=forget))
    known = bounced(room.spool.folder)
    if as_json:
        print_json([{"address": address, **one._asdict()} for address, one in known.items()])
    else:
        rows = ((one_line(address), one) for address, one in known.items())
        print_lines(
            [[(address, "bold"), (one.time, ""), (one_line(one.reason), "dim")] for address, one in rows]
        )
