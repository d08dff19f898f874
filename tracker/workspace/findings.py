"""All that is wrong with a desk. The one way to it: for the command line, CI, the website and editors."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from tracker.document import LARGEST_FILE, read_document
from tracker.errors import StorageError
from tracker.model.place import conversation_around, conversation_of
from tracker.parallel import in_background
from tracker.store.layout import ATTACHMENTS, attachments
from tracker.store.tree import ChildKind
from tracker.validation.desk import check_conversation, check_desk, check_names
from tracker.validation.facts import ConversationFacts, DeskFacts
from tracker.validation.rules.t013_unknown_file import unknown_file
from tracker.validation.rules.t114_exception import excused
from tracker.validation.weight import weigh
from tracker.workspace.reading import no_file, read_conversation_file
from tracker.workspace.sense import settings_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.finding import Finding
    from tracker.model.entry import Entry
    from tracker.store.layout import TicketFile
    from tracker.store.tree import Tree
    from tracker.workspace.desk import Workspace

_MANY = 2_000


def all_findings(workspace: Workspace) -> list[Finding]:
    """Return all that is wrong with a desk's tickets, conversations and files, in order.

    Raises:
        ConfigurationError: `tracker.yml` is wrong.
    """
    files = workspace.files
    worthwhile = sum(len(file.comments) for file in files) > _MANY
    of_conversations = in_background(
        lambda: conversation_findings(workspace, _with_conversation(files)), worthwhile=worthwhile
    )
    found = [finding for entry in workspace.entries for finding in entry.findings]
    found += settings_findings(workspace)
    found += weighed_by_tickets(workspace, workspace.entries, desk_findings(workspace, workspace.entries))
    listing = workspace.listing
    of_files = [*check_names(listing.folders), *(unknown_file(path) for path in listing.strays)]
    found += weigh(of_files, workspace.configuration.rules)
    found += weighed_by_tickets(workspace, workspace.entries, of_conversations())
    return in_order(found)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which they are always shown, each once."""
    return sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key)


def desk_findings(workspace: Workspace, entries: Sequence[Entry]) -> list[Finding]:
    """Return what is wrong between some tickets, by the desk's configuration and clock."""
    facts = DeskFacts(
        entries,
        workspace.configuration,
        workspace.now(),
        lambda entry, keys: workspace.position(entry.path, keys),
    )
    return check_desk(facts)


def conversation_findings(workspace: Workspace, files: Iterable[TicketFile]) -> list[Finding]:
    """Return what is wrong with the conversations of some tickets, each comment's own faults included."""
    return list(chain.from_iterable(_of_conversation(workspace, file) for file in files))


def _of_conversation(workspace: Workspace, file: TicketFile) -> list[Finding]:
    tree, configuration = workspace.tree, workspace.configuration
    comments = [read_conversation_file(tree, path, configuration.zone) for path in file.comments]
    sizes = attachments(tree, file)
    folder = f"{conversation_of(file.path)}/{ATTACHMENTS}"
    odd = _odd(tree, folder, sizes) if file.attached else {}
    files = {name: size for name, size in sizes.items() if f"{folder}/{name}" not in odd}
    body = _body(tree, file.path) if files else ""
    facts = ConversationFacts(file.path, body, comments, files, configuration, workspace.position)
    own = [finding for comment in comments for finding in comment.findings]
    return [*own, *odd.values(), *check_conversation(facts), *check_names({folder: sorted(sizes)})]


def _odd(tree: Tree, folder: str, sizes: Mapping[str, int]) -> dict[str, Finding]:
    """Return a finding for each attachment that is no ordinary file, by its path, or for all in a link."""
    above = tree.child(folder)
    if above and above.kind is not ChildKind.FOLDER:
        return {folder: no_file(folder, above.kind)}
    empty = (tree.child(f"{folder}/{name}") for name, size in sizes.items() if not size)
    odd = {f"{folder}/{child.name}": child.kind for child in empty if child and child.kind != ChildKind.FILE}
    return {
        path: unknown_file(path) if kind is ChildKind.FOLDER else no_file(path, kind)
        for path, kind in odd.items()
    }


def _body(tree: Tree, path: str) -> str:
    """Return the text of a ticket; none where its file cannot be read."""
    try:
        return read_document(tree.read(path, LARGEST_FILE), path).body
    except StorageError:
        return ""


def _with_conversation(files: Iterable[TicketFile]) -> list[TicketFile]:
    return [file for file in files if file.comments or file.attached]


def weighed_by_tickets(
    workspace: Workspace, entries: Iterable[Entry], findings: list[Finding]
) -> list[Finding]:
    """Return those of some findings that count at this desk; the tickets' exceptions are in `entries`."""
    if not findings:
        return []
    exceptions = {entry.path: excused(entry.values) for entry in entries if "exceptions" in entry.values}
    return [
        kept
        for finding in findings
        for kept in weigh(
            [finding], workspace.configuration.rules, exceptions.get(_ticket_of(finding.path), ())
        )
    ]


def _ticket_of(path: str) -> str:
    """Return the ticket that a file is of: in its conversation, the ticket's exceptions hold, too."""
    around = conversation_around(path)
    return f"{around}.md" if around else path
