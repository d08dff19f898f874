"""What the rules decide about tickets, as people and programs read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tracker.cli.terminal import clean, print_table
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.assignment.request import Decision
    from tracker.errors import TrackerError


def print_decisions(decisions: Sequence[Decision], refused: Mapping[str, TrackerError]) -> None:
    """Print who is given each ticket, and why; then how many are, and what cannot be written."""
    if not (decisions or refused):
        click.echo(_("There is no ticket to assign."), err=True)
        return
    headings = (_("Ticket"), _("Assignee"), _("Reason"))
    rows = [(decision.id, decision.assignee or decision.team or "—", decision.why) for decision in decisions]
    print_table(headings, rows, ("bold", "cyan"))
    for ticket, error in refused.items():
        click.secho(clean(f"{ticket}: {error.message} {error.hint}"), fg="yellow", err=True)
    given = sum(bool(decision.assignee) and decision.id not in refused for decision in decisions)
    said = ngettext(
        "{given} of {number} ticket is given to somebody.",
        "{given} of {number} tickets are given to somebody.",
        len(decisions),
    )
    click.secho(said.format(given=given, number=len(decisions)), err=True, dim=True)


def as_data(decision: Decision, error: TrackerError | None = None) -> dict[str, Any]:
    """Return a decision as JSON has it."""
    found = {
        "id": decision.id,
        "assignee": decision.assignee,
        "team": decision.team or None,
        "rule": decision.rule or None,
        "reason": decision.why,
    }
    return {**found, "error": error.message} if error else found
