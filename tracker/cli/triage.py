"""`tracker triage`: accept new requests, say what they are about, and give them to people."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from tracker.cli.decisions import as_data, print_decisions
from tracker.cli.landing import warn_of_branch, write_planned
from tracker.cli.options import as_json, lands, with_workspace
from tracker.cli.terminal import clean, one_line, print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.actions.triage import Triaged
    from tracker.workspace import Workspace

_FOUND = 1


@click.command(
    "triage",
    help=_("""Accept drafts, and catalogue and assign what nobody has, by the rules in tracker.yml.

With --commit, all of it is one commit, which says why, and only drafts that are committed count; this is
what runs on the default branch after each merge. With --dry-run, nothing is written. A draft that cannot be
accepted stays one, and the exit code is 1."""),
)
@as_json
@lands
@with_workspace
def command(workspace: Workspace, as_json: bool, way: Way) -> int:
    """Print what became of each new request."""
    from tracker.actions.triage import triage

    triaged = write_planned(workspace, triage, way)
    if as_json:
        print_json(_as_data(triaged))
    else:
        _print(triaged)
    warn_of_branch(workspace, triaged.accepted, way)
    _say_what_waits(workspace, triaged, way)
    for error in triaged.refused:
        click.secho(clean(f"{error.message} {error.hint}".rstrip()), fg="yellow", err=True)
    return _FOUND if triaged.refused or triaged.unwritten else 0


def _print(triaged: Triaged) -> None:
    for ticket in triaged.accepted:
        click.echo(f"{ticket.id}\t{one_line(ticket.title)}\t{ticket.path}")
    for (ticket, words), reasons in groupby(triaged.catalogued, key=lambda one: (one.ticket, one.words)):
        fields = ", ".join(f"{reason.field}={reason.value}" for reason in reasons)
        click.secho(one_line(f"{ticket}: {fields} ({words})"), dim=True)
    if triaged.decisions or triaged.unwritten:
        print_decisions(triaged.decisions, triaged.unwritten)


def _say_what_waits(workspace: Workspace, triaged: Triaged, way: Way) -> None:
    """Say which drafts are not committed yet, so that a commit cannot accept them; or that nothing is new."""
    known = {ticket.draft for ticket in triaged.accepted}
    drafts = [entry for entry in workspace.entries if entry.draft and entry.path not in known]
    if (way.commit or way.push) and drafts and not triaged.refused:
        said = _("These drafts are not committed yet, so they cannot be accepted there: {drafts}.")
        names = ", ".join(entry.id for entry in drafts)
        click.secho(said.format(drafts=one_line(names)), fg="yellow", err=True)
    elif not (triaged.change.files or triaged.decisions or triaged.refused):
        click.secho(_("There is nothing to do now."), err=True, dim=True)


def _as_data(triaged: Triaged) -> dict[str, object]:
    return {
        "accepted": [ticket._asdict() for ticket in triaged.accepted],
        "catalogued": [reason._asdict() for reason in triaged.catalogued],
        "assigned": [as_data(one, triaged.unwritten.get(one.id)) for one in triaged.decisions],
        "refused": [error.message for error in triaged.refused],
    }
