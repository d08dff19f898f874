"""`tracker blame`: since when each field of a ticket is as it is, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.history import history_of, landing_data, warn_if_shallow
from tracker.cli.options import as_json, ticket_id, with_workspace
from tracker.cli.terminal import clean, print_json, print_lines
from tracker.errors import NoDeskError
from tracker.history.event import Kind
from tracker.history.reason import decided
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.document import Value
    from tracker.history.event import Event, Landing
    from tracker.model.entry import Entry
    from tracker.store.chronicle import Happened
    from tracker.workspace import Workspace


class _Held(NamedTuple):
    """A value that a ticket has, whether it is committed, and the landing since which it is there, and why.

    The landing is None, too, where the clone does not reach back to it.
    """

    field: str
    value: Value
    landing: Landing | None
    reason: str
    committed: bool


@click.command(
    "blame",
    help=_("Show for each field of a ticket since when it is as it is, by whom, and by which commit."),
)
@ticket_id
@as_json
@with_workspace
def command(workspace: Workspace, typed: str, as_json: bool) -> None:
    """Print a line for each field, and for each item of a list."""
    from tracker.workspace.federation import desk_named

    workspace = desk_named(workspace, typed)
    entry = workspace.find(typed)

    for finding in entry.findings if not entry.values else ():
        click.secho(clean(str(finding)), fg="red", err=True)
    held = list(
        _held(workspace, entry, history_of(workspace, lambda chronicle: list(chronicle.of_home(entry.path))))
    )
    warn_if_shallow(workspace)
    if as_json:
        print_json([_as_data(workspace, one) for one in held])
    else:
        print_lines([_line(workspace, one) for one in held], [one.reason for one in held])


def _held(workspace: Workspace, entry: Entry, told: list[Happened]) -> Iterator[_Held]:
    """Yield each value that a ticket has, in the order of its file."""
    committed = list(_values(_committed_values(workspace, entry)))
    for field, value in _values(entry.values):
        known = (field, value) in committed
        brought = _brought(field, value, told) if known else None
        landing, reason = (brought.landing, _reason(field, value, brought.event)) if brought else (None, "")
        yield _Held(field, value, landing, reason, known)


def _committed_values(workspace: Workspace, entry: Entry) -> Mapping[str, Value]:
    try:
        before = workspace.at(workspace.tip) if workspace.tip else None
    except NoDeskError:
        return {}
    there = before is not None and before.tree.exists(entry.path)
    return before.document(entry.path).values if before and there else {}


def _values(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield each value with the name of its field, parts and items by themselves."""
    for field, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{field}.{part}", each) for part, each in _values(value))
        else:
            yield from ((field, item) for item in (value if isinstance(value, list) else [value]))


def _brought(field: str, value: Value, told: list[Happened]) -> Happened | None:
    """Return what happened since which a ticket has a value: where nothing brought it, that it was filed."""
    brought = (one for one in told if one.event.field == field and one.event.new == value)
    filed = (one for one in told if one.event.kind is Kind.CREATED)
    return next(brought, next(filed, None))


def _reason(field: str, value: Value, event: Event) -> str:
    given = (one.words for one in event.reasons if (one.field, one.value) == (field, decided(value)))
    return next(given, "")


def _line(workspace: Workspace, held: _Held) -> list[tuple[str, str]]:
    from tracker.history.words import label_of, plain

    field = workspace.fields.get(held.field)
    label, value = label_of(held.field, workspace.fields), plain(held.value, field.values if field else {})
    landing = held.landing
    if landing is None:
        when = _("earlier") if held.committed else _("not committed")
        return [(when, "yellow"), ("", ""), ("", ""), (label, "dim"), (value, "")]
    when = workspace.configuration.local(landing.time)
    return [
        (when, "dim"),
        (landing.commit[:10], "yellow"),
        (landing.name, "green"),
        (label, "dim"),
        (value, ""),
    ]


def _as_data(workspace: Workspace, held: _Held) -> dict[str, Any]:
    return {
        "field": held.field,
        "value": held.value,
        "committed": held.committed,
        **landing_data(workspace, held.landing),
        "reason": held.reason or None,
    }
