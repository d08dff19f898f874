"""A desk's own words on its website: `templates/texts/en.yml`, `templates/texts/fr.yml`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.document import LARGEST_FILE, read_yaml
from tracker.errors import ConfigurationError
from tracker.finding import Finding
from tracker.store.templates import FOLDER
from tracker.translation import _, texts

if TYPE_CHECKING:
    from tracker.document import Document
    from tracker.translation import OwnText
    from tracker.workspace import Workspace

_BLANK = re.compile(r"\{[^}]*\}")


def own_texts(workspace: Workspace, language: str) -> dict[str, OwnText]:
    """Return what a desk says otherwise, by the program's English texts.

    Raises:
        ConfigurationError: the file cannot be read, or holds what is no text of the program; each with its
            line.
    """
    path = f"{FOLDER}/texts/{language}.yml"
    if not workspace.tree.exists(path):
        return {}
    document = read_yaml(workspace.tree.read(path, LARGEST_FILE), path)
    known = texts()
    found: dict[str, OwnText] = {}
    wrong = list(document.findings)
    for text, said in document.values.items():
        forms = [
            str(form) if isinstance(form, str) else ""
            for form in (said if isinstance(said, list) else [said])
        ]
        problem = _problem(text, forms, known)
        if problem:
            wrong.append(_finding(document, text, problem))
        else:
            found[text] = (forms[0], forms[1]) if len(forms) > 1 else forms[0]
    if wrong:
        raise ConfigurationError(wrong)
    return found


def _problem(text: str, forms: list[str], known: frozenset[str]) -> str:
    if text not in known:
        return _("The program has no such text.")
    if not all(forms) or len(forms) not in (1, 2):
        return _("Write a text, or a list of two: for one, and for many.")
    if not {blank for form in forms for blank in _BLANK.findall(form)} <= set(_BLANK.findall(text)):
        return _("It may only have the blanks of the text that it replaces.")
    return ""


def _finding(document: Document, text: str, problem: str) -> Finding:
    return Finding(document.path, "C001", problem, document.position((text,), key=True), field=text)
