"""Texts and lists of the front matter have a length that a list of tickets can show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import TicketFacts

LONGEST_TITLE = 200
LONGEST_ITEM = 100
MOST_ITEMS = 100

RULE = Rule(
    "T108",
    "text-limits",
    asks=lambda: _("A title has at most 200 characters, an item of a list 100, a list 100 items."),
    why=lambda: _("Titles and labels stand in tables, in subjects of mails and in the titles of browsers."),
    remedy=lambda: _("Say in the title what it is about, and the rest in the text under the front matter."),
    excusable=True,
)


def check(facts: TicketFacts) -> Iterator[Finding]:
    """Yield a finding for each text and list that is too long."""
    if len(facts.ticket.title) > LONGEST_TITLE:
        message = _("The title has {number} characters, more than {limit}.")
        message = message.format(number=len(facts.ticket.title), limit=LONGEST_TITLE)
        yield facts.finding(RULE.code, ("title",), message, _("Move the rest into the text."))
    for name, value in facts.values.items():
        if type(value) is list and name in facts.reader.fields:
            yield from _list(facts, name, value)


def _list(facts: TicketFacts, name: str, items: list[object]) -> Iterator[Finding]:
    if len(items) > MOST_ITEMS:
        message = _("{field} has {number} items, more than {limit}.")
        message = message.format(field=name, number=len(items), limit=MOST_ITEMS)
        yield facts.finding(RULE.code, (name,), message, _("Remove those that are not needed."))
    for position, item in enumerate(items[:MOST_ITEMS]):
        if isinstance(item, str) and len(item) > LONGEST_ITEM and name != "exceptions":
            message = _("This item of {field} has {number} characters, more than {limit}.")
            message = message.format(field=name, number=len(item), limit=LONGEST_ITEM)
            yield facts.finding(RULE.code, (name, position), message, _("Shorten it."))
