"""What `tracker validate` is asked to check, and the answer: findings, and the desk that they are about."""

from __future__ import annotations

import time
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import ConfigurationError, StorageError, UsageError
from tracker.position import lines_of
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.finding import Finding
    from tracker.workspace import Workspace


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


class Answer(NamedTuple):
    """What was found.

    Attributes:
        desk: what was checked: the desk on disk, or in a commit.
        findings: in order.
        checked: how many tickets were looked at.
        changed: the files that differ from the base, where there is one.
        compared: with what, in a sentence; empty where with nothing.
    """

    desk: Workspace
    findings: list[Finding]
    checked: int
    changed: frozenset[str] = frozenset()
    compared: str = ""


def answer(workspace: Workspace, question: Question) -> Answer:
    """Return what is wrong with what a person asks about; a wrong `tracker.yml` is an answer, too.

    Raises:
        UsageError: the question makes no sense.
        RepositoryError: this clone does not reach back to where the change began.
    """
    try:
        if question.changed:
            return _of_change(workspace, question)
        if question.actor:
            message = _("Who proposes a change matters for a change only.")
            raise UsageError(message, _("Say its base: --base REV."))
        desk = workspace
        if question.at:
            from tracker.workspace.comparison import commit_named

            desk = workspace.at(commit_named(workspace.repository, question.at))
        return _of_files(desk, question.files) if question.files else _of_all(desk)
    except ConfigurationError as error:
        return Answer(workspace, list(error.findings), 0)


def _of_all(desk: Workspace) -> Answer:
    from tracker.workspace.memory import Remembered, recall, remember

    started, found = time.time_ns(), recall(desk)
    if found is None:
        from tracker.workspace.findings import all_findings  # every rule: only where something changed

        found = Remembered(all_findings(desk), len(desk.entries))
        remember(desk, found, started)
    return Answer(desk, *found)


def _of_change(workspace: Workspace, question: Question) -> Answer:
    from tracker.workspace.comparison import compare, default_base
    from tracker.workspace.proposal import change_findings, ticket_files

    base = question.base or default_base(workspace)
    comparison = compare(workspace, base, question.at or None, question.actor)
    findings, checked = change_findings(comparison), ticket_files(comparison)
    if question.files:
        chosen = tuple(_in_desk(path, workspace.root) for path in question.files)
        findings = [finding for finding in findings if _is_below(finding.path, chosen)]
        checked = [path for path in checked if _is_below(path, chosen)]
    name = base.removeprefix("refs/heads/").removeprefix("refs/remotes/")
    said = _("Compared with {base} ({commit}), by its rules.").format(base=name, commit=comparison.base[:10])
    return Answer(comparison.after, findings, len(checked), comparison.changed, said)


def _of_files(desk: Workspace, files: tuple[Path, ...]) -> Answer:
    from tracker.workspace.findings import all_findings, in_order
    from tracker.workspace.touched import check_paths

    chosen = tuple(_in_desk(path, desk.root) for path in files)
    missing = next((path for path in chosen if path != "." and desk.tree.child(path) is None), None)
    if missing:
        raise UsageError(_("There is no {path} in this desk.").format(path=missing))
    if all(desk.tree.child(path) and not desk.tree.names(path) for path in chosen):
        found, checked = check_paths(desk, chosen)
        return Answer(desk, in_order(found), checked)
    findings = [finding for finding in all_findings(desk) if _is_below(finding.path, chosen)]
    return Answer(desk, findings, sum(_is_below(entry.path, chosen) for entry in desk.entries))


def _in_desk(path: Path, root: Path) -> str:
    """Return a path that a person gave as findings name it; outside of the desk, as it was given."""
    given = Path.cwd() / path
    absolute = given.parent.resolve() / given.name if given.name not in ("", "..") else given.resolve()
    return absolute.relative_to(root).as_posix() if absolute.is_relative_to(root) else path.as_posix()


def _is_below(path: str, chosen: tuple[str, ...]) -> bool:
    return any(place in (path, ".") or path.startswith(f"{place}/") for place in chosen)


def source_lines(desk: Workspace) -> Callable[[str, int], str | None]:
    """Return what gives a line (from 1) of a file of a desk; None where it cannot be read."""

    @cache
    def read(path: str) -> list[str]:
        from tracker.document import LARGEST_FILE

        try:
            data = desk.tree.read(path, LARGEST_FILE)
        except (StorageError, OSError):
            return []
        return lines_of(data.decode("utf-8", "surrogateescape").removeprefix("\ufeff"))

    def line(path: str, number: int) -> str | None:
        lines = read(path)
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line
