"""`tracker lsp`: findings, completions and explanations in an editor."""

from __future__ import annotations

import sys

import click

from tracker.translation import _


@click.command(
    "lsp",
    help=_("""Serve an editor over standard input and output, by the Language Server Protocol.

The editor starts it: findings while you write, completion of fields, values, ids and handles, their
explanation, and the way to the file that an id names. The guide says how to set up yours."""),
)
def command() -> int:
    """Serve until the editor leaves; return the exit code."""
    from tracker.editor.server import serve

    if sys.stdin.isatty():
        click.echo(_("This is for editors, which start it by themselves. Ctrl+C ends it."), err=True)
    return serve()
