"""What Git makes of files in this clone: line ends, names, and large files that lie apart."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem
from tracker.model.place import TICKETS
from tracker.store.clone import attribute, committed_crlf
from tracker.store.lfs import INSTALL, is_installed
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings

_TICKET = f"{TICKETS}/2026/11/HD-1.md"
_ATTACHMENTS = tuple(
    f"{TICKETS}/2026/11/HD-1/files/3f2a91c0-a.{ending}"
    for ending in ("jpg", "jpeg", "png", "gif", "heic", "pdf", "zip", "docx", "xlsx", "mp4", "mov", "log")
)
_LONGEST_PATH = 259
_LONGEST_OURS = 130
"""As long as the path of an attachment within a desk may well be."""


def check_line_ends(around: Surroundings) -> Answer | None:
    """Whether Git and the tickets agree on line ends."""
    repository = around.work_tree
    if repository is None:
        return None
    if attribute(repository, "text", [around.in_repository(_TICKET)]) == {"set"}:
        number = committed_crlf(repository, around.in_repository(TICKETS))
        if number:
            message = ngettext(
                "{number} file has CR LF in commits, which .gitattributes does not want: "
                "Git always shows it as changed.",
                "{number} files have CR LF in commits, which .gitattributes does not want: "
                "Git always shows them as changed.",
                number,
            )
            return advice(message.format(number=number), "git add --renormalize tickets && git commit")
    return line_end_answer(sys.platform, around.settings)


def line_end_answer(platform: str, settings: Mapping[str, str]) -> Answer:
    """Return what to say of Git's conversion of line ends.

    Args:
        platform: the system's name, as Python has it.
        settings: Git's, by key in lower case.
    """
    if settings.get("core.autocrlf") == "true" and platform != "win32":
        message = _("core.autocrlf is true, so that every file here gets the line ends of Windows.")
        return advice(message, "git config --global core.autocrlf input")
    return ok(_("Each ticket keeps the line ends that it has."))


def check_names(around: Surroundings) -> Answer | None:
    """Whether Git knows what this file system does to names, and whether long ones fit."""
    repository = around.work_tree
    if repository is None:
        return None
    ignores = (repository.folder / "head").exists() and (repository.folder / "HEAD").exists()
    return name_answer(sys.platform, around.settings, len(str(repository.top)), ignores_case=ignores)


def name_answer(platform: str, settings: Mapping[str, str], length: int, *, ignores_case: bool) -> Answer:
    """Return what to say of file names.

    Args:
        platform: the system's name, as Python has it.
        settings: Git's, by key in lower case.
        length: of the path of the work tree.
        ignores_case: whether the file system does.
    """
    if ignores_case != (settings.get("core.ignorecase", "false") == "true"):
        value = "true" if ignores_case else "false"
        message = _("core.ignoreCase does not fit this file system, so Git may miss files that were renamed.")
        return advice(message, f"git config core.ignoreCase {value}")
    too_long = length + _LONGEST_OURS > _LONGEST_PATH
    if platform == "win32" and too_long and settings.get("core.longpaths") != "true":
        message = _("Windows limits paths to {number} characters, which attachments here may exceed.")
        return advice(message.format(number=_LONGEST_PATH), "git config core.longpaths true")
    return ok(_("Git knows what this file system does to them."))


def check_large_files(around: Surroundings) -> Answer | None:
    """Whether Git LFS is there, where attachments are kept by it."""
    repository = around.work_tree
    if repository is None:
        return None
    if "lfs" not in attribute(repository, "filter", map(around.in_repository, _ATTACHMENTS)):
        return ok(_("Attachments are kept by Git itself."))
    if not is_installed(repository):
        message = _("This repository keeps attachments with Git LFS, which is not installed.")
        return problem(message, INSTALL)
    if "filter.lfs.clean" not in around.settings and "filter.lfs.process" not in around.settings:
        return problem(
            _("Git LFS is installed, but this Git does not call it."), "git lfs install && git lfs pull"
        )
    return ok(_("Attachments are kept by Git LFS."))
