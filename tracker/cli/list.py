"""`tracker list`: the queue, or the tickets that a query chooses."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import as_json, as_tables, refuse_unknown, with_workspace
from tracker.cli.queries import query_text, refuse_options
from tracker.cli.tables import as_table
from tracker.cli.terminal import clean, one_line, print_json, print_paged, table
from tracker.errors import UsageError
from tracker.model.problem import allowed_values
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.model.entry import Entry
    from tracker.query.row import Row
    from tracker.store.chronicle import Chronicle
    from tracker.workspace import Workspace
    from tracker.workspace.asking import Answer

COLUMNS = ("status", "priority", "assignee", "location")
_WIDE, _NARROW = 100, 60
_STYLES = {"id": "bold", "status": "cyan", "assignee": "green"}
_OF_QUERIES = ("open", "late", "linked", "text")
_MOMENTS = ("created", "updated")
_OPTIONS = (
    "--all",
    "--columns",
    "--count",
    "--csv",
    "--json",
    "--limit",
    "--markdown",
    "--tsv",
    "--view",
    "--help",
)


@click.command(
    "list",
    context_settings={"ignore_unknown_options": True},
    help=_("""List tickets, the most urgent first. Without a query, the open ones.

A query is words of the title, and conditions: “status:open”, “location:lyon,austin”, “-assignee:omar”
(not), “priority:>=high”, “due:<7d”, “created:2026-11”, “is:late”, “has:comment”, “parent:HD-7”, “text:paper”,
“assignee:me”; with “or”, parentheses, “sort:-created” and “group:location”."""),
)
@click.argument("query", nargs=-1)
@click.option("--view", metavar="NAME", help=_("Ask what a view of tracker.yml asks."))
@click.option("--all", "everything", is_flag=True, help=_("Closed tickets, too."))
@click.option("--columns", metavar="FIELD,…", help=_("Which fields to show, such as id,status,due,title."))
@click.option("--limit", type=click.IntRange(min=1), help=_("At most so many."))
@click.option(
    "--count", is_flag=True, help=_("Print how many there are, by group where the query has groups.")
)
@as_tables
@as_json
@with_workspace
def command(
    workspace: Workspace,
    query: tuple[str, ...],
    view: str | None,
    everything: bool,
    columns: str | None,
    limit: int | None,
    count: bool,
    form: str | None,
    as_json: bool,
) -> None:
    """Print the chosen tickets, one a line."""
    from tracker.cli.desks import desks_here
    from tracker.cli.history import history_of, warn_if_shallow
    from tracker.cli.identity import who_asks
    from tracker.workspace.asking import ask

    refuse_options(query, _OPTIONS)
    shown = _columns(workspace, columns, whole=bool(form))
    text = query_text(query) if view is None else _query_of(workspace, view, query)
    who = who_asks(workspace, text)

    def ask_history(desk: Workspace, question: Callable[[Chronicle], dict[str, str]]) -> dict[str, str]:
        warn_if_shallow(desk)
        return history_of(desk, question)

    answer = ask(
        workspace,
        text,
        me=who,
        everything=everything,
        fields=shown,
        history=ask_history,
        desks=lambda: desks_here(workspace),
    )
    if not who or "@" in who:
        _say_who_is_nobody(answer, who)
    found = len(answer.rows)
    if count:
        _print_counts(answer)
        return
    answer = answer._replace(rows=answer.rows[:limit])
    if as_json:
        print_json([_as_data(row) for row in answer.rows])
    elif form:
        text = as_table(form, shown, [_values(row, shown) for row in answer.rows])
        click.echo(clean(text) if sys.stdout.isatty() else text, nl=False)
    else:
        _print_tables(workspace, answer, shown)
        _print_total(answer, found)


def _query_of(workspace: Workspace, view: str, words: tuple[str, ...]) -> str:
    """Return what a view asks.

    Raises:
        UsageError: there is no such view, or a query is given beside it.
    """
    views = workspace.configuration.views
    if view not in views:
        message = _("There is no view “{name}” in tracker.yml.").format(name=view)
        raise UsageError(message, allowed_values(views, view) if views else "")
    if words:
        raise UsageError(_("A view is a query: give one or the other."), views[view].query)
    return views[view].query


def _say_who_is_nobody(answer: Answer, email: str) -> None:
    """Say when a query asks for “me”, and the person at work is nobody of the desk."""
    from tracker.query.expression import terms_of
    from tracker.query.vocabulary import ASKER

    for term in terms_of(answer.query.condition):
        if ASKER in term.values or (term.field == "is" and "mine" in term.values):
            message = _("Git’s user.email ({email}) is nobody of this desk, so “me” is nobody.")
            click.secho(message.format(email=one_line(email) or "-"), fg="yellow", err=True)
            return


def _columns(workspace: Workspace, written: str | None, *, whole: bool) -> tuple[str, ...]:
    """Return the fields to show: those asked for, else as many as a terminal has room for."""
    if not written:
        width = _WIDE if whole or not sys.stdout.isatty() else shutil.get_terminal_size().columns
        between = COLUMNS if width >= _WIDE else COLUMNS[:2] if width >= _NARROW else COLUMNS[:1]
        return ("id", *between, "title")
    known = (*workspace.fields, "desk", "updated", "comments", "path", "open", "late", "draft", "broken")
    names = tuple(name.strip() for name in written.split(","))
    refuse_unknown(names, known)
    return names


def _print_counts(answer: Answer) -> None:
    if not answer.query.group:
        click.echo(len(answer.rows))
        return
    for name, rows in answer.groups():
        click.echo(f"{len(rows)}\t{one_line(name) or '-'}")


def _print_tables(workspace: Workspace, answer: Answer, columns: tuple[str, ...]) -> None:
    headings = [_heading(workspace, name) for name in columns] if sys.stdout.isatty() else []
    styles = [_STYLES.get(name, "") for name in columns]
    text = ""
    for name, rows in answer.groups():
        if answer.query.group and sys.stdout.isatty():
            text += click.style(_group_heading(workspace, answer.query.group, name, len(rows)), bold=True)
        text += table(headings, [_line(workspace, row, columns) for row in rows], styles)
    print_paged(text)


def _print_total(answer: Answer, found: int) -> None:
    """Say how many of how many were printed, and whether a query found closed tickets alone."""
    shown = ngettext("{number} ticket of {total}", "{number} tickets of {total}", found)
    said = shown.format(number=found, total=answer.total)
    if len(answer.rows) < found:
        said += _(", the first {number} shown").format(number=len(answer.rows))
    click.secho(said, err=True, dim=True)
    if answer.closed:
        more = ngettext("{number} more is closed: --all", "{number} more are closed: --all", answer.closed)
        click.secho(more.format(number=answer.closed), err=True, dim=True)


def _group_heading(workspace: Workspace, field: str, name: str, number: int) -> str:
    known = workspace.fields.get(field)
    label = (known.values.get(name, name) if known else name) or _("none")
    return f"{one_line(f'{_heading(workspace, field)}: {label} ({number})')}\n"


def _heading(workspace: Workspace, name: str) -> str:
    if name == "desk":
        return _("Desk")
    return workspace.fields[name].label if name in workspace.fields else name


def _line(workspace: Workspace, row: Row, columns: tuple[str, ...]) -> list[str]:
    """Return what a person is shown of a ticket; behind its title, what is the matter with it."""
    from tracker.query.timing import moment_of

    shown = [name for name in _MOMENTS if name in columns and row.get(name)]
    moments = {name: moment_of(str(row[name]), workspace.configuration.zone) for name in shown}
    local = {name: workspace.configuration.local(moment) for name, moment in moments.items() if moment}
    marks = [mark for name, mark in (("broken", _("broken")), ("late", _("late"))) if row[name]]
    title = f"{row['title']}  [{', '.join(marks)}]" if marks else row["title"]
    return _values({**row, **local, "title": title}, columns)


def _values(row: Row, columns: tuple[str, ...]) -> list[str]:
    from tracker.history.words import plain

    words: Row = {**row, "links": [" ".join(pair) for pair in row["linked"]]}
    return [plain(words.get(name)) for name in columns]


def _as_data(row: Row) -> dict[str, Any]:
    """Return a ticket as `as_data` does, from what queries see of it."""
    return {
        name: value for name, value in row.items() if name not in _OF_QUERIES and (value or name != "aliases")
    }


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
