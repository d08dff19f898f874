"""All pages of a desk's website that are not written by hand: the queue, its lists, and each ticket."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from tracker import __version__
from tracker.query.order import is_late, queue_order
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import CLOSED, QUEUE, edit_address, list_path, page_paths, redirects, relative
from tracker.viewer.attachments import attachments
from tracker.viewer.list_page import Fact, Group, ListPage
from tracker.viewer.output import GeneratedPage, file_of
from tracker.viewer.redirection import redirection
from tracker.viewer.rows import KINDS, Link, Links, Row, row_of
from tracker.viewer.ticket_page import comment_states, ticket_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from jinja2 import Environment
    from markupsafe import Markup

    from tracker.model.entry import Entry
    from tracker.viewer.shell import Page
    from tracker.workspace import Workspace


class Listing(NamedTuple):
    """A list of tickets before their rows are made."""

    path: str
    heading: str
    entries: Sequence[Entry]
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, eq=False)
class Publication:
    """One state of a desk, ready to be written as pages.

    Attributes:
        workspace: the desk.
        address: turns a page's path, such as `tickets/HD-1042`, into its address below the website's root.
    """

    workspace: Workspace
    address: Callable[[str], str]

    @cached_property
    def environment(self) -> Environment:
        """The page templates."""
        return templates.environment(self.workspace.root)

    @cached_property
    def paths(self) -> dict[str, str]:
        """The path of each ticket's page, by the path of its file."""
        return page_paths(self.workspace.entries)

    @cached_property
    def today(self) -> date:
        """The day in the desk's time zone."""
        return self.workspace.now().date()

    @cached_property
    def _rows(self) -> dict[str, Row]:
        return {}

    def row(self, entry: Entry) -> Row:
        """Return what a table shows of a ticket; it is made once."""
        if entry.path not in self._rows:
            address = self.address(self.paths[entry.path])
            self._rows[entry.path] = row_of(self.workspace, entry, address, self.today, self.links)
        return self._rows[entry.path]

    @cached_property
    def links(self) -> Links:
        """Links to the lists that the website has."""
        labels = {kind: dict(self.workspace.fields[field].values) for kind, field in KINDS.items()}
        addresses = {
            f"{kind}/{key}": self.address(list_path(kind, key))
            for kind, known in labels.items()
            for key in known
        }
        return Links(labels, addresses)

    @cached_property
    def facts(self) -> dict[tuple[str, str], Markup]:
        """Lines of tickets' details that were made, by field and value: all ticket pages are as deep."""
        return {}

    @cached_property
    def context_digest(self) -> str:
        """Changes with everything that may change any page: program, templates, configuration."""
        configuration = self.workspace.configuration.model_dump_json()
        parts = (__version__, templates.digest(self.environment), configuration)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def state(self) -> str:
        """Return a digest of everything that the pages are made of."""
        tickets = [
            (entry.path, entry.digest, comment_states(self.workspace, entry), entry.findings)
            for entry in self.workspace.entries
        ]
        return self.key(self.today, tickets)

    def key(self, *parts: object) -> str:
        """Return the digest of what one page depends on."""
        return hashlib.blake2b(repr((self.context_digest, parts)).encode(), digest_size=16).hexdigest()

    def edit_address(self, entry: Entry) -> str | None:
        """Return where the forge lets a person edit a ticket's file, None without a forge."""
        return edit_address(self.workspace.configuration.forge, self.workspace.in_repository(entry.path))

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every page except the queue itself, those that take longest first."""
        for kind in KINDS:
            yield from self._lists(kind)
        if self._closed_by_month:
            total = Fact(sum(map(len, self._closed_by_month.values())), _("closed"))
            yield self._page(Listing(CLOSED, _("Closed tickets"), (), (total,), (self._closed_months(),)))
        for month, entries in sorted(self._closed_by_month.items()):
            newest_first = sorted(entries, key=_created, reverse=True)
            label = _("Closed tickets of {month}").format(month=month)
            yield self._page(Listing(f"{CLOSED}/{month}", label, newest_first))
        for entry in self.workspace.entries:
            yield ticket_page(self, entry)

    def prepare(self) -> None:
        """Work out what all pages share, before processes that make pages part."""
        _shared = (
            self.paths,
            self.links,
            self.today,
            self.context_digest,
            self.workspace.by_id,
            self.workspace.linked_from,
        )

    def attachments(self) -> dict[str, Path]:
        """Return the files that tickets show, by their place in the website."""
        workspace, paths = self.workspace, self.paths
        each = (attachments(workspace, entry, paths[entry.path]) for entry in workspace.entries)
        return dict(pair for pairs in each for pair in pairs)

    def redirects(self) -> dict[str, bytes]:
        """Return the pages that lead from a ticket's aliases to it, by their place in the website."""
        moved = redirects(self.workspace.entries, self.paths)
        return {
            file_of(self.address(path)): redirection(relative(self.address(path), self.address(target)))
            for path, target in moved.items()
        }

    def queue(self) -> Page:
        """Return the queue: every open ticket, and links to all others."""
        workspace = self.workspace
        entries = self._open
        facts = [
            Fact(len(entries), _("open")),
            Fact(sum(entry.ticket.assignee is None for entry in entries), _("unassigned")),
            Fact(
                sum(is_late(entry, workspace.configuration, self.today) for entry in entries),
                _("late"),
                alert=True,
            ),
            Fact(sum(entry.broken for entry in workspace.entries), _("broken"), alert=True),
        ]
        shown = tuple(fact for fact in facts if fact.number or not fact.alert)
        listing = Listing(QUEUE, _("Queue"), entries, shown, tuple(self._groups()))
        return self._list_page(listing).page(self)

    @cached_property
    def _open(self) -> list[Entry]:
        is_open = self.workspace.configuration.is_open
        chosen = (entry for entry in self.workspace.entries if is_open(entry.ticket.status) or entry.broken)
        return queue_order(chosen, self.workspace.configuration)

    @cached_property
    def _closed_by_month(self) -> dict[str, list[Entry]]:
        shown = {entry.path for entry in self._open}
        months: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.workspace.entries:
            if entry.path not in shown:
                months[_created(entry)[:7] or "none"].append(entry)
        return months

    def _groups(self) -> Iterator[Group]:
        titles = {"people": _("People"), "locations": _("Locations"), "categories": _("Categories")}
        for kind, field in KINDS.items():
            links = [
                Link(label, self.links.addresses[f"{kind}/{key}"], str(len(self._held(field, key))))
                for key, label in self.links.labels[kind].items()
            ]
            yield Group(kind, titles[kind], tuple(links))
        yield self._closed_months()

    def _closed_months(self) -> Group:
        by_month = self._closed_by_month
        months = [
            Link(month, self.address(f"{CLOSED}/{month}"), str(len(by_month[month])))
            for month in sorted(by_month, reverse=True)
        ]
        return Group("closed", _("Closed tickets by month"), tuple(months))

    @cached_property
    def _open_by_value(self) -> dict[tuple[str, str], list[Entry]]:
        found: dict[tuple[str, str], list[Entry]] = defaultdict(list)
        for entry in self._open:
            for field in KINDS.values():
                parts = str(entry.ticket.value(field) or "").split("/")
                for end in range(len(parts)):
                    found[field, "/".join(parts[: end + 1])].append(entry)
        return found

    def _held(self, field: str, value: str) -> Sequence[Entry]:
        return self._open_by_value.get((field, value), [])

    def _lists(self, kind: str) -> Iterator[GeneratedPage]:
        for key, label in self.links.labels[kind].items():
            entries = self._held(KINDS[kind], key)
            facts = (Fact(len(entries), _("open")),)
            yield self._page(Listing(list_path(kind, key), label, entries, facts))

    def _page(self, listing: Listing) -> GeneratedPage:
        """Return a list as a page; its rows are made where the page is."""
        made = cache(partial(self._list_page, listing))
        address = self.address(listing.path)
        return GeneratedPage(address, lambda _names: self.key(made()), lambda: made().page(self))

    def _list_page(self, listing: Listing) -> ListPage:
        rows = tuple(self.row(entry) for entry in listing.entries)
        groups = tuple(group for group in listing.groups if group.links)
        return ListPage(listing.path, listing.heading, rows, listing.facts, groups)


def _created(entry: Entry) -> str:
    """Return when a ticket was created, by its own month and day; empty where nobody knows."""
    return entry.ticket.created.isoformat() if entry.ticket.created else ""
