"""Accepting drafts: a number, a place, and what a ticket must have; nothing else changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.actions.create import from_template
from tracker.document import Document, set_value
from tracker.errors import RefusedValueError, StorageError
from tracker.model.identifier import draft_id, number_of, numbered
from tracker.model.place import conversation_of, ticket_place
from tracker.store.files import read_bytes, write_files
from tracker.store.layout import conversation_files
from tracker.store.templates import DEFAULT
from tracker.translation import _
from tracker.validation.ticket import check_ticket

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.entry import Entry
    from tracker.workspace import Workspace


class Accepted(NamedTuple):
    """A draft that became a ticket."""

    id: str
    title: str
    draft: str
    path: str


def accept(workspace: Workspace, drafts: Iterable[Entry]) -> list[Accepted]:
    """Accept drafts, the oldest first: all of them, or none.

    Raises:
        RefusedValueError: one of them lacks something that cannot be guessed. Nothing was written.
        StorageError: the disk refuses. Nothing was written.
    """
    ordered = sorted(drafts, key=lambda entry: (entry.ticket.created or workspace.now(), entry.path))
    changes: dict[str, bytes | None] = {}
    accepted = []
    taken = set(workspace.taken_ids)
    for entry in ordered:
        document, ticket_id = _complete(workspace, entry, taken)
        taken.add(ticket_id)
        path = ticket_place(ticket_id, str(document.values["created"]))
        _check(workspace, document, path)
        if (workspace.root / path).exists():
            raise StorageError(_("{path} is already there.").format(path=path))
        changes |= {path: document.encode(), entry.path: None}
        changes |= _moved_conversation(workspace, entry, path)
        accepted.append(Accepted(ticket_id, entry.title, entry.path, path))
    write_files(workspace.root, changes, fresh=True)
    return accepted


def _complete(workspace: Workspace, entry: Entry, taken: set[str]) -> tuple[Document, str]:
    """Return the draft with what it lacks, and the id that it will have."""
    document = workspace.document(entry.path)
    if document.findings:
        raise RefusedValueError(str(document.findings[0]), _("Correct the draft first."))
    configuration, order = workspace.configuration, tuple(workspace.fields)
    drafted = entry.ticket.id
    if configuration.ids.scheme == "number":
        ticket_id = _next_number(configuration.ids.prefix, taken)
    else:
        ticket_id = drafted or draft_id(configuration.ids.prefix, taken)
    document = set_value(document, ("id",), ticket_id, order)
    if drafted and drafted != ticket_id:
        document = set_value(document, ("aliases",), [*entry.ticket.aliases, drafted], order)
    for name, value in _defaults(workspace).items():
        if document.values.get(name) is None:
            document = set_value(document, (name,), value, order)
    return document, ticket_id


def _defaults(workspace: Workspace) -> dict[str, Any]:
    fields, _body = from_template(workspace, DEFAULT)
    identity = workspace.repository.identity() if workspace.repository else None
    requester = {"name": identity.name, "email": identity.email} if identity and identity.name else None
    return {
        **fields,
        "status": workspace.configuration.first_status,
        "created": workspace.now(),
        **({"requester": requester} if requester else {}),
    }


def _next_number(prefix: str, taken: set[str]) -> str:
    numbers = (number_of(ticket_id) for ticket_id in taken if ticket_id.startswith(f"{prefix}-"))
    return numbered(prefix, 1 + max((number for number in numbers if number is not None), default=0))


def _check(workspace: Workspace, document: Document, path: str) -> None:
    _ticket, findings = check_ticket(
        path, document.values, workspace.reader, lambda keys, key: document.position(keys, key=key)
    )
    if findings:
        told = "\n".join(
            f"{document.path}: {finding.message} {finding.hint}".rstrip() for finding in findings
        )
        raise RefusedValueError(told, _("Correct the draft, then accept it. Nothing was written."))


def _moved_conversation(workspace: Workspace, entry: Entry, path: str) -> dict[str, bytes | None]:
    before, after = conversation_of(entry.path), conversation_of(path)
    changes: dict[str, bytes | None] = {}
    for file in conversation_files(workspace.root, before):
        changes[after + file.removeprefix(before)] = read_bytes(workspace.root / file)
        changes[file] = None
    return changes
