"""The tickets that a ticket has to do with: links to and from it, and how far its children are."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.fields import link_phrase
from tracker.model.kind import LINK_KINDS
from tracker.translation import _
from tracker.viewer.addresses import relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.model.entry import Entry
    from tracker.viewer.pages.ticket_view import TicketView
    from tracker.viewer.publish import Placed, Publication


class Related(NamedTuple):
    """A ticket in a list of links; without address where nobody knows it."""

    label: str
    address: str
    status: str = ""
    status_class: str = ""


class Relation(NamedTuple):
    """The tickets of one kind of link, in one direction; of children, how many there are and are done."""

    phrase: str
    tickets: tuple[Related, ...]
    progress: str = ""
    done: int = 0
    total: int = 0


def linked(publication: Publication, entry: Entry) -> Iterator[tuple[str, bool, str, Placed | None]]:
    """Yield the links of a ticket: their kind, whether they lead here, the other id, its ticket."""
    for link in entry.ticket.links:
        yield link.kind, False, link.target, publication.find(link.target)
    for kind, source in publication.linking(entry):
        yield kind, True, source.entry.id, source


def shown_of(ticket: Placed) -> tuple[object, ...]:
    """Return what pages of other tickets show of one."""
    row = ticket.row
    return row.id, row.title, row.status, row.status_class, row.address, ticket.open


def relations(view: TicketView) -> list[Relation]:
    """Return the links of a ticket by their kinds; each ticket once in each."""
    found: dict[tuple[str, bool], dict[str, Placed | None]] = {}
    for kind, reverse, target, ticket in linked(view.publication, view.entry):
        symmetric = link_phrase(kind) == link_phrase(kind, reverse=True)
        found.setdefault((kind, reverse and not symmetric), {}).setdefault(target, ticket)
    order = sorted(found, key=lambda key: (LINK_KINDS.index(key[0]), not key[1]))
    return [_relation(view, *key, found[key]) for key in order]


def _relation(view: TicketView, kind: str, reverse: bool, targets: dict[str, Placed | None]) -> Relation:
    tickets = tuple(_related(view, target, ticket) for target, ticket in targets.items())
    phrase = link_phrase(kind, reverse=reverse)
    if (kind, reverse) != ("parent", True):
        return Relation(phrase, tickets)
    done, total = sum(not ticket.open for ticket in targets.values() if ticket), len(tickets)
    return Relation(phrase, tickets, _("{done} of {total} done").format(done=done, total=total), done, total)


def _related(view: TicketView, target: str, ticket: Placed | None) -> Related:
    if ticket is None:
        return Related(target, "")
    row = ticket.row
    return Related(f"{target} {row.title}", relative(view.address, row.address), row.status, row.status_class)
