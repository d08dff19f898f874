"""`tracker new`: file a ticket."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any, NamedTuple

import click

from tracker.cli.editor import kept_text, saved_text
from tracker.cli.landing import write
from tracker.cli.options import in_editor, lands, sets, stays_draft, text_file, with_workspace
from tracker.cli.terminal import interactive, read_text
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.actions.change import Change, Way
    from tracker.model.fields import TicketField
    from tracker.workspace import Workspace

_ASKED = ("title", "type", "category", "priority", "location", "work")


@click.command(
    "new",
    help=_("""File a ticket. Without a title, a terminal asks for all of it; with one, for what is required.

On the default branch the ticket is accepted at once; elsewhere it stays a draft until it lands."""),
)
@click.argument("title", required=False)
@click.option("-t", "--template", help=_("Start from this template: request, incident, …"))
@sets
@click.option("-m", "--message", help=_("The text, in Markdown, instead of the template’s."))
@text_file
@in_editor
@stays_draft
@lands
@with_workspace
def command(
    workspace: Workspace,
    title: str | None,
    template: str | None,
    written: tuple[str, ...],  # one for each option
    message: str | None,
    file: IO[str] | None,
    in_editor: bool,
    draft: bool,
    way: Way,
) -> None:
    """File the ticket and print its path."""
    from tracker.cli.answers import answered
    from tracker.errors import UsageError
    from tracker.store.templates import DEFAULT
    from tracker.workspace.forms import read_ticket_template

    if message is not None and file:
        raise UsageError(_("Give the text once: with -m or with -F."))
    fields, given, form = read_ticket_template(workspace, template or DEFAULT)
    if form:
        asks = message is None and not file and not in_editor
        given, written = answered(form, written, asks=asks)
    if template:
        fields.setdefault("source", {"template": template})
    body = message + "\n" if message is not None else read_text(file) if file else given
    file_ticket(workspace, fields, body, Said(title, written, in_editor, draft), way)


class Said(NamedTuple):
    """What a person said of a new ticket."""

    title: str | None
    written: tuple[str, ...]
    in_editor: bool = False
    draft: bool = False


def file_ticket(
    workspace: Workspace, fields: dict[str, Any], body: str, said: Said, way: Way, *, follows: str = ""
) -> None:
    """File a ticket that starts with some fields and a text, and print its path.

    Args:
        workspace: the desk.
        fields: what its front matter starts with.
        body: what its text starts with.
        said: what a person said of it.
        way: how far it goes.
        follows: a ticket that must be there as well; empty for none.
    """
    from tracker.actions.assignment import parse_assignment
    from tracker.actions.create import fill_in

    fields = {**_known(workspace), **fields}
    changes = [parse_assignment(text, workspace.fields) for text in said.written]
    fields = fill_in(workspace, fields, changes)
    if said.title:
        fields["title"] = said.title.strip()
    _ask(workspace, fields, asked_for={change.keys[0] for change in changes})
    draft = said.draft or not _for_default_branch(workspace, way)

    def file(body: str) -> None:
        landed = write(workspace, lambda desk: _filed(desk, fields, body, follows, draft=draft), way)
        click.echo(next(iter(landed.change.files)))

    if not said.in_editor:
        file(body)
        return
    with kept_text(workspace, f"new: {fields.get('title')}", body.encode(), keep=way.dry_run) as kept:
        file(saved_text(kept.saved))


def _known(workspace: Workspace) -> dict[str, Any]:
    """Return what the desk knows without asking: the first status, the moment, and who asks."""
    identity = workspace.repository.identity() if workspace.repository else None
    requester = {key: text for key, text in identity._asdict().items() if text} if identity else {}
    known = {"status": workspace.configuration.first_status, "created": workspace.now()}
    return known | ({"requester": requester} if requester else {})


def _ask(workspace: Workspace, fields: dict[str, Any], asked_for: set[str]) -> None:
    from tracker.errors import UsageError

    if not interactive():
        if not fields.get("title"):
            raise UsageError(
                _("A ticket needs a title."), _('Write it after the command: tracker new "Printer jams"')
            )
        return
    titled = bool(fields.get("title"))
    for name in _ASKED:
        field, present = workspace.fields[name], fields.get(name)
        answered = name in asked_for or (titled and (present or not field.required))
        if answered or not (field.values or name == "title"):
            continue
        fields[name] = _answer(field, present) or None


def _answer(field: TicketField, present: str | None) -> str:
    """Ask for one field until the answer fits; what need not be there may be left empty."""
    from tracker.model.problem import allowed_values

    optional = not (field.required or field.name == "title")

    def check(answer: str) -> str:
        if not answer and not optional:
            raise click.BadParameter(_("{field} is missing.").format(field=field.label))
        if answer and field.values and answer not in field.values:
            raise click.BadParameter(allowed_values(field.values, answer))
        return answer

    text = f"{field.label} ({', '.join(field.values)})" if field.values else field.label
    answer: str = click.prompt(text, default=present or "", value_proc=check, show_default=bool(present))
    return answer


def _for_default_branch(workspace: Workspace, way: Way) -> bool:
    from tracker.actions.push import target_branch

    repository = workspace.repository
    if repository is None:
        return True
    branch = target_branch(workspace, repository) if way.push else repository.branch()
    return branch == workspace.configuration.forge.branch


def _filed(desk: Workspace, fields: dict[str, Any], body: str, follows: str, *, draft: bool) -> Change:
    """File a ticket; where it lacks what an accepted one needs it stays a draft, and that is said."""
    from tracker.actions.create import create
    from tracker.cli.terminal import clean
    from tracker.errors import RefusedValueError

    if follows:
        desk.find(follows)
    try:
        return create(desk, fields, body, draft=draft)
    except RefusedValueError as error:
        if draft:
            raise
        change = create(desk, fields, body, draft=True)
        click.secho(_("It stays a draft for now:"), fg="yellow", err=True)
        click.echo(clean(f"{error.message} {error.hint}".rstrip()), err=True)
        if not fields.get("requester"):
            click.echo(_("Git does not know who you are: git config user.name … and user.email …"), err=True)
        hint = _("Say what is missing, then accept it: tracker set {id} FIELD=VALUE && tracker accept {id}")
        click.echo(hint.format(id=change.tickets[0]), err=True)
        return change
