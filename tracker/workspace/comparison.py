"""A change against the state that it began with: what it touches, who proposes it, and what is wrong with it.

The rules are those of the base, never of the change: a proposal cannot switch off what it is checked by.
"""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError, UsageError
from tracker.store.clone import remote_branch
from tracker.store.differences import authors, common_commit, differences, untracked
from tracker.translation import _
from tracker.validation.facts import Actor

if TYPE_CHECKING:
    from tracker.store.repository import Repository
    from tracker.workspace.desk import Workspace


class Comparison(NamedTuple):
    """A change of a desk.

    Attributes:
        before: the desk at the commit where the change began; it need not have had a `tracker.yml`.
        after: the desk as it shall be. Both are judged by the configuration of the base.
        base: the commit whose rules count.
        changed: each file of the desk that is not the same.
        actor: who proposes it.
    """

    before: Workspace
    after: Workspace
    base: str
    changed: frozenset[str]
    actor: Actor


def compare(workspace: Workspace, base: str, proposed: str | None = None, login: str = "") -> Comparison:
    """Return what a change does.

    Args:
        workspace: the desk on disk, or a bare one.
        base: a branch, tag or commit whose rules count, such as `origin/main`.
        proposed: the commit that proposes the change; None for the files on disk.
        login: the name by which the forge knows who proposes it; without one, the commits' authors count.

    Raises:
        UsageError: there is no such commit, or no repository.
        RepositoryError: this clone does not reach back to where the change began.
    """
    repository = workspace.repository
    if repository is None:
        raise _no_repository()
    if proposed is None and repository.bare:
        raise UsageError(_("A bare repository has no files on disk."), _("Say which commit: --at REV."))
    with untracked(repository, workspace.prefix) if proposed is None else nullcontext(set) as others:
        tip = commit_named(repository, base)
        head = commit_named(repository, proposed or "HEAD")
        start = common_commit(repository, tip, head)
        if start is None:
            raise RepositoryError(*_no_common_commit(repository, base))
        rules = workspace.at(tip)
        before = workspace.judged_by(rules, start)
        after = workspace.judged_by(rules, head if proposed else None)
        found = differences(repository, start, head if proposed else None, workspace.prefix) | others()
    inside = workspace.in_repository("")
    changed = frozenset(path.removeprefix(inside) for path in found)
    span = _Span(repository, start, head, on_disk=proposed is None)
    return Comparison(before, after, tip, changed, _actor(after, span, login))


def default_base(workspace: Workspace) -> str:
    """Return what a change is compared with where nobody says: the default branch, the remote’s first.

    The remote says which that is. Where it was never asked, the files at hand do; they may be what a stranger
    proposes, so the configuration on that branch must say the same of it.

    Raises:
        UsageError: nobody knows.
        NoDeskError: the default branch has no desk.
    """
    repository = workspace.repository
    if repository is None:
        raise _no_repository()
    named = remote_branch(repository, "origin")
    if named and repository.commit_at(f"refs/remotes/origin/{named}"):
        return f"refs/remotes/origin/{named}"
    branch = workspace.configuration.forge.branch
    for name in (f"refs/remotes/origin/{branch}", f"refs/heads/{branch}"):
        commit = repository.commit_at(name)
        if commit and workspace.at(commit).configuration.forge.branch == branch:
            return name
    message = _(
        "Which branch is the default one is not known: the remote was never asked, and no branch {branch} "
        "says so of itself in its tracker.yml."
    )
    hint = _("Say what to compare with: --base REV. Or ask the remote: git remote set-head origin --auto")
    raise UsageError(message.format(branch=branch), hint)


def _no_repository() -> UsageError:
    message = _("This desk is in no Git repository, so there is nothing to compare with.")
    return UsageError(message, "git init")


def commit_named(repository: Repository | None, reference: str) -> str:
    """Return the object name of the commit that a person means.

    Raises:
        UsageError: there is none of this name.
    """
    commit = repository.commit_at(reference) if repository else None
    if commit is None:
        message = _("“{reference}” names no commit here.").format(reference=reference)
        hint = _("Fetch it first, such as: git fetch origin {branch}")
        raise UsageError(message, hint.format(branch=reference.rpartition("/")[2]))
    return commit


def _no_common_commit(repository: Repository, base: str) -> tuple[str, str]:
    if repository.shallow:
        message = _("This clone is shallow: it does not reach back to where the change left {base}.")
        return message.format(base=base), "git fetch --deepen=200 --filter=blob:none"
    return _("The change and {base} have no history in common.").format(base=base), ""


class _Span(NamedTuple):
    repository: Repository
    start: str
    head: str
    on_disk: bool


def _actor(desk: Workspace, span: _Span, login: str) -> Actor:
    people = desk.configuration.people
    if login:
        known = {handle: {(person.forge or handle).lower()} for handle, person in people.items()}
        names = {login}
    else:
        known = {handle: person.mail for handle, person in people.items()}
        names = authors(span.repository, span.start, span.head)
        names |= {span.repository.identity().email} if span.on_disk else set()
    names.discard("")
    lower = {name.lower() for name in names}
    return Actor(frozenset(names), frozenset(handle for handle, own in known.items() if own & lower))
