"""What there is to be checked around a folder; whatever cannot be had is the error that says why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tracker.errors import TrackerError
from tracker.store.clone import settings
from tracker.store.repository import Repository
from tracker.store.version import installed_git, is_too_old
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.model.configuration import Configuration


@dataclass(frozen=True, eq=False)
class Surroundings:
    """A folder, and the Git, desk and repository that it has.

    Attributes:
        folder: where a person is.
    """

    folder: Path

    @cached_property
    def git(self) -> str | TrackerError:
        """The version of Git."""
        try:
            return installed_git(self.folder)
        except TrackerError as error:
            return error

    @property
    def has_git(self) -> bool:
        """Whether there is a Git that we can work with."""
        return isinstance(self.git, str) and not is_too_old(self.git)

    @cached_property
    def desk(self) -> Workspace | TrackerError:
        """The desk."""
        try:
            return Workspace.open(self.folder)
        except TrackerError as error:
            return error

    @cached_property
    def workspace(self) -> Workspace | None:
        """The desk, None where there is none."""
        return self.desk if isinstance(self.desk, Workspace) else None

    @cached_property
    def repository_asked(self) -> Repository | TrackerError | None:
        """The repository around the desk, else around the folder; None where there is none."""
        try:
            return self.workspace.repository if self.workspace else Repository.around(self.folder)
        except TrackerError as error:
            return error

    @cached_property
    def repository(self) -> Repository | None:
        """The repository, None where there is none or Git refuses it."""
        return self.repository_asked if isinstance(self.repository_asked, Repository) else None

    @cached_property
    def work_tree(self) -> Repository | None:
        """The repository, None where it is bare, too."""
        return self.repository if self.repository and not self.repository.bare else None

    @cached_property
    def configuration(self) -> Configuration | None:
        """What `tracker.yml` says, None where it cannot be read."""
        try:
            return self.workspace.configuration if self.workspace else None
        except TrackerError:
            return None

    @cached_property
    def prefix(self) -> str:
        """The desk's folder in its repository; empty at its top, and where there is no desk."""
        return self.workspace.prefix if self.workspace and self.repository else ""

    @cached_property
    def settings(self) -> dict[str, str]:
        """What Git's configuration says in this clone, by key in lower case."""
        return settings(self.repository) if self.repository else {}

    def in_repository(self, path: str) -> str:
        """Return a path of the desk relative to the top of the repository."""
        return self.workspace.in_repository(path) if self.workspace and self.repository else path
