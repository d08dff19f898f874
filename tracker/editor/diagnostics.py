"""What is wrong with a file, from the text in the editor: the findings of `tracker validate`."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.document import LARGEST_FILE, read_document, read_yaml
from tracker.document.lines import content_end
from tracker.editor.desk import is_configuration, is_text, ticket_of
from tracker.editor.text import BOM, Spot, Stretch, data_of
from tracker.errors import ConfigurationError
from tracker.finding import Finding
from tracker.position import lines_of, position_at
from tracker.store.layout import CONFIGURATION
from tracker.store.tree import WorkTree
from tracker.validation.facts import ConversationFacts
from tracker.validation.rules import t202_dangling_link, t203_link_to_itself, t212_comment_author
from tracker.workspace.alone import findings_alone
from tracker.workspace.findings import in_order, weighed_by_tickets
from tracker.workspace.reading import comment_in, weighed
from tracker.workspace.settings import configuration_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.document import Document
    from tracker.document.nodes import Node
    from tracker.editor.desk import Desk
    from tracker.position import Position
    from tracker.workspace import Workspace


class Diagnostic(NamedTuple):
    """A finding with the part of the text that an editor underlines."""

    finding: Finding
    stretch: Stretch


def diagnose(desk: Desk, path: str, text: str) -> list[Diagnostic]:
    """Return what is wrong with a file of a desk, in order.

    Args:
        desk: the desk.
        path: the file in it.
        text: what the editor holds, saved or not.
    """
    document = (read_document if is_text(path) else read_yaml)(data_of(text), path)
    if is_text(path):
        findings = [*_of_configuration(desk, path), *_of_text(desk, document)]
    elif is_configuration(path):
        findings = _of_settings(desk, text)
    else:
        return []
    lines, lengths = lines_of(text), _lengths(document) if findings else {}
    return [Diagnostic(finding, stretch_of(lines, lengths, finding)) for finding in in_order(findings)]


def _of_settings(desk: Desk, text: str) -> list[Finding]:
    try:
        configuration_in(data_of(text), partial(WorkTree(desk.root).read, most=LARGEST_FILE))
    except ConfigurationError as error:
        return [
            one if one.path == CONFIGURATION else _elsewhere(one, CONFIGURATION) for one in error.findings
        ]
    return []


def _of_configuration(desk: Desk, path: str) -> Iterator[Finding]:
    """Whoever edits a ticket may not see `tracker.yml`, without which it can hardly be checked."""
    for finding in desk.wrong.findings[:1] if desk.wrong else ():
        yield _elsewhere(finding, path)


def _elsewhere(finding: Finding, path: str) -> Finding:
    """Return a finding of another file as it is told at the beginning of the one that is edited."""
    return Finding(path, finding.code, f"{finding.path}:{finding.position}: {finding.message}")


def _of_text(desk: Desk, document: Document) -> list[Finding]:
    workspace = desk.workspace
    if workspace is None:
        return list(document.findings)
    if ticket_of(workspace, document.path):
        return _of_comment(workspace, document)
    return [*findings_alone(workspace, document), *_of_links(workspace, document)]


def _of_comment(workspace: Workspace, document: Document) -> list[Finding]:
    comment = comment_in(document, workspace.configuration.zone)
    facts = ConversationFacts(
        *(ticket_of(workspace, document.path), "", [comment], {}, workspace.configuration),
        locate=lambda _path, keys: document.position(keys),
    )
    author = weighed_by_tickets(workspace, [], list(t212_comment_author.check(facts)))
    return [*comment.findings, *author]


def _of_links(workspace: Workspace, document: Document) -> tuple[Finding, ...]:
    """Return what is wrong with the targets of a ticket's links, its own names included."""
    if not document.values.get("links"):
        return ()
    ticket, _problems = workspace.reader.read(document.values, required=())
    own, found, guesses = {ticket.id, *ticket.aliases}, [], 0
    others = {name for name, entry in workspace.by_id.items() if entry.path != document.path}
    for place, link in enumerate(ticket.links):
        if link.target in own:
            code, told = t203_link_to_itself.RULE.code, t203_link_to_itself.leading_back(link)
        elif link.target not in others and not workspace.configuration.desk_of(link.target):
            names = others if guesses < t202_dangling_link.GUESSES else ()
            code, told = t202_dangling_link.RULE.code, t202_dangling_link.dangling(link, names)
            guesses += 1
        else:
            continue
        found.append(
            Finding(document.path, code, told[0], document.position(("links", place)), told[1], "links")
        )
    return weighed(found, document.values, workspace.reader)


def stretch_of(lines: list[str], lengths: Mapping[Position, int], finding: Finding) -> Stretch:
    """Return what a finding is about: the value at its place, else the rest of the line."""
    line = min(finding.position.line, len(lines)) - 1
    content = lines[line].rstrip()
    mark = line == 0 and content.startswith(BOM)  # our columns do not count it, the editor's do
    start = finding.position.column - 1 + mark
    end = min(start + lengths.get(finding.position, len(content)), len(content))
    if start >= end:  # nothing is there that could be underlined: the line
        start, end = len(content) - len(content.lstrip()), len(content)
    return Stretch(Spot(line, start), Spot(line, end))


def _lengths(document: Document) -> dict[Position, int]:
    """Return how long each name and value of a front matter is, by its place.

    All at once: a file of many findings would be counted through for each of its values, for each of them.
    """
    if document.findings or document.root is None:
        return {}
    lengths: dict[Position, int] = {}
    for node in _scalars(document.root):
        place = position_at(document.text, document.span.start + node.start)
        lengths.setdefault(place, content_end(document.yaml, node) - node.start)
    return lengths


def _scalars(node: Node) -> Iterator[Node]:
    for name, value in node.pairs:
        yield name
        yield from _scalars(value)
    for item in node.items:
        yield from _scalars(item)
    if not (node.pairs or node.items):
        yield node
