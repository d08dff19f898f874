"""One desk of a website: where its tickets have their pages, and what is shown of them."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from tracker.assignment.workload import workload
from tracker.errors import RepositoryError
from tracker.query.masking import hides_watchers
from tracker.query.row import row_of as query_row
from tracker.translation import _
from tracker.viewer.addresses import edit_address, page_paths
from tracker.viewer.attachments import attachments
from tracker.viewer.attention import LATELY
from tracker.viewer.audience import PublishedDesk
from tracker.viewer.kinds import known_lists
from tracker.viewer.rows import Links, Row, row_of
from tracker.workspace.account import Account, Accounts
from tracker.workspace.accounts import accounts
from tracker.workspace.lately import Lately, lately
from tracker.workspace.report import Report, report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from markupsafe import Markup

    from tracker.assignment.workload import Load
    from tracker.model.entry import Comment, Entry
    from tracker.viewer.attachments import Attachment
    from tracker.viewer.clocks import ShownClock
    from tracker.viewer.website import Website
    from tracker.workspace import Workspace


_KEPT = 64


class Placed(NamedTuple):
    """A ticket with its desk."""

    publication: Publication
    entry: Entry

    @property
    def row(self) -> Row:
        """What a table shows of it."""
        return self.publication.row(self.entry)

    @property
    def open(self) -> bool:
        """Whether it asks for work: it is open, or nobody knows because it is broken."""
        configuration = self.publication.workspace.configuration
        return configuration.is_open(self.entry.ticket.status) or self.entry.broken


@dataclass(frozen=True, eq=False)
class Publication:
    """One state of a desk, ready to be written as pages.

    Attributes:
        workspace: the desk.
        website: what it is shown in.
        guest: its prefix, where it is another desk than the website's own; else empty.
    """

    workspace: Workspace
    website: Website
    guest: str = ""

    @property
    def prefix(self) -> str:
        """The prefix of the ids of its tickets."""
        return self.guest or self.workspace.configuration.ids.prefix

    @cached_property
    def tickets(self) -> list[Placed]:
        """Every ticket of the desk."""
        return [Placed(self, entry) for entry in self.workspace.entries]

    def placed(self, entry: Entry) -> Placed:
        """Return a ticket with its desk."""
        return Placed(self, entry)

    @cached_property
    def told(self) -> tuple[Accounts, str]:
        """What the history tells of the tickets; and why it tells nothing, empty where it does.

        Nothing is asked of other desks, whose history is not here.
        """
        if self.guest:
            return Accounts({}), ""
        try:
            return accounts(self.workspace), ""
        except RepositoryError as error:
            return Accounts({}), error.message

    @property
    def untold(self) -> str:
        """What to tell readers where the history tells nothing: why is for whoever builds the website."""
        said = _(
            "What happened to tickets, why they are with whom, and how they stand with service levels, is "
            "not shown: the history of the desk is not here."
        )
        return said if self.told[1] else ""

    @cached_property
    def private(self) -> tuple[str, ...]:
        """The fields, and parts of fields, that readers may not see."""
        website = self.workspace.configuration.website
        return () if website.internal else tuple(website.private)

    def masked(self, text: str) -> str:
        """Return a text of the history without the addresses in it that readers may not see."""
        return self.workspace.masked(text) if isinstance(self.workspace, PublishedDesk) else text

    def former_watchers(self) -> Iterator[tuple[str, str]]:
        """Yield the addresses in the history of watchers that readers may not see; each after its file."""
        if hides_watchers(self.private):
            yield from self.told[0].watchers()

    def shows(self, field: str) -> bool:
        """Whether readers may see a field, or a part of one such as `requester.email`."""
        return not any(field == name or field.startswith(f"{name}.") for name in self.private)

    def account(self, entry: Entry) -> Account:
        """Return what the history tells of a ticket."""
        return self.told[0].of(entry.path)

    def comments(self, entry: Entry) -> list[Comment]:
        """Return the conversation of a ticket; what was read last is kept for whoever asks next."""
        if entry.path not in self._conversations:
            if len(self._conversations) >= _KEPT:
                self._conversations.clear()
            self._conversations[entry.path] = self.workspace.comments(entry)
        return self._conversations[entry.path]

    @cached_property
    def _conversations(self) -> dict[str, list[Comment]]:
        return {}

    def updated(self, entry: Entry) -> datetime | None:
        """Return when the last change of a ticket landed; None where the history does not tell."""
        return self.told[0].updated(entry.path)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each ticket's page, by the path of its file."""
        guests = (desk.guest for desk in self.website.desks if desk.guest and not self.guest)
        return page_paths(self.workspace.entries, self.guest, guests)

    def address(self, entry: Entry) -> str:
        """Return where a ticket's page is, below the website's root."""
        return self.website.address(self.paths[entry.path])

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {}

    def row(self, entry: Entry) -> Row:
        """Return what a table shows of a ticket; it is made once."""
        if entry.path not in self._rows:
            today = self.website.today
            is_open = self.workspace.configuration.is_open(entry.ticket.status)
            readings = self.told[0].readings(entry.path) if is_open else ()
            address = self.address(entry)
            self._rows[entry.path] = row_of(self.workspace, entry, address, today, self.links, readings)
        return self._rows[entry.path]

    @cached_property
    def links(self) -> Links:
        """Links to the lists that the website has."""
        labels = known_lists(self.workspace)
        addresses = {
            f"{kind}/{key}": self.website.lists.address(self, kind, key)
            for kind, known in labels.items()
            for key in known
        }
        return Links(labels, addresses)

    @cached_property
    def by_path(self) -> dict[str, Entry]:
        """Every ticket of the desk by its file."""
        return {entry.path: entry for entry in self.workspace.entries}

    @cached_property
    def report(self) -> tuple[Report | None, str]:
        """How the desk did; and why nobody knows, empty where somebody does. Of others, it is not asked."""
        try:
            return report(self.workspace), ""
        except RepositoryError as error:
            return None, error.message

    @cached_property
    def lately(self) -> tuple[Lately, str]:
        """What became of tickets in the last days; and why nobody knows, empty where somebody does."""
        workspace, statuses = self.workspace, self.workspace.configuration.statuses
        paused = {key for key, status in statuses.items() if status.pauses}
        asked = (entry.path for entry in workspace.entries if entry.ticket.status in paused)
        try:
            return lately(workspace, workspace.now() - LATELY, asked), ""
        except RepositoryError as error:
            return Lately({}, {}), error.message

    def loads(self, by: str) -> list[Load]:
        """Return who has what: by person, team or location."""
        if by not in self._loads:
            configuration, now = self.workspace.configuration, self.workspace.now()
            entries = (ticket.entry for ticket in self.tickets)
            asked = (entry for entry in entries if configuration.is_open(entry.ticket.status))
            rows = (query_row(entry, configuration, now.date()) for entry in asked)
            self._loads[by] = workload(configuration, rows, by, now)
        return self._loads[by]

    @cached_property
    def _loads(self) -> dict[str, list[Load]]:
        return {}

    @cached_property
    def facts(self) -> dict[tuple[str, str, str], Markup]:
        """Lines of details that were made, by field, value and reason: all ticket pages are as deep."""
        return {}

    @cached_property
    def phrases(self) -> dict[object, str]:
        """Likewise, what can happen to a field in words, as HTML: most of it happens to many tickets."""
        return {}

    @cached_property
    def clock_lines(self) -> dict[ShownClock, Markup]:
        """Likewise, lines of clocks."""
        return {}

    @cached_property
    def context_digest(self) -> str:
        """Changes with everything that may change any page: program, templates, configuration."""
        desk = self.workspace
        secrets = desk.secrets_digest if isinstance(desk, PublishedDesk) else ""
        people = [address for name, address in self.links.addresses.items() if self.guest and "/" in name]
        parts = (self.website.context_digest, desk.configuration.model_dump_json(), secrets, *people)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def state(self) -> str:
        """Return a digest of everything that the pages are made of."""
        tickets = [
            (self.texts(entry), [(finding.code, finding.message) for finding in entry.findings])
            for entry in self.workspace.entries
        ]
        configuration, now = self.workspace.configuration, self.workspace.now()
        days = [configuration.today_of(person, now) for person in configuration.people.values()]
        told, problem = self.told
        return self.key(self.website.today, days, tickets, told.digest, problem)

    def texts(self, entry: Entry) -> str:
        """Return what changes when the file of a ticket or of one of its comments does; it is asked once."""
        if entry.path not in self._texts:
            self._texts[entry.path] = f"{entry.path} {entry.digest} {_comment_states(self.workspace, entry)}"
        return self._texts[entry.path]

    @cached_property
    def _texts(self) -> dict[str, str]:
        return {}

    def key(self, *parts: object) -> str:
        """Return the digest of what one page depends on."""
        return hashlib.blake2b(repr((self.context_digest, parts)).encode(), digest_size=16).hexdigest()

    def edit_address(self, entry: Entry) -> str | None:
        """Return where the forge lets a person edit a ticket's file, None without a forge."""
        return edit_address(self.workspace.configuration.forge, self.workspace.in_repository(entry.path))

    def find(self, name: str) -> Placed | None:
        """Return the ticket that an id or alias means here: of this desk, else of that with its prefix."""
        entry = self.workspace.by_id.get(name)
        return Placed(self, entry) if entry else self.website.find(name)

    def linking(self, entry: Entry) -> list[tuple[str, Placed]]:
        """Return the tickets that link to one, of any desk, each with the kind of its link."""
        own = [(kind, Placed(self, source)) for kind, source in self.workspace.links_to(entry)]
        return [*own, *self.website.links_between.get((self.guest, entry.path), [])]

    def attachments(self) -> Iterator[tuple[str, Attachment]]:
        """Yield the files that tickets show, with their places in the website."""
        for entry in self.workspace.entries:
            yield from attachments(self.workspace, entry, self.paths[entry.path])


def _comment_states(workspace: Workspace, entry: Entry) -> list[tuple[str, int, int]]:
    """Return what changes when a comment of a ticket does."""
    if workspace.revision is not None:
        return [(path, 0, 0) for path in entry.comments]  # a comment of a commit is written once
    statuses = ((path, os.lstat(f"{workspace.root}/{path}")) for path in entry.comments)
    return [(path, status.st_size, status.st_mtime_ns) for path, status in statuses]
