"""The queries in a desk's rules: what they mean, and what is wrong with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.model.fields import ticket_fields
from tracker.model.problem import Problem, ProblemKind
from tracker.query.expression import Query, terms_of
from tracker.query.matching import Context, meets
from tracker.query.parse import parse_query
from tracker.query.problem import QueryError
from tracker.query.vocabulary import ASKER, vocabulary
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from tracker.model.configuration import Configuration
    from tracker.query.expression import Term
    from tracker.query.row import Row
    from tracker.query.vocabulary import Searchable

    Keys = tuple[str | int, ...]

_UNKNOWN_TO_RULES = ("updated", "comments")
"""They do not ask for `has:comment` either."""


class RuleQuery(NamedTuple):
    """A query of a rule, and the keys at which it stands in the configuration."""

    keys: Keys
    text: str


def rule_queries(configuration: Configuration) -> list[list[RuleQuery]]:
    """Return the queries of a desk's rules, by the list in which one after the other is asked."""
    lists: dict[Keys, list[str]] = {
        ("cataloguing", "rules"): [rule.when for rule in configuration.cataloguing.rules],
        ("assignment", "rules"): [rule.when for rule in configuration.assignment.rules],
    }
    found = [
        [RuleQuery((*keys, place, "when"), text) for place, text in enumerate(texts)]
        for keys, texts in lists.items()
    ]
    levels = configuration.service_levels.items()
    return [*found, [RuleQuery(("service_levels", name, "when"), level.when) for name, level in levels]]


def rule_vocabulary(configuration: Configuration) -> dict[str, Searchable]:
    """Return what rules may ask for: no labels, which each language has its own, and no history."""
    fields = ticket_fields(configuration)
    known = vocabulary(fields) | {"has": {"form": "held", "values": [*fields]}}
    return {
        name: {"form": searchable["form"], "values": searchable["values"]}
        for name, searchable in known.items()
        if name not in _UNKNOWN_TO_RULES
    }


def query_problems(configuration: Configuration) -> Iterator[Problem]:
    """Yield each query of a rule that cannot be understood, or that depends on who asks."""
    queries = [query for queries in rule_queries(configuration) for query in queries if query.text.strip()]
    known = rule_vocabulary(configuration) if queries else {}
    for keys, text in queries:
        try:
            query = parse_query(text, known)
        except QueryError as error:
            yield not_understood(keys, error)
            continue
        if query.sort or query.group:
            yield Problem(ProblemKind.VALUE, keys, _("A rule has no order and no groups."))
        if any(map(_depends_on_who_asks, terms_of(query.condition))):
            yield Problem(
                ProblemKind.VALUE, keys, _("A rule does not know who “me” is."), _("Name the person.")
            )


def not_understood(keys: Keys, error: QueryError) -> Problem:
    """Return the problem of a query in the configuration, without the query, which stands there."""
    said = [line for line in error.hint.splitlines() if not line.startswith("  ")]
    return Problem(ProblemKind.VALUE, keys, error.message, " ".join(said))


def _depends_on_who_asks(term: Term) -> bool:
    return ASKER in term.values or (term.field == "is" and "mine" in term.values)


def parsed(text: str, known: Mapping[str, Searchable]) -> Query:
    """Return what the query of a rule says; an empty one is met by every ticket."""
    return parse_query(text, known) if text.strip() else Query()


def matcher(text: str, known: Mapping[str, Searchable], now: datetime) -> Callable[[Row], bool]:
    """Return what tells whether a ticket meets the query of a rule."""
    return meets(parsed(text, known).condition, Context(known, now))
