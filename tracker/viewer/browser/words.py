"""The words of our scripts, in the reader's language."""

from __future__ import annotations

from tracker.translation import _


def words() -> dict[str, str]:
    """Return each text that a script shows, by its name in the scripts.

    `{name}` in a text is filled in by the script. A text that counts something is two: `…_one`, `…_many`.
    """
    return {**_everywhere(), **_queue(), **_board(), **_ticket(), **_form(), **_search()}


def _everywhere() -> dict[str, str]:
    return {
        "close": _("Close"),
    }


def _queue() -> dict[str, str]:
    return {}


def _board() -> dict[str, str]:
    return {}


def _ticket() -> dict[str, str]:
    return {}


def _form() -> dict[str, str]:
    return {}


def _search() -> dict[str, str]:
    return {
        "search_found_one": _("{number} ticket"),
        "search_found_many": _("{number} tickets"),
        "search_none": _("No ticket has this"),
        "search_narrow": _("Type more letters to find tickets"),
        "search_text": _("in the text"),
        "search_said": _("in the conversation"),
        "search_all_one": _("Show it in the queue"),
        "search_all_many": _("Show all {number} in the queue"),
    }
