"""`tracker mail fetch`: messages from mailboxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.mail.options import take_in_waiting, with_mailroom
from tracker.cli.terminal import one_line
from tracker.errors import UsageError
from tracker.mail.processing import BATCH
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.watching import Look
    from tracker.model.mailbox import Mailbox

_EVERY, _RARELY = 60, 29 * 60
"""In seconds: servers may hang up on those who listen for half an hour (RFC 2177)."""


@click.command(
    "fetch",
    help=_("""Fetch mail from the mailboxes of tracker.yml, or from some of them, and take it in.

It exits with 75 where a server does not answer or the desk cannot be changed now: the next run goes on. With
“--watch” it stays, is told by the servers what comes, and tries again by itself."""),
)
@click.argument("names", metavar="[MAILBOX]...", nargs=-1)
@click.option("--watch", is_flag=True, help=_("Keep running."))
@click.option(
    "--every",
    type=click.IntRange(1, _RARELY),
    default=_EVERY,
    show_default=True,
    help=_("With --watch: seconds between two looks where no server tells."),
)
@click.option("--later", is_flag=True, help=_("Only put messages into the spool."))
@with_mailroom
def command(room: Mailroom, names: tuple[str, ...], watch: bool, every: int, later: bool) -> int:
    """Fetch once, or until somebody asks to stop."""
    from tracker.mail.stop import Stop
    from tracker.mail.watching import look_into
    from tracker.mail.watching import watch as keep_watching

    mailboxes = _chosen(room, names)
    if not watch:
        codes = {_told(look) for look in look_into(room, mailboxes)}
        if not later and take_in_waiting(room, BATCH) is None:
            codes.add(TRY_AGAIN)
        return min(codes - {0}, default=0)  # what needs somebody, before what may pass
    with Stop() as stop:
        for look in keep_watching(room, lambda room: _chosen(room, names), every, stop):
            _told(look)
            if not later and (look.fetched.new or room.spool.waits):
                take_in_waiting(room.again(), BATCH, stop)
    return 0


def _chosen(room: Mailroom, names: tuple[str, ...]) -> Mapping[str, Mailbox]:
    from tracker.model.problem import allowed_values

    mailboxes = room.workspace.configuration.mail.mailboxes
    if not mailboxes:
        raise UsageError(
            _("tracker.yml names no mailbox to fetch from."), _("Describe one below mail: mailboxes:")
        )
    for name in names:
        if name not in mailboxes:
            message = _("There is no mailbox “{name}”.").format(name=name)
            raise UsageError(message, allowed_values(list(mailboxes), name))
    return {name: mailbox for name, mailbox in mailboxes.items() if name in names or not names}


def _told(look: Look) -> int:
    """Print what was fetched, and what went wrong; return the exit code for it."""
    for note in look.fetched.notes:
        click.secho(f"{look.name}: {one_line(note)}", err=True, fg="yellow")
    if look.fetched.new:
        said = ngettext("{number} new message", "{number} new messages", look.fetched.new)
        click.echo(f"{look.name}: {said.format(number=look.fetched.new)}", err=True)
    if look.error:
        told = f"{look.name}: {one_line(look.error.message)} {one_line(look.error.hint)}"
        click.secho(told.rstrip(), err=True, fg="red")
        return look.error.exit_code
    return 0
