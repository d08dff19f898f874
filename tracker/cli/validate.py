"""`tracker validate`: check the tickets, or a change of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import clean, print_json
from tracker.errors import ConfigurationError, UsageError
from tracker.finding import Finding, errors
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.workspace import Workspace

_FOUND = 1


class Question(NamedTuple):
    """What is to be checked.

    Attributes:
        files: these files and folders only; empty for all.
        changed: only what differs from the base.
        base: the revision whose rules count and with which is compared; empty for the default one.
        at: the revision to check; empty for the files on disk.
        actor: the name by which the forge knows who proposes the change.
    """

    files: tuple[Path, ...]
    changed: bool
    base: str
    at: str
    actor: str


@click.command(
    "validate",
    help=_("""Check every ticket, or report on the given files and folders only.

With --base, check a change: what it touches, and what it may not do, by the rules of the base.

Exits with 1 when something is wrong that must be put right. Each finding names its file, line and column, and
its rule, which “tracker rules” explains."""),
)
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--changed", is_flag=True, help=_("Check only what differs from the base."))
@click.option(
    "--base",
    default="",
    metavar="REV",
    help=_("Compare with this branch or commit, and check by its rules; with --changed, the default branch."),
)
@click.option("--at", default="", metavar="REV", help=_("Check this commit, without checking it out."))
@click.option(
    "--actor",
    default="",
    metavar="NAME",
    help=_("Who proposes the change, as the forge knows them, instead of the authors of its commits."),
)
@click.option("--fix", is_flag=True, help=_("Put right what has one right answer, in the files on disk."))
@click.option("--diff", is_flag=True, help=_("Show what --fix would change, and write nothing."))
@as_json
@with_workspace
def command(
    workspace: Workspace,
    files: tuple[Path, ...],
    changed: bool,
    base: str,
    at: str,
    actor: str,
    fix: bool,
    diff: bool,
    as_json: bool,
) -> int:
    """Print the findings and return the exit code."""
    question = Question(files, changed or bool(base), base, at, actor)
    if at and (fix or diff):
        raise UsageError(_("Only the files on disk can be changed."), _("Leave --at out."))
    try:
        findings, checked = _answer(workspace, question)
        if fix or diff:
            findings, checked = _fix(workspace, question, findings, write=not diff)
    except ConfigurationError as error:
        findings, checked = list(error.findings), 0
    if as_json:
        print_json([finding.as_json() for finding in findings])
    else:
        _print(findings, checked)
    return _FOUND if errors(findings) else 0


def _answer(workspace: Workspace, question: Question) -> tuple[list[Finding], int]:
    """Return the findings, and how many tickets were checked."""
    if question.changed:
        return _of_change(workspace, question)
    if question.actor:
        message = _("Who proposes a change matters for a change only.")
        raise UsageError(message, _("Say its base: --base REV."))
    if question.at:
        from tracker.workspace.comparison import commit_named

        workspace = workspace.at(commit_named(workspace.repository, question.at))
    if question.files:
        return _of_files(workspace, question.files)
    from tracker.workspace.findings import all_findings
    from tracker.workspace.memory import Remembered, recall, remember

    found = recall(workspace)
    if found is None:
        found = Remembered(all_findings(workspace), len(workspace.entries))
        remember(workspace, found)
    return found


def _fix(
    workspace: Workspace, question: Question, findings: list[Finding], *, write: bool
) -> tuple[list[Finding], int]:
    """Put right what can be, or show it; return what is left to find."""
    from tracker.actions.change import Way
    from tracker.actions.fix import fix
    from tracker.actions.land import land
    from tracker.cli.landing import print_change

    fixed = fix(workspace, findings)
    if fixed.change.files:
        land(workspace, lambda _desk: fixed.change, Way(dry_run=not write))
    if not write:
        if fixed.change.files:
            print_change(fixed.change)
        return findings, len(workspace.entries)
    said = ngettext("{number} finding was put right.", "{number} findings were put right.", fixed.number)
    click.secho(said.format(number=fixed.number), err=True, fg="green")
    return _answer(workspace.reread(), question)


def _of_change(workspace: Workspace, question: Question) -> tuple[list[Finding], int]:
    from tracker.workspace.comparison import compare, default_base
    from tracker.workspace.proposal import change_findings, ticket_files

    base = question.base or default_base(workspace)
    comparison = compare(workspace, base, question.at or None, question.actor)
    findings, checked = change_findings(comparison), ticket_files(comparison)
    if question.files:
        chosen = tuple(_in_desk(path, workspace.root) for path in question.files)
        findings = [finding for finding in findings if _is_below(finding.path, chosen)]
        checked = [path for path in checked if _is_below(path, chosen)]
    return findings, len(checked)


def _of_files(workspace: Workspace, files: tuple[Path, ...]) -> tuple[list[Finding], int]:
    from tracker.workspace.findings import all_findings, in_order
    from tracker.workspace.touched import check_paths

    chosen = tuple(_in_desk(path, workspace.root) for path in files)
    missing = next((path for path in chosen if path != "." and workspace.tree.child(path) is None), None)
    if missing:
        raise UsageError(_("There is no {path} in this desk.").format(path=missing))
    if all(workspace.tree.child(path) and not workspace.tree.names(path) for path in chosen):
        found, checked = check_paths(workspace, chosen)
        return in_order(found), checked
    findings = [finding for finding in all_findings(workspace) if _is_below(finding.path, chosen)]
    return findings, sum(_is_below(entry.path, chosen) for entry in workspace.entries)


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
