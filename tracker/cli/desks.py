"""`tracker desks`: the other desks whose tickets are shown beside this one's."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import one_line, print_json, print_table
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.workspace import Workspace
    from tracker.workspace.federation import Member


@click.command(
    "desks",
    help=_("""Show the other desks that tracker.yml names, and how old what is known of them is.

Their tickets are shown by list, search, show, log, blame and the website. They are only read, from clones in
the Git directory, which are brought up to date by --refresh and before each website is built."""),
)
@click.option("--refresh", is_flag=True, help=_("Bring what is known of them up to date."))
@as_json
@with_workspace
def command(workspace: Workspace, refresh: bool, as_json: bool) -> int:
    """Print one line for each other desk; the exit code is 1 if one could not be reached or read."""
    from tracker.workspace.federation import members, refreshed

    named = ", ".join(workspace.configuration.desks)
    if refresh and named and sys.stderr.isatty():
        click.secho(_("Fetching {desks} …").format(desks=named), err=True, dim=True)
    found = refreshed(workspace) if refresh else members(workspace)
    if as_json:
        print_json([_as_data(member) for member in found])
    elif not found:
        click.secho(_("There are no others: “desks” in tracker.yml names them."), err=True, dim=True)
    else:
        rows = [_row(workspace, member) for member in found]
        print_table([_("prefix"), _("as of"), _("desk"), _("repository")], rows, ["bold"])
    for member in found:
        if member.problem:
            click.secho(_tell(workspace, member), fg="yellow", err=True)
    return int(any(member.problem for member in found))


def desks_here(workspace: Workspace) -> Mapping[str, Workspace]:
    """Return this desk and the others by their prefixes; say which are not here."""
    from tracker.workspace.federation import REFRESH, everyone, members, unreachable

    found = members(workspace)
    for member in found:
        if member.desk is None:
            remedy = "" if member.problem else f" {REFRESH}"
            click.secho(one_line(unreachable(member) + remedy), fg="yellow", err=True)
    return everyone(workspace, found)


def _tell(workspace: Workspace, member: Member) -> str:
    from tracker.workspace.federation import unreachable

    said = unreachable(member)
    if member.desk and member.fetched:
        time = workspace.configuration.local(member.fetched)
        said = _("{said} It is shown as of {time}.").format(said=f"{said.rstrip('.')}.", time=time)
    return one_line(said)


def _row(workspace: Workspace, member: Member) -> list[str]:
    name = member.desk.configuration.desk if member.desk else ""
    fetched = workspace.configuration.local(member.fetched) if member.fetched else _("never")
    return [member.prefix, fetched, name, _without_password(member.repository)]


def _as_data(member: Member) -> dict[str, Any]:
    return {
        "prefix": member.prefix,
        "desk": member.desk.configuration.desk if member.desk else None,
        "repository": _without_password(member.repository),
        "fetched": member.fetched.isoformat() if member.fetched else None,
        "commit": member.desk.tip if member.desk else None,
        "problem": member.problem or None,
    }


def _without_password(address: str) -> str:
    """Return an address as it may be printed."""
    scheme, mark, rest = address.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}{mark}{authority.rpartition('@')[2]}{slash}{path}" if mark else address
