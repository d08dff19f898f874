"""What is certain of conditions: one implies another, one is never met."""

import sys
from collections.abc import Callable
from datetime import datetime
from itertools import chain, combinations
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.query.specification import KNOWN as SPECIFIED
from tracker.query.expression import All, Condition, Not, Term, terms_of
from tracker.query.expression import Any as OneOf
from tracker.query.matching import Context, meets
from tracker.query.parse import parse_query
from tracker.query.reach import Reach, implies, is_never

FLOORS = {"form": "choice", "values": ["ground", "first", "second"]}
KNOWN = SPECIFIED | {"floors": FLOORS, "has": {"form": "held", "values": ["comment", "floors", *SPECIFIED]}}
LISTS = {"labels", "links", "watchers", "aliases", "floors"}
MOST_CALLS = 250_000
"""So many calls of Python take less than 50 ms."""


def read(text: str) -> Condition:
    return parse_query(text, KNOWN).condition


CERTAIN = [
    ("printer", ""),
    ("", ""),
    ("printer toner", "printer"),
    ("location:lyon priority:high status:open", "status:open location:lyon"),
    ("printer", "printer or screen"),
    ("location:lyon or location:austin", "location:austin or location:lyon or printer"),
    ("location:lyon", "location:LYON"),
    ("location:lyon,austin", "location:lyon or location:austin"),
    ("location:lyon or location:austin", "location:lyon,austin"),
    ("location:lyon", "location:lyon,austin"),
    ("location:lyon", "-location:none"),
    ("location:lyon", "-location:austin"),
    ("location:lyon", "has:location"),
    ("location:none", "-has:location"),
    ("category:hardware/printer", "category:hardware"),
    ("-category:hardware", "-category:hardware/printer"),
    ("category:hardware/printer", "-category:network"),
    ("priority:urgent", "priority:>=high"),
    ("priority:>=high", "priority:high,urgent"),
    ("priority:>normal", "priority:>=high"),
    ("priority:high..urgent", "priority:>low"),
    ("priority:<=normal", "-priority:>=high"),
    ("priority:low", "-priority:none"),
    ("-priority:>=normal -priority:none", "-priority:urgent"),
    ("affected:5", "affected:3..7"),
    ("affected:>=3", "affected:>2.5"),
    ("affected:4,5", "affected:>3"),
    ("comments:2", "has:comment"),
    ("-has:comment", "-comments:>3"),
    ("due:<3d", "due:<=1w"),
    ("due:today", "due:-1d..1d"),
    ("created:2026-11-24", "created:2026-11"),
    ("created:>2026-11", "created:>=2026-12-01"),
    ("created:>-7d", "-created:none"),
    ("id:9x4c,none", "id:9x4c"),
    ("printers", "printer"),
    ("title:printers", "printer"),
    ('title:"Printer jams"', "title:jam,toner"),
    ("title:PRINTER", "title:printer"),
    ("-printer", "-title:printers"),
    ("text:léa", "text:LEA"),
    ("requester.email:lea@example.org", "requester:example.org"),
    ("system.kind:screen", "-system:none"),
    ("labels:warranty", "labels:warranty,loan"),
    ("labels:warranty labels:loan", "labels:loan"),
    ("-labels:warranty,loan", "-labels:loan"),
    ("labels:warranty", "has:labels"),
    ("floors:second", "floors:>ground"),
    ("parent:hd-1", "links:hd-1"),
    ("parent:hd-1", "-links:none"),
    ("parent:hd-1", "has:parent"),
    ("-has:labels", "labels:none"),
    ("labels:none", "-has:labels"),
    ("has:requester", "-requester:none"),
    ("-requester:none", "has:requester"),
    ("", "has:id"),
    ("is:unassigned", "assignee:none"),
    ("assignee:none", "is:unassigned"),
    ("-is:unassigned", "has:assignee"),
    ("assignee:me", "-is:unassigned"),
    ("is:mine", "-assignee:none"),
    ("is:late", "is:open"),
    ("is:open", "-is:closed"),
    ("is:late,draft is:closed", "is:draft"),
    ("printer (location:lyon or location:austin)", "(printer location:lyon) or (printer location:austin)"),
    ("(printer toner) or (screen dark)", "(printer or screen) (toner or dark)"),
    ("-(printer or screen)", "-printer -screen"),
    ("-(printer screen)", "-printer or -screen"),
    ("-printer or -screen", "-(screen printer)"),
    ("(printer or screen) -screen", "printer"),
    ("priority:low priority:urgent", "status:closed"),
]
UNCERTAIN = [
    ("", "printer"),
    ("printer", "printer toner"),
    ("printer or screen", "printer"),
    ("printer", "printers"),
    ("printer", "title:printer"),
    ("print jams", '"print jams"'),
    ("location:lyon,austin", "location:lyon"),
    ("-location:lyon", "location:austin"),
    ("-location:lyon,austin", "location:none"),
    ("-location:none", "location:lyon,austin"),
    ("category:hardware", "category:hardware/printer"),
    ("-category:hardware/printer", "-category:hardware"),
    ("priority:>=high", "priority:urgent"),
    ("-priority:<=normal", "priority:>=high"),
    ("affected:3..7", "affected:5"),
    ("affected:>3", "affected:>=4"),
    ("due:<1w", "due:<3d"),
    ("due:today", "due:2026-11-24"),
    ("due:<1m", "due:<60d"),
    ("due:1m", "due:2026-02-01"),
    ("created:2026-11", "created:2026-11-24"),
    ("created:2026-11-24T10:00Z", "created:2026-11-24"),
    ("labels:warranty,loan", "labels:loan"),
    ("labels:warranty", "-labels:loan"),
    ("labels:third/floor", "labels:third"),
    ("floors:second", "-floors:ground"),
    ("requester:example.org", "requester.email:example.org"),
    ("requester.name:none", "requester:none"),
    ("links:hd-1", "parent:hd-1"),
    ("parent:none", "links:none"),
    ("parent:1", "parent:hd-1"),
    ("assignee:ada", "assignee:me"),
    ("assignee:me", "assignee:ada"),
    ("assignee:me", "-assignee:ada"),
    ("assignee:me,none", "-assignee:none"),
    ("is:open", "is:late"),
]
NEVER = [
    "id:none",
    "-has:id",
    "has:labels labels:none",
    "has:requester requester:none",
    "printer -printer",
    "printers -printer",
    "title:printers -printer",
    "printer -(printer or screen)",
    "priority:low priority:urgent",
    "priority:low priority:none",
    "priority:low priority:>=normal",
    "priority:>urgent",
    "priority:<low",
    "priority:urgent..low",
    "-(priority:<=high or priority:>high) priority:high",
    "affected:>3 affected:<2",
    "affected:>3 affected:<=3",
    "affected:3,4 affected:5",
    "due:<today due:>3d",
    "created:2025 created:2026-11",
    "due:none due:<7d",
    "due:none has:due",
    "is:open is:closed",
    "is:late is:closed",
    "is:unassigned assignee:ada",
    "is:unassigned assignee:me",
    "has:comment comments:0",
    "category:hardware -category:hardware",
    "category:hardware/printer -category:hardware",
    "category:hardware category:network",
    "status:new (status:open or status:waiting)",
    "status:new status:open,waiting",
    "(status:new or status:open) (status:waiting or status:closed)",
    "(printer or location:lyon) -printer (location:austin or toner) -toner",
    "labels:warranty labels:none",
    "labels:warranty -labels:loan,warranty",
    "labels:late labels:warranty,loan -labels:warranty,loan,new",
    "labels:late labels:warranty,none -labels:warranty",
    "floors:ground floors:none",
    "floors:>second",
    "parent:hd-1 links:none",
    "has:links links:none",
    "labels:warranty -has:labels",
    "requester.name:léa -has:requester",
    "-has:requester -requester:none",
    "requester.name:léa requester:none",
]
MAY_BE = [
    "",
    "printer -printers",
    "printer screen",
    "labels:warranty labels:loan",
    "labels:third/floor -labels:third",
    "floors:ground floors:second",
    "floors:<first floors:>first",
    "watchers:ada watchers:omar",
    "follows:hd-1 follows:hd-2 -parent:hd-1",
    "assignee:me assignee:ada",
    "is:mine assignee:ada",
    "-location:lyon -location:austin -location:none",
    "-priority:<=high -priority:>high",
    "priority:low (priority:urgent or location:lyon)",
    "category:hardware -category:hardware/printer",
    "affected:>3 affected:<3.5",
    "due:<7d due:>2026-11-24",
    "due:none created:>-7d",
    "created:2026 created:2026-11",
    "id:hd-1 id:hd-2",
    "requester:léa requester:marcus",
    "is:open,closed -is:late",
]


@pytest.mark.parametrize(("one", "other"), CERTAIN)
def test_a_condition_implies_another(one: str, other: str) -> None:
    assert implies(read(one), read(other), KNOWN, LISTS)


@pytest.mark.parametrize(("one", "other"), UNCERTAIN)
def test_a_condition_does_not_imply_another(one: str, other: str) -> None:
    assert not implies(read(one), read(other), KNOWN, LISTS)


@pytest.mark.parametrize("text", NEVER)
def test_no_ticket_meets_it(text: str) -> None:
    assert is_never(read(text), KNOWN, LISTS)


@pytest.mark.parametrize("text", MAY_BE)
def test_a_ticket_may_meet_it(text: str) -> None:
    assert not is_never(read(text), KNOWN, LISTS)


# Terms that have to do with each other, and what their fields may hold.
TERMS = [
    "priority:low priority:LOW,urgent priority:>=high priority:<high priority:normal..high priority:none has:priority",
    "category:hardware category:hardware/printer category:network,hardware/printer category:none has:category",
    "labels:a labels:b labels:a/b labels:a,b labels:b,none labels:none has:labels",
    "floors:ground floors:>ground floors:first..second floors:none floors:none,second has:floors",
    "affected:3 affected:2,3 affected:>2 affected:<=3 affected:2..7 affected:none affected:3,none has:affected",
    "comments:0 comments:>1 has:comment comments:none",
    "due:today due:<2d due:>=-1w due:2026-11 due:<2026-11-25 due:none due:none,1d due:<12h due:<=-1m has:due",
    "created:yesterday created:>-2d created:2026-11-24 created:2026-11-23..2026-11-24 created:>2026-11-24T10:00 created:none",
    "is:unassigned is:mine assignee:none assignee:ada assignee:me assignee:ada,omar assignee:me,none has:assignee",
    "watchers:ada watchers:me watchers:ada,omar watchers:none has:watchers",
    "is:open is:closed is:late is:draft is:broken is:late,draft",
    'printer print title:printer title:print,jam title:none jam "r ja" has:title 1 id:1 id:hd-1 id:none',
    "requester:lea requester.name:léa requester.name:none requester:none requester.email:lea@ has:requester",
    "parent:hd-1 parent:1 links:hd-1 links:1,2 follows:2 follows:none links:none has:links has:parent has:id",
]
GROUPS: list[list[Condition]] = [[*terms_of(read(row))] for row in TERMS]


def _row(random: Random) -> dict[str, Any]:
    """Return a ticket; what it holds may be nothing, or what nobody declared."""
    pick = random.choice
    day = f"2026-11-{pick(range(20, 30))}"
    opened = pick([True, False])
    parts = {"name": pick(["Léa", "Jin", "", None]), "email": pick(["lea@example.org", None])}
    return {
        "id": pick(["HD-1", "HD-21", "9x4c"]), "aliases": pick([[], ["k7q2"], ["HD-1"]]),
        "title": pick(["Printer jams", "print", "Jam", "", "1"]), "path": "", "text": "",
        "priority": pick([None, "", "low", "NORMAL", "high", "Urgent", "dire", 3]),
        "category": pick([None, "Hardware", "hardware/printer", "hardware/x", "network", "hardwares"]),
        "labels": pick([None, [], ["A"], ["a/b"], ["b", "c"], ["a", "b"], ["a/b", "b"], "a", [""], ["b", None]]),
        "floors": pick([None, [], ["ground"], ["ground", "second"], ["First"], "second", ["attic"], [None]]),
        "affected": pick([None, "", [], 0, 2, 3, "3", 2.5, 5, 7, 8, "many", float("nan")]),
        "due": pick([None, "", [], [""], day, f"{day}T12:00", "soon", 3]),
        "created": pick([None, "", day, f"{day}T{pick(range(10, 24))}:00:00{pick(['Z', '+01:00', '-08:00', ''])}"]),
        "assignee": pick([None, "", [""], "ada", "Omar", "zoe"]),
        "watchers": pick([None, [], ["ada"], ["omar", "zoe"], ["ADA", "omar"]]),
        "requester": pick([None, {}, {"name": ""}, parts, "Léa"]),
        "comments": pick([0, 1, 2]), "open": opened, "late": opened and pick([True, False]),
        "draft": pick([True, False]), "broken": pick([True, False]),
        "linked": pick([[], [["parent", "HD-1"]], [["follows", "OPS-2"], ["parent", "HD-2"]], [["relates", "HD-1"]]]),
    }  # fmt: skip


def _conditions(terms: list[Condition]) -> st.SearchStrategy[Condition]:
    def nested(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
        several = st.lists(parts, max_size=3).map(tuple)
        return st.one_of(several.map(All), several.map(OneOf), parts.map(Not))

    return st.recursive(st.sampled_from(terms), nested, max_leaves=8)


def _pairs(terms: list[Condition]) -> st.SearchStrategy[tuple[Condition, Condition]]:
    return st.tuples(_conditions(terms), _conditions(terms))


_related = st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2).map(lambda some: list(chain(*some)))
_moments = st.builds(
    lambda hour, day, zone: datetime(2026, 11, day, hour, tzinfo=ZoneInfo(zone)),
    st.integers(0, 23), st.integers(22, 27), st.sampled_from(["Europe/Paris", "Asia/Kathmandu", "America/Montreal"]),
)  # fmt: skip
_contexts = st.builds(Context, st.just(KNOWN), _moments, st.sampled_from(["", "ada", "omar"]))


@given(_related.flatmap(_pairs), _contexts, st.integers())
def test_what_is_certain_is_true_of_any_ticket(
    pair: tuple[Condition, Condition], context: Context, seed: int
) -> None:
    one, other = pair
    certain, never = implies(one, other, KNOWN, LISTS), is_never(one, KNOWN, LISTS)
    if certain or never:
        first, second, random = meets(one, context), meets(other, context), Random(seed)
        for row in (_row(random) for _number in range(300)):
            assert not (never and first(row)), row
            assert not (certain and first(row) and not second(row)), row


LABELS = ["a", "b", "a/b", "c"]
SMALL_WORLD = [
    {"priority": priority, "category": category, "labels": list(labels)}
    for priority in [None, "low", "normal", "high", "urgent", "dire"]
    for category in [None, "hardware", "hardware/printer", "hardware/x", "network", "x"]
    for labels in [[""], *chain.from_iterable(combinations(LABELS, count) for count in range(5))]
]


@given(_pairs([*GROUPS[0], *GROUPS[1], *GROUPS[2]]))
def test_all_that_is_true_is_certain_where_all_tickets_can_be_tried(
    pair: tuple[Condition, Condition],
) -> None:
    context = Context(KNOWN, datetime(2026, 11, 24, tzinfo=ZoneInfo("UTC")))
    first, second = (meets(condition, context) for condition in pair)
    assert implies(*pair, KNOWN, LISTS) == all(second(row) for row in SMALL_WORLD if first(row))
    assert is_never(pair[0], KNOWN, LISTS) == (not any(map(first, SMALL_WORLD)))


@given(_pairs(list(chain(*GROUPS))), _conditions(list(chain(*GROUPS))))
def test_what_is_certain_by_the_words_alone(pair: tuple[Condition, Condition], third: Condition) -> None:
    one, other = pair
    for less, more in [
        (one, one), (one, All(())), (OneOf(()), one), (one, Not(Not(one))),
        (All((one, other)), one), (All((one, other, third)), All((third, one))),
        (one, OneOf((one, other))), (OneOf((third, one)), OneOf((one, other, third))),
        (Not(OneOf((one, other))), Not(one)), (Not(one), Not(All((one, other)))),
        (Not(All((one, other))), OneOf((Not(other), Not(one)))),
        (All((one, OneOf((other, third)))), OneOf((All((one, other)), All((one, third))))),
    ]:  # fmt: skip
        assert implies(less, more, KNOWN, LISTS)
    assert is_never(All((other, one, Not(one))), KNOWN, LISTS)


@given(_related.flatmap(lambda terms: st.lists(_conditions(terms), min_size=2, max_size=6)))
def test_of_many_conditions_the_same_is_certain_as_of_two(conditions: list[Condition]) -> None:
    reach = Reach(conditions, KNOWN, LISTS)
    for place, one in enumerate(conditions):
        assert reach.is_never(place) == is_never(one, KNOWN, LISTS)
        for other, another in enumerate(conditions):
            assert reach.implies(place, other) == implies(one, another, KNOWN, LISTS)


def _calls(ask: Callable[[], bool]) -> int:
    """Return how many functions are called until there is an answer."""
    count = 0

    def note(frame: Any, event: str, argument: Any) -> None:
        nonlocal count
        count += event.endswith("call")

    sys.setprofile(note)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return count


def _many(field: str, operator: str, value: str) -> list[Condition]:
    return [Term(field, operator, (value.format(number),)) for number in range(1_000)]


def _in_pairs(terms: list[Condition]) -> tuple[Condition, ...]:
    return tuple(OneOf(pair) for pair in zip(terms[::2], terms[1::2], strict=True))


_deep: Condition = Term("", ":", ("printer",))
for number in range(100):
    _deep = Not(All((_deep, OneOf((Term("labels", ":", (f"{number}",)), Term("location", ":", ("lyon",)))))))
WIDE: dict[str, tuple[Callable[[list[Condition]], bool], bool]] = {
    "one of all": (lambda some: implies(All(tuple(some)), some[-1], KNOWN, LISTS), True),
    "half of all": (lambda some: implies(All(tuple(some)), All(tuple(some[::2])), KNOWN, LISTS), True),
    "all of half": (lambda some: implies(All(tuple(some[::2])), All(tuple(some)), KNOWN, LISTS), False),
    "any of more": (lambda some: implies(OneOf(tuple(some)), OneOf((*some, _deep)), KNOWN, LISTS), True),
    "any of fewer": (lambda some: implies(OneOf(tuple(some)), OneOf(tuple(some[1:])), KNOWN, LISTS), False),
    "all and not one": (lambda some: is_never(All((*some, Not(some[500]))), KNOWN, LISTS), True),
    "not any, but one": (
        lambda some: is_never(All((some[500], Not(OneOf(tuple(some))))), KNOWN, LISTS),
        True,
    ),
    "pairs": (lambda some: implies(All(_in_pairs(some)), All(_in_pairs(some)[::2]), KNOWN, LISTS), True),
    "deep": (lambda some: implies(_deep, OneOf((_deep, some[0])), KNOWN, LISTS), True),
}


@pytest.mark.parametrize(
    "terms",
    [
        _many("", ":", "word{:03}"), _many("title", ":", "word{:03}"), _many("labels", ":", "{}"),
        _many("affected", ">=", "{}"), _many("due", ">=", "{}d"),
    ],
    ids=["words", "titles", "labels", "numbers", "days"],
)  # fmt: skip
@pytest.mark.parametrize("name", WIDE)
def test_of_a_thousand_conditions_it_is_known_at_once(name: str, terms: list[Condition]) -> None:
    ask, certain = WIDE[name]
    assert ask(terms) == certain
    assert _calls(lambda: ask(terms)) < MOST_CALLS


@pytest.mark.parametrize(
    "rule",
    [
        "labels:l{0:02} location:lyon",
        "printer{0:02} or toner{0:02}",
        "category:hardware (title:a{0:02} or requester.email:x{0:02}@example.org) -labels:l{0:02} priority:>=high",
        "-(status:new title:a{0:02}) -labels:l{0:02}",
    ],
)
def test_of_a_hundred_rules_it_is_known_at_once_which_are_hidden(rule: str) -> None:
    rules = [read(rule.format(number)) for number in range(100)]

    def ask() -> bool:
        reach = Reach([*rules, rules[70]], KNOWN, LISTS)
        hidden = [(one, other) for one in range(101) for other in range(one) if reach.implies(one, other)]
        return hidden == [(100, 70)]

    assert ask()
    assert _calls(ask) < MOST_CALLS


def test_a_riddle_is_given_up() -> None:
    """Nine pigeons in eight holes: no search of this kind gets through all ways to try."""

    def sits(pigeon: int, hole: int) -> Condition:
        return Term("labels", ":", (f"{pigeon}-{hole}",))

    everyone = [OneOf(tuple(sits(pigeon, hole) for hole in range(8))) for pigeon in range(9)]
    alone = [
        Not(All((sits(one, hole), sits(other, hole))))
        for hole in range(8)
        for one, other in combinations(range(9), 2)
    ]
    riddle = All((*everyone, *alone))
    assert _calls(lambda: is_never(riddle, KNOWN, LISTS)) < MOST_CALLS
    assert not is_never(riddle, KNOWN, LISTS)
