"""Making a demonstration desk on disk: a new Git repository with its history."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING

from tracker.actions.initialise import website_files
from tracker.demo.desk import PREFIX, demo_commits
from tracker.errors import StorageError, UsageError
from tracker.store.repository import Repository
from tracker.store.stream import fast_import_stream
from tracker.translation import _

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

_BRANCH = "main"
NAME = "Northwind Instruments help desk"


def demonstrate(folder: Path, tickets: int, seed: int, day: date, prefix: str = PREFIX) -> None:
    """Make a desk of an invented company in `folder`, which must be new or empty.

    Args:
        folder: where.
        tickets: how many tickets.
        seed: chooses one of many desks.
        day: the last day of its history.
        prefix: of its tickets' ids.

    Raises:
        UsageError: something is in `folder` already.
        RepositoryError: Git is missing or refuses.
        StorageError: the disk refuses.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise UsageError(
                _("{folder} is not empty.").format(folder=folder), _("Name a folder that does not exist yet.")
            )
    except OSError as error:
        message = _("{path} cannot be written: {reason}.").format(path=folder, reason=error.strerror)
        raise StorageError(message) from error
    repository = Repository.create(folder.resolve(), _BRANCH)
    now = datetime.combine(day, time(18), UTC)
    commits = demo_commits(tickets, seed, now, website_files(NAME, "en"), prefix)
    repository.import_commits(fast_import_stream(commits, f"refs/heads/{_BRANCH}"), _BRANCH)
