"""The pages by which tickets are filed: a form for each ticket template, and the list of these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from markupsafe import Markup

from tracker.document import compose
from tracker.errors import ConfigurationError, TrackerError
from tracker.store.templates import template_names
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import NEW, plain_name, relative
from tracker.viewer.browser.columns import written
from tracker.viewer.forms.data import form_data
from tracker.viewer.markdown import render
from tracker.viewer.output import GeneratedPage
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page
from tracker.workspace.forms import read_ticket_template, ticket_form

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.model.form import Element, Form
    from tracker.viewer.publish import Publication
    from tracker.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FormPage:
    """A template's page: its form, or why it has none."""

    name: str
    path: str
    form: Form | None
    problem: str

    @property
    def label(self) -> str:
        """What the form is called."""
        return self.form.label if self.form else self.name


def form_pages(workspace: Workspace) -> Iterator[FormPage]:
    """Yield the page of each ticket template of a desk; one that cannot be read is told of."""
    for name in template_names(workspace.tree):
        path = f"{NEW}/{plain_name(name)}"
        try:
            yield FormPage(name, path, ticket_form(workspace, name), "")
        except ConfigurationError as error:
            yield FormPage(name, path, None, str(error.findings[0]))
        except TrackerError as error:
            yield FormPage(name, path, None, error.message)


def new_pages(desk: Publication, forms: Sequence[FormPage]) -> Iterator[GeneratedPage]:
    """Yield the page that lists the forms, and each form's."""
    key = desk.key(forms)
    address = desk.website.address(NEW)
    yield GeneratedPage(address, lambda _names: key, partial(_list, desk, address, forms))
    for page in forms:
        address = desk.website.address(page.path)
        yield GeneratedPage(address, lambda _names: key, partial(_form, desk, address, page))


def _list(desk: Publication, address: str, forms: Sequence[FormPage]) -> Page:
    title = _("New ticket")
    content = templates.fill(
        desk.website.environment,
        "new.html",
        anchor=MAIN,
        heading=title,
        places=sections(desk.website, NEW),
        mail=desk.workspace.configuration.mail.address,
        forms=[(page, relative(address, desk.website.address(page.path))) for page in forms],
    )
    return Page(address, title, content)


def _form(desk: Publication, address: str, page: FormPage) -> Page:
    form, title = page.form, page.label
    data = form_data(desk, form) if form else {}
    elements = form.elements if form else ()
    content = templates.fill(
        desk.website.environment,
        "form.html",
        anchor=MAIN,
        heading=title,
        places=sections(desk.website, page.path, NEW),
        all=relative(address, desk.website.address(NEW)),
        page=page,
        data=written(data),
        place=data.get("place"),
        mail=desk.workspace.configuration.mail.address,
        elements=elements,
        notes={element.key: _note(element) for element in elements if element.help},
        text=_text(desk, page.name) if form else "",
    )
    return Page(address, title, content)


def _note(element: Element) -> Markup:
    """Return what explains a question as HTML."""
    return Markup(render(element.help, f"note-{element.key}"))  # noqa: S704  # sanitised by the renderer


def _text(desk: Publication, name: str) -> str:
    """Return the text of a ticket in which nothing is answered yet, to be copied where no script runs."""
    template = read_ticket_template(desk.workspace, name)
    title = _("What it is about, in one sentence")
    return compose({"title": title, **template.fields}, template.body, tuple(desk.workspace.fields))
