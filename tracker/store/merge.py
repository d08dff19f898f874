"""Merging three versions of a text, line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tracker.store.command import git


def merge_lines(before: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Return what both sides made of `before`; None where they changed the same lines."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as name:
        folder = Path(name)
        for part, data in (("ours", ours), ("before", before), ("theirs", theirs)):
            (folder / part).write_bytes(data)
        merged = git(folder, "merge-file", "--quiet", "ours", "before", "theirs", check=False)
        return (folder / "ours").read_bytes() if merged.status == 0 else None
