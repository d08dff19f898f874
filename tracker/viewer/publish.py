"""All pages of a desk's website that are not written by hand: the queue, its lists, and each ticket."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.query.order import is_late, queue_order
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import CLOSED, QUEUE, edit_address, list_path, page_paths, redirects, relative
from tracker.viewer.attachments import attachments
from tracker.viewer.list_page import Fact, Group, ListPage
from tracker.viewer.output import file_of
from tracker.viewer.redirection import redirection
from tracker.viewer.rows import KINDS, Link, Links, Row, row_of
from tracker.viewer.ticket_page import ticket_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from jinja2 import Environment
    from markupsafe import Markup

    from tracker.model.entry import Entry
    from tracker.viewer.output import GeneratedPage
    from tracker.viewer.shell import Page
    from tracker.workspace import Workspace


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
    def rows(self) -> dict[str, Row]:
        """What a table shows of each ticket, by the path of its file."""
        today = self.workspace.now().date()
        return {
            entry.path: row_of(self.workspace, entry, self.address(self.paths[entry.path]), today, self.links)
            for entry in self.workspace.entries
        }

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
    def facts(self) -> dict[tuple[str, str, int], Markup]:
        """Lines of tickets' details that were made: of a field, of its value, for pages so deep."""
        return {}

    @cached_property
    def context_digest(self) -> str:
        """Changes with everything that may change any page: program, templates, configuration."""
        configuration = self.workspace.configuration.model_dump_json()
        parts = (__version__, templates.digest(self.environment), configuration)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def key(self, *parts: object) -> str:
        """Return the digest of what one page depends on."""
        return hashlib.blake2b(repr((self.context_digest, parts)).encode(), digest_size=16).hexdigest()

    @cached_property
    def _folder(self) -> str:
        """The desk's folder within the repository, with a slash at its end; empty at the repository's top."""
        repository, root = self.workspace.repository, self.workspace.root
        inside = repository is not None and root.is_relative_to(repository.top)
        top = root.relative_to(repository.top).as_posix() if repository and inside else "."
        return "" if top == "." else f"{top}/"

    def edit_address(self, entry: Entry) -> str | None:
        """Return where the forge lets a person edit a ticket's file, None without a forge."""
        return edit_address(self.workspace.configuration.forge, f"{self._folder}{entry.path}")

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every page except the queue itself, those that take longest first."""
        for kind in KINDS:
            yield from self._lists(kind)
        if self._closed_by_month:
            total = Fact(sum(map(len, self._closed_by_month.values())), _("closed"))
            closed = self._list_page(CLOSED, _("Closed tickets"), (), (total,), (self._closed_months(),))
            yield closed.generated(self)
        for month, entries in sorted(self._closed_by_month.items()):
            label = _("Closed tickets of {month}").format(month=month)
            newest_first = sorted(
                entries, key=lambda entry: self.rows[entry.path].created_exact, reverse=True
            )
            yield self._list_page(f"{CLOSED}/{month}", label, newest_first, ()).generated(self)
        for entry in self.workspace.entries:
            yield ticket_page(self, entry)

    def prepare(self) -> None:
        """Work out what all pages share, before processes that make pages part."""
        _shared = self.rows, self.context_digest, self.workspace.by_id, self.workspace.linked_from

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
        today = workspace.now().date()
        facts = [
            Fact(len(entries), _("open")),
            Fact(sum(entry.ticket.assignee is None for entry in entries), _("unassigned")),
            Fact(
                sum(is_late(entry, workspace.configuration, today) for entry in entries),
                _("late"),
                alert=True,
            ),
            Fact(sum(entry.broken for entry in workspace.entries), _("broken"), alert=True),
        ]
        shown = tuple(fact for fact in facts if fact.number or not fact.alert)
        page = self._list_page(QUEUE, _("Queue"), entries, shown, tuple(self._groups()))
        return page.page(self)

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
                months[self.rows[entry.path].created[:7] or "none"].append(entry)
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
            yield self._list_page(list_path(kind, key), label, entries, facts).generated(self)

    def _list_page(
        self,
        path: str,
        heading: str,
        entries: Iterable[Entry],
        facts: tuple[Fact, ...],
        groups: tuple[Group, ...] = (),
    ) -> ListPage:
        rows = tuple(self.rows[entry.path] for entry in entries)
        return ListPage(path, heading, rows, facts, tuple(group for group in groups if group.links))
