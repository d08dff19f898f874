"""What an earlier build wrote: kept while MkDocs empties the website's folder, and listed with its keys."""

from __future__ import annotations

import json
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from tracker.translation import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

FOLDERS = (
    *("tickets", "people", "teams", "locations", "departments", "categories", "labels", "requesters"),
    *("desks", *LANGUAGES),
)
"""At the root of the website; those of languages hold the same once more."""
_ASIDE = ".tracker-aside"
MANIFEST = ".tracker-pages.json"
_OF_LANGUAGE = ".tracker-pages-{}.json"
FORMAT = 2
"""Of the list; one of another format is none, and everything is made anew."""


def manifest_of(language: str) -> str:
    """Return the name of the list of what stands in the folder of a language."""
    return _OF_LANGUAGE.format(language)


def manifests() -> list[str]:
    """Return the names of all lists that a website may have."""
    return [MANIFEST, *map(manifest_of, LANGUAGES)]


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


def read_manifest(site: Path, name: str = MANIFEST) -> dict[str, Any]:
    """Return the list of what was written; an empty one where there is none, or another or a damaged one."""
    with suppress(OSError, ValueError):
        manifest = json.loads((site / name).read_bytes())
        if (
            isinstance(manifest, dict)
            and manifest.get("format") == FORMAT
            and isinstance(manifest.get("files"), dict)
            and isinstance(manifest.get("others"), list)
        ):
            return manifest
    return {"files": {}, "others": []}
