"""`json`: the findings as plain data, as every `--json` of this command line prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tracker.cli.terminal import json_text

if TYPE_CHECKING:
    from tracker.cli.formats.report import Report


def render(report: Report) -> str:
    """Return a list of `Finding.as_json()`, with paths from the desk's root as all our JSON has them."""
    return _harmless(json_text([finding.as_json() for finding in report.findings]))


def dump(data: Any) -> str:
    """Return plain data as JSON (RFC 8259), readable for people, too.

    ASCII reads the same in whatever encoding the output is written.
    """
    return _harmless(json.dumps(data, indent=2, default=str))


def _harmless(text: str) -> str:
    """Return JSON that says the same and commands no runner of GitHub Actions.

    A runner takes `##[…]` for a command wherever it stands in what a step prints.
    """
    return text.replace("##[", "#\\u0023[").encode("utf-8", "backslashreplace").decode("utf-8")
