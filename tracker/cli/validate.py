"""`tracker validate`: check the tickets, or a change of them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.question import Question, answer, source_lines
from tracker.cli.terminal import clean
from tracker.errors import UsageError
from tracker.finding import errors
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.cli.formats import Report
    from tracker.cli.question import Answer
    from tracker.finding import Finding
    from tracker.workspace import Workspace

_FOUND = 1
_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "rdjson")
_SUMMARY = "GITHUB_STEP_SUMMARY"


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
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    default="text",
    help=_("Write for people, or for a forge, an editor or another program."),
)
@click.option("--strict", is_flag=True, help=_("Exit with 1 for warnings, too."))
@click.option("--statistics", is_flag=True, help=_("Count the findings of each rule."))
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
    form: str,
    strict: bool,
    statistics: bool,
    as_json: bool,
) -> int:
    """Print the findings and return the exit code."""
    question = Question(files, changed or bool(base), base, at, actor)
    if at and (fix or diff):
        raise UsageError(_("Only the files on disk can be changed."), _("Leave --at out."))
    form = "json" if as_json else form
    if diff and (form != "text" or statistics):
        raise UsageError(_("A diff is for people: it has no other format."), _("Leave --diff out."))
    found = answer(workspace, question)
    if diff:
        _show_fix(workspace, found)
        return _code(found, strict=strict)
    if fix:
        found = _fix(workspace, question, found)
    if found.compared and form == "text":
        click.secho(clean(found.compared), err=True, dim=True)
    _print(_report(found, for_people=form == "text"), form, statistics=statistics)
    return _code(found, strict=strict)


def _code(found: Answer, *, strict: bool) -> int:
    return _FOUND if (found.findings if strict else errors(found.findings)) else 0


def _fix(workspace: Workspace, question: Question, found: Answer) -> Answer:
    """Put right what can be; return what is left to find."""
    from tracker.actions.change import Way
    from tracker.actions.fix import fix
    from tracker.actions.land import land

    fixed = fix(workspace, found.findings)
    if fixed.change.files:
        land(workspace, lambda _desk: fixed.change, Way())
    said = ngettext("{number} finding was put right.", "{number} findings were put right.", fixed.number)
    click.secho(said.format(number=fixed.number), err=True, fg="green")
    return answer(workspace.reread(), question)


def _show_fix(workspace: Workspace, found: Answer) -> None:
    """Print the lines that would change."""
    from tracker.actions.fix import fix
    from tracker.cli.landing import print_change

    fixed = fix(workspace, found.findings)
    if fixed.change.files:
        print_change(fixed.change)
    said = ngettext(
        "{number} finding would be put right.", "{number} findings would be put right.", fixed.number
    )
    click.secho(said.format(number=fixed.number), err=True, fg="yellow")


def _report(found: Answer, *, for_people: bool) -> Report:
    from tracker.cli.formats import Report
    from tracker.validation.catalogue import by_code

    desk, rules = found.desk, by_code()
    asked = [finding for finding in found.findings if finding.code in rules and rules[finding.code].fixable]
    fixable = _fixable(desk, asked) if asked and for_people and not desk.revision else 0
    return Report(
        found.findings, found.checked, rules, source_lines(desk), found.changed, desk.prefix, fixable=fixable
    )


def _fixable(desk: Workspace, findings: list[Finding]) -> int:
    from tracker.actions.fix import can_fix

    return sum(can_fix(desk, finding) for finding in findings)


def _print(report: Report, form: str, *, statistics: bool) -> None:
    from tracker.cli import formats

    click.echo(formats.statistics(report) if statistics else formats.FORMATS[form](report))
    summary = os.environ.get(_SUMMARY)
    if form == "github" and summary:
        with Path(summary).open("a", encoding="utf-8") as file:
            file.write(formats.step_summary(report))
