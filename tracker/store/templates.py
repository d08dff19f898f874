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
_ISSUE_FORMS = ".github/ISSUE_TEMPLATE"
_PLACES = (
    *((f"{_OWN}/", end) for end in (".md", ".yml", ".yaml")),
    *((f"{_ISSUE_FORMS}/", end) for end in (".yml", ".yaml")),
)
"""Where templates lie, and how their names end; of two with one name the first counts."""

_NO_FORMS = ("config.yml", "config.yaml")
"""What GitHub reads from the folder of its forms beside these."""

DEFAULT = "request"


def packaged_templates() -> Path:
    """Return the folder of the templates that come with the program: in the wheel, or in its source tree."""
    package = Path(__file__).parents[1]
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


def own_template(tree: Tree, name: str) -> str | None:
    """Return where a desk has a ticket template of its own of a name; None where it has none."""
    return next(
        (path for path in (f"{place}{name}{end}" for place, end in _PLACES) if tree.exists(path)), None
    )


def template_names(tree: Tree) -> list[str]:
    """Return the names of the ticket templates that a desk can use: its own, and those of the program."""
    found = {path.name.removesuffix(".md") for path in (packaged_templates() / TICKET_TEMPLATES).glob("*.md")}
    for place, end in _PLACES:
        files = (child.name for child in tree.children(place[:-1]) if child.kind is ChildKind.FILE)
        found |= {name.removesuffix(end) for name in files if name.endswith(end) and name not in _NO_FORMS}
    return sorted(found)


def is_issue_form(path: str) -> bool:
    """Whether a template is written as GitHub writes forms, rather than as a ticket."""
    return not path.endswith(".md")


def read_template(tree: Tree, name: str) -> tuple[str, bytes]:
    """Return a ticket template's path, for messages, and its bytes.

    Raises:
        UsageError: there is no template of this name.
    """
    if name not in template_names(tree):
        message = _("There is no ticket template “{name}”.").format(name=name)
        raise UsageError(message, allowed_values(template_names(tree), name))
    path = own_template(tree, name)
    if path:
        return path, tree.read(path)
    file = f"{name}.md"
    return f"{_OWN}/{file}", read_bytes(packaged_templates() / TICKET_TEMPLATES / file)
