"""`tracker validate`: check every ticket."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import clean, print_json
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.finding import Finding
    from tracker.workspace import Workspace

_FOUND = 1


@click.command(
    "validate",
    help=_("""Check every ticket, or report on the given files and folders only.

Exits with 1 when something is wrong. Each finding names its file, line and column, and its rule."""),
)
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@as_json
@with_workspace
def command(workspace: Workspace, files: tuple[Path, ...], as_json: bool) -> int:
    """Print the findings and return the exit code."""
    from tracker.errors import ConfigurationError
    from tracker.finding import errors
    from tracker.workspace.findings import all_findings

    try:
        findings = all_findings(workspace)
        checked = len(workspace.entries)
        if files:
            chosen = tuple(_in_desk(path, workspace.root) for path in files)
            findings = [finding for finding in findings if _is_below(finding.path, chosen)]
            checked = sum(_is_below(entry.path, chosen) for entry in workspace.entries)
    except ConfigurationError as error:
        findings, checked = list(error.findings), 0
    if as_json:
        print_json([finding.as_json() for finding in findings])
    else:
        _print(findings, checked)
    return _FOUND if errors(findings) else 0


def _in_desk(path: Path, root: Path) -> str:
    """Return a path that a person gave as findings name it; outside of the desk, as it was given."""
    given = Path.cwd() / path
    absolute = given.parent.resolve() / given.name if given.name not in ("", "..") else given.resolve()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path.as_posix()


def _is_below(path: str, chosen: tuple[str, ...]) -> bool:
    return any(place in (path, ".") or path.startswith(f"{place}/") for place in chosen)


def _print(findings: Sequence[Finding], checked: int) -> None:
    for finding in findings:
        place = click.style(clean(f"{finding.path}:{finding.position}:"), bold=True)
        click.echo(f"{place} {click.style(finding.code, fg='red')} {clean(finding.message)}")
        if finding.hint:
            click.secho(f"    {clean(finding.hint)}", dim=True)
    tickets = ngettext("{number} ticket checked", "{number} tickets checked", checked).format(number=checked)
    if findings:
        found = ngettext("{number} finding", "{number} findings", len(findings)).format(number=len(findings))
        click.secho(f"{tickets}, {found}.", fg="red", err=True)
    else:
        nothing = _("no findings")
        click.secho(f"{tickets}, {nothing}.", fg="green", err=True)
