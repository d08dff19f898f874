"""`tracker redact`: take a person out of the desk."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write_planned
from tracker.cli.options import lands, with_workspace
from tracker.cli.terminal import clean
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.workspace import Workspace


@click.command(
    "redact",
    help=_("""Take a person out of all tickets, conversations and files of text, by their addresses and names.

Each becomes a word that tells nobody anything. It says what the history still holds, and how to rewrite that:
it is your decision, because everybody who has a clone must then clone anew."""),
)
@click.argument("words", metavar="ADDRESS|NAME...", nargs=-1, required=True)
@click.option(
    "--expressions",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help=_("Write what git filter-repo needs into this file."),
)
@lands
@with_workspace
def command(workspace: Workspace, words: tuple[str, ...], expressions: Path | None, way: Way) -> None:
    """Write the change, and print what is left."""
    from tracker.actions import redact
    from tracker.actions.redacted_words import expressions as expressions_for

    done = write_planned(workspace, lambda desk: redact.redact(desk, words), way)
    print_change(done.change)
    for path in done.attachments:
        click.echo(_("Look into it yourself: {path}").format(path=clean(path)), err=True)
    if expressions:
        expressions.write_text(expressions_for(words), encoding="utf-8")
    held = redact.held_by_history(workspace, words)
    if held:
        said = ngettext(
            "{number} commit of the history holds it still. To rewrite it in a fresh clone:",
            "{number} commits of the history hold it still. To rewrite them in a fresh clone:",
            held,
        )
        click.echo(said.format(number=held), err=True)
        file = expressions or "FILE"
        click.echo(f"  git filter-repo --replace-text {file} --replace-message {file}", err=True)
    said = _("Where mail comes in, messages hold it, too. To remove those of an address there: {command}")
    click.echo(said.format(command="tracker mail clean --of ADDRESS"), err=True)
