"""`tracker mail status`: what became of each message."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.cli.options import as_json
from tracker.cli.terminal import one_line, print_json, print_lines
from tracker.query.timing import moment_of
from tracker.store.record import outcome_label
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom
    from tracker.model.configuration import Configuration
    from tracker.workspace.messages import Listed

_COLOURS = {"held": "yellow", "quarantine": "red", "new": "cyan", "claimed": "cyan"}


@click.command(
    "status",
    help=_("""Show the messages of the spool, each with its one outcome and why.

Without “--all”, only those that wait, are held or are quarantined. It exits with 1 where there are some."""),
)
@click.option("--all", "all_", is_flag=True, help=_("Also those that are done."))
@as_json
@with_mailroom
def command(room: Mailroom, all_: bool, as_json: bool) -> int:
    """Print a line for each message."""
    from tracker.workspace.messages import listed

    found = list(listed(room.spool, everything=all_))
    if as_json:
        print_json([one.as_json() for one in found])
    else:
        headings = (_("Message"), _("Received"), _("Outcome"), _("Ticket"), _("From"), _("Subject"), _("Why"))
        head = [[(heading, "dim") for heading in headings]] if sys.stdout.isatty() and found else []
        print_lines([*head, *(_line(room.workspace.configuration, one) for one in found)])
    waiting = sum(one.state != "done" for one in found)
    said = ngettext("{number} message needs somebody", "{number} messages need somebody", waiting)
    click.secho(said.format(number=waiting), err=True, dim=True)
    if waiting and sys.stdout.isatty():
        click.secho(_("tracker mail show, release, retry or drop MESSAGE"), err=True, dim=True)
    return int(bool(waiting))


def _line(configuration: Configuration, one: Listed) -> list[tuple[str, str]]:
    record = one.record
    received = moment_of(record.received, configuration.zone)
    return [
        (one.identity[:12], "bold"),
        (configuration.local(received) if received else "", "dim"),
        (outcome_label(record.outcome), _COLOURS.get(one.state, "")),
        (record.ticket, ""),
        (one_line(record.author), ""),
        (one_line(record.subject), ""),
        (one_line(record.reason), "dim"),
    ]
