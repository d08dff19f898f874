"""What every changing command does: write its change, and say what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

import click

from tracker.cli.terminal import clean, one_line, print_diff
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.actions.accept import Accepted
    from tracker.actions.change import Change, Landed, Plan, Way
    from tracker.workspace import Workspace


class _HasChange(Protocol):
    @property
    def change(self) -> Change:
        """What is to be written."""


_Planned = TypeVar("_Planned", bound=_HasChange)


def write(workspace: Workspace, plan: Plan, way: Way) -> Landed:
    """Write a change, and say on standard error where it went when that is not into the files alone."""
    from tracker.actions.land import land

    landed = land(workspace, plan, way)
    if way.dry_run:
        click.secho(_("Nothing was written: this is what would change."), err=True, fg="yellow")
    if landed.commit:
        place = landed.remote or _("this branch")
        said = _("Committed to {place} as {commit}.").format(place=place, commit=landed.commit[:10])
        click.secho(said, err=True, dim=True)
    if landed.behind:
        hint = _("This clone does not show it yet, because of work of its own: run “git pull”.")
        click.secho(hint, err=True, fg="yellow")
    for path in landed.left:
        said = _("{path} does not show it yet: it cannot be written, or holds other work. See “git diff”.")
        click.secho(said.format(path=clean(path)), err=True, fg="yellow")
    return landed


def write_planned(workspace: Workspace, plan: Callable[[Workspace], _Planned], way: Way) -> _Planned:
    """Write the change of a plan that tells more than it, and return all that it told of what was written."""
    told: list[_Planned] = []

    def change(desk: Workspace) -> Change:
        told.append(plan(desk))
        return told[-1].change

    write(workspace, change, way)
    return told[-1]


def warn_of_branch(workspace: Workspace, accepted: Sequence[Accepted], way: Way) -> None:
    """Say that another branch may give the same numbers."""
    repository, default = workspace.repository, workspace.configuration.forge.branch
    branch = repository.branch() if repository else None
    if accepted and branch and branch != default and not way.push:
        said = _("Another branch may give these numbers, too: drafts are best accepted on “{branch}”.")
        click.secho(said.format(branch=default), err=True, fg="yellow")


def print_change(change: Change) -> None:
    """Print which lines of which files changed, or that none had to."""
    from tracker.store.layout import ATTACHMENTS

    if not change.files:
        tickets = ", ".join(change.tickets)
        click.echo(_("{tickets}: nothing to change.").format(tickets=one_line(tickets)), err=True)
    for path, edit in change.files.items():
        click.echo(clean(path))
        if f"/{ATTACHMENTS}/" in path:
            continue  # anybody's bytes: their name says enough
        print_diff(_text(edit.before), _text(edit.after))


def _text(data: bytes | None) -> str:
    return (data or b"").decode("utf-8", "replace")
