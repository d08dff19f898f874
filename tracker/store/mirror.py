"""Bare clones of other desks’ repositories: only read, brought up to date, without old files."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.errors import RepositoryError
from tracker.store.clone import fetch_missing
from tracker.store.command import git
from tracker.store.files import write_files
from tracker.store.repository import Repository
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_KEPT, _COMING = "refs/heads/desk", "refs/heads/coming"
"""What is read, and what it will be when all of it is here."""
_STAMP = "tracker-fetched"
_PATIENCE = 120.0
"""In seconds: who has not answered by then, cannot be reached."""
_IMPATIENT = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "60"}
"""Let helpers of Git's end by themselves, too, when nothing comes."""
_QUIETLY = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", "--recurse-submodules=no")


def mirror_place(folder: Path, prefix: str) -> Path:
    """Return where the clone of a desk lies.

    Args:
        folder: the Git directory of this desk's repository.
        prefix: the other desk's.
    """
    return folder / "tracker" / "desks" / f"{prefix}.git"


def refresh(place: Path, address: str, branch: str | None, paths: Sequence[str], now: datetime) -> None:
    """Bring a clone up to date, or make it.

    Args:
        place: where it lies.
        address: what it is a clone of.
        branch: of the desk; None for the default one.
        paths: what will be read of the newest commit, relative to the top.
        now: the present moment; aware.

    Raises:
        RepositoryError: the other repository cannot be reached, or has no such branch. What was there stays.
    """
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "HEAD").is_file():
        git(place, "init", "--quiet", "--bare", "--template=", ".")
        git(place, "symbolic-ref", "HEAD", _KEPT)
    git(place, "config", "remote.origin.url", address)
    source = f"refs/heads/{branch}" if branch else "HEAD"
    asked = ("fetch", *_QUIETLY, "--filter=blob:none", "--end-of-options", "origin", f"+{source}:{_COMING}")
    done = git(place, *asked, check=False, environment=_IMPATIENT, patience=_PATIENCE)
    if done.status != 0:
        lines = [line.strip() for line in done.problem.splitlines() if line.strip()]
        wrong = next((line for line in lines if line.startswith(("fatal:", "error:"))), "".join(lines[:1]))
        raise RepositoryError(wrong.partition(": ")[2] or wrong or _("Git does not say why."))
    repository = Repository.around(place)
    if repository is not None:
        fetch_missing(repository, paths, ["--no-walk", _COMING], _PATIENCE)
    git(place, "update-ref", _KEPT, _COMING)
    write_files(place, {_STAMP: f"{now.isoformat()}\n{address}\n".encode()})


def fetched_at(place: Path, address: str) -> datetime | None:
    """Return when a clone was last brought up to date; None where it never was, from this address."""
    with suppress(OSError, ValueError):
        time, known = (place / _STAMP).read_text(encoding="utf-8").splitlines()
        return datetime.fromisoformat(time) if known == address else None
    return None
