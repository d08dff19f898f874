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
from tracker.translation import _

try:
    from jinja2 import FunctionLoader, StrictUndefined, TemplateError
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
        self._tree = tree
        self._environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._read),
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

    def _read(self, name: str) -> str | None:
        path = f"{FOLDER}/{_MAIL}/{name}"
        if self._tree.exists(path):
            return self._tree.read(path, LARGEST_FILE).decode("utf-8", "replace")
        packaged = packaged_templates() / _MAIL
        known = {file.name for file in packaged.iterdir()}
        return read_bytes(packaged / name).decode() if name in known else None
