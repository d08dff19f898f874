"""Files that come with a comment: named after their bytes, so that the same file is kept once."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import RefusedValueError
from tracker.store.layout import ATTACHMENTS
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace

_MIB = 1 << 20
_LONGEST = 60
_CERTAIN = 0.5


class Attachment(NamedTuple):
    """A file as it was given: its name, which may be anybody's, and its bytes."""

    name: str
    data: bytes


def attachment_reference(workspace: Workspace, given: Attachment) -> str:
    """Return how a comment, or the text of a ticket, refers to an attachment: `files/3f2a91c0-photo.jpg`.

    Raises:
        RefusedValueError: it is larger than the desk allows.
    """
    if is_too_large(workspace, given):
        message = _("{name} has {size:.1f} MiB; the desk takes at most {largest:g}.")
        hint = _("Make it smaller, or raise “attachments: largest” in tracker.yml. Nothing was written.")
        size, largest = len(given.data) / _MIB, workspace.configuration.attachments.largest
        raise RefusedValueError(message.format(name=given.name, size=size, largest=largest), hint)
    digest = hashlib.sha256(given.data).hexdigest()[:8]
    return f"{ATTACHMENTS}/{digest}-{safe_name(given)}"


def is_too_large(workspace: Workspace, given: Attachment) -> bool:
    """Whether a file is larger than the desk takes."""
    return len(given.data) > workspace.configuration.attachments.largest * _MIB


def safe_name(given: Attachment) -> str:
    """Return a name that every file system takes, with the ending that the bytes deserve."""
    path = PurePath(given.name.replace("\\", "/"))
    ascii_only = unicodedata.normalize("NFKD", path.stem).encode("ascii", "ignore").decode().lower()
    stem = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:_LONGEST].rstrip("-") or "file"
    return stem + true_ending(path.suffix.lower(), given.data)


def true_ending(claimed: str, data: bytes) -> str:
    """Return an ending that fits what the bytes are: the claimed one, or what they look like after it.

    Args:
        claimed: the ending in the file's name, with its dot; empty without one.
        data: the bytes; what they are is decided by their first ones.
    """
    import puremagic

    known = claimed if re.fullmatch(r"\.[a-z0-9]{1,10}", claimed) else ""
    try:
        matches = puremagic.magic_string(data)
    except (puremagic.PureError, ValueError):
        matches = []
    endings = {
        match.extension if match.extension.startswith(".") else f".{match.extension}" for match in matches
    }
    if known in endings:
        return known
    best = next((match for match in matches if match.confidence >= _CERTAIN and match.extension), None)
    if best:
        return f"{known}.{best.extension.lstrip('.')}"
    return known or (".txt" if _is_text(data) else ".bin")


def _is_text(data: bytes) -> bool:
    try:
        return "\0" not in data.decode("utf-8")
    except UnicodeDecodeError:
        return False
