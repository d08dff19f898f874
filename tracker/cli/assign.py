"""`tracker assign`: make a person responsible for tickets, one that is named or one that the rules find."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.decisions import as_data, print_decisions
from tracker.cli.identity import me
from tracker.cli.landing import write_planned
from tracker.cli.options import as_json, ids_and_person, lands, with_workspace
from tracker.cli.selection import chosen, selects, write_each
from tracker.cli.terminal import print_json
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Way
    from tracker.actions.dispatch import Dispatched
    from tracker.cli.selection import Selection
    from tracker.workspace import Workspace

_FOUND = 1


@click.command(
    "assign",
    help=_("""Make a person responsible for tickets: tracker assign 1042 omar. “me” is you.

Without a person, the rules in tracker.yml decide, and say why: tracker assign 1042, tracker assign --all.
With --dry-run they only say it."""),
)
@ids_and_person
@click.option("--nobody", is_flag=True, help=_("Take the tickets from whoever has them."))
@click.option("--all", "everything", is_flag=True, help=_("Every open ticket that nobody has, by the rules."))
@selects
@as_json
@lands
@with_workspace
def command(  # an option each
    workspace: Workspace,
    words: tuple[str, ...],
    nobody: bool,
    everything: bool,
    selection: Selection,
    as_json: bool,
    way: Way,
) -> int:
    """Change the assignee, and print the lines that changed, or what the rules decided."""
    from tracker.errors import UsageError

    if everything and (words or selection.query or nobody):
        raise UsageError(_("--all means every ticket that nobody has: name none, and no person."))
    person = _person(workspace, words)
    if nobody or person:
        if as_json:
            raise UsageError(_("--json tells what the rules decide: name no person."))
        _by_hand(workspace, words if nobody else words[:-1], person, selection, way)
        return 0
    if not (everything or words or selection.query):
        raise UsageError(_("Name tickets, a person, or both; or give --all."))
    return _by_rules(workspace, words, selection, as_json=as_json, way=way)


def _person(workspace: Workspace, words: tuple[str, ...]) -> str:
    """Return the person that the last of some words means; empty where it is a ticket.

    Raises:
        UsageError: it is nobody and nothing; or “me” is nobody of the desk.
    """
    from tracker.errors import UnknownTicketError, UsageError

    people, last = workspace.configuration.people, words[-1] if words else ""
    if last == "me":
        person = me(workspace)
        if person not in people:
            message = _("Git’s user.email is no address of this desk’s people.")
            hint = _("Name the person: tracker assign {id} HANDLE").format(id=words[0] if words[1:] else "ID")
            raise UsageError(message, hint)
        return person
    if not last or last in people:
        return last
    try:
        workspace.find(last)
    except UnknownTicketError:
        if len(words) == 1:
            raise
        return last  # nobody of this name: whoever makes the change says so
    return ""


def _by_hand(workspace: Workspace, ids: tuple[str, ...], person: str, selection: Selection, way: Way) -> None:
    from tracker.actions.assign import assign

    write_each(
        workspace, ids, selection, lambda desk, entry, _together: assign(desk, entry, person or None), way
    )
    known = workspace.configuration.people.get(person)
    away = known.absence(workspace.configuration.today_of(known, workspace.now())) if known else None
    if away:
        said = _("{person} is away until {day}.").format(person=person, day=away.until or "…")
        delegate = _("The delegate is {person}.").format(person=away.delegate) if away.delegate else ""
        click.secho(f"{said} {delegate}".rstrip(), fg="yellow", err=True)


def _by_rules(
    workspace: Workspace, ids: tuple[str, ...], selection: Selection, *, as_json: bool, way: Way
) -> int:
    """Print what the rules decide, and write it unless that is not wanted."""
    from tracker.actions.dispatch import dispatch, foresee, unassigned
    from tracker.errors import UsageError
    from tracker.workspace.staffing import open_desk

    if not workspace.configuration.assignment.decides:
        raise UsageError(
            _("Name a person, or give --nobody."),
            _("The desk has no rules that would decide: “assignment” in tracker.yml."),
        )
    if way.dry_run and not (way.push or ids or selection.query):
        told = foresee(workspace)
    else:

        def plan(desk: Workspace) -> Dispatched:
            named = bool(ids or selection.query)
            entries = chosen(desk, ids, selection.query) if named else unassigned(desk)
            return dispatch(desk, open_desk(desk), entries)

        told = write_planned(workspace, plan, way)
    if as_json:
        print_json([as_data(decision, told.refused.get(decision.id)) for decision in told.decisions])
    else:
        print_decisions(told.decisions, told.refused)
    return _FOUND if told.refused else 0
