"""The files that come with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.attachment import Attachment, attachment_reference
from tracker.errors import RefusedValueError
from tracker.store.layout import IMAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.workspace import Workspace


class Enclosed(NamedTuple):
    """What becomes of the files of a message.

    Attributes:
        shown: the lines that show them in a text.
        told: what is said of those that are too large for the desk: only the message in the spool has them.
        files: the others, by how the text refers to them.
    """

    shown: tuple[str, ...]
    told: tuple[str, ...]
    files: Mapping[str, Attachment]


def enclosed(workspace: Workspace, attachments: Sequence[Attachment]) -> Enclosed:
    """Return what becomes of the files of a message."""
    shown, told, files = list[str](), list[str](), dict[str, Attachment]()
    for attachment in attachments:
        try:
            reference = attachment_reference(workspace, attachment)
        except RefusedValueError as error:
            told.append(f"({error.message})")
            continue
        name = reference.rpartition("/")[2].partition("-")[2]
        if reference not in files:
            shown.append(f"{'!' if name.endswith(IMAGES) else ''}[{name}]({reference})")
        files[reference] = attachment
    return Enclosed(tuple(shown), tuple(told), files)
