"""The Git repository that a desk lives in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError
from tracker.store.command import git
from tracker.store.stream import Signature
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class Identity(NamedTuple):
    """Who Git says is at work here; either may be empty."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository, with a work tree or bare.

    Attributes:
        top: the root of the work tree; the repository itself where it is bare.
        folder: the Git directory that all work trees share.
        private: the Git directory of this work tree alone.
        bare: whether it has no work tree.
    """

    top: Path
    folder: Path
    private: Path
    bare: bool = False

    @classmethod
    def around(cls, path: Path) -> Repository | None:
        """Return the repository whose work tree contains `path`, or the bare one at it; None where none is.

        Raises:
            RepositoryError: Git is not installed, or refuses the repository (another user's, say).
        """
        questions = ("--is-bare-repository", "--git-common-dir", "--absolute-git-dir", "--show-toplevel")
        process = git(path, "rev-parse", "--path-format=absolute", *questions, check=False)
        bare, *folders = process.output.rstrip("\n").split("\n")
        if process.status == 0:
            folder, private, top = folders
            return cls(Path(top), Path(folder), Path(private))
        if bare == "true":
            return cls(Path(folders[1]), Path(folders[0]), Path(folders[1]), bare=True)
        if "dubious ownership" in process.problem:
            message = _("Git does not trust {path}: it belongs to another user.").format(path=path)
            raise RepositoryError(message, f"git config --global --add safe.directory '{path}'")
        return None

    @classmethod
    def create(cls, path: Path, branch: str) -> Repository:
        """Make a repository at `path`, which exists, whose first branch will be `branch`."""
        if not _BRANCH.fullmatch(branch):
            raise RepositoryError(_("“{branch}” cannot name a branch.").format(branch=branch))
        git(path, "init", "--quiet", f"--initial-branch={branch}")
        repository = cls.around(path)
        if repository is None:
            raise RepositoryError(_("Git made no repository in {path}.").format(path=path))
        return repository

    def setting(self, key: str) -> str:
        """Return what Git's configuration says; empty where it says nothing."""
        return git(self.top, "config", "--get", key, check=False).output.strip()

    def configure(self, key: str, value: str) -> None:
        """Write a setting into this repository's configuration."""
        git(self.top, "config", "--local", key, value)

    def identity(self) -> Identity:
        """Return the name and address that Git would write into a commit here."""
        return Identity(self.setting("user.name"), self.setting("user.email"))

    def signature(self, role: str) -> Signature:
        """Return who and when, as Git writes it into a commit now.

        Args:
            role: `AUTHOR` or `COMMITTER`.

        Raises:
            RepositoryError: Git does not know who is at work.
        """
        process = git(self.top, "var", f"GIT_{role}_IDENT", check=False)
        if process.status != 0:
            raise RepositoryError(
                _("Git does not know who you are, so nothing can be committed."),
                'git config --global user.name "…" && git config --global user.email "…@…"',
            )
        return Signature.read(process.output.strip())

    def branch(self) -> str | None:
        """Return the branch that is checked out, also before its first commit; None when detached."""
        process = git(self.top, "symbolic-ref", "--quiet", "--short", "HEAD", check=False)
        return process.output.strip() or None

    def commit_at(self, reference: str) -> str | None:
        """Return the object name of the commit that `HEAD` or another of our refs points to; None if none."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
        return git(self.top, *asked, check=False).output.strip() or None

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether all that `older` holds is in `newer`, too. Both are object names."""
        return git(self.top, "merge-base", "--is-ancestor", older, newer, check=False).status == 0

    def paths_added(self, folder: str, tip: str, since: str | None = None) -> set[str] | None:
        """Return the path of each file below `folder` that a commit up to `tip` added.

        Args:
            folder: relative to the top of the repository.
            tip: the object name of a commit; only its own history is read, no other branch.
            since: what this commit's history holds is left out.

        Returns:
            The paths, relative to the top; None where Git does not know `since` any more.
        """
        span = f"{since}..{tip}" if since else tip
        arguments = ("log", "--no-renames", "-m", "--diff-filter=A", "--name-only", "-z", "--format=", span)
        process = git(self.top, *arguments, "--", f":(top,literal){folder}", check=since is None)
        if process.status != 0:
            return None
        return {path.strip("\n") for path in process.output.split("\0") if path.strip("\n")}

    def added(self, path: str, tip: str) -> tuple[Signature, datetime] | None:
        """Return who wrote a file first, and when it landed on this branch; None where no commit has it.

        Args:
            path: relative to the top of the repository.
            tip: the object name of the branch's newest commit.
        """
        ask = ("log", "-1", "--no-renames", "--diff-filter=A", "-m")
        spot = ("--end-of-options", tip, "--", f":(top,literal){path}")
        wrote = git(self.top, *ask, "--format=%an <%ae> %ad", "--date=raw", *spot).output.strip()
        landed = git(self.top, *ask, "--first-parent", "--format=%cn <%ce> %cd", "--date=raw", *spot)
        if not wrote:
            return None
        author = Signature.read(wrote.splitlines()[0])
        return author, Signature.read((landed.output.strip() or wrote).splitlines()[0]).time

    def import_commits(self, stream: Iterable[bytes], branch: str) -> None:
        """Write commits given as a stream of git-fast-import(1), then check out `branch`.

        Raises:
            RepositoryError: Git found the stream wrong.
        """
        git(self.top, "fast-import", "--quiet", "--date-format=raw", given=stream)
        git(self.top, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        git(self.top, "reset", "--quiet", "--hard")
