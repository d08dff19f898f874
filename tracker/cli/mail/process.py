"""`tracker mail process`: take in what waits in the spool."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.mail.options import take_in_waiting, with_mailroom
from tracker.mail.processing import BATCH
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom

_PAUSE = 1
"""In seconds: so often it is looked whether something waits."""
_AT_LEAST = 3_600
"""In seconds: so often it is done what only time brings about."""


@click.command(
    "process",
    help=_("""Take in all messages that wait in the spool, and print what became of each.

It exits with 75 where the desk cannot be changed now: nothing is lost, and the next run goes on. With
“--watch” it stays and takes in what comes; SIGTERM or SIGINT end it after the commit at hand."""),
)
@click.option("--watch", is_flag=True, help=_("Keep running."))
@click.option(
    "--batch",
    type=click.IntRange(1, 1000),
    default=BATCH,
    show_default=True,
    help=_("So many in one commit."),
)
@with_mailroom
def command(room: Mailroom, batch: int, watch: bool) -> int:
    """Take messages in until none waits, or until somebody asks to stop."""
    if watch:
        _keep_taking_in(room, batch)
        return 0
    number = take_in_waiting(room, batch)
    if number is None:
        return TRY_AGAIN
    if not number:
        click.secho(_("No message waits."), err=True, dim=True)
    return 0


def _keep_taking_in(room: Mailroom, batch: int) -> None:
    from tracker.mail.stop import Stop, pause_after

    failures, last = 0, -math.inf
    with Stop() as stop:
        while not stop.is_asked:
            if room.spool.waits or time.monotonic() - last > _AT_LEAST:
                failures = failures + 1 if take_in_waiting(room.again(), batch, stop) is None else 0
                last = time.monotonic()
            stop.wait(max(_PAUSE, pause_after(failures)))
