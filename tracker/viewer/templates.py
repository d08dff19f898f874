"""Page templates: a desk's own in `templates/pages/`, else those that come with the program."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape

from tracker import translation
from tracker.store.templates import FOLDER, packaged_templates

if TYPE_CHECKING:
    from pathlib import Path

PAGES = "pages"


def environment(root: Path) -> Environment:
    """Return the environment for a desk's pages: every value is escaped unless it is marked as HTML."""
    folders = (root / FOLDER / PAGES, packaged_templates() / PAGES)
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        auto_reload=False,
    )
    made.globals["_"] = lambda text: translation._(text)  # noqa: PLW0108  # looked up anew for each language
    return made


def digest(environment_: Environment) -> str:
    """Return a digest of all templates, which changes when one of them does."""
    total = hashlib.blake2b(digest_size=16)
    for name in environment_.list_templates():
        assert environment_.loader is not None  # noqa: S101  # made above
        total.update(environment_.loader.get_source(environment_, name)[0].encode())
    return total.hexdigest()


def fill(environment_: Environment, template: str, **values: Any) -> str:
    """Return a template filled with values."""
    return environment_.get_template(template).render(values)
