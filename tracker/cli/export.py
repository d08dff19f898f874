"""`tracker export`: all that the desk knows, as tables for other programs."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.queries import chosen_rows, refuse_options
from tracker.cli.terminal import one_line, print_json, print_table, progress
from tracker.errors import UsageError
from tracker.export.tables import TABLES
from tracker.export.write import FORMATS, TEXTS, write_tables
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.export.table import Source
    from tracker.workspace import Workspace

_STANDARD_OUTPUT = Path("-")
_OPTIONS = ("--format", "--table", "--force", "--json", "--help")


@click.command(
    "export",
    context_settings={"ignore_unknown_options": True},
    help=_("""Write the tickets, their conversations and their history as tables for other programs.

TO is a folder, in which each table becomes a file; a file, where its name ends in .sqlite; or “-” for the
standard output, with one --table. A query chooses the tickets, closed ones included."""),
)
@click.argument("target", metavar="TO", type=click.Path(path_type=Path, allow_dash=True))
@click.argument("query", nargs=-1)
@click.option(
    "--format",
    "form",
    type=click.Choice(list(FORMATS)),
    help=_("Left out: SQLite for such a file, else JSON Lines."),
)
@click.option(
    "--table",
    "tables",
    multiple=True,
    type=click.Choice([table.name for table in TABLES]),
    help=_("Only this table; may be repeated."),
)
@click.option("--force", is_flag=True, help=_("Replace files that are there already."))
@as_json
@with_workspace
def command(
    workspace: Workspace,
    target: Path,
    query: tuple[str, ...],
    form: str | None,
    tables: tuple[str, ...],
    force: bool,
    as_json: bool,
) -> None:
    """Write the tables."""
    from tracker.export.rows import sources

    refuse_options(query, _OPTIONS)
    form = form or ("sqlite" if target.suffix == FORMATS["sqlite"] else "jsonl")
    if target == _STANDARD_OUTPUT and (len(tables) != 1 or form not in TEXTS):
        message = _("Only one table fits the standard output, as text.")
        raise UsageError(message, _("Say which, such as --table events, and --format csv or jsonl."))
    chosen = chosen_rows(workspace, query)
    with progress(_("Reading the history: {number}")) as show:
        found = [
            source for source in sources(workspace, chosen, show) if not tables or source.table.name in tables
        ]
    with progress(_("Writing: {number} rows")) as show:
        if target == _STANDARD_OUTPUT:
            _print(found, form)
            return
        written = write_tables(found, form, target, force=force, progress=show)
    if as_json:
        print_json([{"table": one.table, "file": str(one.file), "rows": one.rows} for one in written])
    else:
        rows = [[one.table, str(one.rows), one_line(str(one.file))] for one in written]
        print_table([_("table"), _("rows"), _("file")], rows)


def _print(found: Sequence[Source], form: str) -> None:
    """Print a table once it is whole: what keeps the history may turn out damaged on the way."""
    with tempfile.TemporaryDirectory() as folder:
        (written,) = write_tables(found, form, Path(folder) / "tables")
        with written.file.open(encoding="utf-8", newline="") as stream:
            shutil.copyfileobj(stream, sys.stdout)
