"""Where a ticket lies in its desk, by its id and the month in which it was created."""

from __future__ import annotations

import re

TICKETS = "tickets"
DRAFTS = "tickets/drafts"
MONTH = re.compile(r"tickets/\d{4}/(0[1-9]|1[0-2])")
_PLACE = re.compile(rf"(?:{DRAFTS}|{MONTH.pattern})/[^/.][^/]*\.md")
_CONVERSATION = re.compile(rf"((?:{DRAFTS}|{MONTH.pattern})/[^/.][^/]*)/")


def is_ticket_place(path: str) -> bool:
    """Whether a ticket may lie at a path, by the path alone."""
    return bool(_PLACE.fullmatch(path))


def is_home(folder: str) -> bool:
    """Whether tickets may lie in a folder."""
    return folder == DRAFTS or bool(MONTH.fullmatch(folder))


def ticket_place(ticket_id: str, created: str) -> str:
    """Return where an accepted ticket lies.

    Args:
        ticket_id: the id, such as `HD-1042`.
        created: the moment in ISO 8601; its own month counts, whatever its offset.
    """
    return f"{TICKETS}/{created[:4]}/{created[5:7]}/{ticket_id}.md"


def draft_place(name: str) -> str:
    """Return where a draft of this name lies."""
    return f"{DRAFTS}/{name}.md"


def is_draft(path: str) -> bool:
    """Whether a path is that of a draft."""
    return path.startswith(DRAFTS + "/")


def conversation_of(path: str) -> str:
    """Return the folder of a ticket's conversation."""
    return path.removesuffix(".md")


def conversation_around(path: str) -> str:
    """Return the folder of the conversation that a path below it is in; empty where it is in none."""
    found = _CONVERSATION.match(path)
    return found[1] if found else ""
