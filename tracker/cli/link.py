"""`tracker link`: relate two tickets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.landing import print_change, write
from tracker.cli.options import lands, other_id, relation, ticket_id, with_workspace
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change, Way
    from tracker.workspace import Workspace


@click.command(
    "link",
    help=_("""Relate two tickets: tracker link 1042 blocks 1050

parent, follows, blocks, duplicates, relates; or from the other side: parent-of, followed-by, blocked-by,
duplicated-by. A link is stored on one side and shown on both."""),
)
@ticket_id
@relation
@other_id
@click.option("--remove", is_flag=True, help=_("Take the link away."))
@lands
@with_workspace
def command(workspace: Workspace, typed: str, relation: str, other: str, remove: bool, way: Way) -> None:
    """Change the links and print the lines that changed."""
    from tracker.actions.link import link, link_abroad

    def plan(desk: Workspace) -> Change:
        if desk.configuration.desk_of(other) and other.strip() not in desk.by_id:
            return link_abroad(desk, desk.find(typed), relation, other, remove=remove)
        return link(desk, desk.find(typed), relation, desk.find(other), remove=remove)

    print_change(write(workspace, plan, way).change)
