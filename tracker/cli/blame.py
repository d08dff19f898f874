"""`tracker blame`: since when each field of a ticket is as it is, and by whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.history import history_of, warn_if_shallow
from tracker.cli.options import as_json, ticket_id, with_workspace
from tracker.cli.terminal import print_json, print_lines
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.document import Value
    from tracker.history.event import Landing
    from tracker.model.entry import Entry
    from tracker.store.chronicle import Chronicle, Happened
    from tracker.workspace import Workspace


class _Held(NamedTuple):
    """A value that a ticket has, and the landing since which it does; None where it is not committed."""

    field: str
    value: Value
    landing: Landing | None


@click.command(
    "blame",
    help=_("Show for each field of a ticket since when it is as it is, by whom, and by which commit."),
)
@ticket_id
@as_json
@with_workspace
def command(workspace: Workspace, typed: str, as_json: bool) -> None:
    """Print a line for each field, and for each item of a list."""
    entry = workspace.find(typed)

    def ask(chronicle: Chronicle) -> list[Happened]:
        life = chronicle.life_at(entry.path)
        return list(chronicle.of_life(life)) if life else []

    held = list(_held(workspace, entry, history_of(workspace, ask)))
    warn_if_shallow(workspace)
    if as_json:
        print_json([_as_data(workspace, one) for one in held])
    else:
        print_lines([_line(workspace, one) for one in held])


def _held(workspace: Workspace, entry: Entry, told: list[Happened]) -> Iterator[_Held]:
    """Yield each value that a ticket has, in the order of its file."""
    committed = list(_values(_committed_values(workspace, entry)))
    for field, value in _values(entry.values):
        known = (field, value) in committed
        yield _Held(field, value, _landing(field, value, told) if known else None)


def _committed_values(workspace: Workspace, entry: Entry) -> Mapping[str, Value]:
    before = workspace.at(workspace.tip) if workspace.tip else None
    there = before is not None and before.tree.exists(entry.path)
    return before.document(entry.path).values if before and there else {}


def _values(values: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """Yield each value with the name of its field, parts and items by themselves."""
    for field, value in values.items():
        if isinstance(value, dict):
            yield from ((f"{field}.{part}", each) for part, each in value.items())
        else:
            yield from ((field, item) for item in (value if isinstance(value, list) else [value]))


def _landing(field: str, value: Value, told: list[Happened]) -> Landing | None:
    """Return the landing since which a ticket has a value: where none brought it, the one it was filed in."""
    brought = (one.landing for one in told if one.event.field == field and one.event.new == value)
    return next(brought, told[-1].landing if told else None)


def _line(workspace: Workspace, held: _Held) -> list[tuple[str, str]]:
    from tracker.history.words import label_of, plain

    field = workspace.fields.get(held.field)
    label, value = label_of(held.field, workspace.fields), plain(held.value, field.values if field else {})
    landing = held.landing
    if landing is None:
        return [(_("not committed"), "yellow"), ("", ""), ("", ""), (label, "dim"), (value, "")]
    when = workspace.configuration.local(landing.time)
    return [
        (when, "dim"),
        (landing.commit[:10], "yellow"),
        (landing.name, "green"),
        (label, "dim"),
        (value, ""),
    ]


def _as_data(workspace: Workspace, held: _Held) -> dict[str, Any]:
    landing = held.landing
    time = landing.time.astimezone(workspace.configuration.zone).isoformat() if landing else None
    return {
        "field": held.field,
        "value": held.value,
        "time": time,
        "name": landing.name if landing else None,
        "email": landing.email if landing else None,
        "commit": landing.commit if landing else None,
    }
