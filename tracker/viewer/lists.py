"""The lists of a website: the queue, and the tickets of each person, location, category, desk and month."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, NamedTuple

from tracker.query.order import is_late, queue_key
from tracker.translation import _
from tracker.viewer.about import about
from tracker.viewer.addresses import CLOSED, OPEN, QUEUE, REQUESTERS, SERVICE_LEVELS, WORKLOAD, list_path
from tracker.viewer.kinds import keys_of, path_of_list, queue_of, title_of
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.list import Fact, Group, ListPage, Turn
from tracker.viewer.questions import condition
from tracker.viewer.rows import KINDS, Link

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.query.order import QueueKey
    from tracker.viewer.about import About
    from tracker.viewer.publish import Placed, Publication
    from tracker.viewer.shell import Page
    from tracker.viewer.website import Website

_DESKS = "desks"
_A_PAGE = 100
"""Tickets on a page of the queue, for those who read it without scripts."""


class Listing(NamedTuple):
    """A list of tickets before their rows are made."""

    path: str
    heading: str
    tickets: Sequence[Placed]
    facts: tuple[Fact, ...] = ()
    groups: tuple[Group, ...] = ()
    notices: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    query: str | None = None
    turns: tuple[Turn, ...] = ()


@dataclass(frozen=True, eq=False)
class Lists:
    """The lists of a website."""

    website: Website

    def address(self, desk: Publication, kind: str, key: str) -> str:
        """Return where the list of a desk's person, location or category is."""
        return self.website.address(list_path(kind, self.name_of(desk, kind, key)))

    def name_of(self, desk: Publication, kind: str, key: str) -> str:
        """Return the name of a list; of two people with one handle, the later one has another name."""
        if kind != "people" or not desk.guest:
            return path_of_list(kind, key)
        mine, desks = _mail_of(desk, key), self.website.desks
        namesakes = [
            other for other in desks[: desks.index(desk)] if key in other.workspace.configuration.people
        ]
        same = next((other for other in namesakes if mine and _mail_of(other, key) == mine), None)
        if same:
            return self.name_of(same, kind, key)
        return f"{desk.guest}~{key}" if namesakes else key

    @cached_property
    def _listed(self) -> dict[str, dict[str, tuple[Publication, str]]]:
        """The lists of each kind by their names: the first desk that has one, and its key there."""
        found: dict[str, dict[str, tuple[Publication, str]]] = {kind: {} for kind in KINDS}
        for desk in self.website.desks:
            for kind in KINDS:
                for key in desk.links.labels[kind]:
                    found[kind].setdefault(self.name_of(desk, kind, key), (desk, key))
        return found

    @cached_property
    def assigned(self) -> dict[str, list[Placed]]:
        """The tickets of each person, closed ones too, by the name of that person's list."""
        found: dict[str, list[Placed]] = {name: [] for name in self._listed["people"]}
        for ticket in self.website.tickets:
            handle = ticket.entry.ticket.assignee
            if handle in ticket.publication.links.labels["people"]:
                found[self.name_of(ticket.publication, "people", handle)].append(ticket)
        return found

    @property
    def people(self) -> dict[str, str]:
        """The names of people, by those of their lists."""
        listed = self._listed["people"]
        return {name: desk.links.labels["people"][key] for name, (desk, key) in listed.items()}

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield the page of every list except the queue."""
        for kind, lists in self._listed.items():
            for name in lists:
                yield self._list_of(kind, name)
        if self._listed["requesters"]:
            group = self._group("requesters", everyone=True)
            yield self._page(Listing(REQUESTERS, group.label, (), (), (group,)))
        for number in range(2, self._parts + 1):
            yield self._page(self._part(number))
        desks = self.website.desks
        for desk in desks if len(desks) > 1 else ():
            mine = [ticket for ticket in self.open if ticket.publication is desk]
            yield self._list_of_open(self._desk_path(desk), desk.workspace.configuration.desk, mine)
        if self._closed_by_month:
            total = Fact(sum(map(len, self._closed_by_month.values())), _("closed"))
            yield self._page(Listing(CLOSED, _("Closed tickets"), (), (total,), (self._closed_months(),)))
        for month, tickets in sorted(self._closed_by_month.items()):
            label = _("Closed tickets of {month}").format(month=month)
            yield self._page(Listing(f"{CLOSED}/{month}", label, tickets))

    def queue(self, notices: tuple[str, ...]) -> Page:
        """Return the queue: every open ticket, and links to all others."""
        tickets = self.open
        facts = [
            Fact(len(tickets), _("open")),
            Fact(sum(ticket.entry.ticket.assignee is None for ticket in tickets), _("unassigned")),
            Fact(sum(map(self._is_late, tickets)), _("late"), alert=True),
            Fact(sum(ticket.entry.broken for ticket in self.website.tickets), _("broken"), alert=True),
        ]
        if self.website.has_service_levels:
            beyond = sum(ticket.row.beyond for ticket in tickets)
            there = self.website.address(SERVICE_LEVELS)
            facts.insert(3, Fact(beyond, _("beyond target"), alert=True, address=there))
        shown = tuple(fact for fact in facts if fact.number or not fact.alert)
        groups, part = tuple(self._groups()), self._part(1)
        listing = part._replace(
            path=QUEUE, heading=_("Queue"), facts=shown, groups=groups, notices=notices, query=""
        )
        return _list_page(listing).page(self.website)

    @property
    def _parts(self) -> int:
        """How many pages the queue has without scripts."""
        return max(1, -(-len(self.open) // _A_PAGE))

    def _part(self, number: int) -> Listing:
        """Return one of the pages of the queue, counted from 1."""
        heading = _("Open tickets, page {number} of {total}").format(number=number, total=self._parts)
        tickets = self.open[(number - 1) * _A_PAGE : number * _A_PAGE]
        ways = (("prev", _("Previous page"), number - 1), ("next", _("Next page"), number + 1))
        turns = [
            Turn(way, label, self.website.address(_part_path(place)))
            for way, label, place in ways
            if 1 <= place <= self._parts
        ]
        return Listing(_part_path(number), heading, tickets, turns=tuple(turns))

    def _query_of(self, kind: str, name: str) -> str | None:
        """Return what all tickets of a list have in common; None where no words say that.

        Two people may have one handle, and a list may have more than a field tells.
        """
        _desk, key = self._listed[kind][name]
        says_it = queue_of(self.website, kind, key) and self._namesakes[kind, key] == 1
        return condition(KINDS[kind], key) if says_it else None

    @cached_property
    def _namesakes(self) -> Counter[tuple[str, str]]:
        return Counter((kind, key) for kind, lists in self._listed.items() for _desk, key in lists.values())

    def _is_late(self, ticket: Placed) -> bool:
        return is_late(ticket.entry, ticket.publication.workspace.configuration, self.website.today)

    @cached_property
    def open(self) -> list[Placed]:
        """The tickets that ask for work, in the order of the queue."""

        def key(ticket: Placed) -> QueueKey:
            return queue_key(ticket.entry, ticket.publication.workspace.configuration)

        return sorted((ticket for ticket in self.website.tickets if ticket.open), key=key)

    @cached_property
    def closed(self) -> list[Placed]:
        """All others, the newest first."""
        return sorted(
            (ticket for ticket in self.website.tickets if not ticket.open), key=_created, reverse=True
        )

    @cached_property
    def _closed_by_month(self) -> dict[str, list[Placed]]:
        months: dict[str, list[Placed]] = defaultdict(list)
        for ticket in self.closed:
            months[_created(ticket)[:7] or "none"].append(ticket)
        return months

    @cached_property
    def _open_in(self) -> dict[tuple[str, str], list[Placed]]:
        """The open tickets of each list, by its kind and name."""
        found: dict[tuple[str, str], list[Placed]] = defaultdict(list)
        for ticket in self.open:
            desk = ticket.publication
            for kind in KINDS:
                for key in keys_of(desk.workspace, ticket.entry, kind):
                    if key in desk.links.labels[kind]:
                        found[kind, self.name_of(desk, kind, key)].append(ticket)
        return found

    def counts(self, kind: str) -> list[tuple[Link, int]]:
        """Return how many open tickets each list of a kind has, with the queue that shows them."""
        return [
            (
                Link(desk.links.labels[kind][key], queue_of(self.website, kind, key)),
                len(self._open_in[kind, name]),
            )
            for name, (desk, key) in self._listed[kind].items()
        ]

    def _groups(self) -> Iterator[Group]:
        yield Group("overviews", _("Overviews"), tuple(self._overviews()))
        if len(self.website.desks) > 1:
            yield Group(_DESKS, _("Desks"), tuple(map(self._desk_link, self.website.desks)))
        yield from (self._group(kind, everyone=kind != "labels") for kind in KINDS if kind != "requesters")
        yield self._closed_months()

    def _group(self, kind: str, *, everyone: bool) -> Group:
        """Return links to the lists of a kind, each with how many tickets are open."""
        links = [
            Link(desk.links.labels[kind][key], self.website.address(list_path(kind, name)), str(number))
            for name, (desk, key) in self._listed[kind].items()
            if (number := len(self._open_in[kind, name])) or everyone
        ]
        return Group(kind, title_of(kind), tuple(links))

    def _overviews(self) -> Iterator[Link]:
        website = self.website
        if website.has_workload:
            yield Link(_("Workload"), website.address(WORKLOAD))
        if website.has_service_levels:
            yield Link(_("Service levels"), website.address(SERVICE_LEVELS))
        if self._listed["requesters"]:
            yield Link(title_of("requesters"), website.address(REQUESTERS))

    def _desk_link(self, desk: Publication) -> Link:
        number = sum(ticket.publication is desk for ticket in self.open)
        name = desk.workspace.configuration.desk
        return Link(f"{desk.prefix} {name}", self.website.address(self._desk_path(desk)), str(number))

    def _desk_path(self, desk: Publication) -> str:
        return list_path(_DESKS, desk.prefix)

    def _closed_months(self) -> Group:
        by_month = self._closed_by_month
        months = [
            Link(month, self.website.address(f"{CLOSED}/{month}"), str(len(by_month[month])))
            for month in sorted(by_month, reverse=True)
        ]
        return Group("closed", _("Closed tickets by month"), tuple(months))

    def _list_of(self, kind: str, name: str) -> GeneratedPage:
        desk, key = self._listed[kind][name]
        tickets = self._open_in[kind, name]
        facts = (
            Fact(len(tickets), _("open"), address=queue_of(self.website, kind, key)),
            Fact(sum(map(self._is_late, tickets)), _("late"), alert=True),
            Fact(sum(ticket.row.beyond for ticket in tickets), _("beyond target"), alert=True),
            Fact(sum(ticket.entry.ticket.assignee is None for ticket in tickets), _("unassigned")),
        )
        shown = tuple(fact for number, fact in enumerate(facts) if fact.number or not number)
        label, path = desk.links.labels[kind][key], list_path(kind, name)
        query = self._query_of(kind, name)
        return self._page(Listing(path, label, tickets, shown, about=about(desk, kind, key), query=query))

    def _list_of_open(self, path: str, label: str, tickets: Sequence[Placed]) -> GeneratedPage:
        return self._page(Listing(path, label, tickets, (Fact(len(tickets), _("open")),)))

    def _page(self, listing: Listing) -> GeneratedPage:
        """Return a list as a page; its rows are made where the page is."""
        website, made = self.website, cache(partial(_list_page, listing))
        address = website.address(listing.path)
        return GeneratedPage(
            address, lambda _names: website.desks[0].key(made()), lambda: made().page(website)
        )


def _list_page(listing: Listing) -> ListPage:
    rows = tuple(ticket.row for ticket in listing.tickets)
    groups = tuple(group for group in listing.groups if group.links)
    return ListPage(
        listing.path,
        listing.heading,
        rows,
        listing.facts,
        groups,
        listing.notices,
        listing.about,
        listing.query,
        listing.turns,
    )


def _part_path(number: int) -> str:
    return QUEUE if number == 1 else f"{OPEN}/{number}"


def _mail_of(desk: Publication, handle: str) -> str:
    """Return the mail address of a person; empty where the desk does not say."""
    return (desk.workspace.configuration.people[handle].email or "").lower()


def _created(ticket: Placed) -> str:
    """Return when a ticket was created, by its own month and day; empty where nobody knows."""
    created = ticket.entry.ticket.created
    return created.isoformat() if created else ""
