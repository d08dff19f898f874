"""The form that one of GitHub’s forms makes at a desk, whose fields its questions may fill."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.asking import CONTROLS, NEVER_ASKED, elements_of, in_order, options_of, wanted
from tracker.model.form import NO_RESPONSE, Control, Element, Form
from tracker.model.kind import Kind
from tracker.model.problem import Problem, unknown_value
from tracker.model.ticket_form import without_nothing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.model.configuration import Configuration
    from tracker.model.fields import TicketField
    from tracker.model.issue_form import IssueForm, Question


def form_of_issue(
    name: str,
    issue: IssueForm,
    usual: Mapping[str, Any],
    fields: Mapping[str, TicketField],
    desk: Configuration,
) -> Form | list[Problem]:
    """Return the form that one of GitHub’s makes, or why it does not fit the desk.

    A question whose id is a field fills that field; every other is a section of the text. What a ticket needs
    and the form does not ask is asked beside it.

    Args:
        name: of the template.
        issue: the form.
        usual: what tickets start with that are made from no template by name.
        fields: the desk's.
        desk: its configuration.
    """
    problems: list[Problem] = []
    elements: list[Element] = []
    for place, question in enumerate(issue.body):
        field = fields.get(question.id or "")
        if field and field.kind in CONTROLS and field.name not in NEVER_ASKED and question.type != "markdown":
            problems += _unknown_options(question, field, ("body", place, "attributes", "options"))
            elements.append(_asked_by_issue(question, field, desk))
        else:
            elements.append(_section_of_issue(question, place))
    if problems:
        return problems
    asked, said = {element.key for element in elements}, _start_of_issue(issue, fields, desk)
    left = wanted(fields, desk) - asked - ({"type"} & said.keys())
    start = {**{key: usual[key] for key in left if usual.get(key) is not None}, **said}
    beside = [
        each for key in in_order(left, fields) for each in elements_of(fields[key], start.get(key), desk)
    ]
    return Form(name, issue.name, issue.description, start, [*beside, *elements])


def _asked_by_issue(question: Question, field: TicketField, desk: Configuration) -> Element:
    """Return a question of GitHub's whose answer fills a field."""
    has = question.attributes
    (own,) = elements_of(field, None, desk)
    control, options = own.control, dict(own.options)
    if has.options:
        options = {_known_option(option.label, field): option.label for option in has.options}
        several = field.is_list and (has.multiple or question.type == "checkboxes")
        control = Control.CHOICES if several else Control.CHOICE
    elif question.type == "textarea" and field.kind is Kind.TEXT and field.name != "title":
        control = Control.AREA
    value = has.value if has.default is None else list(options)[has.default]
    must = own.required or question.validations.required
    help_ = has.description or field.help
    return Element(
        field.name, control, has.label, help_, has.placeholder, value, options, must, is_field=True
    )  # fmt: skip


def _section_of_issue(question: Question, place: int) -> Element:
    has, key = question.attributes, question.id or f"question-{place + 1}"
    if question.type == "markdown":
        return Element(key, Control.NOTE, "", has.value)
    if question.type == "dropdown":
        control = Control.CHOICES if has.multiple else Control.CHOICE
    else:
        control = {"input": Control.LINE, "textarea": Control.AREA}.get(question.type, Control.BOXES)
    labels = [option.label for option in has.options]
    return Element(
        key,
        control,
        has.label,
        has.description,
        has.placeholder,
        has.value if has.default is None else labels[has.default],
        {label: label for label in labels},
        question.validations.required,
        [option.label for option in has.options if option.required],
        heading=f"### {has.label}",
        unanswered=NO_RESPONSE,
        render=has.render,
    )


def _start_of_issue(
    issue: IssueForm, fields: Mapping[str, TicketField], desk: Configuration
) -> dict[str, Any]:
    """Return the front matter with which tickets of a form start: what it says, where that is known here."""
    found: dict[str, Any] = {"title": issue.title or None, "labels": issue.labels or None}
    kinds = {
        **{label.lower(): key for key, label in fields["type"].values.items()},
        **{k: k for k in desk.types},
    }
    found["type"] = kinds.get(issue.type.lower())
    names = {(person.forge or handle).lower(): handle for handle, person in desk.people.items()}
    names |= {handle: handle for handle in desk.people}
    people = [names[login.lower()] for login in issue.assignees if login.lower() in names]
    found["assignee"] = people[0] if people else None
    return without_nothing(found)


def _known_option(label: str, field: TicketField) -> str:
    """Return the value of a field that an option means: by its key, or by its label."""
    by_label = {text.lower(): key for key, text in options_of(field).items()}
    by_label |= {text.lower(): key for key, text in field.values.items()} | {key: key for key in field.values}
    return by_label.get(label.lower(), label)


def _unknown_options(question: Question, field: TicketField, at: tuple[str | int, ...]) -> Iterator[Problem]:
    for place, option in enumerate(question.attributes.options if field.values else ()):
        if _known_option(option.label, field) not in field.values:
            problem = unknown_value((field.name,), option.label, field.values)
            yield problem._replace(keys=(*at, place))
