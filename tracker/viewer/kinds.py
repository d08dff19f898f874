"""What tickets are listed by: which lists there are of a kind, their names, and on which a ticket is."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import TYPE_CHECKING

from tracker.assignment.workload import counts_for
from tracker.translation import _
from tracker.viewer.questions import condition, queue_asked
from tracker.viewer.rows import KINDS

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.model.values import Contact
    from tracker.viewer.website import Website
    from tracker.workspace import Workspace

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]{0,59}")
IN_USE = ("labels", "requesters")
"""The kinds of which nobody writes down what there is: it is what tickets say."""


def known_lists(workspace: Workspace) -> dict[str, dict[str, str]]:
    """Return the lists of a desk by kind, each with its heading by its key.

    Who asked is private, so there are lists of requesters only where all who read the website are of the
    desk.
    """
    known = {
        kind: dict(workspace.fields[field].values) for kind, field in KINDS.items() if kind not in IN_USE
    }
    known |= {kind: {} for kind in IN_USE}
    for entry in workspace.entries:
        known["labels"] |= {label: label for label in entry.ticket.labels}
        asks = entry.ticket.requester
        if workspace.configuration.website.internal and asks and requester_key(asks):
            known["requesters"].setdefault(requester_key(asks), asks.name or asks.email or "")
    known["labels"] = dict(sorted(known["labels"].items()))
    known["requesters"] = dict(sorted(known["requesters"].items(), key=lambda one: one[1].casefold()))
    return known


def keys_of(workspace: Workspace, entry: Entry, kind: str) -> list[str]:
    """Return the keys of the lists of a kind that a ticket is on: of a path, those above it, too.

    A ticket that names no team is on the list of its assignee's first, where the workload counts it.
    """
    ticket = entry.ticket
    match kind:
        case "labels":
            return list(dict.fromkeys(ticket.labels))
        case "requesters":
            return [requester_key(ticket.requester)] if ticket.requester else []
        case "teams":
            asked = {"team": ticket.team, "assignee": ticket.assignee}
            return [counts_for(workspace.configuration, asked, "team")]
        case _other:
            parts = str(ticket.value(KINDS[kind]) or "").split("/")
            return ["/".join(parts[: end + 1]) for end in range(len(parts))]


def requester_key(asks: Contact) -> str:
    """Return what tells one who asks from others: the address, else the name."""
    return (asks.email or asks.name).lower()


def path_of_list(kind: str, key: str) -> str:
    """Return the name of a list in its path; it tells no mail address."""
    if kind == "requesters":
        return _digest(key, 8)
    if kind != "labels" or _PLAIN.fullmatch(key):
        return key
    plain = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return f"{words}-{_digest(key, 4)}".lstrip("-")


def title_of(kind: str) -> str:
    """Return what the lists of a kind are called together."""
    match kind:
        case "people":
            return _("People")
        case "teams":
            return _("Teams")
        case "locations":
            return _("Locations")
        case "departments":
            return _("Departments")
        case "categories":
            return _("Categories")
        case "labels":
            return _("Labels")
        case _other:
            return _("Requesters")


def queue_of(website: Website, kind: str, key: str) -> str:
    """Return the address of the queue with the tickets of a list; empty where it has no words for these."""
    if kind in ("teams", "requesters"):
        return ""
    return queue_asked(website, condition(KINDS[kind], key))


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=size).hexdigest()
