"""The rules that look at tickets together, at conversations, and at what lies in the folders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.validation.rules import (
    t011_portable_name,
    t012_case_conflict,
    t115_future,
    t201_one_owner,
    t202_dangling_link,
    t203_link_to_itself,
    t204_circle,
    t205_open_children,
    t206_active,
    t207_onsite,
    t208_missing_attachment,
    t209_orphaned_attachment,
    t210_large_attachment,
    t212_comment_author,
    t213_supersedes,
    t214_one_parent,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.finding import Finding
    from tracker.validation.facts import ConversationFacts, DeskFacts

_OF_DESKS = (
    *(t115_future.check, t201_one_owner.check, t202_dangling_link.check, t203_link_to_itself.check),
    *(t204_circle.check, t205_open_children.check, t206_active.check, t207_onsite.check),
    t214_one_parent.check,
)
_OF_CONVERSATIONS = (
    *(t208_missing_attachment.check, t209_orphaned_attachment.check, t210_large_attachment.check),
    *(t212_comment_author.check, t213_supersedes.check),
)
_OF_FOLDERS = (t011_portable_name.check, t012_case_conflict.check)


def check_desk(desk: DeskFacts) -> list[Finding]:
    """Return what is wrong between tickets."""
    return [finding for check in _OF_DESKS for finding in check(desk)]


def check_conversation(conversation: ConversationFacts) -> list[Finding]:
    """Return what is wrong between the files of one conversation."""
    return [finding for check in _OF_CONVERSATIONS for finding in check(conversation)]


def check_names(folders: Mapping[str, Sequence[str]]) -> list[Finding]:
    """Return what is wrong with the names of what lies in folders, by folder."""
    found = (check(folder, names) for folder, names in folders.items() for check in _OF_FOLDERS)
    return [finding for findings in found for finding in findings]
