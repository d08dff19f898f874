"""A file as front matter and text: read without ever failing, located to the character."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.document.front_matter import NOWHERE, Span, find_span, opens, read_front_matter
from tracker.document.nodes import parse
from tracker.finding import Finding
from tracker.position import START, Position, position_at
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.document.complaints import Complaint
    from tracker.document.nodes import Node
    from tracker.document.value import Value

LARGEST_FILE = 1 << 20
"""The most bytes that a ticket may have; a larger file is not read."""

LARGEST_FRONT_MATTER = 64 << 10
_CONFLICT = re.compile(r"^(?:<{7}|>{7}|\|{7})(?= |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text, and what its front matter says.

    Attributes:
        path: the file, as findings name it.
        text: all of it, without a byte order mark.
        bom: whether it began with a byte order mark.
        values: the front matter; empty where it cannot be read.
        findings: why it cannot be read; empty when it can.
        span: where the front matter is in `text`.
    """

    path: str
    text: str
    bom: bool = False
    values: dict[str, Value] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    span: Span = NOWHERE

    @property
    def body(self) -> str:
        """The text under the front matter, exactly as it stands in the file."""
        return self.text[self.span.body :]

    @property
    def yaml(self) -> str:
        """The front matter as it stands in the file, without the lines around it."""
        return self.text[self.span.start : self.span.end]

    @property
    def root(self) -> Node | None:
        """The tree of the front matter, made on demand; its indexes count from `span.start`."""
        return _tree(self.yaml)

    def position(self, keys: Sequence[str | int], *, key: bool = False) -> Position:
        """Return where a value stands, or the nearest value around it that exists.

        Args:
            keys: the path to it, such as `("requester", "email")` or `("labels", 2)`.
            key: whether its key is meant instead.
        """
        node, place = self.root, None
        for part in keys:
            found = node.child(part) if node else None
            if found is None and part == 0:
                continue  # one value where a list may stand
            if found is None:
                break
            name, node = found
            place = name if key and name is not None else node
        return position_at(self.text, self.span.start + place.start) if place else START

    def moved(self, path: str) -> Document:
        """Return the same document as the file at another path."""
        return replace(self, path=path)

    def encode(self) -> bytes:
        """Return the file's bytes; those that were read, when nothing was changed."""
        data = self.text.encode("utf-8", "surrogateescape")
        return codecs.BOM_UTF8 + data if self.bom else data


@lru_cache(maxsize=4)
def _tree(yaml: str) -> Node | None:
    """Every finding asks for its place in the same tree: it is not made each time."""
    return parse(yaml).root


def read_document(data: bytes, path: str) -> Document:
    """Read a file with front matter. Whatever is wrong with it is in the findings."""
    document = _decode(data, path)
    if document.findings:
        return document
    text = document.text
    if not opens(text):
        conflict = _CONFLICT.match(text)
        return _refuse(document, [_conflict(document, 0) if conflict else _no_front_matter(document)])
    span = find_span(text)
    conflict = _CONFLICT.search(text, 0, span.end if span else len(text))
    if conflict:
        return _refuse(document, [_conflict(document, conflict.start())])
    if span is None:
        return _refuse(document, [_never_closed(document)])
    if span.end - span.start > LARGEST_FRONT_MATTER:
        message = _("The front matter is larger than 64 KiB.")
        return _refuse(document, [Finding(path, "T002", message, hint=_("Put long texts under it."))], span)
    values = read_front_matter(text, span)
    if values is None:
        return _refuse(document, _told(document, span, parse(text[span.start : span.end]).complaints), span)
    return Document(path, text, document.bom, values, (), span)


def read_yaml(data: bytes, path: str) -> Document:
    """Read a whole file of YAML, such as the configuration, as strictly as front matter."""
    document = _decode(data, path)
    if document.findings:
        return document
    conflict = _CONFLICT.search(document.text)
    if conflict:
        return _refuse(document, [_conflict(document, conflict.start())])
    parsed, end = parse(document.text), len(document.text)
    span = Span(0, end, end)
    if parsed.complaints:
        return _refuse(document, _told(document, span, parsed.complaints), span)
    return Document(path, document.text, document.bom, parsed.values, (), span)


def _decode(data: bytes, path: str) -> Document:
    bom = data.startswith(codecs.BOM_UTF8)
    content = data.removeprefix(codecs.BOM_UTF8) if bom else data
    if len(data) > LARGEST_FILE:
        text = content.decode("utf-8", "surrogateescape")
        message = _("This file is larger than 1 MiB, so it was not read.")
        finding = Finding(path, "T002", message, hint=_("Put long material into an attachment."))
        return Document(path, text, bom, findings=(finding,))
    try:
        return Document(path, content.decode(), bom)
    except UnicodeDecodeError as error:
        text = content.decode("utf-8", "surrogateescape")
        place = position_at(text, len(content[: error.start].decode()))
        finding = Finding(
            path, "T003", _("This is not UTF-8."), place, _("Save the file in the encoding UTF-8.")
        )
        return Document(path, text, bom, findings=(finding,))


def _refuse(document: Document, findings: Iterable[Finding], span: Span | None = None) -> Document:
    ordered = tuple(sorted(findings, key=lambda finding: finding.sort_key))
    return Document(document.path, document.text, document.bom, {}, ordered, span or NOWHERE)


def _told(document: Document, span: Span, complaints: Iterable[Complaint]) -> list[Finding]:
    findings = []
    for complaint in complaints:
        place = position_at(document.text, span.start + complaint.place)
        other = (
            position_at(document.text, span.start + complaint.other) if complaint.other is not None else START
        )
        message = complaint.message.format(line=other.line)
        findings.append(
            Finding(document.path, complaint.code, message, place, complaint.hint, complaint.field)
        )
    return findings


def _conflict(document: Document, index: int) -> Finding:
    message = _("A merge conflict was left here.")
    hint = _(
        "Choose what is right, and remove the lines of <<<<<<<, ======= and >>>>>>>. "
        "Where it is two tickets with one number, “tracker renumber” says how to keep both."
    )
    return Finding(document.path, "T008", message, position_at(document.text, index), hint)


def _no_front_matter(document: Document) -> Finding:
    message = _("There is no front matter: the first line is not “---”.")
    hint = _("Begin the file with a line “---”, the fields, and another line “---”.")
    return Finding(document.path, "T004", message, hint=hint)


def _never_closed(document: Document) -> Finding:
    message = _("The front matter that begins here is never closed.")
    return Finding(document.path, "T004", message, hint=_("Write a line “---” after the last field."))
