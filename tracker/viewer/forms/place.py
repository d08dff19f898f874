"""Where a browser can propose a new file: the forge's page for one, with as much filled in as it takes.

GitHub and Gitea/Forgejo take the name and the text of a file, GitLab only the name. GitHub refuses addresses
of more than 8,191 bytes, and so do most servers that stand before the others.

Sources: https://github.com/go-gitea/gitea/pull/16556, https://github.com/github/docs/pull/4537
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.viewer.addresses import new_file_page

if TYPE_CHECKING:
    from tracker.model.configuration import Forge

_LONGEST = 8191


class NewFile(NamedTuple):
    """A forge's page for a new file.

    Attributes:
        forge: what the forge is called.
        address: of the page, for files in one folder.
        name: the parameter that takes the file's name.
        text: the one that takes its text; empty where none does.
        longest: how many bytes the whole address may have.
    """

    forge: str
    address: str
    name: str
    text: str
    longest: int = _LONGEST


def new_file(forge: Forge, folder: str) -> NewFile | None:
    """Return the page for a new file in a folder of the repository; None where there is no forge."""
    address = new_file_page(forge, folder)
    if address is None or forge.kind == "none":
        return None
    title, name, text = {
        "github": ("GitHub", "filename", "value"),
        "gitea": ("Gitea", "filename", "value"),
        "gitlab": ("GitLab", "file_name", ""),
    }[forge.kind]
    return NewFile(title, address, name, text)
