"""Merging three versions of a text, line by line."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import NamedTuple

from tracker.store.command import git

_LABELS = ("-L", "ours", "-L", "before", "-L", "theirs")


class MergedLines(NamedTuple):
    """The merged text, and whether no lines had been changed by both; such lines stand there twice."""

    data: bytes
    clean: bool


def merge_lines(before: bytes, ours: bytes, theirs: bytes) -> MergedLines:
    """Return what both sides made of `before`."""
    with tempfile.TemporaryDirectory(prefix="tracker-") as name:
        folder = Path(name)
        for part, data in (("ours", ours), ("before", before), ("theirs", theirs)):
            (folder / part).write_bytes(data)
        merged = git(folder, "merge-file", "--quiet", *_LABELS, "ours", "before", "theirs", check=False)
        return MergedLines((folder / "ours").read_bytes(), merged.status == 0)
