"""`tracker mail show`: a message as it came."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.mail.options import with_mailroom
from tracker.cli.terminal import clean
from tracker.errors import RefusedMailError
from tracker.store.files import write_files
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.mail.mailroom import Mailroom


@click.command("show", help=_("Show a message as it came, header fields and all."))
@click.argument("message")
@click.option("--raw", is_flag=True, help=_("Its bytes, for a program."))
@click.option(
    "--files",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help=_("Write the files that came with it into this folder instead."),
)
@with_mailroom
def command(room: Mailroom, message: str, raw: bool, files: Path | None) -> None:
    """Print a message, or write its files."""
    from tracker.mail.listing import find
    from tracker.mail.told import marked

    found = find(room.spool, message)
    data = room.spool.data(found.identity)
    if files:
        _write_files(files, marked(data, found.record.way))
    elif raw:
        sys.stdout.buffer.write(data)
    else:
        click.echo(clean(data.decode("utf-8", "replace")))


def _write_files(folder: Path, data: bytes) -> None:
    """Write the files of a marked message; nothing there is replaced."""
    from tracker.actions.attachment import safe_name
    from tracker.mail.sandbox import read_messages
    from tracker.mail.told import read_any

    read = next(read_messages([data], read=read_any))
    if isinstance(read, RefusedMailError):
        raise read
    folder.mkdir(parents=True, exist_ok=True)
    for number, attachment in enumerate(read.attachments, 1):
        place = folder / f"{number}-{safe_name(attachment)}"
        write_files(folder, {place.name: attachment.data}, fresh={place.name}, private=True)
        click.echo(place)
