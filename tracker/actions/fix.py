"""Putting right what has one right answer. Values and texts that nobody complained of stay as they are."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.actions.change import Change, FileChange
from tracker.document import (
    Document,
    delete_value,
    in_order,
    set_value,
    with_item_lines,
    without_trailing_spaces,
)
from tracker.errors import EditError
from tracker.model.place import conversation_around
from tracker.translation import ngettext
from tracker.validation.rules import t009_place, t103_known_value, t104_real_date
from tracker.workspace.reading import findings_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tracker.document import NewValue
    from tracker.finding import Finding
    from tracker.workspace import Workspace

    Fixer = Callable[[Workspace, Document, Finding], Document]

_ROUNDS = 4
"""One value may be wrong in more than one way, one after the other."""


class Fixed(NamedTuple):
    """The change that puts findings right, and how many it does."""

    change: Change
    number: int


def fix(workspace: Workspace, findings: Iterable[Finding]) -> Fixed:
    """Return the change that puts right what can be: of the files on disk, committed or not.

    Args:
        workspace: the desk on disk.
        findings: what is wrong; those that no program can put right are left alone.
    """
    files: dict[str, FileChange] = {}
    number = 0
    for path in dict.fromkeys(finding.path for finding in findings if _is_mended(finding)):
        before = workspace.document(path)
        document, done = _fixed(workspace, before)
        place = _place(workspace, document)
        if place != path and place.lower() in {taken.lower() for taken in files}:
            place = path  # two files of one name: one of them has to be renamed by a person
        if place != path:
            done += 1
            files[path] = FileChange(before.encode(), None)
            files[place] = FileChange(None, document.encode())
        elif done:
            files[path] = FileChange(before.encode(), document.encode())
        number += done
    said = ngettext("put {number} finding right", "put {number} findings right", number)
    return Fixed(Change("fix", said.format(number=number), (), files), number)


def _fixed(workspace: Workspace, document: Document) -> tuple[Document, int]:
    """Return a document with all put right that can be, and how many findings that ends."""
    found = before = findings_in(document, workspace.reader)
    for _round in range(_ROUNDS):
        known = document
        for code, fixer in _FIXERS.items():
            here = document
            for finding in found:
                if finding.code == code:
                    with suppress(EditError):
                        document = fixer(workspace, document, finding)
            if document.text != here.text:
                found = findings_in(document, workspace.reader)
        if document.text == known.text:
            break
    return document, len(before) - len(found)


def _place(workspace: Workspace, document: Document) -> str:
    """Return where a document belongs, if it is a draft in another place and that one is free."""
    found = findings_in(document, workspace.reader)
    if "id" in document.values or not any(finding.code == t009_place.RULE.code for finding in found):
        return document.path
    place = t009_place.draft_place_of(document.path)
    return document.path if workspace.tree.exists(place) else place


def _is_mended(finding: Finding) -> bool:
    """Whether something can be done about a finding: comments are written once, so they are left alone."""
    return finding.code in _FIXERS and not conversation_around(finding.path)


def can_fix(workspace: Workspace, finding: Finding) -> bool:
    """Whether `fix` will most likely put a finding right: it has one right answer."""
    if not _is_mended(finding):
        return False
    match finding.code:
        case "T103":
            return _better_value(workspace, workspace.document(finding.path), finding) is not None
        case "T104":
            return _better_date(workspace.document(finding.path), finding) is not None
        case "T009":
            return "id" not in workspace.document(finding.path).values
        case _:
            return True


def _better_value(workspace: Workspace, document: Document, finding: Finding) -> str | None:
    name, _dot, position = finding.field.partition(".")
    field, value = workspace.fields.get(name), document.values.get(name)
    if isinstance(value, list) and position.isdecimal():
        value = value[int(position)] if int(position) < len(value) else None
    return t103_known_value.repaired(value, field.values) if field and isinstance(value, str) else None


def _known_value(workspace: Workspace, document: Document, finding: Finding) -> Document:
    better = _better_value(workspace, document, finding)
    if better is None:
        return document
    name, _dot, position = finding.field.partition(".")
    value = document.values[name]
    if isinstance(value, list):
        return set_value(document, [name], [*value[: int(position)], better, *value[int(position) + 1 :]])
    return set_value(document, [name], better)


def _better_date(document: Document, finding: Finding) -> date | None:
    value = document.values.get(finding.field)
    better = t104_real_date.repaired(value) if isinstance(value, str) else None
    return date.fromisoformat(better) if better else None


def _real_date(_workspace: Workspace, document: Document, finding: Finding) -> Document:
    better = _better_date(document, finding)
    return set_value(document, [finding.field], better) if better else document


def _moment_form(workspace: Workspace, document: Document, finding: Finding) -> Document:
    ticket, _problems = workspace.reader.read(document.values, required=())
    better: NewValue = getattr(ticket, finding.field)
    return set_value(document, [finding.field], better)


def _tidy(change: Callable[..., Document], *arguments: Any) -> Fixer:
    return lambda _workspace, document, _finding: change(document, *arguments)


_FIXERS: dict[str, Fixer] = {
    "T111": _tidy(without_trailing_spaces),
    "T110": lambda _workspace, document, finding: with_item_lines(document, finding.field),
    "T116": _tidy(delete_value, ["id"]),
    "T103": _known_value,
    "T104": _real_date,
    "T112": _moment_form,
    "T109": lambda workspace, document, _finding: in_order(document, list(workspace.fields)),
    "T009": lambda _workspace, document, _finding: document,
}
"""What puts a finding of each rule right, in the order in which they are used; a place is chosen last."""
