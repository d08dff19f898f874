"""All pages of a website that are not written by hand: the queue, its lists, and each ticket."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from tracker import __version__
from tracker.errors import TrackerError
from tracker.model.mention import PERSON, ticket_pattern
from tracker.query.order import is_late, queue_key
from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import CLOSED, QUEUE, list_path, redirects, relative
from tracker.viewer.list_page import Fact, Group, ListPage
from tracker.viewer.output import GeneratedPage, file_of
from tracker.viewer.publish import Placed, Publication
from tracker.viewer.redirection import redirection
from tracker.viewer.rows import KINDS, Link
from tracker.viewer.ticket_page import ticket_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from jinja2 import Environment

    from tracker.query.order import QueueKey
    from tracker.viewer.attachments import Attachment
    from tracker.viewer.shell import Page
    from tracker.workspace import Workspace
    from tracker.workspace.federation import Member

_DESKS = "desks"


class Listing(NamedTuple):
    """A list of tickets before their rows are made."""

    path: str
    heading: str
    tickets: Sequence[Placed]
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Website:
    """The pages of a desk, and of the others that are shown beside it.

    Attributes:
        workspace: the desk itself.
        others: the others.
        address: turns a page's path, such as `tickets/HD-1042`, into its address below the website's root.
    """

    workspace: Workspace
    others: Sequence[Member]
    address: Callable[[str], str]

    @cached_property
    def guests(self) -> list[Member]:
        """The others, without what cannot be read of them."""
        return [_readable(other) for other in self.others]

    @cached_property
    def desks(self) -> list[Publication]:
        """Each desk that can be shown, its own first."""
        guests = [Publication(self._guest(each.desk), self, each.prefix) for each in self.guests if each.desk]
        return [Publication(self.workspace, self), *guests]

    def _guest(self, desk: Workspace) -> Workspace:
        """Return a desk that shows internal comments only where its own website and this one do."""
        own, theirs = self.workspace.configuration.website, desk.configuration
        if theirs.website.internal and not own.internal:
            desk.__dict__["configuration"] = theirs.model_copy(update={"website": own})
        return desk

    @cached_property
    def _by_prefix(self) -> dict[str, Publication]:
        own = self.workspace.configuration.ids.prefix
        return {desk.guest or own: desk for desk in self.desks}

    @cached_property
    def tickets(self) -> list[Placed]:
        """Every ticket of every desk."""
        return [ticket for desk in self.desks for ticket in desk.tickets]

    @cached_property
    def environment(self) -> Environment:
        """The page templates."""
        return templates.environment(self.workspace.root)

    @cached_property
    def today(self) -> date:
        """The day in the desk's time zone."""
        return self.workspace.now().date()

    @cached_property
    def context_digest(self) -> str:
        """Changes with what may change the pages of all desks."""
        desks = (f"{desk.guest} {desk.workspace.configuration.desk}" for desk in self.desks)
        parts = (__version__, templates.digest(self.environment), *desks)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def state(self) -> str:
        """Return a digest of everything that the pages are made of."""
        return "\0".join([*(desk.state() for desk in self.desks), *self._notices])

    def find(self, name: str) -> Placed | None:
        """Return the ticket that an id or alias of one of the desks means."""
        desk = self._by_prefix.get(name.partition("-")[0])
        entry = desk.workspace.by_id.get(name) if desk else None
        return Placed(desk, entry) if desk and entry else None

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """What names a ticket of any desk, or a person (the first group)."""
        return re.compile("|".join([*map(ticket_pattern, self._by_prefix), PERSON]))

    def may_mention(self, text: str) -> bool:
        """Whether a text may name anybody or anything: most do not."""
        return "@" in text or any(f"{prefix}-" in text for prefix in self._by_prefix)

    @cached_property
    def links_between(self) -> dict[tuple[str, str], list[tuple[str, Placed]]]:
        """The tickets that link to one of another desk, by that desk and the path of its file."""
        found: dict[tuple[str, str], list[tuple[str, Placed]]] = defaultdict(list)
        for ticket in self.tickets if len(self.desks) > 1 else ():
            for link in ticket.entry.ticket.links:
                target = ticket.publication.find(link.target)
                if target and target.publication is not ticket.publication:
                    found[target.publication.guest, target.entry.path].append((link.kind, ticket))
        return found

    def list_address(self, desk: Publication, kind: str, key: str) -> str:
        """Return where the list of a desk's person, location or category is."""
        return self.address(list_path(kind, self._name_of(desk, kind, key)))

    def _name_of(self, desk: Publication, kind: str, key: str) -> str:
        """Return the name of a list; of two people with one handle, the later one has another name."""
        if kind != "people" or not desk.guest:
            return key
        mine = _address_of(desk, key)
        namesakes = [
            other
            for other in self.desks[: self.desks.index(desk)]
            if key in other.workspace.configuration.people
        ]
        same = next((other for other in namesakes if mine and _address_of(other, key) == mine), None)
        if same:
            return self._name_of(same, kind, key)
        return f"{desk.guest}~{key}" if namesakes else key

    @cached_property
    def lists(self) -> dict[str, dict[str, str]]:
        """The lists of each kind, by name, with their headings."""
        found: dict[str, dict[str, str]] = {kind: {} for kind in KINDS}
        for desk in self.desks:
            for kind in KINDS:
                for key, label in desk.links.labels[kind].items():
                    found[kind].setdefault(self._name_of(desk, kind, key), label)
        return found

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every page except the queue itself, those that take longest first."""
        for kind, lists in self.lists.items():
            for name, label in lists.items():
                yield self._list_of_open(list_path(kind, name), label, self._open_in[kind, name])
        for desk in self.desks if len(self.desks) > 1 else ():
            mine = [ticket for ticket in self._open if ticket.publication is desk]
            yield self._list_of_open(self._desk_path(desk), desk.workspace.configuration.desk, mine)
        if self._closed_by_month:
            total = Fact(sum(map(len, self._closed_by_month.values())), _("closed"))
            yield self._page(Listing(CLOSED, _("Closed tickets"), (), (total,), (self._closed_months(),)))
        for month, tickets in sorted(self._closed_by_month.items()):
            newest_first = sorted(tickets, key=_created, reverse=True)
            label = _("Closed tickets of {month}").format(month=month)
            yield self._page(Listing(f"{CLOSED}/{month}", label, newest_first))
        for ticket in self.tickets:
            yield ticket_page(ticket.publication, ticket.entry)

    def prepare(self) -> None:
        """Work out what all pages share, before processes that make pages part."""
        _shared = (self.today, self.context_digest, self.links_between, self.mentions)
        for desk in self.desks:
            _shared_too = (desk.paths, desk.links, desk.context_digest)
            _linked = (desk.workspace.by_id, desk.workspace.linked_from)

    def attachments(self) -> dict[str, Attachment]:
        """Return the files that tickets show, by their place in the website."""
        return dict(pair for desk in self.desks for pair in desk.attachments())

    def redirects(self) -> dict[str, bytes]:
        """Return the pages that lead from a ticket's aliases to it, by their place in the website."""
        known = [
            (ticket.publication.paths[ticket.entry.path], list(self._aliases(ticket)))
            for ticket in self.tickets
        ]
        return {
            file_of(self.address(path)): redirection(relative(self.address(path), self.address(target)))
            for path, target in redirects(known).items()
        }

    def _aliases(self, ticket: Placed) -> Iterator[str]:
        """Yield the aliases of a ticket by which it may be looked for here: a guest takes no other desk's."""
        guest = ticket.publication.guest
        for alias in ticket.entry.ticket.aliases:
            prefix = alias.partition("-")[0]
            if not guest or prefix == guest or prefix not in self._by_prefix:
                yield alias

    def queue(self) -> Page:
        """Return the queue: every open ticket, and links to all others."""
        tickets = self._open
        facts = [
            Fact(len(tickets), _("open")),
            Fact(sum(ticket.entry.ticket.assignee is None for ticket in tickets), _("unassigned")),
            Fact(sum(map(self._is_late, tickets)), _("late"), alert=True),
            Fact(sum(ticket.entry.broken for ticket in self.tickets), _("broken"), alert=True),
        ]
        shown = tuple(fact for fact in facts if fact.number or not fact.alert)
        groups = tuple(self._groups())
        return self._list_page(Listing(QUEUE, _("Queue"), tickets, shown, groups, self._notices)).page(self)

    def _is_late(self, ticket: Placed) -> bool:
        return is_late(ticket.entry, ticket.publication.workspace.configuration, self.today)

    @cached_property
    def _notices(self) -> tuple[str, ...]:
        """Say which desks are not as they are now."""
        local, found = self.workspace.configuration.local, []
        for other in self.guests:
            if other.desk is None:
                message = _("The tickets of {prefix} are not shown: that desk cannot be reached.")
                found.append(message.format(prefix=other.prefix))
            elif other.problem and other.fetched:
                message = _("The tickets of {prefix} are shown as they were on {time}: it cannot be reached.")
                found.append(message.format(prefix=other.prefix, time=local(other.fetched)))
        return tuple(found)

    @cached_property
    def _open(self) -> list[Placed]:
        def key(ticket: Placed) -> QueueKey:
            return queue_key(ticket.entry, ticket.publication.workspace.configuration)

        return sorted((ticket for ticket in self.tickets if ticket.open), key=key)

    @cached_property
    def _closed_by_month(self) -> dict[str, list[Placed]]:
        months: dict[str, list[Placed]] = defaultdict(list)
        for ticket in self.tickets:
            if not ticket.open:
                months[_created(ticket)[:7] or "none"].append(ticket)
        return months

    def _groups(self) -> Iterator[Group]:
        if len(self.desks) > 1:
            yield Group(_DESKS, _("Desks"), tuple(map(self._desk_link, self.desks)))
        titles = {"people": _("People"), "locations": _("Locations"), "categories": _("Categories")}
        for kind, lists in self.lists.items():
            links = [
                Link(label, self.address(list_path(kind, name)), str(len(self._open_in[kind, name])))
                for name, label in lists.items()
            ]
            yield Group(kind, titles[kind], tuple(links))
        yield self._closed_months()

    def _desk_link(self, desk: Publication) -> Link:
        number = sum(ticket.publication is desk for ticket in self._open)
        name = desk.workspace.configuration.desk
        return Link(f"{self._prefix(desk)} {name}", self.address(self._desk_path(desk)), str(number))

    def _prefix(self, desk: Publication) -> str:
        return desk.guest or self.workspace.configuration.ids.prefix

    def _desk_path(self, desk: Publication) -> str:
        return list_path(_DESKS, self._prefix(desk))

    def _closed_months(self) -> Group:
        by_month = self._closed_by_month
        months = [
            Link(month, self.address(f"{CLOSED}/{month}"), str(len(by_month[month])))
            for month in sorted(by_month, reverse=True)
        ]
        return Group("closed", _("Closed tickets by month"), tuple(months))

    @cached_property
    def _open_in(self) -> dict[tuple[str, str], list[Placed]]:
        """The open tickets of each list, by its kind and name."""
        found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for ticket in self._open:
            for kind, field in KINDS.items():
                parts = str(ticket.entry.ticket.value(field) or "").split("/")
                for end in range(len(parts)):
                    key = "/".join(parts[: end + 1])
                    if key in ticket.publication.links.labels[kind]:
                        found[kind, self._name_of(ticket.publication, kind, key)].append(ticket)
        return found

    def _list_of_open(self, path: str, label: str, tickets: Sequence[Placed]) -> GeneratedPage:
        return self._page(Listing(path, label, tickets, (Fact(len(tickets), _("open")),)))

    def _page(self, listing: Listing) -> GeneratedPage:
        """Return a list as a page; its rows are made where the page is."""
        made = cache(partial(self._list_page, listing))
        address = self.address(listing.path)
        return GeneratedPage(address, lambda _names: self.desks[0].key(made()), lambda: made().page(self))

    def _list_page(self, listing: Listing) -> ListPage:
        rows = tuple(ticket.row for ticket in listing.tickets)
        groups = tuple(group for group in listing.groups if group.links)
        return ListPage(listing.path, listing.heading, rows, listing.facts, groups, listing.notices)


def _address_of(desk: Publication, handle: str) -> str:
    """Return the mail address of a person; empty where the desk does not say."""
    return (desk.workspace.configuration.people[handle].email or "").lower()


def _readable(member: Member) -> Member:
    """Return a desk; one that cannot be read, without its tickets, so that it holds nothing up."""
    try:
        _tickets = member.desk and member.desk.linked_from
    except TrackerError as error:
        return member._replace(desk=None, problem=error.message)
    return member


def _created(ticket: Placed) -> str:
    """Return when a ticket was created, by its own month and day; empty where nobody knows."""
    created = ticket.entry.ticket.created
    return created.isoformat() if created else ""
