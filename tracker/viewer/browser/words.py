"""The words of our scripts, in the reader's language."""

from __future__ import annotations

from tracker.query.problem import Wrong, advice, message_of
from tracker.translation import _, ngettext


def words() -> dict[str, str]:
    """Return each text that a script shows, by its name in the scripts.

    `{name}` in a text is filled in by the script. A text that counts something is two: `…_one`, `…_many`.
    """
    return {**_everywhere(), **_queue(), **_board(), **_ticket(), **_form(), **_search()}


def _everywhere() -> dict[str, str]:
    return {
        "close": _("Close"),
        "keys": _("Keys"),
        "key_query": _("query box"),
        "key_move": _("next and previous ticket"),
        "key_open": _("open the ticket"),
        "key_edit": _("edit on the forge"),
        "key_back": _("back to the list"),
        "key_select": _("select; with Shift, all from the last one"),
        "key_lift": _("lift the card, and drop it"),
        "key_cards": _("next card; with a lifted one, next column"),
        "space": _("Space"),
        "key_new": _("new ticket"),
        "key_help": _("these keys"),
        "key_place_q": _("queue"),
        "key_place_b": _("board"),
        "key_place_o": _("overview"),
        "key_place_r": _("reports"),
    }


def _queue() -> dict[str, str]:
    return {**_around_the_table(), **_marks(), **_asking(), **_selection(), **_wrong_queries()}


def _around_the_table() -> dict[str, str]:
    """Return what stands above and beside the table."""
    return {
        "views": _("Views"),
        "view_open": _("Open"),
        "view_mine": _("Mine"),
        "view_unassigned": _("Unassigned"),
        "view_late": _("Late"),
        "view_all": _("All"),
        "i_am": _("I am"),
        "nobody": _("nobody"),
        "who_are_you": _("Say who you are to see what is yours: choose yourself under “I am”."),
        "filters": _("Filters"),
        "more_values": _("{number} more"),
        "fewer_values": _("Fewer"),
        "columns": _("Columns"),
        "columns_reset": _("As it was"),
        "group": _("Group by"),
        "group_none": _("nothing"),
        "order_by": _("Sort by {field}; with Shift, after the present order"),
        "tickets_one": ngettext("{number} ticket", "{number} tickets", 1),
        "tickets_many": ngettext("{number} ticket", "{number} tickets", 2),
        "found_nothing": _("No ticket meets this query."),
        "loading_one": ngettext("Loading {number} closed ticket …", "Loading {number} closed tickets …", 1),
        "loading_many": ngettext("Loading {number} closed ticket …", "Loading {number} closed tickets …", 2),
        "not_loaded": _("The tickets could not be loaded: reload the page."),
        "no_updates": _(
            "When tickets last changed is not known here: ask “tracker list” on the command line."
        ),
        "show_more": _("Show more"),
    }


def _marks() -> dict[str, str]:
    """Return what is said of one ticket."""
    return {
        "late": _("late"),
        "draft": _("draft"),
        "broken": _("broken"),
        "beyond": _("beyond target"),
        "internal": _("internal"),
        "draft_status": _("Draft"),
        "unassigned": _("Unassigned"),
        "none": _("none"),
        "unknown_status": _("Unknown"),
    }


def _asking() -> dict[str, str]:
    """Return what helps to write a query."""
    return {
        "query": _("Query"),
        "query_example": _("status:open location:lyon printer"),
        "query_clear": _("Clear the query"),
        "completions": _("Suggestions"),
        "guess": _("Did you mean “{guess}”? Allowed: {values}."),
        "allowed": _("Allowed: {values}."),
        "day_today": _("today"),
        "day_next": _("before seven days from now"),
        "day_last": _("in the last seven days"),
        "day_before": _("before today"),
        "clause_sort": _("Order"),
        "clause_group": _("Groups"),
        "me": _("whoever asks"),
    }


def _selection() -> dict[str, str]:
    """Return what is said of selected tickets."""
    return {
        "select": _("Select {id}"),
        "select_all": _("Select all"),
        "selected_one": ngettext("{number} selected", "{number} selected", 1),
        "selected_many": ngettext("{number} selected", "{number} selected", 2),
        "copy_ids": _("Copy ids"),
        "copy_links": _("Copy links"),
        "copy_csv": _("Copy CSV"),
        "copied": _("Copied."),
        "not_copied": _("The browser does not let this page copy."),
        "select_none": _("Select none"),
    }


def _wrong_queries() -> dict[str, str]:
    """Return what is said of queries that cannot be understood, in the words of the command line."""
    said = {f"wrong_{wrong}": message_of(wrong) for wrong in Wrong}
    said |= {f"advice_{wrong}": advice(wrong, "{field}") for wrong in Wrong}
    said["advice_time_past"] = advice(Wrong.TIME, "created").replace("created", "{field}")
    said["advice_empty_clause"] = advice(Wrong.EMPTY, "sort").replace("sort", "{field}")
    return said


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
    return {
        "copy": _("Copy"),
        "copy_id": _("Copy id"),
        "copy_link": _("Copy link"),
        "copy_done": _("Copied"),
        "copy_failed": _("Could not be copied"),
        "around": _("In the list"),
        "place": _("{place} of {number}"),
        "previous": _("Previous ticket"),
        "next": _("Next ticket"),
        "back": _("Back to the list"),
    }


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
        "copied_text": _("The text is copied. It belongs into the file {name}."),
        "not_copied_text": _("Your browser does not let this page copy: the text is below, marked."),
        "again": _("Open it once more"),
        "discard": _("Discard what is written here?"),
    }


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
