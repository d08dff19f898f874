"""Templates: a desk's own in its `templates/`, else those that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model.problem import allowed_values
from tracker.store.files import read_bytes
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = "templates"
TICKET_TEMPLATES = "tickets"
DEFAULT = "request"


def packaged_templates() -> Path:
    """Return the folder of the templates that come with the program: in the wheel, or in its source tree."""
    package = Path(__file__).parents[1]
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def template_names(root: Path) -> list[str]:
    """Return the names of the ticket templates that a desk can use."""
    return sorted(
        {path.stem for folder in _folders(root) for path in folder.glob("*.md") if not path.is_symlink()}
    )


def read_template(root: Path, name: str) -> tuple[str, bytes]:
    """Return a ticket template's path, for messages, and its bytes.

    Raises:
        UsageError: there is no template of this name.
    """
    if name in template_names(root):
        for folder in _folders(root):
            path = folder / f"{name}.md"
            if path.is_file():
                return f"{FOLDER}/{TICKET_TEMPLATES}/{name}.md", read_bytes(path)
    message = _("There is no ticket template “{name}”.").format(name=name)
    raise UsageError(message, allowed_values(template_names(root), name))


def _folders(root: Path) -> Iterator[Path]:
    for folder in (root / FOLDER, packaged_templates()):
        if (folder / TICKET_TEMPLATES).is_dir():
            yield folder / TICKET_TEMPLATES
