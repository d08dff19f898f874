"""Making a ticket of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.assignment import Assignment
from tracker.actions.change import FileChange
from tracker.actions.create import create, fill_in, from_template
from tracker.actions.follow_up import follow_up
from tracker.errors import ConfigurationError, RefusedValueError, UsageError
from tracker.mail.enclosed import enclosed
from tracker.model.asking import NEVER_ASKED
from tracker.model.mail_form import MailedForm, read_mailed_form
from tracker.model.place import conversation_of
from tracker.store.templates import DEFAULT
from tracker.translation import _
from tracker.workspace.forms import ticket_form

if TYPE_CHECKING:
    from tracker.actions.change import Change
    from tracker.mail.arrival import Arrival
    from tracker.model.entry import Entry
    from tracker.model.mail import Destination
    from tracker.workspace import Workspace


def file(
    workspace: Workspace, arrival: Arrival, *, follows: Entry | None = None, relates: Entry | None = None
) -> Change:
    """Return the change that makes a draft of a message, which triage accepts where it has all it needs.

    Args:
        workspace: the desk.
        arrival: the message.
        follows: a ticket that was closed long ago, and this one follows.
        relates: a ticket that the message answers, though its sender has no part in it.

    Raises:
        RefusedValueError: not even a draft can be made of it.
    """
    sent_to, known = workspace.configuration.mail.destination(arrival.recipients)
    filled = read_mailed_form(arrival.message.text)
    fields, form = _started(workspace, known, filled)
    fields |= follow_up(follows) if follows else {}
    if relates:
        fields["links"] = [f"relates {relates.id}"]
    fields |= {
        "title": arrival.message.subject or fields.get("title") or _("Without a subject"),
        "status": workspace.configuration.first_status,
        "created": arrival.created,
        "requester": {"name": arrival.sender.name, "email": arrival.sender.email},
        "source": _source(arrival, sent_to),
    }
    text = arrival.message.text
    if form and filled:
        fields, text = _answered(workspace, fields, form, filled)
    fields["requester"] = {key: one for key, one in fields["requester"].items() if one}
    names, files, left = enclosed(workspace, arrival.message.attachments)
    body = "\n\n".join(filter(None, [text.strip("\n"), *names, *left])) + "\n"
    change = create(workspace, fields, body, draft=True)
    place = conversation_of(next(iter(change.files)))
    added = {f"{place}/{name}": FileChange(None, data) for name, data in files.items()}
    return change._replace(files={**change.files, **added})


def _source(arrival: Arrival, sent_to: str) -> dict[str, str]:
    """Return where a ticket comes from; of automatic mail also its kind, so that nobody answers it."""
    told = {**arrival.source, "address": sent_to, "automatic": arrival.message.automatic}
    return {key: one for key, one in told.items() if one}


def _started(
    workspace: Workspace, known: Destination | None, filled: MailedForm | None
) -> tuple[dict[str, Any], MailedForm | None]:
    """Return what a ticket starts with, and the form that was filled in, where there is such a template."""
    for name in (filled.template if filled else "", (known and known.template) or "", DEFAULT):
        try:
            fields = from_template(workspace, name)[0] if name else None
        except (UsageError, ConfigurationError):
            continue
        if fields is not None:
            told = known.model_dump(exclude={"template"}, exclude_none=True) if known else {}
            return {**fields, **told}, filled if filled and name == filled.template else None
    return {}, None


def _answered(
    workspace: Workspace, fields: dict[str, Any], form: MailedForm, filled: MailedForm
) -> tuple[dict[str, Any], str]:
    """Return the fields with the answers of a form that fit, and the text, with those that do not before it.

    Only what the form asks is set: the message is anybody's. Who asks is who sent it.
    """
    asked = {each.key for each in ticket_form(workspace, form.template).elements if each.is_field}
    left = []
    for key, value in filled.fields.items():
        name, _dot, part = key.partition(".")
        if (
            key not in asked
            or name in NEVER_ASKED
            or key == "requester.email"
            or name not in workspace.fields
        ):
            left += [f"{key}: {value}"] if key != "requester.email" else []
            continue
        try:
            fields = fill_in(workspace, fields, [Assignment((name, part) if part else (name,), "=", value)])
        except (RefusedValueError, UsageError):
            left.append(f"{key}: {value}")
    return fields, "\n\n".join(filter(None, ["\n".join(left), filled.text.strip("\n")]))
