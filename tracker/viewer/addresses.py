"""Where each page of the website is, and how one page refers to another."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.configuration import Forge
    from tracker.model.entry import Entry

QUEUE = "tickets/index"
_PLAIN = re.compile(r"[A-Z][A-Z0-9]{0,9}-[0-9a-z]{1,20}")


def page_paths(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the path of each ticket's page by the path of its file: by id, made unique and safe.

    Of several files that claim an id, the one that is named so has its page; each other has one of
    its own name, so that every file has a page and none takes another's.
    """
    listed = list(entries)
    owners: dict[str, str] = {}
    for entry in sorted(listed, key=lambda entry: not entry.at_home):
        owners.setdefault(entry.id, entry.path)
    proper = {path for claimed, path in owners.items() if _PLAIN.fullmatch(claimed)}
    return {
        entry.path: f"tickets/{entry.id if entry.path in proper else _own_name(entry)}" for entry in listed
    }


def _own_name(entry: Entry) -> str:
    plain = unicodedata.normalize("NFKD", entry.id).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40]
    digest = hashlib.blake2b(entry.path.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    return f"{words}-{digest}".lstrip("-")


def list_path(kind: str, key: str) -> str:
    """Return the path of the page of one person, location, category or month of a desk."""
    return f"{kind}/{key}"


def relative(page: str, target: str) -> str:
    """Return the reference from one address of the website to another."""
    return "../" * page.count("/") + target or "./"


def edit_address(forge: Forge, path: str) -> str | None:
    """Return where the forge lets a person edit a file; `path` is relative to the repository's top.

    Sources: GitHub, GitLab and Gitea/Forgejo address their web editors as below.
    """
    if forge.url is None or forge.kind == "none":
        return None
    top = str(forge.url).rstrip("/")
    infix = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}[forge.kind]
    return f"{top}/{infix}/{quote(forge.branch)}/{quote(path)}"
