"""How far notices went: a commit of our own that names the last one that was told, held by a ref.

It has neither parents nor files: what is rewritten away on the branch, to forget what somebody wrote, must
not live on by a ref of ours.

Each run that tells something makes a new one, with a name of its own in it: so two machines that tell the
same never move the ref to the same commit, and one that was killed finds out whether it had moved it.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError
from tracker.store.bookmark import bookmark
from tracker.store.commit import make_commit
from tracker.store.stream import Commit
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.repository import Repository
    from tracker.workspace import Workspace

_REF = "refs/tracker/notified"
_SUBJECT = "Notices are sent up to here"
_KNOWN = 200
"""So many earlier runs are known by name."""


class Mark(NamedTuple):
    """How far notices went.

    Attributes:
        name: the object name of our commit.
        tip: the commit of the branch up to which it was told.
        time: when; aware.
        digest: the day of the last digest, ISO 8601; empty for none.
        runs: the names of the runs that moved the ref, the newest first.
    """

    name: str
    tip: str
    time: datetime
    digest: str
    runs: tuple[str, ...]


def ref_of(workspace: Workspace) -> str:
    """Return the ref that holds the mark of a desk."""
    return f"{_REF}{workspace.mark}"


def read_mark(workspace: Workspace, repository: Repository, remote: str) -> Mark | None:
    """Return how far notices went; None where none was ever sent.

    Raises:
        RepositoryError: the remote cannot be reached, or the ref is not ours.
    """
    name = bookmark(repository, remote, ref_of(workspace))
    if not name:
        return None
    told = next(repository.log(name, 1)).trailers
    try:
        tip, time = told["Tip"][0], datetime.fromisoformat(told["At"][0])
    except (KeyError, ValueError):
        message = _("{ref} does not say how far notices went: it was moved by hand.")
        hint = _("Delete it, and the next run begins anew.")
        raise RepositoryError(message.format(ref=ref_of(workspace)), hint) from None
    return Mark(name, tip, time, told.get("Digest", [""])[0], tuple(told.get("Run", [])))


def make_mark(repository: Repository, before: Mark | None, tip: str, time: datetime, digest: str) -> Mark:
    """Make the mark that follows another one; no ref holds it yet.

    Args:
        repository: where it is made.
        before: the mark so far; None for none.
        tip: the commit of the branch up to which it is told.
        time: when; aware.
        digest: the day of the last digest.

    Raises:
        RepositoryError: Git does not know who is at work, or refuses.
    """
    runs = (secrets.token_hex(8), *(before.runs if before else ()))[:_KNOWN]
    author, committer = repository.signatures()
    told = [
        f"Tip: {tip}",
        f"At: {time.isoformat()}",
        *([f"Digest: {digest}"] if digest else []),
        *(f"Run: {run}" for run in runs),
    ]
    message = "\n".join([_SUBJECT, "", *told, ""])
    name = make_commit(repository, Commit(author, message, {}, committer), None)
    return Mark(name, tip, time, digest, runs)
