"""What the commands about mail ask for in the same way, and how they tell what became of messages."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli import TRY_AGAIN
from tracker.cli.options import with_workspace
from tracker.cli.terminal import one_line
from tracker.errors import TrackerError
from tracker.store.record import Outcome, outcome_label
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.processing import Processed
    from tracker.mail.stop import Stop
    from tracker.workspace import Workspace

_COLOURS = {Outcome.HELD: "yellow", Outcome.QUARANTINED: "red", Outcome.SUPPRESSED: "bright_black"}


def spool_folder(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--spool`."""
    return click.option(
        "--spool",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        help=_("Where messages lie; else TRACKER_SPOOL, Git’s setting tracker.spool, or the Git directory."),
    )(function)


def with_mailroom(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand where the desk's mail comes in to a command as its first argument."""

    @spool_folder
    @with_workspace
    @wraps(function)
    def command(workspace: Workspace, *args: Any, spool: Path | None, **kwargs: Any) -> Any:
        from tracker.mail.mailroom import open_mailroom

        return function(open_mailroom(workspace, spool), *args, **kwargs)

    return command


def tell(done: Iterable[Processed]) -> int:
    """Print what became of messages, a line each; return how many there were."""
    number = 0
    for number, one in enumerate(done, 1):  # noqa: B007  # the last number is how many there were
        outcome = click.style(outcome_label(one.decision.outcome), fg=_COLOURS.get(one.decision.outcome))
        told = (one.identity[:12], outcome, one.decision.ticket, one_line(one.decision.reason))
        click.echo("\t".join(told).rstrip())
    return number


def take_in_waiting(room: Mailroom, batch: int, stop: Stop | None = None) -> int | None:
    """Take in what waits, print what became of it, and remove what was done long ago.

    Args:
        room: where it waits.
        batch: so many messages at most in one commit.
        stop: whether somebody has asked to end.

    Returns:
        How many messages there were; None where the desk cannot be changed now.
    """
    from tracker.mail.processing import process

    try:
        number = tell(process(room, batch, lambda: stop is not None and stop.is_asked))
        room.clean()
    except TrackerError as error:
        click.secho(_("Error: {message}").format(message=error.message), err=True, fg="red")
        click.echo(_("Messages that have no outcome yet wait for the next run."), err=True)
        return None
    return number


def take_in_again(room: Mailroom, messages: Iterable[str], *, released: bool) -> int:
    """Make messages new again, perhaps let pass by a person, take them in, and print what became of them.

    Returns:
        The exit code.
    """
    from tracker.mail.listing import find, refuse_partial
    from tracker.mail.processing import BATCH

    for typed in messages:
        found = find(room.spool, typed)
        refuse_partial(found)
        room.spool.retry(found.identity, found.record.again(released=released))
    return TRY_AGAIN if take_in_waiting(room, BATCH) is None else 0
