"""Which service level counts for a ticket: the one that was in force, by what the ticket said."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.metrics.course import DRAFT, DUE, STATUS
from tracker.model.kind import LINK_KINDS
from tracker.query.expression import terms_of
from tracker.query.matching import Context, meets
from tracker.query.problem import QueryError
from tracker.query.timing import moment_of
from tracker.workspace.rule_queries import parsed, rule_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime
    from zoneinfo import ZoneInfo

    from tracker.metrics.course import Course
    from tracker.model.configuration import Configuration
    from tracker.model.rules import ServiceLevel
    from tracker.query.expression import Condition, Term
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable

    Known = Mapping[str, Searchable]

_STATES = {"unassigned": "assignee", "draft": DRAFT, "late": DUE}
"""The fields on which a state depends that is no field."""
_TIMES = ("day", "moment")


class Edition(NamedTuple):
    """The service levels of a desk from a moment on.

    Attributes:
        time: the moment; aware.
        levels: by their names, in order.
        known: what could be asked for then.
    """

    time: datetime
    levels: Mapping[str, ServiceLevel]
    known: Known


class _Rule(NamedTuple):
    name: str
    level: ServiceLevel
    condition: Condition
    known: Known


class Policies:
    """The service levels that a desk has, and had.

    Args:
        editions: the oldest first; the first also counts before it began.
        configuration: the desk's today.
    """

    def __init__(self, editions: Sequence[Edition], configuration: Configuration) -> None:
        self._editions, self._configuration = editions, configuration
        known = rule_vocabulary(configuration)
        self._rules = [[*_rules(edition, known)] for edition in editions]
        self._timed = [any(map(_is_timed, rules)) for rules in self._rules]
        self._meets = lru_cache(maxsize=1_024)(self._asked)
        every = [term for rules in self._rules for rule in rules for term in terms_of(rule.condition)]
        self.fields = frozenset(name for term in every for name in _fields(term))
        """The fields, `DRAFT` among them, that the queries look at."""
        self.is_timed = any(self._timed) or any(
            term.field == "is" and "late" in term.values for term in every
        )
        """Whether it depends on the day or the hour which service level counts."""
        self.asks_for_text = any(term.field == "text" for term in every)

    def level(self, start: datetime, row: Row, moment: datetime) -> tuple[str, ServiceLevel] | None:
        """Return the service level of a ticket and its name; None where it has none.

        Args:
            start: when its clock began: what was in force then counts.
            row: the ticket.
            moment: at which it was so.
        """
        place = max(bisect_right(self._editions, start, key=attrgetter("time")) - 1, 0)
        asked = self._meets(place, moment if self._timed[place] else None)
        found = (rule for rule, is_met in zip(self._rules[place], asked, strict=True) if is_met(row))
        return next(((rule.name, rule.level) for rule in found), None)

    def _asked(self, place: int, moment: datetime | None) -> list[Callable[[Row], bool]]:
        now = (moment or self._editions[place].time).astimezone(self._configuration.zone)
        return [meets(rule.condition, Context(rule.known, now)) for rule in self._rules[place]]


def row_at(course: Course, row: Row, moment: datetime, configuration: Configuration) -> Row:
    """Return a ticket as queries saw it at a moment; what its course does not follow is as it is today.

    Args:
        course: its way.
        row: the ticket as it is today.
        moment: aware.
        configuration: the desk's.
    """
    found = {**row}
    for name in course.steps:
        value, (whole, dot, part) = course.at(name, moment), name.partition(".")
        held = found.get(whole)
        found[whole] = {**(held if isinstance(held, dict) else {}), part: value} if dot else value
    zone, due = configuration.zone, found.get(DUE)
    day = moment_of(due, zone) if isinstance(due, str) else None
    found["open"] = configuration.is_open(str(found.get(STATUS) or ""))
    found["late"] = found["open"] and day is not None and _day(day, zone) < _day(moment, zone)
    found["draft"] = bool(found.get(DRAFT))
    links = found.get("links")
    found["linked"] = [link.split(maxsplit=1) for link in links or () if " " in link]
    return found


def _rules(edition: Edition, known: Known) -> Iterator[_Rule]:
    """Yield the service levels of an edition, read as the desk speaks today, else as it spoke then."""
    for name, level in edition.levels.items():
        try:
            yield _Rule(name, level, parsed(level.when, known).condition, known)
        except QueryError:  # it asks for something that is gone
            yield _Rule(name, level, parsed(level.when, edition.known).condition, edition.known)


def _is_timed(rule: _Rule) -> bool:
    """Whether what a rule asks for depends on the day or the hour."""
    terms = (term.field.partition(".")[0] for term in terms_of(rule.condition) if term.field)
    return any(rule.known[field]["form"] in _TIMES for field in terms)


def _fields(term: Term) -> Iterator[str]:
    """Yield the fields that a condition looks at, but for those that never change or have no history."""
    if term.field == "is":
        yield from (_STATES[value] for value in term.values if value in _STATES)
    elif term.field == "has":
        yield from (value for value in term.values if value != "comment")
    elif term.field in LINK_KINDS:
        yield "links"
    elif term.field not in ("id", "text"):
        yield term.field or "title"


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
