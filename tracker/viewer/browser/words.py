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
    return {
        "similar": _("Open tickets that may be about the same"),
        "errors_one": _("{number} answer does not fit:"),
        "errors_many": _("{number} answers do not fit:"),
        "file": _("{file}, with files that belong to it in {folder}"),
        "opened": _("The file {name} is filled in at {forge}. What is left is to propose it there."),
        "copied_name": _("The text is copied. Paste it into the file that has opened at {forge}."),
        "mailed": _("A mail is prepared in your program for mail. What is left is to send it."),
        "copied_mail": _("The text is copied. Paste it into the mail that has opened."),
        "copied": _("The text is copied. It belongs into the file {name}."),
        "not_copied": _("Your browser does not let this page copy: the text is below, marked."),
        "again": _("Open it once more"),
        "discard": _("Discard what is written here?"),
    }


def _search() -> dict[str, str]:
    return {}
