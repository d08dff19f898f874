"""The query language: what queries choose, what is said of wrong ones, and that none does harm."""

import time
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.query.specification import CONTEXT, KNOWN, SPECIFICATION
from tracker.query.choice import choose
from tracker.query.expression import All, Condition, Not, Query, Term
from tracker.query.expression import Any as OneOf
from tracker.query.matching import folded, meets
from tracker.query.parse import parse_query
from tracker.query.printing import print_query
from tracker.query.problem import QueryError
from tracker.query.sorting import group_rows
from tracker.query.vocabulary import ASKER

CASES = SPECIFICATION["cases"]
MOST_SECONDS = 0.1


@pytest.mark.parametrize("case", CASES, ids=[case["query"] or "nothing" for case in CASES])
def test_what_a_query_chooses(case: dict[str, Any]) -> None:
    if "wrong" in case:
        with pytest.raises(QueryError) as error:
            parse_query(case["query"], KNOWN)
        assert (error.value.wrong, [error.value.start, error.value.end]) == (case["wrong"], case["at"])
        return
    query = parse_query(case["query"], KNOWN)
    found = choose(SPECIFICATION["tickets"], query, CONTEXT)
    if "groups" in case:
        groups = group_rows(found, query, CONTEXT)
        assert [[name, *(row["id"] for row in rows)] for name, rows in groups] == case["groups"]
    else:
        assert [row["id"] for row in found] == case["ids"]
    assert parse_query(print_query(query), KNOWN) == query


@given(st.text(max_size=20))
def test_a_text_that_is_folded_is_as_if_it_had_been_typed_in_small_letters(text: str) -> None:
    once = folded(text)
    assert folded(once) == once == once.lower() == folded(text.lower())


NAMES = ["due", "created", "labels", "assignee", "affected", "requester", "location", "title", "text"]
VALUES: list[Any] = [
    None,
    "",
    [],
    [""],
    {},
    {"name": ""},
    [None, "x"],
    {"name": "Léa"},
    "x",
    0,
    False,
    3,
    "2026-11-24",
    "lyon",
]


@pytest.mark.parametrize("name", ["id", "links", *NAMES])
def test_to_have_a_value_is_not_to_be_without_one(name: str) -> None:
    known = {**KNOWN, "has": {"form": "held", "values": [name]}}
    having, without, unassigned = (
        meets(parse_query(text, known).condition, CONTEXT._replace(known=known))
        for text in (f"has:{name}", f"{name}:none", "is:unassigned")
    )
    for row, value in product(SPECIFICATION["tickets"], VALUES):
        other = {**row, name: value} if name in NAMES else row
        assert having(other) != without(other)
        assert unassigned(other) == without(other) or name != "assignee"


def test_there_are_cases_enough() -> None:
    assert len({case["query"] for case in CASES}) >= 150
    assert {str(wrong) for case in CASES if (wrong := case.get("wrong"))} >= {
        "quote",
        "value",
        "field",
        "time",
    }


def test_what_is_wrong_is_pointed_at() -> None:
    with pytest.raises(QueryError) as error:
        parse_query("printer status:opne sort:created", KNOWN)
    assert error.value.message == "“opne” is not a known value of status."
    assert error.value.hint.splitlines() == [
        "  printer status:opne sort:created",
        "                 ^^^^",
        "Did you mean “open”? Allowed: new, open, waiting, resolved, closed.",
    ]


def test_a_place_far_to_the_right_is_shown() -> None:
    with pytest.raises(QueryError) as error:
        parse_query(f"{'printer ' * 100}status:opne", KNOWN)
    shown, pointed, _hint = error.value.hint.splitlines()
    assert len(shown) < 80
    assert shown[pointed.index("^") : pointed.rindex("^") + 1] == "opne"


_names = st.sampled_from([name for name, one in KNOWN.items() if one["form"] in ("text", "exact", "details")])
_words = st.text(min_size=1, max_size=12).map(str.lower)
_terms = st.one_of(
    st.builds(lambda word: Term("", ":", (word,)), _words),
    st.builds(lambda name, values: Term(name, ":", tuple(values)), _names, st.lists(_words, min_size=1, max_size=3)),
    st.sampled_from([
        Term("status", ">=", ("open",)), Term("priority", "..", ("low", "high")), Term("assignee", ":", (ASKER,)),
        Term("due", "<", ("7d",)), Term("affected", ":", ("",)), Term("is", ":", ("open", "late")),
        Term("created", "..", ("2026", "2026-11-24 10:00")), Term("parent", ":", ("hd-1",)),
    ]),
)  # fmt: skip


def _nested(parts: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    several = st.lists(parts, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.filter(lambda some: not any(isinstance(one, All) for one in some)).map(All),
        several.filter(lambda some: not any(isinstance(one, OneOf) for one in some)).map(OneOf),
        parts.filter(lambda one: not isinstance(one, Not)).map(Not),
    )


_conditions = st.recursive(_terms, _nested, max_leaves=8)
_sorts = st.lists(st.tuples(st.sampled_from(["created", "id"]), st.booleans()), max_size=2).map(tuple)


@given(st.builds(Query, _conditions, _sorts, st.sampled_from(["", "status"])))
def test_a_query_that_is_printed_is_the_same_query(query: Query) -> None:
    assert parse_query(print_query(query), KNOWN) == query


_pieces = st.sampled_from(
    ["(", ")", "-", "or", "not", '"', "\\", ":", "..", ">", "<=", ",", "none", "me", " "]
)
_texts = st.lists(_pieces | st.sampled_from([*KNOWN, "sort", "group"]) | st.text(max_size=5), max_size=30)


@given(_texts.map("".join))
def test_no_text_does_harm(text: str) -> None:
    started = time.perf_counter()
    try:
        query = parse_query(text, KNOWN)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(text)
    else:
        choose(SPECIFICATION["tickets"], query, CONTEXT)
        assert parse_query(print_query(query), KNOWN) == query
    assert time.perf_counter() - started < MOST_SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "(" * 4_000, "-" * 4_000, "not " * 1_000, "a or " * 800, '"' * 3_999, "\\" * 4_000, "status:" + "," * 3_900,
        "x" * 100_000, "title:" * 600, "(a or b) " * 440, "-(a " * 900, "created:" + "9" * 3_900, ":" * 4_000,
    ],
)  # fmt: skip
def test_a_malicious_query_is_answered_at_once(text: str) -> None:
    started = time.perf_counter()
    try:
        choose(SPECIFICATION["tickets"], parse_query(text, KNOWN), CONTEXT)
    except QueryError as error:
        assert len(error.hint) < 2_000
    assert time.perf_counter() - started < MOST_SECONDS
