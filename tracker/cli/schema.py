"""`tracker schema`: JSON Schema for editors and other programs."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.terminal import print_json
from tracker.translation import _


@click.command(
    "schema",
    help=_("""Print the JSON Schema of a ticket’s front matter, of tracker.yml, or of a message.

A message is what “tracker intake json” takes in.

Editors with YAML support complete tracker.yml when its first line is
“# yaml-language-server: $schema=tracker.schema.json” and this command’s output is in that file."""),
)
@click.argument("kind", type=click.Choice(["ticket", "configuration", "message"]), default="ticket")
def command(kind: str) -> None:
    """Print the schema."""
    from tracker.model.schema import configuration_schema, ticket_schema
    from tracker.model.told import told_schema
    from tracker.workspace import Workspace

    if kind == "configuration":
        print_json(configuration_schema())
    elif kind == "message":
        print_json(told_schema())
    else:
        print_json(ticket_schema(Workspace.open(Path.cwd()).reader))
