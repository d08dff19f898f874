"""The command line: one file per command. Only this package prints and exits."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from tracker import __version__, translation
from tracker.cli.commands import Commands
from tracker.errors import StorageError, TrackerError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS = (
    *("init", "new", "accept", "list", "search", "show", "set", "edit", "move", "comment", "assign"),
    *("triage", "workload", "tick", "mail", "intake"),
    *("link", "follow-up", "merge", "undo", "redact", "renumber", "sync-commits"),
    *("log", "blame", "diff", "sla", "stats", "export", "desks"),
    *("validate", "rules", "index", "build", "serve", "lsp", "schema", "doctor", "demo"),
    *("merge-driver", "completion"),
)
_OF_A_HOOK = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
"""What Git tells its hooks of the repository that it is busy with; ours is the one around the folder."""

TRY_AGAIN = 75
"""What a program says whose caller shall try again later (EX_TEMPFAIL of sysexits.h)."""
_INTERRUPTED = 130
_BUG = 70


class _ReaderGoneError(Exception):
    """Whoever reads our output has had enough; click would call that a failure."""


class _Everything(Commands):
    """All commands, in the order in which a newcomer meets them."""

    names, package = COMMANDS, __name__

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that is meant."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error


@click.group(
    cls=_Everything,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_("A help desk that lives in a Git repository: each ticket is a Markdown file."),
)
@click.version_option(
    __version__, "-V", "--version", prog_name="tracker", help=_("Show the version and exit.")
)
@click.option(
    "-C",
    "folder",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    metavar="DIR",
    help=_("Work in this folder instead of the current one."),
)
@click.option(
    "--profile",
    type=click.Path(dir_okay=False, writable=True, path_type=Path, resolve_path=True),
    metavar="FILE",
    help=_("Write into this file where the time goes."),
)
@click.pass_context
def group(context: click.Context, folder: Path | None, profile: Path | None) -> None:
    """Choose the folder to work in, before any command runs."""
    if profile:
        from tracker.cli.profile import profiled

        context.with_resource(profiled(profile))
    if folder:
        os.chdir(folder)


def run() -> NoReturn:
    """Run the command line as a program: at its end, nothing is taken apart value by value."""
    try:
        main()
    except SystemExit as stop:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(stop.code if isinstance(stop.code, int) else int(bool(stop.code)))


def main() -> NoReturn:
    """Run the command line and exit: 0 fine, 1 findings, 2 wrong usage, 3 broken environment."""
    for name in _OF_A_HOOK:
        os.environ.pop(name, None)
    _open_what_is_closed()
    gettext.bindtextdomain(translation.DOMAIN, translation.FOLDER)
    gettext.textdomain(translation.DOMAIN)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # file names may be no text
    gc.set_threshold(2_000_000)  # a command makes many values and keeps them to its end
    code = _exit_code(group)
    sys.exit(TRY_AGAIN if code and _is_from_a_mail_server(sys.argv[1:]) else code)


def _open_what_is_closed() -> None:
    """Let standard streams lead nowhere that are closed: another file would get their numbers."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115  # to the end


def _is_from_a_mail_server(arguments: list[str]) -> bool:
    """Whether a message was brought whose server must be told to try again, whatever fails."""
    with suppress(click.UsageError):
        words = group.make_parser(click.Context(group)).parse_args(arguments)[1]
        return words[:2] == ["mail", "receive"]
    return False


def _exit_code(command: Callable[..., object]) -> int:
    """Run a command and return its exit code, with every accident told in words."""
    try:
        result = command.main(prog_name="tracker", standalone_mode=False)  # type: ignore[attr-defined]  # click's entry
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _INTERRUPTED
    except _ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except TrackerError as error:
        return _tell(error)
    except OSError as error:
        place, reason = error.filename or _("The system"), error.strerror or str(error)
        return _tell(StorageError(_("{path}: {reason}.").format(path=place, reason=reason)))
    except Exception as error:  # noqa: BLE001  # a traceback that reaches a person is a bug, too
        return _tell_bug(error)
    return result if isinstance(result, int) else 0


def _tell(error: TrackerError) -> int:
    from tracker.cli.terminal import clean

    click.secho(_("Error: {message}").format(message=clean(error.message)), err=True, fg="red")
    if error.hint:
        click.echo(clean(error.hint), err=True)
    return error.exit_code


def _tell_bug(error: Exception) -> int:
    if os.environ.get("TRACKER_DEBUG"):
        raise error
    message = _("Internal error: {kind}: {error}").format(kind=type(error).__name__, error=error)
    click.secho(message, err=True, fg="red")
    click.echo(_("This is a bug in tracker. Please report it with the output of TRACKER_DEBUG=1."), err=True)
    return _BUG
