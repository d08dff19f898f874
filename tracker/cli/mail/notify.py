"""`tracker mail notify`: mail for what changed since the last run."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.mail.options import with_mailroom
from tracker.cli.terminal import one_line
from tracker.errors import (
    PushRefusedError,
    RepositoryError,
    StorageError,
    UnreachableError,
    UsageError,
)
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.outbox import Outbox
    from tracker.mail.notices.writing import Notice


@click.command(
    "notify",
    help=_("""Tell people by mail what changed since the last run; a schedule runs it, as often as you like.

The first run tells nothing: it notes where to begin. Nothing is told twice, whichever machine runs it. It
exits with 75 where mail waits in the outbox for the next run, with 3 where nothing will be better until you
do something, such as for a wrong password, and with 1 where the server refused a mail for good."""),
)
@click.option("--dry-run", is_flag=True, help=_("Say what would be sent, and send nothing."))
@click.option(
    "--mbox",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help=_("With --dry-run: append the mail to this file."),
)
@with_mailroom
def command(room: Mailroom, dry_run: bool, mbox: Path | None) -> int:
    """Print a line for each mail."""
    if mbox and not dry_run:
        raise UsageError(_("“--mbox” needs “--dry-run”."))
    if dry_run:
        _rehearse(room, mbox)
        return 0
    try:
        return _notify(room)
    except PushRefusedError:
        raise
    except (UnreachableError, RepositoryError, StorageError) as error:
        click.secho(_("Error: {message}").format(message=error.message), err=True, fg="red")
        click.echo(error.hint, err=True)
        return TRY_AGAIN


def _notify(room: Mailroom) -> int:
    from tracker.mail.notices.delivering import deliver_all
    from tracker.mail.notices.notify import outbox_of, put_out
    from tracker.mail.notices.smtp import Answer

    told, outbox = put_out(room), outbox_of(room)
    if told.first:
        click.secho(
            _("This is the first run: from now on, people are told what happens."), err=True, dim=True
        )
    labels = {Answer.SENT: _("sent"), Answer.LATER: _("waits"), Answer.NEVER: _("refused")}
    colours = {Answer.SENT: "green", Answer.LATER: "yellow", Answer.NEVER: "red"}
    tried = Counter[Answer]()
    for one in deliver_all(room, outbox):
        tried[one.answer] += 1
        label = click.style(labels[one.answer], fg=colours[one.answer])
        click.echo("\t".join([label, *map(one_line, one[1:])]).rstrip())
    _say_what_waits(room, outbox, tried[Answer.LATER])
    return 1 if tried[Answer.NEVER] else TRY_AGAIN if outbox.waiting() else 0


def _say_what_waits(room: Mailroom, outbox: Outbox, tried: int) -> None:
    """Say how much waits that was not tried: its readers have had enough, or a later run sends it."""
    from tracker.mail.notices.delivering import within_limits

    most = room.workspace.configuration.mail.notices.most
    now = room.workspace.now()
    more = len(outbox.due(now)) - len(within_limits(outbox, most, now))
    others = len(outbox.waiting()) - more - tried
    if others > 0:
        said = ngettext(
            "{number} more mail waits for the next run.", "{number} more mails wait for the next run.", others
        )
        click.secho(said.format(number=others), err=True, fg="yellow")
    if more:
        said = ngettext(
            "{number} more mail waits: nobody gets more than {most} in an hour.",
            "{number} more mails wait: nobody gets more than {most} in an hour.",
            more,
        )
        click.secho(said.format(number=more, most=most), err=True, fg="yellow")


def _rehearse(room: Mailroom, mbox: Path | None) -> None:
    from tracker.mail.notices.notify import rehearse

    told = rehearse(room)
    if told.first:
        click.secho(_("The first run would tell nothing."), err=True, dim=True)
    for notice in told.notices:
        click.echo("\t".join(map(one_line, (", ".join(notice.what), *notice.envelope[1:]))))
    if mbox:
        _write(mbox, told.notices)


def _write(place: Path, notices: Iterable[Notice]) -> None:
    import mailbox

    box = mailbox.mbox(place)
    for notice in notices:
        box.add(notice.data)
    box.close()
