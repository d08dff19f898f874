"""One desk, opened once and lazily."""

from tracker.workspace.desk import Workspace

__all__ = ["Workspace"]
