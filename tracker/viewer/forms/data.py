"""A form as our scripts get it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.place import DRAFTS
from tracker.viewer.forms.place import new_file
from tracker.viewer.forms.rules import LIMITS, rules_of, sentences

if TYPE_CHECKING:
    from tracker.model.form import Element, Form
    from tracker.viewer.publish import Publication


def form_data(desk: Publication, form: Form) -> dict[str, Any]:
    """Return what a script needs to check the answers to a form and to write what they make.

    `fields` is the front matter that a ticket starts with, `order` that of its keys.
    """
    workspace, configuration = desk.workspace, desk.workspace.configuration
    place = new_file(configuration.forge, workspace.in_repository(DRAFTS))
    start = {"status": configuration.first_status, **form.fields}
    start.setdefault("source", {"template": form.name})
    return {
        "name": form.name,
        "label": form.label,
        "fields": start,
        "order": list(workspace.fields),
        "elements": [_element(desk, element) for element in form.elements],
        "prefix": configuration.ids.prefix,
        "zone": configuration.time_zone,
        "place": place and place._asdict(),
        "mail": configuration.mail.address,
        "limits": LIMITS,
        "sentences": sentences(),
    }


def _element(desk: Publication, element: Element) -> dict[str, Any]:
    return {
        "key": element.key,
        "control": element.control.value,
        "label": element.label,
        "value": element.value,
        "options": list(element.options),
        "field": element.is_field,
        "heading": element.heading,
        "unanswered": element.unanswered,
        "render": element.render,
        **rules_of(element, desk.workspace.fields, desk.prefix),
    }
