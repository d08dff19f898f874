"""The page that shows at a glance what needs somebody now."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.translation import _
from tracker.viewer import templates
from tracker.viewer.addresses import OVERVIEW, QUEUE, relative
from tracker.viewer.attention import Pile, needing_attention, news
from tracker.viewer.kinds import title_of
from tracker.viewer.loads import away_words
from tracker.viewer.output import GeneratedPage
from tracker.viewer.pages.list import Fact, fact_on_page, link_on_page, on_page
from tracker.viewer.questions import condition, queue_asked
from tracker.viewer.rows import KINDS, Link
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.viewer.website import Website

_COUNTED = ("locations", "departments")


class Count(NamedTuple):
    """How many tickets are open somewhere, and how long the bar of it is, in percent."""

    link: Link
    number: int
    percent: int


class Counts(NamedTuple):
    """A count for each location, or each department."""

    anchor: str
    label: str
    counts: tuple[Count, ...]


class Overview(NamedTuple):
    """All that the page shows; addresses are relative to the website's root."""

    facts: tuple[Fact, ...]
    piles: tuple[Pile, ...]
    news: tuple[Pile, ...]
    counts: tuple[Counts, ...]
    away: tuple[Link, ...]
    untold: str


def overview_page(website: Website) -> GeneratedPage:
    """Return the overview."""
    seen = cache(lambda: _overview(website))
    address = website.address(OVERVIEW)
    return GeneratedPage(
        address, lambda _names: website.desks[0].key(seen()), lambda: _render(website, address, seen())
    )


def _render(website: Website, address: str, seen: Overview) -> Page:
    title = _("Overview")
    content = templates.fill(
        website.environment,
        "overview.html",
        anchor=MAIN,
        heading=title,
        places=sections(website, OVERVIEW),
        facts=[fact_on_page(fact, address) for fact in seen.facts],
        piles=[_pile_on_page(pile, address) for pile in seen.piles],
        news=[_pile_on_page(pile, address) for pile in seen.news],
        counts=[_counts_on_page(counts, address) for counts in seen.counts],
        away=[link_on_page(link, address) for link in seen.away],
        untold=seen.untold,
    )
    return Page(address, title, content)


def _pile_on_page(pile: Pile, page: str) -> Pile:
    items = tuple(item._replace(row=on_page(item.row, page)) for item in pile.items)
    return pile._replace(items=items, address=relative(page, pile.address))


def _counts_on_page(counts: Counts, page: str) -> Counts:
    shown = (one._replace(link=link_on_page(one.link, page) or one.link) for one in counts.counts)
    return counts._replace(counts=tuple(shown))


def _overview(website: Website) -> Overview:
    piles = [pile for pile in needing_attention(website) if pile.items]
    total = Fact(len(website.lists.open), _("open"), address=website.address(QUEUE))
    facts = [Fact(pile.number, pile.label.lower(), pile.alert, f"#{pile.anchor}") for pile in piles]
    return Overview(
        (total, *facts),
        tuple(piles),
        tuple(pile for pile in news(website) if pile.items),
        tuple(counts for kind in _COUNTED if (counts := _counts(website, kind)).counts),
        tuple(_away(website)),
        _untold() if website.desks[0].lately[1] else "",
    )


def _untold() -> str:
    return _(
        "Since when tickets wait, and what was resolved lately, is not shown: the history of the desk is not "
        "here."
    )


def _counts(website: Website, kind: str) -> Counts:
    """Return how many tickets are open at each location or for each department that has some."""
    numbers = {link: number for link, number in website.lists.counts(kind) if number}
    field = KINDS[kind]
    nowhere = sum(not ticket.entry.ticket.value(field) for ticket in website.lists.open)
    if nowhere and numbers:
        numbers[Link(_("none"), queue_asked(website, condition(field, "")))] = nowhere
    most = max(numbers.values(), default=1)
    found = (Count(link, number, round(100 * number / most)) for link, number in numbers.items())
    return Counts(kind, title_of(kind), tuple(found))


def _away(website: Website) -> Iterator[Link]:
    """Yield who is away today, with until when."""
    desk = website.desks[0]
    for load in desk.loads("person"):
        if load.away:
            link = desk.links.to("people", load.key) or Link(load.name, "")
            yield link._replace(note=away_words(load))
