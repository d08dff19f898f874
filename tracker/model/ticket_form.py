"""The form of a template that is written as a ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tracker.model.asking import elements_of, in_order, wanted
from tracker.model.form import Control, Element, Form, tidied
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.model.configuration import Configuration
    from tracker.model.fields import TicketField

_PLACES = ("department", "location")
"""Where a request comes from: asked for wherever a desk has some, because everything is listed by it."""

_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+(?P<label>.*?)(?:[ \t]+#*)?[ \t]*$")
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,})")


def form_of_ticket(
    name: str, values: Mapping[str, Any], body: str, fields: Mapping[str, TicketField], desk: Configuration
) -> Form:
    """Return the form that a template makes which is written as a ticket.

    It asks for the title, who asks, what the template names, and what the desk wants of every ticket. A type
    that the template says is not asked again.

    Args:
        name: of the template.
        values: its front matter.
        body: its text: a question for each heading.
        fields: the desk's.
        desk: its configuration.
    """
    given = {key: value for key, value in values.items() if key in fields}
    asked = {*given, *(key for key in _PLACES if fields[key].values), *wanted(fields, desk)}
    if given.get("type"):
        asked.remove("type")
    elements = [
        each for key in in_order(asked, fields) for each in elements_of(fields[key], given.get(key), desk)
    ]
    label = _label_of(name, fields)
    return Form(name, label, "", without_nothing(values), [*elements, *_sections(body)])


def without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return front matter without the keys that say nothing."""
    found = {
        key: without_nothing(value) if isinstance(value, dict) else value for key, value in values.items()
    }
    return {key: value for key, value in found.items() if value is not None and value != {}}


def _label_of(name: str, fields: Mapping[str, TicketField]) -> str:
    return fields["type"].values.get(name) or name.replace("-", " ").replace("_", " ").capitalize()


def _sections(body: str) -> Iterator[Element]:
    """Yield a question for each heading of a template's text, and one for what stands above the first."""
    heading, fence, number = "", "", 0
    lines: list[str] = []
    for line in [*body.replace("\r\n", "\n").split("\n"), None]:
        fenced = _FENCED.match(line) if line is not None else None
        if fenced and (not fence or fenced[1].startswith(fence)):
            fence = "" if fence else fenced[1]
        found = None if line is None or fence else _HEADING.match(line)
        if line is None or found:
            text = tidied("\n".join(lines))
            if heading or text or (line is None and not number):
                number += 1
                label = _HEADING.sub(r"\g<label>", heading) or _("Text")
                yield Element(f"text-{number}", Control.AREA, label, value=text, heading=heading.strip())
            heading, lines = line or "", []
        else:
            lines.append(line)
