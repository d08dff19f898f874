"""Where each page of the website is, and how one page refers to another."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.configuration import Forge
    from tracker.model.entry import Entry

QUEUE = "tickets/index"


class Target(NamedTuple):
    """A link: the path of a page of the website, and its words."""

    path: str
    label: str


def page_paths(entries: Iterable[Entry]) -> dict[str, str]:
    """Return the path of each ticket's page by the path of its file: by id, made unique and safe.

    A file without a proper id, or with one that another file claims, too, gets a name of its own:
    every file has a page.
    """
    listed = list(entries)
    claims = Counter(entry.ticket.id for entry in listed if entry.ticket.id)
    return {
        entry.path: f"tickets/{entry.ticket.id if claims[entry.ticket.id] == 1 else _own_name(entry)}"
        for entry in listed
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
