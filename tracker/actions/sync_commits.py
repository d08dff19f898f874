"""Resolving tickets that commits on the branch say they fix: `Fixes HD-1042`.

A commit counts once, without a record of its own: it resolves a ticket only if the ticket's status was not
changed on top of it. So a ticket that somebody opens again stays open.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.actions.change import TRAILER, Change, one_line, united
from tracker.actions.transition import move
from tracker.errors import RefusedValueError, UsageError
from tracker.model.mention import ticket_pattern
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.entry import Entry
    from tracker.store.repository import Logged
    from tracker.workspace import Workspace

_FAR = 5_000
"""How many commits back one is looked for."""

_SOLVED = "solved"


class Resolved(NamedTuple):
    """A ticket, and the commit that resolves it."""

    id: str
    title: str
    commit: str
    subject: str


class Sync(NamedTuple):
    """The change, the tickets that it resolves, and why others cannot be."""

    change: Change
    resolved: tuple[Resolved, ...]
    refused: tuple[RefusedValueError, ...]


def sync_commits(workspace: Workspace) -> Sync:
    """Return the change that resolves what the commits of this branch fix.

    Raises:
        UsageError: `tracker.yml` names no words for it, or nothing is committed.
    """
    commits = workspace.configuration.commits
    repository, tip = workspace.repository, workspace.tip
    if not commits.words:
        message = _("Commits resolve no tickets at this desk.")
        raise UsageError(message, _("Name the words that do so in tracker.yml: “commits: {words: [fixes]}”."))
    if repository is None or tip is None:
        raise UsageError(_("Nothing is committed here yet."))
    changes: list[Change] = []
    resolved: dict[str, Resolved] = {}
    refused: list[RefusedValueError] = []
    for commit in repository.log(tip, _FAR):
        for entry in _fixed(workspace, commit):
            if entry.path in resolved or not _is_due(workspace, entry, commit, tip):
                continue
            resolved[entry.path] = Resolved(entry.id, entry.title, commit.name, one_line(commit.subject))
            try:
                changes.append(_resolved(workspace, entry))
            except RefusedValueError as error:
                del resolved[entry.path]
                refused.append(RefusedValueError(f"{commit.name[:10]}: {error.message}", error.hint))
    done = tuple(resolved.values())
    by = ", ".join(f"{ticket.id} by {ticket.commit[:10]}" for ticket in done)
    return Sync(united("sync-commits", f"Resolve {by}", changes), done, tuple(refused))


def _fixed(workspace: Workspace, commit: Logged) -> Iterator[Entry]:
    """Yield the open tickets that a commit says it fixes; a commit of tracker's only quotes others."""
    if TRAILER in commit.trailers:
        return
    configuration = workspace.configuration
    words = "|".join(map(re.escape, configuration.commits.words))
    ids = ticket_pattern(configuration.ids.prefix)
    said = re.compile(
        rf"\b(?:{words})\b:?[ \t]+({ids}(?:(?:,[ \t]*|[ \t]+(?:and|et)[ \t]+){ids})*)", re.IGNORECASE
    )
    for match in said.finditer(f"{commit.subject}\n{commit.body}"):
        for ticket_id in re.findall(ids, match[1]):
            entry = workspace.by_id.get(ticket_id)
            if entry and not entry.draft and configuration.is_open(entry.ticket.status):
                yield entry


def _is_due(workspace: Workspace, entry: Entry, commit: Logged, tip: str) -> bool:
    """Whether nobody changed the ticket's status on top of the commit."""
    repository = workspace.repository
    assert repository is not None  # noqa: S101  # there are commits
    last = repository.last_touching(workspace.in_repository(entry.path), "^status:", tip)
    return last is None or not repository.is_ancestor(commit.name, last)


def _resolved(workspace: Workspace, entry: Entry) -> Change:
    status = workspace.configuration.commits.status
    solved = _SOLVED in workspace.fields["resolution"].values and not workspace.configuration.is_open(status)
    return move(workspace, entry, status, [Assignment(("resolution",), "=", _SOLVED)] if solved else [])
