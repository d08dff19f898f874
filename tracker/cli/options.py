"""What several commands ask for in the same way."""

from __future__ import annotations

from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.errors import NoDeskError, TrackerError, UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from click.shell_completion import CompletionItem

    from tracker.workspace import Workspace


def refuse_unknown(names: Iterable[str], known: Sequence[str]) -> None:
    """Refuse the first of some fields that is none.

    Raises:
        UsageError: it offers one with a name like it.
    """
    from tracker.model.problem import allowed_values

    for name in names:
        if name not in known:
            raise UsageError(_("There is no field “{name}”.").format(name=name), allowed_values(known, name))


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON for programs."))(function)


def as_tables(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each table that programs read, and hand the chosen one to a command as `form`."""
    from tracker.cli.tables import FORMATS

    for form in reversed(FORMATS):
        told = _("Print {format} for programs.").format(
            format=form.upper() if form != "markdown" else "Markdown"
        )
        function = click.option(f"--{form}", "form", flag_value=form, help=told)(function)
    return function


def with_workspace(function: Callable[..., Any]) -> Callable[..., Any]:
    """Hand the desk of the current folder to a command as its first argument.

    A command that takes `files` works in the desk around them where there is none around the current folder:
    a hook of Git runs at the top of the repository, wherever its desk is.
    """

    @click.option("--no-index", is_flag=True, help=_("Read every file anew, without the index."))
    @wraps(function)
    def command(*args: Any, no_index: bool, **kwargs: Any) -> Any:
        return function(_desk_around(kwargs.get("files", ()), use_index=not no_index), *args, **kwargs)

    return command


def _desk_around(files: Sequence[Path], *, use_index: bool) -> Workspace:
    from tracker.workspace import Workspace

    try:
        return Workspace.open(Path.cwd(), use_index=use_index)
    except NoDeskError:
        if not files:
            raise
        first = files[0]
        start = first if first.is_dir() and not first.is_symlink() else first.parent
        return Workspace.open(start, use_index=use_index)


def lands(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--commit`, `--push` and `--dry-run`, and hand the way of writing to a command as `way`."""

    @click.option("--commit", is_flag=True, help=_("Commit the change; other work here is left alone."))
    @click.option("--push", is_flag=True, help=_("Commit on top of the remote’s branch and push."))
    @click.option("--dry-run", is_flag=True, help=_("Say what would change, and write nothing."))
    @wraps(function)
    def command(*args: Any, commit: bool, push: bool, dry_run: bool, **kwargs: Any) -> Any:
        from tracker.actions.change import Way

        return function(*args, way=Way(commit, push, dry_run), **kwargs)

    return command


def _complete(offer: Callable[[Workspace], dict[str, str]]) -> Callable[..., list[CompletionItem]]:
    """Return a completion for click that offers what a desk knows; nothing where there is no desk."""

    def complete(
        _context: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from tracker.cli.terminal import one_line
        from tracker.workspace import Workspace

        try:
            offered = offer(Workspace.open(Path.cwd()))
        except TrackerError:
            return []
        start = incomplete.lower()
        return [
            CompletionItem(value, help=one_line(text))
            for value, text in offered.items()
            if value.lower().startswith(start) or value.lower().partition("-")[2].startswith(start)
        ]

    return complete


def _assignable(workspace: Workspace) -> dict[str, str]:
    offered: dict[str, str] = {}
    for name, field in workspace.fields.items():
        offered |= {f"{name}={value}": label for value, label in field.values.items()} or {
            f"{name}=": field.label
        }
    return offered


def _people(workspace: Workspace) -> dict[str, str]:
    return {handle: person.name for handle, person in workspace.configuration.people.items()}


def _relations() -> dict[str, str]:
    from tracker.actions.link import RELATIONS

    return dict.fromkeys(RELATIONS, "")


ticket_id = click.argument(
    "typed",
    metavar="ID",
    shell_complete=_complete(lambda desk: {entry.id: entry.title for entry in desk.entries}),
)
ticket_ids = click.argument(
    "typed",
    metavar="ID...",
    nargs=-1,
    shell_complete=_complete(lambda desk: {entry.id: entry.title for entry in desk.entries}),
)
other_id = click.argument(
    "other",
    metavar="ID",
    shell_complete=_complete(lambda desk: {entry.id: entry.title for entry in desk.entries}),
)
relation = click.argument("relation", shell_complete=_complete(lambda _desk: _relations()))
draft_ids = click.argument(
    "typed",
    metavar="[ID]...",
    nargs=-1,
    shell_complete=_complete(lambda desk: {entry.id: entry.title for entry in desk.entries if entry.draft}),
)
ids_and_assignments = click.argument(
    "words",
    metavar="ID... FIELD=VALUE...",
    nargs=-1,
    required=True,
    shell_complete=_complete(
        lambda desk: _assignable(desk) | {entry.id: entry.title for entry in desk.entries}
    ),
)
ids_and_person = click.argument(
    "words",
    metavar="ID... [PERSON]",
    nargs=-1,
    shell_complete=_complete(lambda desk: _people(desk) | {entry.id: entry.title for entry in desk.entries}),
)
sets = click.option(
    "-s",
    "--set",
    "written",
    multiple=True,
    metavar="FIELD=VALUE",
    help=_("Set a field; may be repeated."),
    shell_complete=_complete(_assignable),
)
in_editor = click.option("-e", "--edit", "in_editor", is_flag=True, help=_("Write the text in your editor."))
stays_draft = click.option("--draft", is_flag=True, help=_("Leave it a draft, also on the default branch."))
text_file = click.option(
    "-F",
    "--file",
    type=click.File(encoding="utf-8"),
    help=_("Read the text from this file; - for standard input."),
)
status = click.argument(
    "status", shell_complete=_complete(lambda desk: dict.fromkeys(desk.configuration.statuses, ""))
)
