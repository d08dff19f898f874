"""`tracker show`: one ticket with its conversation."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.clocks import due_in, reading_data
from tracker.cli.list import as_data
from tracker.cli.options import as_json, ticket_id, with_workspace
from tracker.cli.terminal import clean, one_line, print_json, progress
from tracker.errors import RepositoryError
from tracker.finding import Severity
from tracker.model.kind import Kind
from tracker.model.mention import mentions
from tracker.query.conversation import conversation
from tracker.query.row import row_of
from tracker.service_levels.reading import newest
from tracker.service_levels.words import in_time, label_of
from tracker.translation import _
from tracker.workspace.rows import links_around

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.model.entry import Entry
    from tracker.model.fields import TicketField
    from tracker.query.conversation import Said
    from tracker.query.row import Row
    from tracker.service_levels.reading import Reading
    from tracker.workspace import Workspace
    from tracker.workspace.deleted import Deleted


@click.command("show", help=_("Show a ticket: its fields, text, links both ways and conversation."))
@ticket_id
@click.option("--at", "then", metavar="TIME", help=_("As it was at a time (2026-11-24), or in a revision."))
@as_json
@with_workspace
def command(workspace: Workspace, typed: str, then: str | None, as_json: bool) -> None:
    """Print the ticket, or what a deleted one said last."""
    from tracker.errors import UnknownTicketError
    from tracker.workspace.deleted import find_deleted
    from tracker.workspace.federation import desk_named

    here, workspace = workspace, desk_named(workspace, typed)
    if then:
        from tracker.workspace.past import as_it_was

        workspace, typed = as_it_was(workspace, typed, then)
        click.secho(
            _("As it was in commit {commit}.").format(commit=(workspace.tip or "")[:10]),
            fg="yellow",
            err=True,
        )
    try:
        entry, deleted = workspace.find_present(typed), None
    except UnknownTicketError as error:
        deleted = None if error.several else find_deleted(workspace, typed)
        if deleted is None:
            raise
        workspace, entry = workspace.at(deleted.commit), deleted.entry
        click.secho(clean(f"{deleted.end} {deleted.way_back}"), fg="yellow", err=True)
    present = workspace is here and deleted is None
    readings = _readings(workspace, entry) if present else []
    reasons = _reasons(workspace, entry) if present else {}
    if as_json:
        print_json(
            _as_data(workspace, entry)
            | ({"deleted": _as_end(deleted)} if deleted else {})
            | ({"service_levels": [reading_data(reading) for reading in readings]} if readings else {})
            | ({"reasons": reasons} if reasons else {})
        )
        return
    click.secho(f"{entry.id}  {one_line(entry.title)}", bold=True)
    click.secho(one_line(entry.path), dim=True)
    for finding in entry.findings:
        click.secho(clean(str(finding)), fg="red" if finding.severity is Severity.ERROR else "yellow")
    click.echo()
    _print_fields(workspace, entry, readings, reasons)
    if entry.body.strip():
        click.echo(f"\n{clean(entry.body.strip())}")
    for said in conversation(workspace.comments(entry)):
        _print_comment(workspace, said)


def _print_comment(workspace: Workspace, said: Said) -> None:
    comment, first = said.comment, (*said.earlier, said.comment)[0]
    when = workspace.configuration.local(first.created) if first.created else "?"
    marks = [_("internal")] if comment.visibility == "internal" else []
    marks += [_("automatic")] if comment.automatic else []
    if said.earlier and comment.created:
        marks.append(_("corrected {when}").format(when=workspace.configuration.local(comment.created)))
    noted = f" ({', '.join(marks)})" if marks else ""
    click.secho(f"\n— {one_line(comment.author)}, {when}{noted}", fg="cyan")
    click.echo(clean(comment.body.strip()))
    for attachment in comment.attachments:
        click.secho(one_line(f"{comment.path.rpartition('/')[0]}/{attachment}"), dim=True)


def _readings(workspace: Workspace, entry: Entry) -> list[Reading]:
    """Return what the clocks of a ticket say; nothing where the history is not whole, which is said."""
    if not workspace.configuration.service_levels:
        return []
    from tracker.workspace.service_levels import standings

    row = row_of(entry, workspace.configuration, workspace.now().date())
    try:
        with progress(_("Reading the history: {number}")) as show:
            found = standings(workspace, [row], progress=show)
    except RepositoryError as error:
        click.secho(clean(f"{error.message} {error.hint}"), fg="yellow", err=True)
        return []
    return newest(found[0].readings) if found else []


def _reasons(workspace: Workspace, entry: Entry) -> dict[str, str]:
    """Return why fields hold what they do by the rules; of a ticket that nobody has, why by now."""
    configuration = workspace.configuration
    if not (configuration.assignment.decides or configuration.cataloguing.rules):
        return {}
    from tracker.actions.dispatch import foresee, is_unassigned
    from tracker.workspace.reasons import reasons_for

    try:
        reasons = {name: reason.words for name, reason in reasons_for(workspace, entry).items()}
        if is_unassigned(workspace, entry) and configuration.assignment.decides:
            reasons["assignee"] = foresee(workspace, [entry]).decisions[0].why
    except RepositoryError as error:
        click.secho(clean(f"{error.message} {error.hint}"), fg="yellow", err=True)
        return {}
    return reasons


def _print_fields(
    workspace: Workspace, entry: Entry, readings: Sequence[Reading], reasons: Mapping[str, str]
) -> None:
    from tracker.model.fields import link_phrase

    held = {name for name in workspace.fields if entry.values.get(name) is not None}
    told = (held | {*reasons}) - {"id", "title", "links"}
    shown = [name for name in workspace.fields if name in told]
    notes = {
        workspace.fields[name].label: words for name, words in reasons.items() if name in workspace.fields
    }
    rows = [
        (
            workspace.fields[name].label,
            _in_words(workspace, entry, workspace.fields[name]) if name in held else "–",
        )
        for name in shown
    ]
    around = links_around(workspace, entry)
    rows += [
        (link_phrase(link.kind), _linked(workspace, link.target, around.named.get(link.target)))
        for link in entry.ticket.links
    ]
    rows += [
        (link_phrase(kind, reverse=True), _linked(workspace, source["id"], source))
        for kind, source in around.sources
    ]
    rows += [
        (
            label_of(reading.clock),
            _("due {time} ({left})").format(
                time=due_in(reading, workspace.configuration.zone), left=in_time(reading)
            ),
        )
        for reading in readings
        if reading.ended is None
    ]
    width = max((len(label) for label, _value in rows), default=0)
    for label, value in rows:
        click.echo(click.style(f"{label:<{width}}  ", dim=True) + one_line(value))
        if label in notes:
            click.secho(" " * (width + 2) + one_line(notes[label]), dim=True)


def _in_words(workspace: Workspace, entry: Entry, field: TicketField) -> str:
    """Return a field's value as a person says it; one that does not fit, as it is written."""
    written, value = entry.values[field.name], entry.ticket.value(field.name)
    if isinstance(value, datetime):
        return workspace.configuration.local(value)
    if field.kind is Kind.CONTACT and isinstance(written, dict):
        rest = dict(written)
        address = f"<{rest.pop('email')}>" if rest.get("email") else ""
        named = f"{rest.pop('name', None) or ''} {address}".strip()
        return ", ".join(filter(None, [named, _plain(rest, {})]))
    return _plain(written, field.values)


def _plain(value: Any, labels: Mapping[str, str]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{key}: {_plain(part, {})}" for key, part in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(part, labels) for part in value)
    return str(labels.get(value, value) if isinstance(value, str) else value)


def _linked(workspace: Workspace, target: str, row: Row | None) -> str:
    if row is None:
        return target
    status = row.get("status") or ""
    return f"{target}  {row['title']} ({workspace.fields['status'].values.get(status, status)})"


def _as_end(deleted: Deleted) -> dict[str, str | None]:
    time = deleted.time.isoformat() if deleted.time else None
    return {"by": deleted.name, "at": time, "last_commit": deleted.commit}


def _as_data(workspace: Workspace, entry: Entry) -> dict[str, Any]:
    prefix = workspace.configuration.ids.prefix
    return {
        **as_data(entry),
        "body": entry.body,
        "findings": [finding.as_json() for finding in entry.findings],
        "linked_from": [
            {"kind": kind, "id": source["id"]} for kind, source in links_around(workspace, entry).sources
        ],
        "conversation": [
            {
                "path": comment.path,
                "author": comment.author,
                "created": comment.created.isoformat() if comment.created else None,
                "visibility": comment.visibility,
                "automatic": comment.automatic or None,
                "supersedes": comment.supersedes or None,
                "attachments": list(comment.attachments),
                "mentions": mentions(comment.body, prefix)._asdict(),
                "body": comment.body,
            }
            for comment in workspace.comments(entry)
        ],
    }
