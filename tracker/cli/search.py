"""`tracker search`: the tickets in which some words stand, the best first."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import as_json, with_workspace
from tracker.cli.terminal import clean, one_line, print_json, print_paged, progress
from tracker.store.fulltext import END, FOUND
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.query.row import Row
    from tracker.store.fulltext import Hit
    from tracker.workspace import Workspace

_MOST = 20


@click.command(
    "search",
    help=_("""Search the texts of all tickets and their conversations, the best first.

Each word may be the beginning of one, accents and capitals do not count, and words between quotation marks
stand one after the other: tracker search '"paper jam" lyon'."""),
)
@click.argument("words", nargs=-1, required=True, metavar="TEXT...")
@click.option("-q", "--query", default="", help=_("Only tickets that this query chooses, such as is:open."))
@click.option(
    "--limit", type=click.IntRange(min=1), default=_MOST, show_default=True, help=_("At most so many.")
)
@as_json
@with_workspace
def command(workspace: Workspace, words: tuple[str, ...], query: str, limit: int, as_json: bool) -> None:
    """Print each ticket that was found, and the place where the words stand."""
    from tracker.cli.desks import desks_here
    from tracker.workspace.search import search, words_of

    wanted = words_of(" ".join(f'"{word}"' if " " in word and len(words) > 1 else word for word in words))
    desks = desks_here(workspace) if workspace.configuration.desks else {"": workspace}
    with progress(_("Reading the tickets: {number}")) as show:
        hits = [(prefix, hit) for prefix, desk in desks.items() for hit in search(desk, wanted, show)]
    if query:
        chosen = _chosen(workspace, query, desks)
        hits = [(prefix, hit) for prefix, hit in hits if (prefix, hit.path) in chosen]
    hits.sort(key=lambda one: -one[1].score)
    found = list(_with_rows(desks, hits[:limit]))
    if as_json:
        print_json([_as_data(row, hit) for row, hit in found])
        return
    print_paged("".join(_line(workspace, row, hit) for row, hit in found))
    said = ngettext("{number} ticket found", "{number} tickets found", len(hits)).format(number=len(hits))
    click.secho(said, err=True, dim=True)


def _chosen(workspace: Workspace, query: str, desks: Mapping[str, Workspace]) -> set[tuple[str, str]]:
    """Return the tickets that a query chooses, each by the prefix of its desk and its path there."""
    from tracker.cli.identity import me
    from tracker.workspace.asking import ask, path_in

    rows = ask(workspace, query, me=me(workspace), everything=True, desks=lambda: desks).rows
    known = [(row.get("desk", ""), row["path"]) for row in rows]
    return {
        (prefix, path.removeprefix(path_in(prefix, desks[prefix], workspace, ""))) for prefix, path in known
    }


def _with_rows(desks: Mapping[str, Workspace], hits: Sequence[tuple[str, Hit]]) -> Iterator[tuple[Row, Hit]]:
    """Yield hits with what is known of their tickets; no other ticket is read."""
    from tracker.workspace.rows import rows_at

    rows = {
        prefix: rows_at(desk, [hit.path for of, hit in hits if of == prefix])
        for prefix, desk in desks.items()
    }
    yield from ((rows[prefix][hit.path], hit) for prefix, hit in hits if hit.path in rows[prefix])


def _as_data(row: Row, hit: Hit) -> dict[str, Any]:
    about = {name: row.get(name) for name in ("id", "title", "status", "path")}
    return {**about, "score": round(hit.score, 4), "snippet": _plain(hit)}


def _line(workspace: Workspace, row: Row, hit: Hit) -> str:
    """Return a ticket with its snippet: two lines at a terminal, else one with tabs between the values."""
    status, title = row.get("status") or "", one_line(row["title"])
    if not sys.stdout.isatty():
        return "\t".join((row["id"], one_line(str(status)), title, one_line(_plain(hit)))) + "\n"
    label = workspace.fields["status"].values.get(status, status)
    head = (
        f"{click.style(one_line(row['id']), bold=True)}  {title}  {click.style(one_line(label), fg='cyan')}\n"
    )
    parts = [part.partition(END) for part in hit.snippet.split(FOUND)]
    shown = "".join(
        click.style(_inside(word), bold=True) + _inside(rest) if mark else _inside(word)
        for word, mark, rest in parts
    )
    return f"{head}  {shown}\n"


def _plain(hit: Hit) -> str:
    return hit.snippet.replace(FOUND, "").replace(END, "")


def _inside(text: str) -> str:
    """Return a part of a line, with the spaces at its ends."""
    return clean(re.sub(r"\s+", " ", text))
