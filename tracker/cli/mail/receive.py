"""`tracker mail receive`: one message on standard input, from a mail server."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.mail.options import spool_folder, tell
from tracker.errors import TrackerError, UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom

_MOST = 256 << 20
"""In bytes: a larger message is not taken, unless the desk allows for it; its server tells the sender."""


@click.command(
    "receive",
    help=_("""Take in one message from standard input, for Postfix, Exim, procmail or Sieve.

It exits with 0 only when the message is safe on the disk, else with 75: the mail server then keeps it and
tries again. “--later” leaves the rest to “tracker mail process”."""),
)
@click.option("-f", "--sender", help=_("The sender in the envelope; “” where bounces go nowhere."))
@click.option("--later", is_flag=True, help=_("Only put it into the spool."))
@spool_folder
@click.argument("recipients", metavar="[RECIPIENT]...", nargs=-1)
def command(sender: str | None, later: bool, spool: Path | None, recipients: tuple[str, ...]) -> int:
    """Put the message into the spool, then try to take it in."""
    try:
        room = _deliver(sender, recipients, spool)
    except TrackerError as error:
        return _later(f"{error.message} {error.hint}".strip())
    except OSError as error:
        return _later(error.strerror or str(error))
    except Exception as error:  # noqa: BLE001  # whatever it is, the mail server must keep the message
        return _later(f"{type(error).__name__}: {error}")
    if not later:
        _process(room)
    return 0


def _deliver(sender: str | None, recipients: tuple[str, ...], folder: Path | None) -> Mailroom:
    from tracker.mail.delivery import deliver
    from tracker.mail.limits import MIB
    from tracker.mail.mailroom import open_mailroom
    from tracker.workspace import Workspace

    room, most = open_mailroom(Workspace.open(Path.cwd()), folder), _MOST
    with suppress(TrackerError):  # a mistake in tracker.yml is told once the message is safe
        most = max(most, int(room.workspace.configuration.mail.limits.size * MIB))
    data = sys.stdin.buffer.read(most + 1)
    if len(data) > most:
        raise UsageError(_("It is larger than {most} MiB.").format(most=most // MIB))
    deliver(room.spool, data, "receive", recipients, sender)
    return room


def _process(room: Mailroom) -> None:
    """Take in what waits; what fails now is tried again by whoever comes next."""
    from tracker.mail.processing import BATCH, process

    with suppress(Exception):  # it is safe: whatever happens now, the mail server must not keep it, too
        try:
            tell(process(room, BATCH, pauses=()))
        except TrackerError as error:
            click.echo(_("It is safe, and taken in later: {reason}").format(reason=error.message), err=True)


def _later(reason: str) -> int:
    click.echo(_("The message was not taken: {reason}").format(reason=reason), err=True)
    return TRY_AGAIN
