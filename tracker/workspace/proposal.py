"""What is wrong with a change: with the files that it touches, and with what it does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.errors import ConfigurationError, StorageError
from tracker.finding import Finding
from tracker.model.place import TICKETS, conversation_around
from tracker.store.layout import CONFIGURATION, SETTINGS, find_at
from tracker.store.templates import FOLDER as TEMPLATES
from tracker.translation import _
from tracker.validation.change import check_change
from tracker.validation.facts import ChangeFacts
from tracker.workspace.findings import all_findings, in_order, weighed_by_tickets
from tracker.workspace.reading import read_conversation_file, read_tickets
from tracker.workspace.touched import findings_of, look_at, neighbours, touched

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.model.entry import Entry
    from tracker.store.tree import Tree
    from tracker.workspace.comparison import Comparison
    from tracker.workspace.desk import Workspace

_LARGEST = 64 << 20
_SETTINGS = (CONFIGURATION, TEMPLATES, "mkdocs.yml", ".gitlab-ci.yml", ".pre-commit-config.yaml")
_GITS_OWN = (".gitattributes", ".gitmodules")
_FOLDERS_OF_SETTINGS = (f"{SETTINGS}/", f"{TEMPLATES}/", ".github/", ".gitea/", ".forgejo/")
_NEWCOMER = ("T201",)
"""Where two claim the same, only the file that came later is to blame."""


def change_findings(comparison: Comparison) -> list[Finding]:
    """Return all that is wrong with a change, in order.

    Of files that it does not touch, only what is wrong because of it is told.
    """
    before, after, changed = comparison.before, comparison.after, comparison.changed
    paths = {path for path in changed if path.startswith(f"{TICKETS}/") or path == TICKETS}
    old, new = look_at(before, paths), look_at(after, paths)
    beside = [entry for entry in neighbours(after, old.entries, new.entries) if entry.path not in paths]
    known = {_key(finding) for finding in findings_of(old, _before(before, beside))}
    told = {*changed, *new.parts.strays}
    found = [
        finding
        for finding in findings_of(new, beside)
        if finding.path in told or (_key(finding) not in known and finding.code not in _NEWCOMER)
    ]
    facts = _facts(comparison, old.entries, new.entries)
    found += weighed_by_tickets(after, new.entries, check_change(facts))
    return in_order([*found, *_of_configuration(comparison)])


def _of_configuration(comparison: Comparison) -> list[Finding]:
    """Return what is wrong with the `tracker.yml` that a change proposes, and what it makes wrong of tickets.

    By it, the next change is checked: a value that it takes away may be that of many.
    """
    after = comparison.after
    if not any(path == CONFIGURATION or path.startswith(f"{SETTINGS}/") for path in comparison.changed):
        return []
    if after.tree.child(CONFIGURATION) is None:
        return [Finding(CONFIGURATION, "C014", _("This file is removed; without it, this is no desk."))]
    own = after.at(after.revision.commit) if after.revision else after.reread()
    try:
        proposed = all_findings(own)
    except ConfigurationError as error:
        return list(error.findings)
    except StorageError as error:
        return [Finding(CONFIGURATION, "C001", error.message)]
    known = {_key(finding) for finding in all_findings(after)}
    return [finding for finding in proposed if _key(finding) not in known]


def ticket_files(comparison: Comparison) -> list[str]:
    """Return the tickets of which a change touches the file or the conversation, and keeps them."""
    paths = [path for path in comparison.changed if path.startswith(f"{TICKETS}/")]
    parts = touched(comparison.after.tree, paths)
    return sorted({file.path for file in (*parts.tickets, *parts.conversations)})


def _before(before: Workspace, entries: Iterable[Entry]) -> list[Entry]:
    """Return the same tickets as they were."""
    files = [file for file in (find_at(before.tree, entry.path) for entry in entries) if file]
    return read_tickets(before.tree, files, before.reader, before.index)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.path, finding.code, finding.message


def _facts(comparison: Comparison, before: Sequence[Entry], after: Sequence[Entry]) -> ChangeFacts:
    desk, changed = comparison.after, sorted(comparison.changed)
    rewritten, new = _conversations(comparison)
    return ChangeFacts(
        before=before,
        after=after,
        comments=rewritten,
        new_comments=[read_conversation_file(desk.tree, path, desk.configuration.zone) for path in new],
        settings=[path for path in changed if _is_setting(path)],
        actor=comparison.actor,
        configuration=desk.configuration,
        locate=desk.position,
    )


def _is_setting(path: str) -> bool:
    """Whether a file says what is checked, shown or run, instead of being a ticket."""
    name = path.rpartition("/")[2]
    return path in _SETTINGS or name in _GITS_OWN or path.startswith(_FOLDERS_OF_SETTINGS)


def _conversations(comparison: Comparison) -> tuple[dict[str, bool], list[str]]:
    """Return what of conversations is not what it was, with whether it is there; and the new comments.

    What moved with its ticket, byte for byte, is neither.
    """
    old, new = comparison.before.tree, comparison.after.tree
    paths = [path for path in sorted(comparison.changed) if conversation_around(path)]
    was = {path: _content(old, path) for path in paths if old.size(path)}
    now = {path: _content(new, path) for path in paths if new.size(path)}
    added = {path: data for path, data in now.items() if path not in was}
    gone = {path: data for path, data in was.items() if path not in now and not _has_owner(new, path)}
    moved = {(path.rpartition("/")[2], data) for path, data in gone.items()}
    came = {(path.rpartition("/")[2], data) for path, data in added.items()}
    rewritten = {
        path: path in now
        for path, data in was.items()
        if now.get(path) != data and not (path in gone and (path.rpartition("/")[2], data) in came)
    }
    new_ones = [path for path, data in added.items() if (path.rpartition("/")[2], data) not in moved]
    return rewritten, [path for path in new_ones if _is_comment(path)]


def _has_owner(tree: Tree, path: str) -> bool:
    """Whether the ticket of a conversation is where it was: then nothing of the conversation moves."""
    return tree.exists(f"{conversation_around(path)}.md")


def _content(tree: Tree, path: str) -> tuple[int, bytes]:
    """Return a file's size and as much of it as an attachment may have."""
    return tree.size(path), tree.read(path, _LARGEST)


def _is_comment(path: str) -> bool:
    return path.endswith(".md") and path.rpartition("/")[0] == conversation_around(path)
