"""Resolving tickets that commits on the branch say they fix: `Fixes HD-1042`.

A commit counts once, without a record of its own: it resolves a ticket only if the ticket's status was not
changed on top of it. So a ticket that somebody opens again stays open.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.actions.bulk import try_each
from tracker.actions.change import TRAILER, Change, one_line, united
from tracker.actions.transition import move
from tracker.errors import RefusedValueError, RepositoryError, UsageError
from tracker.model.mention import ticket_pattern
from tracker.store.clone import DEEPEN
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from tracker.model.entry import Entry
    from tracker.store.repository import Logged, Repository
    from tracker.workspace import Workspace

_FAR = 5_000
"""How many commits back one is looked for."""

_SOLVED = "solved"
_QUOTING = ('Revert "', 'Reapply "')
_REVERTS = re.compile(
    r"This reverts commit ([0-9a-f]{7,64})(?:, reversing\s+changes made to ([0-9a-f]{7,64})| \([^\n]*\))?"
)
"""What git-revert(1) writes into a message: of a commit, or of a merge with the commit before it."""


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
        RepositoryError: a part of the history is not here.
    """
    commits = workspace.configuration.commits
    repository, tip = workspace.repository, workspace.tip
    if not commits.words:
        message = _("Commits resolve no tickets at this desk.")
        raise UsageError(message, _("Name the words that do so in tracker.yml: “commits: {words: [fixes]}”."))
    if repository is None or tip is None:
        raise UsageError(_("Nothing is committed here yet."))
    if repository.shallow:
        message = _("This clone is shallow: which commits came after which cannot be seen.")
        raise RepositoryError(message, DEEPEN)
    due: dict[str, tuple[Entry, Logged]] = {}
    fixed = _fixed(workspace)
    for commit in _standing(repository, repository.log(tip, _FAR)):
        for entry in fixed(commit):
            if entry.path not in due and _is_due(workspace, entry, commit, tip):
                due[entry.path] = entry, commit
    changes, errors = try_each((entry for entry, _commit in due.values()), partial(_resolved, workspace))
    done = tuple(
        Resolved(entry.id, entry.title, commit.name, one_line(commit.subject))
        for path, (entry, commit) in due.items()
        if path in changes
    )
    refused = tuple(
        RefusedValueError(f"{due[path][1].name[:10]}: {error.message}", error.hint)
        for path, error in errors.items()
    )
    by = ", ".join(f"{ticket.id} by {ticket.commit[:10]}" for ticket in done)
    return Sync(united("sync-commits", f"Resolve {by}", changes.values()), done, refused)


def _standing(repository: Repository, commits: Iterable[Logged]) -> Iterator[Logged]:
    """Yield the commits, given newest first, that no later one reverts."""
    reverted: set[str] = set()
    for commit in commits:
        if commit.name in reverted:
            continue
        for name, before in _REVERTS.findall(commit.body):
            whole = repository.commit_at(name)
            reverted.update([whole] if whole else [])
            reverted.update(repository.commits_between(before, name) if before else [])
        yield commit


def _fixed(workspace: Workspace) -> Callable[[Logged], list[Entry]]:
    """Return what tells the open tickets that a commit says it fixes."""
    configuration = workspace.configuration
    words = "|".join(map(re.escape, configuration.commits.words))
    ids = ticket_pattern(configuration.ids.prefix)
    said = re.compile(
        rf"\b(?:{words})\b:?[ \t]+({ids}(?:(?:,[ \t]*|[ \t]+(?:and|et)[ \t]+){ids})*)", re.IGNORECASE
    )
    still_open = {
        name.lower(): entry
        for name, entry in workspace.by_id.items()
        if not entry.draft and configuration.is_open(entry.ticket.status)
    }

    def fixed(commit: Logged) -> list[Entry]:
        if TRAILER in commit.trailers:
            return []  # a commit of tracker's only quotes others
        own = _REVERTS.sub("", commit.body)
        text = own if commit.subject.startswith(_QUOTING) else f"{commit.subject}\n{own}"
        named = (re.findall(ids, match[1], re.IGNORECASE) for match in said.finditer(text))
        each = (still_open.get(name.lower()) for names in named for name in names)
        return [entry for entry in each if entry]

    return fixed


def _is_due(workspace: Workspace, entry: Entry, commit: Logged, tip: str) -> bool:
    """Whether nobody changed the ticket's status on top of the commit."""
    repository = workspace.repository
    assert repository is not None  # noqa: S101  # there are commits
    last = repository.last_touching(workspace.in_repository(entry.path), "^status:", tip)
    return last is None or not repository.is_ancestor(commit.name, last)


def _resolved(workspace: Workspace, entry: Entry, together: Collection[str]) -> Change:
    status = workspace.configuration.commits.status
    solved = _SOLVED in workspace.fields["resolution"].values and not workspace.configuration.is_open(status)
    assignments = [Assignment(("resolution",), "=", _SOLVED)] if solved else []
    return move(workspace, entry, status, assignments, together=together)
