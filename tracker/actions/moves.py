"""What a renumbering moves, before any reference is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import EditError
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.workspace import Workspace


class Moves(NamedTuple):
    """All moves of a run, made before any reference is followed.

    Attributes:
        files: the new bytes by path; None where a file goes.
        places: the new path of each file that moves.
        lines: what a line that was rewritten says now, by path and number.
    """

    files: dict[str, bytes | None]
    places: dict[str, str]
    lines: dict[tuple[str, int], str]


def put(workspace: Workspace, moves: Moves, file: str, place: str) -> None:
    """Put a file's bytes into another place.

    Raises:
        EditError: another file is there.
    """
    data = workspace.tree.read(file)
    present = moves.files.get(place, workspace.tree.read(place) if workspace.tree.exists(place) else None)
    if present not in (None, data):
        message = _("{file} and another file would both become {place}.").format(file=file, place=place)
        raise EditError(message, _("Give one of them another name, also where texts name it."))
    moves.places[file], moves.files[place] = place, data
