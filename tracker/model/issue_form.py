"""GitHub’s issue forms, which many repositories have.

Source: https://docs.github.com/en/communities, “Syntax for issue forms” and “Syntax for GitHub’s form
schema”.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, ValidationError

from tracker.model.problem import Problem, ProblemKind, explain, missing
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def _said(value: object) -> object:
    """A key without anything after its colon counts as left out."""
    return (
        {key: part for key, part in value.items() if part is not None} if isinstance(value, dict) else value
    )


def _listed(value: object) -> object:
    """Accept names with commas between them where a list may stand."""
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


def _option(value: object) -> object:
    return {"label": value} if isinstance(value, str) else value


class _Part(BaseModel):
    """A part of a form. GitHub adds keys from time to time: those that we do not know are left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True)


Names = Annotated[list[str], BeforeValidator(_listed)]
Filled = Annotated[str, StringConstraints(min_length=1)]


class Option(_Part):
    """What can be chosen, or confirmed."""

    label: Filled
    required: bool = False


class Attributes(_Part):
    """How a question looks."""

    label: str = ""
    description: str = ""
    placeholder: str = ""
    value: str = ""
    options: list[Annotated[Option, BeforeValidator(_option)]] = []
    multiple: bool = False
    default: int | None = None
    render: str = ""


class Validations(_Part):
    """What an answer must be."""

    required: bool = False


class Question(_Part):
    """An element of a form."""

    type: Literal["markdown", "input", "textarea", "dropdown", "checkboxes"]
    id: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$")] | None = None
    attributes: Annotated[Attributes, BeforeValidator(_said)]
    validations: Annotated[Validations, BeforeValidator(_said)] = Validations()


class IssueForm(_Part):
    """All of a form’s file."""

    name: Filled
    description: str = ""
    title: str = ""
    type: str = ""
    labels: Names = []
    assignees: Names = []
    body: Annotated[list[Annotated[Question, BeforeValidator(_said)]], BeforeValidator(list)]


def read_issue_form(values: Mapping[str, Any]) -> IssueForm | list[Problem]:
    """Return the form that the values of a file make, or all that is wrong with them."""
    try:
        form = IssueForm.model_validate(_said(values))
    except ValidationError as error:
        return [explain(detail) for detail in error.errors(include_url=False)]
    return list(_problems(form)) or form


def _problems(form: IssueForm) -> Iterator[Problem]:
    """Yield what GitHub refuses, too."""
    if all(question.type == "markdown" for question in form.body):
        yield Problem(ProblemKind.MISSING, ("body",), _("This form asks nothing."))
    for place, question in enumerate(form.body):
        at, has = ("body", place, "attributes"), question.attributes
        needed = "value" if question.type == "markdown" else "label"
        if not getattr(has, needed):
            yield missing((*at, needed))
        if question.type in ("dropdown", "checkboxes") and not has.options:
            yield missing((*at, "options"))
        if (
            question.type == "dropdown"
            and has.default is not None
            and has.default not in range(len(has.options))
        ):
            message = _("There is no option {number}; the first is 0.").format(number=has.default)
            yield Problem(ProblemKind.VALUE, (*at, "default"), message)
        for option, times in Counter(option.label for option in has.options).items():
            if times > 1:
                message = _("“{value}” is there more than once.").format(value=option)
                yield Problem(ProblemKind.VALUE, (*at, "options"), message)
    ids = Counter(question.id for question in form.body if question.id)
    for place, question in enumerate(form.body):
        if question.id and ids[question.id] > 1:
            message = _("“{value}” is there more than once.").format(value=question.id)
            yield Problem(ProblemKind.VALUE, ("body", place, "id"), message)
