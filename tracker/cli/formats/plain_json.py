"""`json`: the findings as plain data, as every `--json` of this command line prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tracker.cli.formats.report import Report


def render(report: Report) -> str:
    """Return a list of `Finding.as_json()`, with paths from the desk's root as all our JSON has them."""
    return dump([finding.as_json() for finding in report.findings], ascii_only=False)


def dump(data: Any, *, ascii_only: bool = True) -> str:
    """Return plain data as JSON (RFC 8259), readable for people, too.

    ASCII reads the same in whatever encoding the output is written. A runner of GitHub Actions takes
    `##[…]` for a command wherever it stands in what a step prints, so it never stands there as such.
    """
    text = json.dumps(data, ensure_ascii=ascii_only, indent=2, default=str)
    return text.replace("##[", "#\\u0023[").encode("utf-8", "backslashreplace").decode("utf-8")
