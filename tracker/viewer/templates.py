"""Page templates: a desk's own in `templates/pages/`, else those that come with the program."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension
from jinja2.lexer import Token

from tracker import translation
from tracker.store.templates import FOLDER, packaged_templates
from tracker.viewer import formats

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2.lexer import TokenStream

PAGES = "pages"
_CALL = ["name", "lparen", "string", "rparen"]


def environment(root: Path) -> Environment:
    """Return the environment for a desk's pages: every value is escaped unless it is marked as HTML.

    The macros of `parts.html` are known to every template as `parts`.
    """
    folders = (root / FOLDER / PAGES, packaged_templates() / PAGES)
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        auto_reload=False,
        extensions=[_Translation],
    )
    made.filters["day"] = formats.day_in
    made.globals["_"] = lambda text: translation._(text)  # noqa: PLW0108  # looked up anew for each language
    made.globals["parts"] = made.get_template("parts.html").module
    return made


class _Translation(Extension):
    """Puts `_("…")` into the reader's language once, when a template is compiled, and not on each page."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Yield the tokens of a template, with a translated text for each call that has only a text."""
        tokens, place = list(stream), 0
        while place < len(tokens):
            call = tokens[place : place + 4]
            if [token.type for token in call] == _CALL and call[0].value == "_":
                yield Token(call[2].lineno, "string", translation._(call[2].value))
                place += 4
            else:
                yield tokens[place]
                place += 1


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
