"""Making a ticket of a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.actions.assignment import Assignment
from tracker.actions.change import FileChange
from tracker.actions.create import create, fill_in, from_template
from tracker.actions.follow_up import follow_up, relate
from tracker.errors import ConfigurationError, RefusedValueError, UsageError
from tracker.mail.appending import ordered
from tracker.mail.copies import watching
from tracker.mail.correspondent import staff_of
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

_LONGEST_TITLE = 200
"""In characters: a longer one is a finding."""


def file(
    workspace: Workspace,
    arrival: Arrival,
    *,
    follows: Entry | None = None,
    relates: Entry | None = None,
    internal: bool = False,
) -> Change:
    """Return the change that makes a draft of a message, which triage accepts where it has all it needs.

    Args:
        workspace: the desk.
        arrival: the message.
        follows: a ticket that was closed long ago, and this one follows.
        relates: a ticket that the message answers, though its sender has no part in it.
        internal: whether it is for the desk's people only, whatever it says.

    Raises:
        RefusedValueError: not even a draft can be made of it.
    """
    mail = workspace.configuration.mail
    sent_to, known = mail.destination(arrival.record.recipients, arrival.recipients)
    text, internal_too = _text(workspace, arrival)
    fields, form = _started(workspace, known, read_mailed_form(text))
    fields |= follow_up(follows) if follows else {}
    fields |= relate(relates) if relates else {}
    if internal or internal_too:
        fields["visibility"] = "internal"
    title, text = _titled(arrival.message.subject, fields.get("title"), text)
    fields |= {
        "title": title,
        "status": workspace.configuration.first_status,
        "created": arrival.created,
        "requester": _requester(arrival),
        "source": _source(arrival, sent_to),
    }
    watchers = [*(fields.get("watchers") or []), *watching(workspace.configuration, arrival)]
    fields |= {"watchers": watchers} if watchers else {}
    if form and (filled := read_mailed_form(text)):  # with the subject above it, if that is long
        fields, text = _answered(workspace, fields, form, filled)
    fields["requester"] = {key: one for key, one in fields["requester"].items() if one}
    return _with_files(workspace, arrival, fields, text)


def _titled(subject: str, usual: str | None, text: str) -> tuple[str, str]:
    """Return a title, and the text, which begins with a subject that is too long for one."""
    if len(subject) <= _LONGEST_TITLE:
        return subject or usual or _("Without a subject"), text
    return f"{subject[: _LONGEST_TITLE - 1].rstrip()}…", f"{subject}\n\n{text}"


def _with_files(workspace: Workspace, arrival: Arrival, fields: dict[str, Any], text: str) -> Change:
    """Return the change that makes a draft with the files that came with its message."""
    came = enclosed(workspace, arrival.message.attachments)
    change = create(workspace, fields, f"{came.within(text)}\n", draft=True)
    place = conversation_of(next(iter(change.files)))
    added = {f"{place}/{name}": FileChange(None, file.data) for name, file in came.files.items()}
    return change._replace(files={**change.files, **added})


def _requester(arrival: Arrival) -> dict[str, str]:
    """Return who asks; whoever a message is from that does not say so, it is not the desk."""
    name, address = arrival.sender
    if arrival.address:
        return {"name": name, "email": address}
    return {"name": name or address or _("Somebody")}


def _text(workspace: Workspace, arrival: Arrival) -> tuple[str, bool]:
    """Return the text of a message, without the word of staff that makes the ticket internal, and if it does.

    Raises:
        RefusedValueError: somebody of the staff orders something where there is no ticket yet.
    """
    staff = staff_of(workspace.configuration, arrival.sender.email, arrival.created)
    if not staff or arrival.message.automatic:
        return arrival.message.text, False
    commands, text = ordered(arrival)
    if any(one.name != "internal" for one in commands):
        raise RefusedValueError(_("Orders are for answers to a ticket: this one is new."))
    return text, bool(commands)


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
    """Return the fields with the answers of a form that fit, and the text, with all others in it.

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
    return fields, "\n\n".join(filter(None, [filled.above, "\n".join(left), filled.text.strip("\n")]))
