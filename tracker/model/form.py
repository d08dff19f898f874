"""A form: what is asked of someone who files a ticket, and the text that the answers make."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_RESPONSE = "_No response_"
"""What GitHub writes where a question was left unanswered: programs that read its issues look for it."""

_BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)


class Control(StrEnum):
    """How an answer is given."""

    LINE = "line"
    AREA = "area"
    NUMBER = "number"
    DATE = "date"
    MAIL = "mail"
    CHOICE = "choice"
    CHOICES = "choices"
    ITEMS = "items"
    """Several values in one line, with commas between them."""

    BOXES = "boxes"
    """Statements, each of which is confirmed or not."""

    NOTE = "note"
    """Nothing is asked: a text for whoever fills the form in."""


class Element(NamedTuple):
    """A question, or a text between questions.

    Attributes:
        key: its name in the form: a field such as `title` or `requester.email`, else that of a section.
        control: how it is answered.
        label: the question.
        help: what explains it; may be empty.
        placeholder: an example of an answer; may be empty.
        value: what stands there at first; several values are lines of it.
        options: what may be chosen, with its label.
        required: whether there must be an answer.
        agreed: which of the statements must be confirmed.
        is_field: whether the answer fills a field; else it is a section of the text.
        heading: the line above its answer in the text; may be empty.
        unanswered: what stands there without an answer; where that is empty, the heading is left out, too.
        render: the language of a block of code that the answer becomes; empty for none.
        beside: whether it stands beside what is told, not in the course of it.
    """

    key: str
    control: Control
    label: str
    help: str = ""
    placeholder: str = ""
    value: str = ""
    options: Mapping[str, str] = {}
    required: bool = False
    agreed: Sequence[str] = ()
    is_field: bool = False
    heading: str = ""
    unanswered: str = ""
    render: str = ""
    beside: bool = False

    def section(self, answer: str) -> str:
        """Return its part of the text; chosen values are the lines of an answer."""
        shown = self._shown(answer) or self.unanswered
        return "\n\n".join(part for part in (self.heading, shown) if part) if shown else ""

    def _shown(self, answer: str) -> str:
        chosen = answer.split("\n")
        if self.control is Control.BOXES:
            return "\n".join(f"- [{'x' if option in chosen else ' '}] {option}" for option in self.options)
        if self.control is Control.CHOICES:
            return ", ".join(option for option in self.options if option in chosen)
        text = tidied(answer)
        if not (self.render and text):
            return text
        longest = max((len(fence) for fence in _FENCE.findall(text)), default=2)
        fence = "`" * (longest + 1)
        return f"{fence}{self.render}\n{text}\n{fence}"


class Form(NamedTuple):
    """What a ticket template asks.

    Attributes:
        name: the template.
        label: its name for people.
        about: for what it is; may be empty.
        fields: the front matter with which its tickets start.
        elements: what it asks, in order.
    """

    name: str
    label: str
    about: str
    fields: Mapping[str, Any]
    elements: Sequence[Element]

    @property
    def sections(self) -> list[Element]:
        """The questions whose answers make the text."""
        return [each for each in self.elements if not each.is_field and each.control is not Control.NOTE]

    def body(self, answers: Mapping[str, str]) -> str:
        """Return the text that some answers make; without one, what stands in the form at first is taken."""
        parts = [each.section(answers.get(each.key, each.value)) for each in self.sections]
        text = "\n\n".join(part for part in parts if part)
        return f"{text}\n" if text else ""


def tidied(text: str) -> str:
    """Return a text without empty lines before it and without space after it."""
    return _BLANK_LINES.sub("", text.replace("\r\n", "\n")).rstrip()
