"""What sets one clone apart from others of the same repository: its settings, its remote, its gaps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.store.command import git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.store.repository import Repository

_LAST = 253_402_300_799
"""The last second that a datetime can hold; a commit may claim a later one."""

DEEPEN, DEEPEN_LEAN = "git fetch --unshallow", "git fetch --filter=blob:none --unshallow"
"""What fetches the rest of a history: whole, or without what files once held."""
_PROMISOR = r"^remote\..*\.promisor$"
_OURS = "command"
"""The scope of settings on a command line: those by which we keep Git quiet, which nobody else set."""


def refusal(path: Path) -> str:
    """Return why Git finds no repository at `path`, in its own words; empty where there is none to be found.

    Raises:
        RepositoryError: Git is not installed.
    """
    bare = (path / "HEAD").is_file() and (path / "objects").is_dir()  # `safe.bareRepository` may forbid it
    if not bare and not any((folder / ".git").exists() for folder in (path, *path.parents)):
        return ""
    return git(path, "rev-parse", "--git-dir", check=False).problem.strip().removeprefix("fatal: ")


def settings(repository: Repository) -> dict[str, str]:
    """Return what Git's configuration says in this clone, by key in lower case; the last value of each."""
    return {key: value for _scope, key, value in _said(repository)}


def scope_of(repository: Repository, key: str) -> str:
    """Return where a setting stands, as git-config(1) names it: `local`, `global`; empty if nowhere.

    Args:
        repository: the clone.
        key: in lower case.
    """
    return next((scope for scope, name, _value in reversed([*_said(repository)]) if name == key), "")


def _said(repository: Repository) -> Iterator[tuple[str, str, str]]:
    """Yield scope, key in lower case and value of each setting; what comes later overrides."""
    listed = git(repository.top, "config", "--list", "--show-scope", "-z").output.split("\0")
    for scope, entry in zip(listed[::2], listed[1::2], strict=False):
        key, _line, value = entry.partition("\n")
        if scope != _OURS:
            yield scope, key.lower(), value


def partial_filter(known: Mapping[str, str]) -> str:
    """Return the filter of a partial clone, such as `blob:none`; empty where all objects were fetched."""
    return next((value for key, value in known.items() if key.endswith(".partialclonefilter")), "")


def hooks_folder(repository: Repository, known: Mapping[str, str]) -> Path:
    """Return where Git looks for hooks: in its own folder, or where `core.hooksPath` says."""
    elsewhere = known.get("core.hookspath")
    return repository.top / Path(elsewhere).expanduser() if elsewhere else repository.folder / "hooks"


def newest_commit_time(repository: Repository) -> datetime | None:
    """Return when the newest commit of `HEAD` was made, at most the year 9999; None before the first."""
    told = git(repository.top, "log", "-1", "--no-show-signature", "--format=%ct", check=False).output.strip()
    return datetime.fromtimestamp(min(int(told), _LAST), UTC) if told else None


def lost_commit(repository: Repository) -> str:
    """Return the object name of the commit that `HEAD` points to, where it is not here; empty otherwise."""
    named = git(repository.top, "rev-parse", "--verify", "--quiet", "HEAD", check=False).output.strip()
    return named if named and not repository.commit_at("HEAD") else ""


def remote_address(repository: Repository, remote: str) -> str:
    """Return the address that a remote is fetched from; it may hold a password, so it is not for printing."""
    return git(repository.top, "remote", "get-url", "--", remote, check=False).output.strip()


def remote_branch(repository: Repository, remote: str) -> str:
    """Return the remote's default branch, as it was when it was last asked; empty where it never was."""
    kept = f"refs/remotes/{remote}/"
    process = git(repository.top, "symbolic-ref", "--quiet", f"{kept}HEAD", check=False)
    return process.output.strip().removeprefix(kept)


def attribute(repository: Repository, name: str, paths: Iterable[str]) -> set[str]:
    """Return the values that an attribute has for files in the work tree, be they there or not.

    Args:
        repository: with a work tree.
        name: the attribute's.
        paths: relative to the top.
    """
    given = "\0".join([*paths, ""]).encode("utf-8", "surrogateescape")
    return set(
        git(repository.top, "check-attr", "-z", "--stdin", name, given=[given]).output.split("\0")[2::3]
    )


def committed_crlf(repository: Repository, folder: str) -> int:
    """Return how many staged files of a folder have lines that end with CR LF, though `text` is set for them.

    Git shows each of them as changed, whatever is done to it.

    Args:
        repository: with a work tree.
        folder: relative to the top.
    """
    listed = git(repository.top, "ls-files", "--eol", "-z", "--", f":(top,literal){folder}").output.split(
        "\0"
    )
    told = [line.partition("\t")[0].split() for line in listed]
    return sum(
        words[0] in {"i/crlf", "i/mixed"} and words[2] == "attr/text"
        for words in told
        if len(words) > 2  # noqa: PLR2004  # index, work tree, attributes
    )


def fetch_missing(
    repository: Repository, folders: Sequence[str], span: Sequence[str], patience: float | None = None
) -> None:
    """Fetch at once what files of a partial clone once held; Git would fetch one after the other.

    Args:
        repository: any; where nothing is missing, nothing is done.
        folders: relative to the top.
        span: the commits, as git-rev-list(1) is told: `since..tip`, or `--no-walk tip` for one alone.
        patience: in seconds, how long the remote may take; None for ever.

    Raises:
        RepositoryError: the remote cannot be reached.
    """
    told = git(repository.top, "config", "--name-only", "--get-regexp", _PROMISOR, check=False).output
    if not told:
        return
    remote = told.splitlines()[0].removeprefix("remote.").removesuffix(".promisor")
    places = (f":(top,literal){folder}" for folder in folders)
    ask = ("rev-list", "--objects", "--missing=print", *span, "--", *places)
    listed = git(repository.top, *ask).output.split("\n")
    missing = [line.removeprefix("?") for line in listed if line.startswith("?")]
    if missing:
        quietly = ("--no-tags", "--no-write-fetch-head", "--recurse-submodules=no", "--filter=blob:none")
        given = [f"{name}\n".encode() for name in missing]
        git(repository.top, "fetch", *quietly, "--stdin", "--", remote, given=given, patience=patience)
