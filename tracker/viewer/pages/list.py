"""A page that lists tickets: the queue, one person's, one location's, one month's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import CLOSED, relative
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from tracker.viewer.about import About
    from tracker.viewer.rows import Link, Row
    from tracker.viewer.website import Website


class Fact(NamedTuple):
    """A number above a list; one that alerts is shown in red, and not at all when it is zero.

    `address` is that of the page that tells more, relative to the website's root; empty where there is none.
    """

    number: int
    label: str
    alert: bool = False
    address: str = ""


class Group(NamedTuple):
    """Links under a heading of their own."""

    anchor: str
    label: str
    links: tuple[Link, ...]


class Turn(NamedTuple):
    """A link to the page of a long list before or after this one; `way` is `prev` or `next`."""

    way: str
    label: str
    address: str


@dataclass(frozen=True, slots=True)
class ListPage:
    """What a list shows; all of it is plain text.

    `query` is what all its tickets meet, where scripts may take the list over; None where they may not.
    """

    path: str
    heading: str
    rows: tuple[Row, ...]
    facts: tuple[Fact, ...]
    groups: tuple[Group, ...]
    notices: tuple[str, ...] = ()
    about: tuple[About, ...] = ()
    query: str | None = None
    turns: tuple[Turn, ...] = ()

    def page(self, website: Website) -> Page:
        """Render the page."""
        address = website.address(self.path)
        content = templates.fill(
            website.environment,
            "list.html",
            places=sections(website, self.path),
            anchor=MAIN,
            heading=self.heading,
            facts=[fact_on_page(fact, address) for fact in self.facts],
            notices=self.notices,
            about=[_about_on_page(one, address) for one in self.about],
            rows=[on_page(row, address) for row in self.rows],
            groups=[_group_on_page(group, address) for group in self.groups],
            query=self.query,
            turns=[turn._replace(address=relative(address, turn.address)) for turn in self.turns],
            empty="" if self.path == CLOSED else _("No open tickets."),
        )
        return Page(address, self.heading, content)


def on_page(row: Row, page: str) -> Row:
    """Return a row with its links as they stand on the page at the address `page`."""
    return replace(
        row,
        address=relative(page, row.address),
        assignee=link_on_page(row.assignee, page),
        location=link_on_page(row.location, page),
    )


def fact_on_page(fact: Fact, page: str) -> Fact:
    """Return a fact with its link as it stands on the page at the address `page`."""
    leads = fact.address and not fact.address.startswith("#")
    return fact._replace(address=relative(page, fact.address)) if leads else fact


def _about_on_page(about: About, page: str) -> About:
    return about._replace(parts=tuple(link_on_page(link, page) or link for link in about.parts))


def _group_on_page(group: Group, page: str) -> dict[str, object]:
    links = [
        {"label": link.label, "address": relative(page, link.address), "number": link.note or None}
        for link in group.links
    ]
    return {"anchor": group.anchor, "label": group.label, "links": links}


def link_on_page(link: Link | None, page: str) -> Link | None:
    """Return a link as it stands on the page at the address `page`."""
    return link._replace(address=relative(page, link.address)) if link and link.address else link
