"""Accepting drafts: a number, a place, what a ticket must have, and its fields in the usual order."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.actions.create import from_template
from tracker.actions.numbering import free_draft_id, highest_number, next_number
from tracker.document import Document, in_order, set_value
from tracker.errors import EditError, RefusedValueError, StorageError, TrackerError
from tracker.finding import errors
from tracker.model.identifier import ALIAS, numbered
from tracker.model.place import conversation_of, ticket_place
from tracker.store.layout import conversation_files
from tracker.store.templates import DEFAULT, template_names
from tracker.translation import _
from tracker.workspace.alone import findings_alone
from tracker.workspace.history import filed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Accepted(NamedTuple):
    """A draft that became a ticket."""

    id: str
    title: str
    draft: str
    path: str


class Acceptance(NamedTuple):
    """The change that accepts drafts, what becomes of each, and why some stay drafts."""

    change: Change
    accepted: tuple[Accepted, ...]
    refused: tuple[TrackerError, ...]


def accept(
    workspace: Workspace, drafts: Iterable[Entry], *, lenient: bool = False, shown: Workspace | None = None
) -> Acceptance:
    """Return the change that accepts drafts, the oldest first.

    Args:
        workspace: the desk.
        drafts: some of its drafts.
        lenient: whether a draft that cannot be accepted is left as it is; otherwise none is accepted.
        shown: the desk whose drafts people see, where that is another state: what is wrong is told of theirs.

    Raises:
        RefusedValueError: one of them lacks something that cannot be guessed, and `lenient` is not set.
    """
    ordered = sorted(drafts, key=lambda entry: (entry.ticket.created or workspace.now(), entry.path))
    files: dict[str, FileChange] = {}
    accepted: list[Accepted] = []
    refused: list[TrackerError] = []
    taken, prefix = set(workspace.taken_ids), workspace.configuration.ids.prefix
    highest = numbered(prefix, highest_number(prefix, workspace.given_ids))
    for entry in ordered:
        try:
            document, ticket_id = _complete(workspace, entry, (taken, highest), shown or workspace)
        except (RefusedValueError, EditError, StorageError) as error:
            if not lenient:
                raise
            refused.append(error)
            continue
        taken.add(ticket_id)
        highest = ticket_id
        files |= _moved(workspace, entry, document)
        accepted.append(Accepted(ticket_id, entry.title, entry.path, document.path))
    ids = tuple(ticket.id for ticket in accepted)
    summary = f"Accept {', '.join(ids)}" + (f": {accepted[0].title}" if len(accepted) == 1 else "")
    return Acceptance(Change("accept", summary, ids, files), tuple(accepted), tuple(refused))


def _complete(
    workspace: Workspace, entry: Entry, so_far: tuple[set[str], str], shown: Workspace
) -> tuple[Document, str]:
    """Return the draft with what it lacks, at the path that it will have, and its id.

    `so_far` are the ids that are taken, and that with the highest number.
    """
    taken, highest = so_far
    document = workspace.document(entry.path)
    if document.findings:
        raise RefusedValueError(str(document.findings[0]), _("Correct the draft first."))
    ids, order = workspace.configuration.ids, tuple(workspace.fields)
    drafted = entry.ticket.id
    if ids.scheme == "number":
        ticket_id = next_number(ids.prefix, taken, [highest])
    else:
        ticket_id = drafted or free_draft_id(workspace)
    document = set_value(document, ("id",), ticket_id, order)
    earlier = entry.id
    if earlier != ticket_id and ALIAS.fullmatch(earlier) and (drafted or earlier not in taken - {entry.id}):
        document = set_value(document, ("aliases",), [*entry.ticket.aliases, earlier], order)
    for name, value in what_is_missing(workspace, entry, document.values).items():
        document = set_value(document, (name,), value, order)
    with suppress(EditError):
        document = in_order(document, order)
    path = ticket_place(ticket_id, str(document.values.get("created")))
    _refuse_findings(workspace, document.moved(path), shown.document(entry.path))
    if workspace.tree.exists(path):
        raise StorageError(_("{path} is already there.").format(path=path))
    return document.moved(path), ticket_id


def what_is_missing(workspace: Workspace, entry: Entry, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a ticket must have and a draft of these values does not.

    It comes from its template, and from its history.
    """
    kind = str(values.get("type") or "")
    template = kind if kind in template_names(workspace.tree) else DEFAULT
    fields, _body = from_template(workspace, template)
    wanted = {**fields, "status": workspace.configuration.first_status}
    missing = {name: value for name, value in wanted.items() if values.get(name) is None}
    if values.get("created") is not None and values.get("requester") is not None:
        return missing
    landed = filed(workspace, entry.path)
    if values.get("created") is None:
        missing["created"] = landed.landed
    if values.get("requester") is None and landed.name:
        missing["requester"] = {"name": landed.name, "email": landed.email}
    return missing


def _refuse_findings(workspace: Workspace, document: Document, draft: Document) -> None:
    """Refuse what would be wrong as a ticket, with the places in the draft that people have."""
    findings = errors(findings_alone(workspace, document))
    if findings:
        places = (draft.position(finding.field.split(".")) for finding in findings)
        here = (
            finding._replace(path=draft.path, position=place)
            for finding, place in zip(findings, places, strict=True)
        )
        told = "\n".join(str(finding) for finding in here)
        raise RefusedValueError(told, _("Correct the draft, then accept it."))


def _moved(workspace: Workspace, entry: Entry, document: Document) -> dict[str, FileChange]:
    """Return the changes that put a draft and its conversation in their place."""
    read = workspace.tree.read
    files = {
        document.path: FileChange(None, document.encode()),
        entry.path: FileChange(read(entry.path), None),
    }
    before, after = conversation_of(entry.path), conversation_of(document.path)
    for file in conversation_files(workspace.tree, before):
        data = read(file)
        files[after + file.removeprefix(before)] = FileChange(None, data)
        files[file] = FileChange(data, None)
    return files
