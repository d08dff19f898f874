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
    return {
        "copy": _("Copy"),
        "copy_id": _("Copy id"),
        "copy_link": _("Copy link"),
        "copied": _("Copied"),
        "not_copied": _("Could not be copied"),
        "around": _("In the list"),
        "place": _("{place} of {number}"),
        "previous": _("Previous ticket"),
        "next": _("Next ticket"),
        "back": _("Back to the list"),
    }


def _form() -> dict[str, str]:
    return {}


def _search() -> dict[str, str]:
    return {}
