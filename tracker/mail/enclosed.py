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
        shown: the lines that show them in a text, by how it refers to them.
        told: what is said of those that are too large for the desk: only the message in the spool has them.
        files: the others, by how the text refers to them.
    """

    shown: Mapping[str, str]
    told: tuple[str, ...]
    files: Mapping[str, Attachment]

    def within(self, text: str) -> str:
        """Return a text with all of that: images where it names them, the rest at its end."""
        rest = []
        for reference, line in self.shown.items():
            named = f"*{self.files[reference].name}*"
            if line.startswith("!") and named in text:
                text = text.replace(named, line, 1)
            else:
                rest.append(line)
        return "\n\n".join(filter(None, [text.strip("\n"), *rest, *self.told]))


def enclosed(workspace: Workspace, attachments: Sequence[Attachment]) -> Enclosed:
    """Return what becomes of the files of a message."""
    shown, told, files = dict[str, str](), list[str](), dict[str, Attachment]()
    for attachment in attachments:
        try:
            reference = attachment_reference(workspace, attachment)
        except RefusedValueError as error:
            told.append(f"({error.message})")
            continue
        name = reference.rpartition("/")[2].partition("-")[2]
        shown[reference] = f"{'!' if name.endswith(IMAGES) else ''}[{name}]({reference})"
        files[reference] = attachment
    return Enclosed(shown, tuple(told), files)
