"""The files that come with a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.actions.attachment import attachment_reference
from tracker.errors import RefusedValueError
from tracker.store.layout import IMAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.actions.attachment import Attachment
    from tracker.workspace import Workspace


def enclosed(
    workspace: Workspace, attachments: Sequence[Attachment]
) -> tuple[list[str], dict[str, bytes], list[str]]:
    """Return the lines that show some files in a text, these files by their names, and what to say of others.

    A file that is larger than the desk takes is left in the spool, with the message.
    """
    names, files, left = list[str](), dict[str, bytes](), list[str]()
    for attachment in attachments:
        try:
            reference = attachment_reference(workspace, attachment)
        except RefusedValueError as error:
            left.append(f"({error.message})")
            continue
        name = reference.rpartition("/")[2].partition("-")[2]
        if reference not in files:
            names.append(f"{'!' if name.endswith(IMAGES) else ''}[{name}]({reference})")
        files[reference] = attachment.data
    return names, files, left
