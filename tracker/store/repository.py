"""The Git repository that a desk lives in. The only module that talks to Git.

Nothing a stranger wrote becomes an option, a ref or an address: paths are ours and stand behind `--`.
No hook, no file system monitor, no pager, no editor and no prompt is ever started.
"""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from git import Git

_QUIET = (
    *("-c", f"core.hooksPath={os.devnull}", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"),
    *("-c", "protocol.ext.allow=never", "-c", "commit.gpgSign=false", "-c", "gc.auto=0"),
)
_ENVIRONMENT = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
    "GIT_EDITOR": "true",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_BRANCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]*")


class Identity(NamedTuple):
    """Who Git says is at work here; either may be empty."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository with a work tree.

    Attributes:
        top: the root of the work tree.
        folder: the Git directory that all work trees share.
    """

    top: Path
    folder: Path

    @classmethod
    def around(cls, path: Path) -> Repository | None:
        """Return the repository whose work tree contains `path`, None where there is none.

        Raises:
            RepositoryError: Git is not installed, or refuses the repository (another user's, say).
        """
        process = _git(
            path, "rev-parse", "--path-format=absolute", "--show-toplevel", "--git-common-dir", check=False
        )
        if process.status == 0:
            top, folder = process.output.rstrip("\n").split("\n")
            return cls(Path(top), Path(folder))
        if "dubious ownership" in process.problem:
            message = _("Git does not trust {path}: it belongs to another user.").format(path=path)
            raise RepositoryError(message, f"git config --global --add safe.directory '{path}'")
        return None

    @classmethod
    def create(cls, path: Path, branch: str) -> Repository:
        """Make a repository at `path`, which exists, whose first branch will be `branch`."""
        if not _BRANCH.fullmatch(branch):
            raise RepositoryError(_("“{branch}” cannot name a branch.").format(branch=branch))
        _git(path, "init", "--quiet", f"--initial-branch={branch}")
        repository = cls.around(path)
        if repository is None:
            raise RepositoryError(_("Git made no repository in {path}.").format(path=path))
        return repository

    def identity(self) -> Identity:
        """Return the name and address that Git would write into a commit here."""
        return Identity(
            *(
                _git(self.top, "config", "--get", key, check=False).output.strip()
                for key in ("user.name", "user.email")
            )
        )

    def branch(self) -> str | None:
        """Return the branch that is checked out, also before its first commit; None when detached."""
        return (
            _git(self.top, "symbolic-ref", "--quiet", "--short", "HEAD", check=False).output.strip() or None
        )

    def paths_ever(self, folder: Path) -> set[str]:
        """Return the path of each file ever added below `folder`, on any ref, relative to the work tree."""
        arguments = ("log", "--all", "--no-renames", "--diff-filter=A", "--name-only", "-z", "--format=")
        process = _git(self.top, *arguments, "--", folder.relative_to(self.top).as_posix(), check=False)
        return {path.strip("\n") for path in process.output.split("\0") if path.strip("\n")}

    def import_commits(self, stream: Iterable[bytes], branch: str) -> None:
        """Write commits given as a stream of git-fast-import(1), then check out `branch`.

        Raises:
            RepositoryError: Git found the stream wrong.
        """
        command = ["git", *_QUIET, "fast-import", "--quiet", "--date-format=raw"]
        process = _command(self.top).execute(command, istream=subprocess.PIPE, as_process=True)
        for chunk in stream:
            process.stdin.write(chunk)
        process.stdin.close()
        if process.wait() != 0:
            raise RepositoryError(_("Git could not import the history."))
        _git(self.top, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        _git(self.top, "reset", "--quiet", "--hard")


class _Process(NamedTuple):
    status: int
    output: str
    problem: str


def _command(folder: Path) -> Git:
    try:
        from git import Git
    except ImportError as error:
        message = _("Git is not installed, or not on the PATH.")
        raise RepositoryError(message, "https://git-scm.com/downloads") from error
    command = Git(os.fspath(folder))
    command.update_environment(**_ENVIRONMENT)
    return command


def _git(folder: Path, *arguments: str, check: bool = True) -> _Process:
    """Run one Git command in `folder` and return its status, output and complaint."""
    from git.exc import GitCommandNotFound

    try:
        status, output, problem = _command(folder).execute(
            ["git", *_QUIET, *arguments],
            with_extended_output=True,
            with_exceptions=False,
            strip_newline_in_stdout=False,
            stdout_as_string=True,
        )
    except GitCommandNotFound as error:
        raise RepositoryError(
            _("Git is not installed, or not on the PATH."), "https://git-scm.com/downloads"
        ) from error
    process = _Process(status, str(output), str(problem))
    if check and status != 0:
        message = _("git {command} failed: {reason}").format(
            command=arguments[0], reason=process.problem.strip()
        )
        raise RepositoryError(message)
    return process
