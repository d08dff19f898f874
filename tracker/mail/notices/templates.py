"""Mail templates: a desk's own in `templates/mail/`, else those that come with the program.

They come from the desk's branch and run where its password is known, so they are kept in a sandbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.document import LARGEST_FILE
from tracker.errors import ConfigurationError, MissingExtraError
from tracker.finding import Finding
from tracker.position import Position
from tracker.store.files import read_bytes
from tracker.store.templates import FOLDER, packaged_templates
from tracker.store.tree import ChildKind
from tracker.translation import _

try:
    from jinja2 import DictLoader, StrictUndefined, TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment
except ModuleNotFoundError as missing:
    raise MissingExtraError("mail") from missing

if TYPE_CHECKING:
    from tracker.store.tree import Tree

_MAIL = "mail"


class MailTemplates:
    """The mail templates of a desk.

    Args:
        tree: the desk's files.
    """

    def __init__(self, tree: Tree) -> None:
        self._environment = ImmutableSandboxedEnvironment(
            loader=DictLoader(_sources(tree)),
            autoescape=lambda name: not (name or "").endswith(".txt"),
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )

    def fill(self, name: str, **values: Any) -> str:
        """Return a template filled with values; in HTML, each is escaped.

        Raises:
            ConfigurationError: the template is wrong.
        """
        try:
            return self._environment.get_template(name).render(values)
        except TemplateError as error:
            message = _("The template cannot be filled: {reason}").format(reason=error)
            line = getattr(error, "lineno", None) or 1
            where = f"{FOLDER}/{_MAIL}/{error.__dict__.get('name') or name}"
            raise ConfigurationError([Finding(where, "C001", message, Position(line, 1))]) from error


def _sources(tree: Tree) -> dict[str, str]:
    """Return the templates by their names."""
    folder = f"{FOLDER}/{_MAIL}"
    packaged = {file.name: read_bytes(file).decode() for file in (packaged_templates() / _MAIL).iterdir()}
    names = [child.name for child in tree.children(folder) if child.kind is ChildKind.FILE]
    own = {name: tree.read(f"{folder}/{name}", LARGEST_FILE).decode("utf-8", "replace") for name in names}
    return {**packaged, **own}
