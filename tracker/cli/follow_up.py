"""`tracker follow-up`: file a ticket that follows another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.new import Said, file_ticket
from tracker.cli.options import in_editor, lands, sets, stays_draft, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.workspace import Workspace


@click.command(
    "follow-up",
    help=_("""File a ticket that follows another: tracker follow-up 1042 "Replace the fuser"

It has the category, requester, department and location of the other, and links to it."""),
)
@ticket_id
@click.argument("title", required=False)
@sets
@click.option("-m", "--message", default="", help=_("The text, in Markdown."))
@in_editor
@stays_draft
@lands
@with_workspace
def command(
    workspace: Workspace,
    typed: str,
    title: str | None,
    written: tuple[str, ...],
    message: str,
    in_editor: bool,
    draft: bool,
    way: Way,
) -> None:
    """File the ticket and print its path."""
    from tracker.actions.create import from_template
    from tracker.actions.follow_up import follow_up
    from tracker.store.templates import DEFAULT

    earlier = workspace.find(typed)
    fields, _body = from_template(workspace, DEFAULT)
    body = f"{message}\n" if message else ""
    said = Said(title, written, in_editor, draft)
    file_ticket(workspace, fields | follow_up(earlier), body, said, way, follows=typed)
