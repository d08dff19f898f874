"""`tracker comment`: add to a ticket's conversation."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

import click

from tracker.cli.landing import write
from tracker.cli.options import lands, ticket_id, with_workspace
from tracker.cli.terminal import interactive, read_text
from tracker.errors import UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.land import Way
    from tracker.workspace import Workspace


@click.command(
    "comment",
    help=_("""Add a comment to a ticket.

The text comes from -m, from a file (-F, “-” for standard input), or from your editor."""),
)
@ticket_id
@click.option("-m", "--message", help=_("The text, in Markdown."))
@click.option(
    "-F",
    "--file",
    type=click.File(encoding="utf-8"),
    help=_("Read the text from this file; - for standard input."),
)
@click.option("--internal", is_flag=True, help=_("For the desk’s people only."))
@click.option("--author", help=_("Who writes: a handle or an address. Otherwise Git’s user."))
@lands
@with_workspace
def command(
    workspace: Workspace,
    typed: str,
    message: str | None,
    file: IO[str] | None,
    internal: bool,
    author: str | None,
    way: Way,
) -> None:
    """Write the comment and print its path."""
    from tracker.actions.assign import person_of
    from tracker.actions.comment import comment

    identity = workspace.repository.identity() if workspace.repository else None
    if author is None and identity:
        author = person_of(workspace.configuration, identity.email) or identity.email
    text = message if message is not None else _given_text(file)
    visibility = "internal" if internal else "public"
    landed = write(
        workspace, lambda desk: comment(desk, desk.find(typed), author or "", text, visibility), way
    )
    click.echo(next(iter(landed.change.files)))


def _given_text(file: IO[str] | None) -> str:
    if file is not None:
        return read_text(file)
    if interactive():
        return click.edit("", extension=".md") or ""
    if not sys.stdin.isatty():
        return read_text(sys.stdin)
    raise UsageError(_("There is no text: give -m TEXT or -F FILE."))
