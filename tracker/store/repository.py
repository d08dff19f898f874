"""The Git repository that a desk lives in."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RepositoryError
from tracker.store.command import AS_LANDED, SEPARATE, git, git_at_once
from tracker.store.stream import Signature
from tracker.store.version import oldest_git, update_hint
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

BRANCH = re.compile(r"(?![-/.])[^\x00-\x20\x7f~^:?*\[\\]+")
"""What git-check-ref-format(1) allows in a branch's name, more or less; nothing of it means more to Git."""

_UNTRUSTED = re.compile(r"dubious ownership in repository at '(.+)'$", re.MULTILINE)
_NAME_LENGTHS = {"sha1": 40, "sha256": 64}
_ABSOLUTE = "--path-format=absolute"


class Identity(NamedTuple):
    """Who Git says is at work here; either may be empty."""

    name: str
    email: str


class Landing(NamedTuple):
    """A change of a file: by whom, when it landed on the branch, and in which commit of it."""

    author: Signature
    time: datetime
    commit: str


class Logged(NamedTuple):
    """A commit as the log has it: its name, its author's address, its message, and its trailers by key."""

    name: str
    email: str
    subject: str
    body: str
    trailers: dict[str, list[str]]


_PARTS = 5
ADDED, DELETED = "A", "D"


class Repository(NamedTuple):
    """A repository, with a work tree or bare.

    Attributes:
        top: the root of the work tree; the repository itself where it is bare.
        folder: the Git directory that all work trees share.
        private: the Git directory of this work tree alone.
        bare: whether it has no work tree.
        name_length: of the names of its objects, in hexadecimal digits: 40, or 64 with SHA-256.
    """

    top: Path
    folder: Path
    private: Path
    bare: bool = False
    name_length: int = 40

    @classmethod
    def around(cls, path: Path) -> Repository | None:
        """Return the repository whose work tree contains `path`, or the bare one at it; None where none is.

        Raises:
            RepositoryError: Git is not installed, too old, or refuses the repository (another user's, say).
        """
        questions = ("--is-bare-repository", "--show-object-format", "--git-common-dir", "--absolute-git-dir")
        ask = ("rev-parse", _ABSOLUTE, *questions, "--show-toplevel")
        process = git(path, *ask, check=False)
        bare, *told = process.output.rstrip("\n").split("\n")
        if bare == _ABSOLUTE:
            message = _("Git is too old: {oldest} or later is needed.").format(oldest=oldest_git())
            raise RepositoryError(message, update_hint())
        length = _NAME_LENGTHS.get(told[0], 40) if told else 40
        if len(told) > len(questions):
            message = _("{path} has a line break in its name, so Git’s answers cannot be told apart.")
            raise RepositoryError(message.format(path=path), _("Rename the folder."))
        if process.status == 0:
            _format, folder, private, top = told
            return cls(Path(top), Path(folder), Path(private), name_length=length)
        if bare == "true":
            return cls(Path(told[2]), Path(told[1]), Path(told[2]), bare=True, name_length=length)
        if "dubious ownership" in process.problem:
            named = _UNTRUSTED.search(process.problem)
            owned = (
                named[1] if named else str(path)
            )  # the desk may be a folder of it, which Git does not ask for
            message = _("Git does not trust {path}: it belongs to another user.").format(path=owned)
            raise RepositoryError(message, f"git config --global --add safe.directory {shlex.quote(owned)}")
        return None

    @classmethod
    def create(cls, path: Path, branch: str) -> Repository:
        """Make a repository at `path`, which exists, whose first branch will be `branch`."""
        if not BRANCH.fullmatch(branch):
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

    def signatures(self) -> tuple[Signature, Signature]:
        """Return author and committer, with the time, as Git writes them into a commit now.

        Raises:
            RepositoryError: Git does not know who is at work.
        """
        told = git_at_once(self.top, ("var", "GIT_AUTHOR_IDENT"), ("var", "GIT_COMMITTER_IDENT"))
        if any(process.status != 0 for process in told):
            raise RepositoryError(
                _("Git does not know who you are, so nothing can be committed."),
                'git config --global user.name "…" && git config --global user.email "…@…"',
            )
        author, committer = (Signature.read(process.output.strip()) for process in told)
        return author, committer

    @property
    def shallow(self) -> bool:
        """Whether a part of its history is not here."""
        return bool(self.shallow_at)

    @property
    def shallow_at(self) -> list[str]:
        """The commits whose parents are not here."""
        try:
            return (self.folder / "shallow").read_text("ascii", "replace").split()
        except FileNotFoundError:
            return []

    def unfinished(self) -> str:
        """Return the command that somebody has to finish or stop first, such as `merge`; empty for none."""
        marks = {
            "MERGE_HEAD": "merge",
            "CHERRY_PICK_HEAD": "cherry-pick",
            "REVERT_HEAD": "revert",
            "rebase-merge": "rebase",
            "rebase-apply": "rebase",
        }
        return next((name for mark, name in marks.items() if (self.private / mark).exists()), "")

    def unmerged(self) -> dict[str, set[str]]:
        """Return the paths that a merge left in conflict, relative to the top, each with its stages."""
        found: dict[str, set[str]] = {}
        listed = git(self.top, "ls-files", "--unmerged", "-z").output
        for line in filter(None, listed.split("\0")):
            meta, path = line.split("\t", 1)
            found.setdefault(path, set()).add(meta.split(" ")[2])
        return found

    def upstream(self, branch: str) -> str:
        """Return the name that a branch has on its remote; its own where Git's configuration says nothing."""
        name = self.setting(f"branch.{branch}.merge").removeprefix("refs/heads/")
        return name or branch

    def remotes(self) -> list[str]:
        """Return the names of the repositories that this one knows."""
        return git(self.top, "remote").output.split()

    def branch(self) -> str | None:
        """Return the branch that is checked out, also before its first commit; None when detached."""
        process = git(self.top, "symbolic-ref", "--quiet", "--short", "HEAD", check=False)
        return process.output.strip() or None

    def commit_at(self, reference: str) -> str | None:
        """Return the object name of the commit that `HEAD` or another of our refs points to; None if none."""
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
        told = git(self.top, *asked, check=False).output.split()
        return told[0] if len(told) == 1 else None  # a range is no commit

    def is_ancestor(self, older: str, newer: str) -> bool:
        """Whether all that `older` holds is in `newer`, too. Both are object names."""
        return git(self.top, "merge-base", "--is-ancestor", older, newer, check=False).status == 0

    def paths_added(self, folder: str, tip: str, since: str | None = None) -> set[str]:
        """Return the path of each file below `folder` that a commit up to `tip` added.

        Args:
            folder: relative to the top of the repository.
            tip: the object name of a commit; only its own history is read, no other branch.
            since: an earlier commit whose history is left out.

        Returns:
            The paths, relative to the top.
        """
        span = f"{since}..{tip}" if since else tip
        form = ("--no-renames", SEPARATE, "--diff-filter=A", "--name-only", "-z", "--format=")
        process = git(self.top, "log", *form, span, "--", f":(top,literal){folder}")
        return {path.strip("\n") for path in process.output.split("\0") if path.strip("\n")}

    def landing(self, paths: Iterable[str], tip: str, change: str = ADDED) -> Landing | None:
        """Return the last commit that added a file or deleted it, and when that landed on this branch.

        Args:
            paths: where the file is or was, relative to the top of the repository.
            tip: the object name of the branch's newest commit.
            change: `ADDED` or `DELETED`.

        Returns:
            None where no commit did that.
        """
        ask = ("log", "-1", "--no-renames", "--no-patch", f"--diff-filter={change}", "--date=raw")
        spot = ("--end-of-options", tip, "--", *(f":(top,literal){path}" for path in paths))
        by = "--format=%an <%ae> %ad"
        did = git(self.top, *ask, by, *spot).output.strip()
        did = did or git(self.top, *ask, SEPARATE, by, *spot).output.strip()  # a merge may do it by itself
        if not did:
            return None
        first = (AS_LANDED, "--first-parent", "--format=%H %cn <%ce> %cd")
        landed = git(self.top, *ask, *first, *spot).output.strip()
        commit, _space, committer = landed.split("\n", 1)[0].partition(" ")
        author = Signature.read(did.split("\n", 1)[0])
        return Landing(author, Signature.read(committer).time if committer else author.time, commit or tip)

    def log(self, tip: str, most: int, folder: str = "") -> Iterator[Logged]:
        """Yield up to so many commits of a branch, the newest first.

        Args:
            tip: the object name of the first.
            most: how many are read.
            folder: relative to the top; only commits that change something in it count.
        """
        form = "--format=%H%x1f%ae%x1f%s%x1f%b%x1f%(trailers:only,unfold)%x1e"
        within = ("--", f":(top,literal){folder}") if folder else ()
        listed = git(self.top, "log", f"-{most}", "--no-show-signature", form, tip, *within).output
        for record in filter(None, (part.strip("\n") for part in listed.split("\x1e"))):
            parts = record.split("\x1f")
            if len(parts) != _PARTS:
                continue  # somebody wrote our separators into a message
            name, email, subject, body, written = parts
            trailers: dict[str, list[str]] = {}
            for line in written.splitlines():
                key, colon, value = line.partition(":")
                if colon:
                    trailers.setdefault(key.strip(), []).append(value.strip())
            yield Logged(name, email, subject, body, trailers)

    def messages(self, tip: str, since: str | None, pattern: str, folder: str = "") -> Iterator[str]:
        """Yield the messages of a branch's own commits in which a line is like this, the oldest first.

        Args:
            tip: the object name of its newest commit.
            since: one of the branch after which they begin; None for all.
            pattern: a regular expression of ours.
            folder: relative to the top; only commits that change something in it count.
        """
        ask = (
            "log",
            "--first-parent",
            "--reverse",
            "-z",
            "--no-show-signature",
            "--format=%B",
            f"--grep={pattern}",
        )
        within = ("--", f":(top,literal){folder}") if folder else ()
        yield from git(self.top, *ask, f"{since}..{tip}" if since else tip, *within).output.split("\0")

    def commits_between(self, older: str, newer: str) -> list[str]:
        """Return the object names of the commits that `newer` has and `older` has not; none if unknown.

        Args:
            older: the beginning of a commit's object name.
            newer: likewise.
        """
        process = git(self.top, "rev-list", f"{older}..{newer}", "--", check=False)
        return process.output.split()

    def paths_changed(self, commit: str, folder: str = "") -> list[str]:
        """Return the paths that a commit changes in a folder, relative to the top like the folder."""
        arguments = ("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", "--no-renames")
        within = ("--", f":(top,literal){folder}") if folder else ()
        listed = git(self.top, *arguments, "--end-of-options", commit, *within).output
        return [path for path in listed.split("\0") if path]

    def blame(self, path: str, tip: str) -> list[str]:
        """Return the object name of the commit that each line of a file came with.

        Args:
            path: relative to the top of the repository.
            tip: the object name of the commit to look at.
        """
        listed = git(self.top, "blame", "-l", "-s", "--root", tip, "--", path).output
        return [line.partition(" ")[0] for line in listed.split("\n") if line]

    def last_touching(self, path: str, pattern: str, tip: str) -> str | None:
        """Return the last commit of a branch that changed a line like this in a file; None for none.

        Args:
            path: relative to the top of the repository.
            pattern: a regular expression of ours.
            tip: the object name of the branch's newest commit.
        """
        ask = ("log", "-1", AS_LANDED, "--first-parent", "--no-patch", f"-G{pattern}", "--format=%H", tip)
        return git(self.top, *ask, "--", f":(top,literal){path}").output.strip() or None

    def commits_with(self, words: str, folder: str, tip: str) -> list[str]:
        """Return the object names of the commits that add or remove some words in a folder.

        Args:
            words: as they stand in the files; capitals do not matter.
            folder: relative to the top.
            tip: the object name of the branch's newest commit.
        """
        ask = ("log", "--format=%H", "--regexp-ignore-case", f"-S{words}", tip)
        return git(self.top, *ask, "--", f":(top,literal){folder}").output.split()

    def import_commits(self, stream: Iterable[bytes], branch: str) -> None:
        """Write commits given as a stream of git-fast-import(1), then check out `branch`.

        Raises:
            RepositoryError: Git found the stream wrong.
        """
        git(self.top, "fast-import", "--quiet", "--date-format=raw", given=stream)
        git(self.top, "symbolic-ref", "HEAD", f"refs/heads/{branch}")
        git(self.top, "reset", "--quiet", "--hard")
