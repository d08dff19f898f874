"""What goes with a commit or a merge in this clone: the merge driver of tickets, and hooks."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.actions.merge_driver import missing_from_merge_driver
from tracker.checkup.answer import advice, ok
from tracker.store.clone import hooks_folder, scope_of
from tracker.store.files import read_bytes
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings

_PRE_COMMIT = "pre-commit"
_SETTINGS = ".pre-commit-config.yaml"
_LARGEST = 1 << 20


def check_merge_driver(around: Surroundings) -> Answer | None:
    """Whether Git merges tickets field by field in this clone."""
    if around.work_tree is None or around.workspace is None:
        return None
    missing = missing_from_merge_driver(around.work_tree, around.prefix)
    if missing:
        return advice(
            _("Git merges tickets line by line. {reason}").format(reason=missing),
            "tracker merge-driver --install",
        )
    return ok(_("Git merges tickets field by field."))


def check_hooks(around: Surroundings) -> Answer | None:
    """Whether tickets are checked before each commit, where the repository wishes it."""
    repository = around.work_tree
    if repository is None:
        return None
    wished = repository.top / _SETTINGS
    if not wished.is_file() or b"tracker" not in read_bytes(wished, _LARGEST):
        return ok(_("None is asked for: no {file} names tracker.").format(file=_SETTINGS))
    hook = hooks_folder(repository, around.settings) / _PRE_COMMIT
    if hook.is_file() and os.access(hook, os.X_OK):
        return ok(_("pre-commit checks tickets before each commit."))
    message = _("{file} names tracker, but no hook runs it in this clone.").format(file=_SETTINGS)
    scope = scope_of(repository, "core.hookspath")
    if not scope:
        return advice(message, "pre-commit install")
    hint = _(
        "Git looks for hooks in {folder}: run “pre-commit run” from there, or let Git use its own folder:"
    )
    return advice(message, f"{hint.format(folder=hook.parent)}\ngit config --{scope} --unset core.hooksPath")
