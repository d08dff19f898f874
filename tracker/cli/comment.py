"""`tracker comment`: add to a ticket's conversation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from tracker.cli.editor import kept_text, saved_text
from tracker.cli.identity import me
from tracker.cli.landing import write
from tracker.cli.options import lands, text_file, ticket_id, with_workspace
from tracker.cli.terminal import interactive, read_text
from tracker.errors import UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.workspace import Workspace


@click.command(
    "comment",
    help=_("""Add a comment to a ticket.

The text comes from -m, from a file (-F, “-” for standard input), or from your editor. It may mention people
(@omar) and tickets (HD-12). A comment is never changed: --supersedes adds one that stands in its place."""),
)
@ticket_id
@click.option("-m", "--message", help=_("The text, in Markdown."))
@text_file
@click.option("--internal", is_flag=True, help=_("For the desk’s people only."))
@click.option(
    "-a",
    "--attach",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help=_("Attach this file; may be repeated."),
)
@click.option(
    "--supersedes",
    default="",
    metavar="COMMENT",
    help=_("Correct an earlier comment of yours: “last”, or how its file’s name begins."),
)
@click.option("--author", help=_("Who writes: a handle or an address. Otherwise Git’s user."))
@lands
@with_workspace
def command(
    workspace: Workspace,
    typed: str,
    message: str | None,
    file: IO[str] | None,
    internal: bool,
    attach: tuple[Path, ...],
    supersedes: str,
    author: str | None,
    way: Way,
) -> None:
    """Write the comment and print the paths of its files."""
    from tracker.actions.attachment import Attachment
    from tracker.actions.comment import Words, comment, earlier_comment
    from tracker.actions.push import standing
    from tracker.store.files import read_bytes

    author = author or me(workspace)
    attachments = tuple(Attachment(path.name, read_bytes(path.resolve())) for path in attach)
    visibility = "internal" if internal else "public"

    def add(text: str) -> None:
        words = Words(author, text, visibility, attachments, supersedes)
        landed = write(workspace, lambda desk: comment(desk, desk.find(typed), words), way)
        for path in landed.change.files:
            click.echo(path)
        _warn_of_unknown(workspace, text)

    if message is not None and file:
        raise UsageError(_("Give the text once: with -m or with -F."))
    before, desk = "", workspace
    if supersedes:
        desk = standing(workspace, workspace.repository) if way.push and workspace.repository else workspace
        earlier = earlier_comment(desk, desk.find(typed), author, supersedes)
        before, supersedes = earlier.body, earlier.name
    text = message if message is not None else _piped(file)
    if text is not None:
        add(text)
        return
    about = f"{desk.find(typed).path} {visibility} comment {supersedes}"
    with kept_text(workspace, about, before.encode(), keep=way.dry_run) as kept:
        add(saved_text(kept.saved))


def _piped(file: IO[str] | None) -> str | None:
    """Return the text that comes from elsewhere; None where a person shall write it."""
    if file is not None:
        return read_text(file)
    if interactive():
        return None
    if not sys.stdin.isatty():
        return read_text(sys.stdin)
    raise UsageError(_("There is no text: give -m TEXT or -F FILE."))


def _warn_of_unknown(workspace: Workspace, text: str) -> None:
    """Say which of the people that a text mentions the desk does not know; it may be meant so."""
    from tracker.model.mention import mentions
    from tracker.model.problem import nearest

    people = workspace.configuration.people
    for handle in mentions(text, workspace.configuration.ids.prefix).people:
        if handle not in people:
            guess = nearest(handle, people)
            hint = _("Did you mean @{guess}?").format(guess=guess) if guess else ""
            message = _("“@{handle}” is nobody of this desk.").format(handle=handle)
            click.secho(f"{message} {hint}".rstrip(), err=True, fg="yellow")
