"""From files to tickets and comments. Whatever a file holds, something comes back that can be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker import __version__
from tracker.document import LARGEST_FILE, Document, read_document
from tracker.errors import StorageError
from tracker.finding import Finding
from tracker.model.comment import read_comment
from tracker.model.entry import Comment, Entry
from tracker.model.ticket import empty_ticket
from tracker.store.index import content_key
from tracker.store.tree import ChildKind
from tracker.translation import _
from tracker.validation.facts import TextFacts
from tracker.validation.rules.t114_exception import excused
from tracker.validation.ticket import check_text, check_ticket, findings_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import tzinfo

    from tracker.model.ticket import TicketReader
    from tracker.position import Position
    from tracker.store.index import Index
    from tracker.store.layout import TicketFile
    from tracker.store.tree import Tree


def read_tickets(tree: Tree, files: Sequence[TicketFile], reader: TicketReader, index: Index) -> list[Entry]:
    """Return an entry for each file, broken ones included, in the order of `files`.

    Args:
        tree: the desk's files.
        files: what lies in its `tickets/`.
        reader: reads tickets of this desk.
        index: knows the values of files that were read before, and learns those of others.
    """
    contents = {file.path: _content(tree, file.path, file.kind) for file in files}
    keys = {
        path: content_key(__version__, data) for path, data in contents.items() if isinstance(data, bytes)
    }
    known = index.known(keys.values())
    learnt: dict[str, Any] = {}
    entries = []
    for file in files:
        data = contents.pop(file.path)
        if isinstance(data, Finding):
            entries.append(Entry(file.path, empty_ticket(), {}, "", (data,), file.comments))
            continue
        key = keys[file.path]
        entry, new = _read_ticket(file, data, key, reader, known.get(key))
        entries.append(entry)
        if new and index.remembers:
            learnt[key] = new
    index.learn(learnt)
    return entries


def _content(tree: Tree, path: str, kind: ChildKind | None) -> bytes | Finding:
    """Return a file's bytes, or why there are none; a kind that is not known is looked up after a failure."""
    if kind not in (ChildKind.FILE, None):
        return no_file(path, kind)
    try:
        return tree.read(path, LARGEST_FILE)
    except StorageError as error:
        child = tree.child(path) if kind is None else None
        if child and child.kind is not ChildKind.FILE:
            return no_file(path, child.kind)
        return _unreadable(path, error)


def _unreadable(path: str, error: StorageError) -> Finding:
    """Return the finding of a file that cannot be read; no finding tells where the desk lies."""
    refused = error.__cause__
    reason = refused.strerror if isinstance(refused, OSError) else None
    message = _("This file cannot be read: {reason}.").format(reason=reason) if reason else error.message
    return Finding(path, "T014", message)


def no_file(path: str, kind: ChildKind | None) -> Finding:
    """Return the finding of what lies in the place of a file and is none."""
    if kind is ChildKind.LINK:
        message = _("This is a symbolic link, which is never followed.")
        return Finding(path, "T001", message, hint=_("Put the file itself here, or remove the link."))
    return Finding(path, "T001", _("This is not an ordinary file."), hint=_("Remove it."))


def _read_ticket(
    file: TicketFile, data: bytes, key: str, reader: TicketReader, known: Any
) -> tuple[Entry, Any]:
    """Return a file's entry and, where its bytes are new and sound, what to remember of them."""
    document: Document | None = None
    if known is None:
        document = read_document(data, file.path)
        if document.findings:
            broken = (document.text, document.findings, file.comments, key)
            return Entry(file.path, empty_ticket(), {}, *broken), None
        values, body = document.values, document.body
        head, place = document.text[: document.span.body], len(data) - len(body.encode())
    else:
        values, place = known["values"], known["body"]
        head, body = data[:place].decode(), data[place:].decode()

    def locate(keys: Sequence[str | int], key: bool) -> Position:
        return (document or read_document(data, file.path)).position(keys, key=key)

    text = TextFacts(file.path, head, body)
    ticket, findings = check_ticket(text, values, reader, locate)
    entry = Entry(file.path, ticket, values, body, weighed(findings, values, reader), file.comments, key)
    return entry, None if document is None else {"values": values, "body": place}


def weighed(findings: list[Finding], values: Mapping[str, Any], reader: TicketReader) -> tuple[Finding, ...]:
    """Return those of a ticket's findings that count at its desk, each with its weight."""
    if not findings:
        return ()
    from tracker.validation.weight import weigh  # every rule: only where something was found

    return tuple(weigh(findings, reader.rules, excused(values)))


def findings_in(document: Document, reader: TicketReader) -> tuple[Finding, ...]:
    """Return all that is wrong with a ticket's file by itself, whether or not it can be read."""
    if document.findings:
        return document.findings
    text = TextFacts(document.path, document.text[: document.span.body], document.body)
    _ticket, findings = check_ticket(
        text, document.values, reader, lambda keys, key: document.position(keys, key=key)
    )
    return weighed(findings, document.values, reader)


def read_conversation_file(tree: Tree, path: str, zone: tzinfo) -> Comment:
    """Return the comment in a file; an internal one when the file cannot be read.

    Args:
        tree: the desk's files.
        path: the file.
        zone: of times that are written without one.
    """
    data = _content(tree, path, None)
    if isinstance(data, Finding):
        return Comment(path, "", None, "internal", "", (data,))
    return comment_in(read_document(data, path), zone)


def comment_in(document: Document, zone: tzinfo) -> Comment:
    """Return the comment that a file's text makes; an internal one when it cannot be read."""
    path = document.path
    if document.findings:
        return Comment(path, "", None, "internal", document.text, document.findings)
    fields, problems = read_comment(document.values, zone)
    findings = findings_of(path, problems, lambda keys, key: document.position(keys, key=key))
    findings += check_text(TextFacts(path, document.text[: document.span.body], document.body))
    return Comment(
        path,
        fields.author,
        fields.created,
        fields.visibility,
        document.body,
        tuple(findings),
        fields.supersedes,
        tuple(fields.attachments),
        fields.automatic,
    )
