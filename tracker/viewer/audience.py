"""A desk as its readers may see it: what is internal or private is gone before any page is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tracker.model.place import is_ticket_place
from tracker.translation import _
from tracker.workspace import Workspace
from tracker.workspace.reading import read_tickets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tracker.finding import Finding
    from tracker.model.entry import Comment, Entry

AUDIENCES = ("public", "internal")
_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_MASK = "•••"


def for_audience(workspace: Workspace, *, internal: bool) -> Workspace:
    """Return the desk as it is shown: whole to its own people, else without what is theirs alone.

    A ticket whose visibility nobody understands is not shown to others either.
    """
    website = workspace.configuration.website.model_copy(update={"internal": internal})
    configuration = workspace.configuration.model_copy(update={"website": website})
    shown = workspace.reread() if internal else PublishedDesk(**_state(workspace), whole=workspace)
    kept = {name: value for name, value in workspace.__dict__.items() if name in _KEPT or internal}
    shown.__dict__.update({**kept, **_state(workspace), "configuration": configuration})
    return shown


def in_another_language(workspace: Workspace) -> Workspace:
    """Return the desk with its labels, and what is wrong with its tickets, in the current language."""
    other = workspace.reread()
    same = {name: value for name, value in workspace.__dict__.items() if name in _OF_ANY_LANGUAGE}
    other.__dict__.update({**_state(workspace), **same})
    broken = {entry.path for entry in workspace.entries if entry.findings}
    files = [file for file in workspace.files if file.path in broken]
    reread = {entry.path: entry for entry in read_tickets(other.tree, files, other.reader, other.index)}
    other.__dict__["entries"] = [reread.get(entry.path, entry) for entry in workspace.entries]
    return other


_OF_ANY_LANGUAGE = ("repository", "prefix", "tree", "index", "configuration", "listing")
_KEPT = ("repository", "prefix", "tree", "index", "fields", "reader")


def _state(workspace: Workspace) -> dict[str, Any]:
    names = ("root", "use_index", "revision", "beside")
    return {name: getattr(workspace, name) for name in names}


@dataclass(frozen=True, eq=False)
class PublishedDesk(Workspace):
    """A desk without its internal tickets, and without the private fields of the others.

    Attributes:
        whole: the desk itself.
    """

    whole: Workspace = field(kw_only=True)

    @property
    def mark(self) -> str:
        """What tells what is kept of it from what is kept of the whole desk."""
        return f"{super().mark}-public"

    @cached_property
    def entries(self) -> list[Entry]:
        """The tickets that everybody may see."""
        return [self._published(entry) for entry in self.whole.entries if not withheld(entry)]

    def comments(self, entry: Entry) -> list[Comment]:
        """Return the conversation of a ticket, with private addresses masked."""
        return [comment._replace(body=self.masked(comment.body)) for comment in self.whole.comments(entry)]

    def masked(self, text: str) -> str:
        """Return a text without the private addresses that it names."""
        if "@" not in text or not self._addresses:
            return text
        return _ADDRESS.sub(lambda match: _MASK if match[0].lower() in self._addresses else match[0], text)

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """The mail addresses that stand in private fields."""
        names = self.configuration.website.private
        values = (text for entry in self.whole.entries for text in private_values(entry, names))
        return frozenset(text.lower() for text in values if _ADDRESS.fullmatch(text))

    def _published(self, entry: Entry) -> Entry:
        private = self.configuration.website.private
        values = {**_without(entry.values, private)}
        if "title" in values and isinstance(values["title"], str):
            values["title"] = self.masked(values["title"])
        body, findings = self.masked(entry.body), tuple(self._told(one) for one in entry.findings)
        ticket = entry.ticket if values == entry.values else self.reader.read(values, ())[0]
        return entry._replace(ticket=ticket, values=values, body=body, findings=findings)

    def _told(self, finding: Finding) -> Finding:
        """Return a finding that does not quote what is private."""
        about = self.configuration.website.private
        if any(f"{finding.field}.".startswith(f"{name}.") for name in about):
            return finding._replace(message=_("A field that is not shown here is wrong."), hint="")
        return finding._replace(message=self.masked(finding.message), hint=self.masked(finding.hint))


def withheld(entry: Entry) -> bool:
    """Whether a ticket is for the desk's people only."""
    return entry.internal and is_ticket_place(entry.path)


def private_values(entry: Entry, names: Iterable[str]) -> Iterator[str]:
    """Yield the texts that stand in some fields of a ticket, or parts of fields such as `requester.email`."""
    for name in names:
        value: Any = entry.values
        for part in name.split("."):
            value = value.get(part) if isinstance(value, dict) else None
        yield from texts_in(value)


def _without(values: Mapping[str, Any], names: Iterable[str]) -> Mapping[str, Any]:
    """Return values without some fields, or parts of fields such as `requester.email`."""
    found = values
    for name in names:
        field_name, _dot, part = name.partition(".")
        value = found.get(field_name)
        if isinstance(value, dict) and part:
            found = {**found, field_name: {key: one for key, one in value.items() if key != part}}
        elif value is not None:
            found = {key: one for key, one in found.items() if key != field_name}
    return found


def texts_in(value: Any) -> Iterator[str]:
    """Yield every text within a value."""
    if isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_in(part)
    elif value not in (None, "", True, False):
        yield str(value)
