"""Where each page of the website is, and how one page refers to another."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote

from tracker.model.place import draft_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.model.configuration import Forge
    from tracker.model.entry import Entry

QUEUE = "tickets/index"
OPEN = "tickets/open"
"""The further pages of the queue for those who read it without scripts."""
CLOSED = "tickets/closed"
WORKLOAD = "tickets/workload"
SERVICE_LEVELS = "tickets/service-levels"
OVERVIEW = "tickets/overview"
BOARD = "tickets/board"
REPORTS = "tickets/reports"
NEW = "tickets/new"
MAIL = "tickets/mail"
REQUESTERS = "tickets/requesters"
_RESERVED = {
    *(
        QUEUE,
        f"{QUEUE}.html",
        OPEN,
        CLOSED,
        WORKLOAD,
        SERVICE_LEVELS,
        OVERVIEW,
        BOARD,
        REPORTS,
        NEW,
        MAIL,
        REQUESTERS,
    ),
    "tickets/data",
}
_DATA = (".csv", ".json", ".xml")
"""How the names of files end that programs read: no alias is a folder of that name."""
_PLAIN = re.compile(r"[A-Z][A-Z0-9]{0,9}-[0-9a-z]{1,20}")


def page_paths(entries: Iterable[Entry], guest: str = "", others: Iterable[str] = ()) -> dict[str, str]:
    """Return the path of each ticket's page by the path of its file: by id, made unique and safe.

    Of several files that claim an id, the one that is named so has its page; each other has one of
    its own name, so that every file has a page and none takes another's.

    Args:
        entries: every ticket of a desk.
        guest: the desk's prefix where it is not the website's own: it may only take pages of its own ids.
        others: the prefixes of the guests, whose pages the own desk may not take.
    """
    taken = tuple(f"{prefix}-" for prefix in others)
    listed = list(entries)
    owners: dict[str, str] = {}
    for entry in sorted(listed, key=lambda entry: not entry.at_home):
        owners.setdefault(entry.id, entry.path)
    proper = {
        path
        for claimed, path in owners.items()
        if _PLAIN.fullmatch(claimed)
        and claimed.startswith(f"{guest}-" if guest else "")
        and not claimed.startswith(taken)
    }
    return {
        entry.path: f"tickets/{entry.id if entry.path in proper else _own_name(entry.id, guest + entry.path)}"
        for entry in listed
    }


def plain_name(name: str) -> str:
    """Return a name that is safe in an address for that of a template."""
    return name if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]{0,80}", name) else _own_name(name, name)


def _own_name(ticket_id: str, path: str) -> str:
    plain = unicodedata.normalize("NFKD", ticket_id).encode("ascii", "ignore").decode()
    words = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-")[:40]
    digest = hashlib.blake2b(path.encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    return f"{words}-{digest}".lstrip("-")


def redirects(tickets: Sequence[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Return the path of the page that each alias leads to, by the paths where people may look for it.

    Besides the alias itself, this is where the page of a draft of that name was. Nothing takes the place
    of a page, nor differs from one only by case.

    Args:
        tickets: the path of each ticket's page, with its aliases.
    """
    taken = {page.lower() for page, _aliases in tickets} | _RESERVED
    found: dict[str, str] = {}
    for page, aliases in tickets:
        for alias in aliases:
            for name in (alias, _own_name(alias, draft_place(alias))):
                path = f"tickets/{name}"
                if path.lower() not in taken and not path.lower().endswith(_DATA):
                    taken.add(path.lower())
                    found[path] = page
    return found


def list_path(kind: str, key: str) -> str:
    """Return the path of the page of one person, location, category or month of a desk."""
    return f"{kind}/{key}"


def report_of(field: str) -> str:
    """Return the path of the page with the reports by a field."""
    return f"{REPORTS}/by-{field}"


def relative(page: str, target: str) -> str:
    """Return the reference from one address of the website to another."""
    here, there = page.split("/")[:-1], target.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:]) or "./"


def edit_address(forge: Forge, path: str) -> str | None:
    """Return where the forge lets a person edit a file; `path` is relative to the repository's top.

    Sources: GitHub, GitLab and Gitea/Forgejo address their web editors as below.
    """
    return _on_forge(forge, {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}, path)


def history_address(forge: Forge, path: str) -> str | None:
    """Return where the forge lists the commits of a file, as `edit_address` does."""
    return _on_forge(forge, {"github": "commits", "gitlab": "-/commits", "gitea": "commits/branch"}, path)


def new_file_page(forge: Forge, folder: str) -> str | None:
    """Return where the forge lets a person write a new file in a folder of the repository."""
    return _on_forge(forge, {"github": "new", "gitlab": "-/new", "gitea": "_new"}, folder)


def new_file_address(forge: Forge, folder: str, name: str, text: str) -> str | None:
    """Return where the forge lets a person write a new file, with what is known of it filled in.

    GitLab takes no text. Sources: https://github.com/go-gitea/gitea/pull/16556, which follows GitHub, and
    https://gitlab.com/gitlab-org/gitlab/-/issues/532221.

    Args:
        forge: the forge.
        folder: relative to the repository's top; it is there already.
        name: of the file, with a further folder where that is needed.
        text: what the file holds.
    """
    page = new_file_page(forge, folder)
    if page is None:
        return None
    if forge.kind == "gitlab":
        return f"{page}?file_name={quote(os.fsencode(name))}"
    return f"{page}?filename={quote(os.fsencode(name))}&value={quote(text)}"


def _on_forge(forge: Forge, infixes: Mapping[str, str], path: str) -> str | None:
    """Return a page of the forge about a path, None without a forge."""
    if forge.url is None or forge.kind == "none":
        return None
    top = forge.url.rstrip("/")
    return f"{top}/{infixes[forge.kind]}/{quote(forge.branch)}/{quote(os.fsencode(path))}"
