"""The questions of a form at the command line: answered by `--set`, else asked on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tracker.cli.terminal import interactive
from tracker.errors import UsageError
from tracker.model.form import Control
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.model.form import Element, Form


def answered(form: Form, written: Sequence[str], *, asks: bool) -> tuple[str, tuple[str, ...]]:
    """Return the text that the answers to a form make, and the assignments that are for fields.

    Args:
        form: the form.
        written: what was set, such as `steps=Print twice` or `priority=high`.
        asks: whether the text is made of answers; otherwise none is needed.

    Raises:
        UsageError: an answer cannot be chosen, or one that is needed is missing.
    """
    sections = {element.key: element for element in form.sections}
    given = {key: text for key, _sign, text in (one.partition("=") for one in written) if key in sections}
    rest = tuple(one for one in written if one.partition("=")[0] not in sections)
    answers = {key: _chosen(sections[key], text) for key, text in given.items()}
    for key, element in sections.items() if asks else ():
        if key not in answers:
            answers[key] = _answer(element) if interactive() else element.value
        missing = _missing(element, answers[key])
        if missing:
            hint = _("Answer it: --set {key}=…").format(key=key)
            raise UsageError(_("{field} is missing.").format(field=missing), hint)
    return form.body(answers), rest


def _missing(element: Element, answer: str) -> str:
    """Return what is not answered, or not confirmed, though it must be; empty where nothing is."""
    if element.required and not answer.strip():
        return element.label
    return next((option for option in element.agreed if option not in answer.split("\n")), "")


def _chosen(element: Element, text: str) -> str:
    """Return an answer as a form has it: what was chosen, a line each.

    Raises:
        UsageError: it is none of what can be chosen.
    """
    if not element.options:
        return text
    several = element.control in (Control.CHOICES, Control.BOXES) and text not in element.options
    chosen = [one.strip() for one in text.split(",")] if several else [text]
    for one in filter(None, chosen):
        if one not in element.options:
            message = _("“{value}” is not a known value of {field}.").format(value=one, field=element.key)
            raise UsageError(message, allowed_values(element.options, one))
    return "\n".join(filter(None, chosen))


def _answer(element: Element) -> str:
    """Ask until there is an answer that fits; what need not be answered may be left empty."""

    def check(text: str) -> str:
        try:
            answer = _chosen(element, text)
        except UsageError as error:
            raise click.BadParameter(error.hint) from None
        if _missing(element, answer):
            raise click.BadParameter(_("{field} is missing.").format(field=_missing(element, answer)))
        return answer

    choices = f" ({', '.join(element.options)})" if element.options else ""
    given = element.value.replace("\n", ", ")
    answer: str = click.prompt(
        element.label + choices, default=given, value_proc=check, show_default=bool(given)
    )
    return answer
