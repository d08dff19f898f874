"""`tracker list`: the queue, or the tickets that a query chooses."""

from __future__ import annotations

import shutil
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import print_json, print_table
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace

COLUMNS = ("status", "priority", "assignee", "location")
_WIDE, _NARROW, _SHORT = 100, 60, 2
_STYLES = ("bold", "cyan", "", "green", "", "")


@click.command(
    "list",
    context_settings={"ignore_unknown_options": True},
    help=_("""List tickets, the most urgent first. Without a query, the open ones.

A query is words of the title, and conditions that must all hold: “status:open”, “location:lyon”,
“-assignee:omar” (not), “category:hardware”, “is:unassigned”, “is:broken”, “is:draft”."""),
)
@click.argument("query", nargs=-1)
@click.option("--all", "everything", is_flag=True, help=_("Closed tickets, too."))
@as_json
@with_workspace
def command(workspace: Workspace, query: tuple[str, ...], everything: bool, as_json: bool) -> None:
    """Print the chosen tickets, one a line."""
    _refuse_options(query)
    from tracker.query.filter import choose, parse_query
    from tracker.query.order import is_late, queue_order

    configuration = workspace.configuration
    terms = parse_query(query, workspace.fields)
    chosen = choose(workspace.entries, terms, configuration.is_open, everything=everything)
    chosen = queue_order(chosen, configuration)
    if as_json:
        print_json([as_data(entry) for entry in chosen])
        return
    today = workspace.now().date()
    columns = _columns()
    headings = (_("Id"), *(workspace.fields[name].label for name in columns), _("Title"))
    rows = [_row(entry, columns, late=is_late(entry, configuration, today)) for entry in chosen]
    print_table(headings, rows, _STYLES[: len(headings)])
    total = len(workspace.entries)
    shown = ngettext("{number} ticket of {total}", "{number} tickets of {total}", len(chosen))
    click.secho(shown.format(number=len(chosen), total=total), err=True, dim=True)


def _refuse_options(query: tuple[str, ...]) -> None:
    """A condition may begin with a hyphen, so click lets every such word pass: a slip of an option, too."""
    for word in query:
        if word.startswith("--") or (word.startswith("-") and len(word) == _SHORT):
            raise click.NoSuchOption(
                word, possibilities=get_close_matches(word, ("--all", "--json", "--help"))
            )


def _columns() -> tuple[str, ...]:
    """Return the columns between id and title for which a terminal has room; all for a program."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _WIDE
    return COLUMNS if width >= _WIDE else COLUMNS[:2] if width >= _NARROW else COLUMNS[:1]


def _row(entry: Entry, columns: tuple[str, ...], *, late: bool) -> tuple[str, ...]:
    values = [str(getattr(entry.ticket, name) or "") for name in columns]
    marks = [_("broken")] if entry.broken else []
    marks += [_("late")] if late else []
    return (entry.id, *values, f"{entry.title}  [{', '.join(marks)}]" if marks else entry.title)


def as_data(entry: Entry) -> dict[str, Any]:
    """Return a ticket as `--json` prints it: its fields as written, and what is known of it."""
    return {
        **entry.values,
        "id": entry.id,
        "path": entry.path,
        "draft": entry.draft,
        "broken": entry.broken,
        "comments": len(entry.comments),
    }
