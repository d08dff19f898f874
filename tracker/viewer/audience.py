"""A desk as its readers may see it: what is internal or private is gone before any page is made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from tracker.model.address import EMAIL
from tracker.model.place import is_ticket_place
from tracker.query.masking import Mask, private_watchers
from tracker.query.values import texts_at
from tracker.translation import _
from tracker.workspace import Workspace
from tracker.workspace.reading import read_tickets

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from tracker.finding import Finding
    from tracker.model.entry import Comment, Entry

AUDIENCES = ("public", "internal")


def for_audience(workspace: Workspace, *, internal: bool) -> Workspace:
    """Return the desk as it is shown: whole to its own people, else without what is theirs alone.

    A ticket whose visibility nobody understands is not shown to others either.
    """
    website = workspace.configuration.website.model_copy(update={"internal": internal})
    configuration = workspace.configuration.model_copy(update={"website": website})
    shown = workspace.reread() if internal else PublishedDesk(**_state(workspace), desk=workspace)
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
        desk: the whole of it.
    """

    desk: Workspace = field(kw_only=True)

    @property
    def mark(self) -> str:
        """What tells what is kept of it from what is kept of the whole desk."""
        return f"{super().mark}-public"

    @cached_property
    def entries(self) -> list[Entry]:
        """The tickets that everybody may see."""
        return [self._published(entry) for entry in self.desk.entries if not withheld(entry)]

    def comments(self, entry: Entry) -> list[Comment]:
        """Return the conversation of a ticket, with private addresses masked."""
        return [
            comment._replace(body=self.masked(comment.body), author=self._author(entry, comment.author))
            for comment in self.desk.comments(entry)
        ]

    def _author(self, entry: Entry, author: str) -> str:
        """Return who wrote a comment, if readers may see that."""
        private = set(self.configuration.website.private)
        if author in self.configuration.people:
            return author
        if "@" not in author:
            return _("Somebody") if {"requester", "requester.name"} & private else self.masked(author)
        if not {"requester", "requester.email"} & private:
            return self.masked(author)
        whole = self._whole_entries.get(entry.path)
        asks = whole.ticket.requester if whole else None
        own = asks is not None and author.lower() == (asks.email or "").lower()
        shown = entry.ticket.requester
        return (shown.name if own and shown else "") or _("Somebody")

    @cached_property
    def _whole_entries(self) -> dict[str, Entry]:
        return {entry.path: entry for entry in self.desk.entries}

    def masked(self, text: str) -> str:
        """Return a text without the private addresses that it names."""
        return self._mask.over(text)

    @cached_property
    def _mask(self) -> Mask:
        return Mask(self._addresses)

    def _masked_in(self, value: Any) -> Any:
        """Return a value with every text in it masked."""
        if isinstance(value, str):
            return self.masked(value)
        if isinstance(value, dict):
            return {self.masked(str(key)): self._masked_in(part) for key, part in value.items()}
        return [self._masked_in(part) for part in value] if isinstance(value, list) else value

    @cached_property
    def secrets_digest(self) -> str:
        """A digest of all that decides what is masked, and which tickets are not shown."""
        hidden = (entry.path for entry in self.desk.entries if withheld(entry))
        told = "\0".join([*sorted(self._addresses), "", *hidden])
        return blake2b(told.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

    @cached_property
    def _addresses(self) -> frozenset[str]:
        """The mail addresses that stand in private fields."""
        names = self.configuration.website.private
        values = (text for entry in self.desk.entries for text in private_values(entry, names))
        return frozenset(text.lower() for text in values if is_address(text))

    @cached_property
    def _withheld_names(self) -> frozenset[str]:
        """The ids and aliases of the tickets that are not shown."""
        hidden = [entry for entry in self.desk.entries if withheld(entry)]
        return frozenset(name for entry in hidden for name in (entry.id, *entry.ticket.aliases))

    def _without_withheld(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return values without the links to tickets that are not shown: not even their ids are told."""
        links = values.get("links")
        if not isinstance(links, list) or not self._withheld_names:
            return values
        kept = [link for link in links if str(link).rpartition(" ")[2] not in self._withheld_names]
        return values if len(kept) == len(links) else {**values, "links": kept}

    def _published(self, entry: Entry) -> Entry:
        private = self.configuration.website.private
        values: Mapping[str, Any] = self._masked_in(
            {**self._without_withheld(_without(entry.values, private))}
        )
        body = self.masked(entry.body) if entry.values or not entry.findings else ""
        findings = tuple(self._told(one) for one in entry.findings)
        ticket = entry.ticket if values == entry.values else self.reader.read(values, ())[0]
        return entry._replace(ticket=ticket, values=values, body=body, findings=findings)

    def _told(self, finding: Finding) -> Finding:
        """Return a finding that does not quote what is private."""
        about = self.configuration.website.private
        address = finding.field.startswith("watchers.") and "@" in finding.message
        if address or any(f"{finding.field}.".startswith(f"{name}.") for name in about):
            return finding._replace(message=_("A field that is not shown here is wrong."), hint="")
        return finding._replace(message=self.masked(finding.message), hint=self.masked(finding.hint))


def is_address(text: str) -> bool:
    """Whether a text is a mail address and nothing else."""
    return bool(re.fullmatch(EMAIL, text))


def withheld(entry: Entry) -> bool:
    """Whether a ticket is for the desk's people only."""
    return entry.internal and is_ticket_place(entry.path)


def private_values(entry: Entry, names: Collection[str]) -> Iterator[str]:
    """Yield what is private in a ticket where some fields are, or parts such as `requester.email`."""
    for name in names:
        yield from texts_at(entry.values, name)
    yield from private_watchers(entry.values, names)


def _without(values: Mapping[str, Any], names: Collection[str]) -> Mapping[str, Any]:
    """Return values without some fields, or parts of fields such as `requester.email`."""
    found = values
    for name in names:
        field_name, _dot, part = name.partition(".")
        value = found.get(field_name)
        if isinstance(value, dict) and part:
            found = {**found, field_name: {key: one for key, one in value.items() if key != part}}
        elif value is not None:
            found = {key: one for key, one in found.items() if key != field_name}
    outsiders = private_watchers(found, names)
    if outsiders:
        found = {**found, "watchers": [one for one in found["watchers"] if one not in outsiders] or None}
    return found
