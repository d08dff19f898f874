"""`tracker demo`: a desk to look at."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import click

from tracker.translation import _, ngettext


@click.command(
    "demo",
    help=_("""Make a desk of an invented company in DIR, with two years of history.

The same number and seed on the same day give the same desk."""),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "-n", "--tickets", type=click.IntRange(1, 1_000_000), default=200, show_default=True, help=_("How many.")
)
@click.option("--seed", type=int, default=1, show_default=True, help=_("Choose another desk."))
@click.option(
    "--now", type=click.DateTime(["%Y-%m-%d"]), help=_("The day on which its history ends; otherwise today.")
)
@click.option("--prefix", default="HD", show_default=True, help=_("Of its tickets’ ids."))
def command(folder: Path, tickets: int, seed: int, now: datetime | None, prefix: str) -> None:
    """Make the repository, and say what comes next."""
    from tracker.cli.terminal import one_line
    from tracker.demo.demonstrate import demonstrate
    from tracker.errors import UsageError
    from tracker.model.desks import PREFIX

    if not re.fullmatch(PREFIX, prefix):
        message = _("“{value}” is no prefix of ids.").format(value=prefix)
        raise UsageError(message, _("Write up to ten capital letters and digits, such as HD."))
    demonstrate(folder, tickets, seed, (now or datetime.now(UTC)).date(), prefix)
    text = ngettext(
        "A desk with {number} ticket is in {folder}.", "A desk with {number} tickets is in {folder}.", tickets
    )
    click.echo(text.format(number=tickets, folder=one_line(str(folder))))
    click.echo(_("Next:"))
    click.echo(f"  cd {one_line(str(folder))} && tracker serve")
