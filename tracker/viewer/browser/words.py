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
    return {}
