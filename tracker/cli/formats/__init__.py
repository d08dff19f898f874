"""The formats of `tracker validate`: pure functions from a report to the text to print, one file each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.formats import github, gitlab, junit, plain_json, rdjson, sarif, text
from tracker.cli.formats.github_summary import step_summary
from tracker.cli.formats.report import Report
from tracker.cli.formats.text import statistics

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FORMATS", "Report", "statistics", "step_summary"]

FORMATS: dict[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": plain_json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
    "junit": junit.render,
    "rdjson": rdjson.render,
}
"""What can be asked for by name."""
