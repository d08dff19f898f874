"""What is wrong with one ticket by itself, by the configuration of its desk: asked before it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.model.entry import Entry
from tracker.validation.facts import DeskFacts
from tracker.validation.rules import t206_active, t207_onsite, t214_one_parent
from tracker.workspace.reading import findings_in, weighed

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.finding import Finding
    from tracker.workspace.desk import Workspace

_OF_ONE = (t206_active.check, t207_onsite.check, t214_one_parent.check)
"""The rules on a desk that look at one ticket after the other."""


def findings_alone(workspace: Workspace, document: Document) -> tuple[Finding, ...]:
    """Return what is wrong with a ticket's text, whatever the other tickets say."""
    found = findings_in(document, workspace.reader)
    if document.findings:
        return found
    ticket, _problems = workspace.reader.read(document.values, required=())
    entry = Entry(document.path, ticket, document.values, document.body)
    desk = DeskFacts(
        [entry], workspace.configuration, workspace.now(), lambda _entry, keys: document.position(keys)
    )
    of_one = [finding for check in _OF_ONE for finding in check(desk)]
    return found + weighed(of_one, document.values, workspace.reader)
