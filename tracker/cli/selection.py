"""Which tickets a command changes: some ids, or all that a query chooses."""

from __future__ import annotations

from functools import partial, wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.identity import me
from tracker.cli.landing import print_change, write_planned
from tracker.cli.terminal import clean
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from tracker.actions.bulk import Bulk
    from tracker.actions.change import Change, Way
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Selection(NamedTuple):
    """What a person said of the tickets to change."""

    query: str
    skip: bool


def selects(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--query` and `--skip`, and hand both to a command as `selection`."""

    @click.option("-q", "--query", default="", help=_("All tickets that “tracker list QUERY” shows."))
    @click.option("--skip", is_flag=True, help=_("Leave out the tickets that refuse the change."))
    @wraps(function)
    def command(*args: Any, query: str, skip: bool, **kwargs: Any) -> Any:
        return function(*args, selection=Selection(query, skip), **kwargs)

    return command


def write_each(
    workspace: Workspace,
    typed: tuple[str, ...],
    selection: Selection,
    change_of: Callable[[Workspace, Entry, Collection[str]], Change],
    way: Way,
) -> None:
    """Change each chosen ticket, and print the lines that changed and, for several, how many did.

    Raises:
        UsageError: neither ids nor a query were given, or both.
    """
    from tracker.actions.bulk import change_each

    action = click.get_current_context().info_name or ""

    def plan(desk: Workspace) -> Bulk:
        tickets = chosen(desk, typed, selection.query)
        return change_each(tickets, partial(change_of, desk), action=action, skip=selection.skip)

    bulk = write_planned(workspace, plan, way)
    change = bulk.change
    if len(typed) == 1:
        print_change(change)
        return
    if change.files:
        print_change(change)
    for error in bulk.refused:
        click.echo(clean(f"{error.message} {error.hint}"), err=True)
    counts = _("{changed} changed, {same} already so, {refused} left out")
    said = counts.format(changed=bulk.changed, same=bulk.same, refused=len(bulk.refused))
    click.secho(said, err=True, dim=True)


def chosen(desk: Workspace, typed: tuple[str, ...], query: str) -> list[Entry]:
    """Return the tickets that some ids or a query mean.

    Raises:
        UsageError: neither ids nor a query were given, or both, or the query is met by none.
    """
    from tracker.errors import UsageError
    from tracker.workspace.asking import ask

    if bool(typed) is bool(query.strip()):
        raise UsageError(_("Name the tickets by their ids, or choose them with --query."))
    if typed:
        return list({entry.path: entry for entry in map(desk.find, typed)}.values())
    paths = {row["path"]: None for row in ask(desk, query, me=me(desk)).rows}
    entries = {entry.path: entry for entry in desk.entries if entry.path in paths}
    if not paths:
        raise UsageError(_("No ticket matches “{query}”.").format(query=query))
    return [entries[path] for path in paths]
