"""Which Git is installed, and which one we need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.store.command import DOWNLOAD, git
from tracker.translation import _

if TYPE_CHECKING:
    from pathlib import Path

OLDEST = (2, 31)
"""`rev-parse --path-format` came with it. An older Git prints the option back, as if it were an answer.

All else is older: `fetch --no-write-fetch-head` 2.29, `init --initial-branch` 2.28.
Source: https://github.com/git/git/tree/master/Documentation/RelNotes
"""


def installed_git(folder: Path) -> str:
    """Return the version of the Git that runs in `folder`, as it says it: `2.39.5 (Apple Git-154)`.

    Raises:
        RepositoryError: Git is not installed, or cannot be started.
    """
    return git(folder, "version").output.strip().removeprefix("git version ")


def is_too_old(version: str) -> bool:
    """Whether we cannot work with a Git of this version; one that says it in another way is trusted."""
    numbers = re.match(r"(\d+)\.(\d+)", version)
    return numbers is not None and (int(numbers[1]), int(numbers[2])) < OLDEST


def oldest_git() -> str:
    """Return the oldest version that we can work with, for messages."""
    return ".".join(map(str, OLDEST))


def update_hint() -> str:
    """Return how to get another Git."""
    return _("Update it with your package manager, or from {address}").format(address=DOWNLOAD)
