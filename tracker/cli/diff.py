"""`tracker diff`: what changed between two states of the desk, in the words of its tickets."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from tracker.cli.history import event_data, id_of_home
from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


@click.command(
    "diff",
    help=_("""Show what is otherwise in a state of the desk than in another: new tickets, changed fields,
comments.

A state is a revision of Git (a branch, tag or commit) or a time: 2026-11-24, yesterday. Without the second
one, the files on disk are meant; without any, what is not committed."""),
)
@click.argument("before", metavar="[REVISION]", default="HEAD")
@click.argument("after", metavar="[REVISION]", required=False)
@as_json
@with_workspace
def command(workspace: Workspace, before: str, after: str | None, as_json: bool) -> None:
    """Print what differs, ticket by ticket."""
    from tracker.history.words import in_words
    from tracker.model.identifier import sort_key
    from tracker.workspace.past import changes_between, commit_meant

    if after is None and ".." in before:
        before, _dots, after = before.partition("..")
    old = commit_meant(workspace, before)
    new = commit_meant(workspace, after) if after else None
    changes = sorted(
        changes_between(workspace, old, new), key=lambda one: (sort_key(id_of_home(one[0])), one[0])
    )
    if as_json:
        print_json([{"path": path, **event_data(workspace, event)} for path, event in changes])
        return
    for path, events in groupby(changes, key=lambda one: one[0]):
        click.echo(click.style(id_of_home(path), bold=True) + click.style(f"  {one_line(path)}", dim=True))
        for _path, event in events:
            click.echo(f"  {one_line(in_words(event, workspace.fields))}")
