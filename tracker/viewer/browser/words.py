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
    return {**_cards(), **_refusals(), **_moves()}


def _cards() -> dict[str, str]:
    return {
        "board_unknown": _("Unknown"),
        "board_draft": _("Draft"),
        "board_unassigned": _("Unassigned"),
        "board_none": _("Without: {field}"),
        "board_load": _("Show these tickets"),
        "board_more_one": _("{number} more"),
        "board_more_many": _("{number} more"),
        "board_found_one": _("{number} ticket"),
        "board_found_many": _("{number} tickets"),
        "board_query": _("This query is not understood."),
        "board_broken": _("broken"),
        "board_late": _("late"),
        "board_beyond": _("beyond target"),
        "board_move": _("Move {id}"),
        "board_planned": _("→ {value}, not yet"),
        "board_lifted": _("{id} is lifted: choose a column with the arrow keys, then press Enter."),
        "board_back": _("Nothing is moved."),
    }


def _refusals() -> dict[str, str]:
    return {
        "board_here": _("It is here already."),
        "board_is_broken": _("{id} is broken: it must be put right first."),
        "board_needed": _("Every ticket needs this: {field}"),
        "board_foreign": _("The desk of this ticket does not know this: {field}"),
        "board_no_way": _("From {present} it can go to: {ways}."),
        "board_children": _("Its children are open: {children}"),
    }


def _moves() -> dict[str, str]:
    return {
        "board_moves": _("Not yet changed"),
        "board_waiting_one": _("{number} move is not made yet: this page cannot write."),
        "board_waiting_many": _("{number} moves are not made yet: this page cannot write."),
        "board_show": _("Show the commands"),
        "board_nothing": _("Nothing would change."),
        "board_unwritten": _("Nothing is changed yet: this page cannot write."),
        "board_how": _("Run this in the desk, or edit the file; the board follows once the site is built."),
        "board_copy_one": _("Copy the command"),
        "board_copy_many": _("Copy the commands"),
        "board_copied": _("Copied."),
        "board_selected": _("Selected: copy it with Ctrl+C."),
        "board_edit": _("Edit the file"),
        "board_forget": _("Forget"),
        "board_forget_one": _("Forget the move of {id}"),
        "board_forget_all": _("Forget all"),
    }


def _ticket() -> dict[str, str]:
    return {}


def _form() -> dict[str, str]:
    return {}


def _search() -> dict[str, str]:
    return {}
