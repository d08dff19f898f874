"""What an earlier build wrote: kept while MkDocs empties the website's folder, and listed with its keys."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = (
    *("tickets", "people", "teams", "locations", "departments", "categories", "labels", "requesters"),
    "desks",
)
_ASIDE = ".tracker-aside"
MANIFEST = ".tracker-pages.json"
FORMAT = 2
"""Of the list; one of another format is none, and everything is made anew."""


def set_aside(site: Path) -> None:
    """Put our folders where MkDocs does not delete them; what an interrupted build left is stale."""
    aside = site / _ASIDE
    for name in FOLDERS:
        if (site / name).is_dir():
            shutil.rmtree(aside / name, ignore_errors=True)
            aside.mkdir(exist_ok=True)
            (site / name).rename(aside / name)


def bring_back(site: Path) -> None:
    """Put our folders back into the emptied website, without what MkDocs itself had put there."""
    aside = site / _ASIDE
    if not aside.is_dir():
        return
    manifest = read_manifest(site)
    for name in FOLDERS:
        if manifest["files"] and (aside / name).is_dir() and not (site / name).exists():
            (aside / name).rename(site / name)
    shutil.rmtree(aside)
    for path in manifest["others"]:
        if path.startswith(tuple(f"{name}/" for name in FOLDERS)) and ".." not in path.split("/"):
            (site / path).unlink(missing_ok=True)


def read_manifest(site: Path) -> dict[str, Any]:
    """Return the list of what was written; an empty one where there is none, or another or a damaged one."""
    with suppress(OSError, ValueError):
        manifest = json.loads((site / MANIFEST).read_bytes())
        if (
            isinstance(manifest, dict)
            and manifest.get("format") == FORMAT
            and isinstance(manifest.get("files"), dict)
            and isinstance(manifest.get("others"), list)
        ):
            return manifest
    return {"files": {}, "others": []}
