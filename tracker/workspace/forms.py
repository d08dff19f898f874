"""The ticket templates of a desk, read: what a ticket starts with, and what the form asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.document import read_document, read_yaml
from tracker.errors import ConfigurationError
from tracker.model.asking import wanted
from tracker.model.form import Form
from tracker.model.issue_form import IssueForm, read_issue_form
from tracker.model.issue_questions import form_of_issue
from tracker.model.ticket_form import form_of_ticket, without_nothing
from tracker.store.templates import DEFAULT, is_issue_form, read_template
from tracker.validation.ticket import findings_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.document import Document
    from tracker.model.problem import Problem
    from tracker.position import Position
    from tracker.workspace.desk import Workspace


class Template(NamedTuple):
    """What a ticket starts with: its front matter and its text; and the form, where it is written as one."""

    fields: dict[str, Any]
    body: str
    form: Form | None


def read_ticket_template(workspace: Workspace, name: str) -> Template:
    """Return a ticket template.

    Raises:
        UsageError: there is no template of this name.
        ConfigurationError: it cannot be read; with each line that is wrong.
    """
    path, data = read_template(workspace.tree, name)
    if is_issue_form(path):
        form = _read_issue(workspace, name, path, data)
        chosen = {each.key: each.value for each in form.elements if each.is_field and each.value}
        fields = workspace.fields
        given = {key: value.split("\n") if fields[key].is_list else value for key, value in chosen.items()}
        return Template({**form.fields, **given}, form.body({}), form)
    document = _sound(read_document(data, path))
    return Template(without_nothing(_started(workspace, document.values)), document.body, None)


def ticket_form(workspace: Workspace, name: str) -> Form:
    """Return the form of a ticket template; raises as reading it does."""
    path, data = read_template(workspace.tree, name)
    if is_issue_form(path):
        return _read_issue(workspace, name, path, data)
    document = _sound(read_document(data, path))
    values = _started(workspace, document.values)
    return form_of_ticket(name, values, document.body, workspace.fields, workspace.configuration)


def _read_issue(workspace: Workspace, name: str, path: str, data: bytes) -> Form:
    document = _sound(read_yaml(data, path))
    read = read_issue_form(document.values)
    if isinstance(read, IssueForm):
        form = form_of_issue(name, read, _usual(workspace), workspace.fields, workspace.configuration)
        if isinstance(form, Form):
            return form
        read = form
    raise _wrong(document, read)


def _started(workspace: Workspace, values: dict[str, Any]) -> dict[str, Any]:
    """Return the front matter of a template, with what every ticket needs and it does not name: as usual."""
    needed = wanted(workspace.fields, workspace.configuration) - {"title"} - values.keys()
    usual = _usual(workspace) if needed else {}
    return {**{key: usual[key] for key in usual if key in needed}, **values}


def _usual(workspace: Workspace) -> dict[str, Any]:
    """Return the front matter of the template that no name means, where it is written as a ticket."""
    path, data = read_template(workspace.tree, DEFAULT)
    return {} if is_issue_form(path) else _sound(read_document(data, path)).values


def _sound(document: Document) -> Document:
    if document.findings:
        raise ConfigurationError(document.findings)
    return document


def _wrong(document: Document, problems: Sequence[Problem]) -> ConfigurationError:
    def locate(keys: Sequence[str | int], key: bool) -> Position:
        return document.position(keys, key=key)

    return ConfigurationError(findings_of(document.path, problems, locate))
