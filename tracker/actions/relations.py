"""What a ticket's links and aliases mean to the others: an id leads to one ticket, a link to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import RefusedValueError
from tracker.translation import _
from tracker.validation.rules.t201_one_owner import claimed, is_merged
from tracker.validation.rules.t202_dangling_link import dangling
from tracker.validation.rules.t203_link_to_itself import leading_back
from tracker.validation.rules.t204_circle import DIRECTED, circle, path_between

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.document import Document
    from tracker.model.entry import Entry
    from tracker.model.values import Link
    from tracker.workspace import Workspace


def check_relations(
    workspace: Workspace, entry: Entry, after: Document, together: Collection[str] = ()
) -> None:
    """Stop a new alias that another ticket has, and a new link that leads nowhere, back or in a circle.

    Args:
        workspace: the desk.
        entry: the ticket as it is.
        after: its file as it shall be.
        together: the paths of tickets that change in the same way with it.

    Raises:
        RefusedValueError: with the first thing that would be wrong.
    """
    if all(entry.values.get(name) == after.values.get(name) for name in ("links", "aliases")):
        return
    ticket, _problems = workspace.reader.read(after.values, required=())
    changed = entry._replace(ticket=ticket, values=after.values)
    aliases = [alias for alias in ticket.aliases if alias not in entry.ticket.aliases]
    if aliases and together:
        raise RefusedValueError(_("An alias belongs to one ticket: name one."))
    for alias in aliases:
        rival = workspace.by_id.get(alias)
        if rival and not (rival.path != entry.path and is_merged(changed, rival)):
            raise RefusedValueError(*claimed(alias, [rival.path]))
    for link in ticket.links:
        if link not in entry.ticket.links:
            check_link(workspace, changed, link)


def check_link(workspace: Workspace, changed: Entry, link: Link) -> None:
    """Stop a link of a ticket that leads nowhere, back or in a circle.

    Raises:
        RefusedValueError: it does.
    """
    own = {changed.id, *changed.ticket.aliases}
    target = workspace.by_id.get(link.target)
    if link.target in own or (target and target.path == changed.path):
        raise RefusedValueError(*leading_back(link))
    if target is None and workspace.configuration.desk_of(link.target):
        return  # whether there is such a ticket, its own desk says
    if target is None:
        raise RefusedValueError(*dangling(link, workspace.by_id))
    way = path_between(target, changed, link.kind, workspace.by_id) if link.kind in DIRECTED else []
    if way:
        raise RefusedValueError(*circle(changed, link, way))
