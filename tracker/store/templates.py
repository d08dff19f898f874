"""Templates: a desk's own in its `templates/`, else those that come with the program."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.errors import UsageError
from tracker.model.problem import allowed_values
from tracker.store.files import read_bytes
from tracker.store.tree import ChildKind
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.store.tree import Tree

FOLDER = "templates"
TICKET_TEMPLATES = "tickets"
_OWN = f"{FOLDER}/{TICKET_TEMPLATES}"
DEFAULT = "request"


def packaged_templates() -> Path:
    """Return the folder of the templates that come with the program: in the wheel, or in its source tree."""
    package = Path(__file__).parents[1]
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def own_template(name: str) -> str:
    """Return where a desk has a ticket template of its own of a name."""
    return f"{_OWN}/{name}.md"


def template_names(tree: Tree) -> list[str]:
    """Return the names of the ticket templates that a desk can use: its own, and those of the program."""
    own = {child.name for child in tree.children(_OWN) if child.kind is ChildKind.FILE}
    packaged = {path.name for path in (packaged_templates() / TICKET_TEMPLATES).glob("*.md")}
    return sorted(name.removesuffix(".md") for name in own | packaged if name.endswith(".md"))


def read_template(tree: Tree, name: str) -> tuple[str, bytes]:
    """Return a ticket template's path, for messages, and its bytes.

    Raises:
        UsageError: there is no template of this name.
    """
    if name not in template_names(tree):
        message = _("There is no ticket template “{name}”.").format(name=name)
        raise UsageError(message, allowed_values(template_names(tree), name))
    path = own_template(name)
    if tree.exists(path):
        return path, tree.read(path)
    return path, read_bytes(packaged_templates() / TICKET_TEMPLATES / f"{name}.md")
