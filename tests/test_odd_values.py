"""Whatever stands in tracker.yml or in a ticket's fields, it is told in words, never by a traceback."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tracker.document import read_yaml
from tracker.document.write import compose
from tracker.finding import Finding
from tracker.model.configuration import Configuration
from tracker.model.fields import BUILT_IN, ticket_fields
from tracker.model.problem import Problem
from tracker.model.reading import read_configuration
from tracker.model.ticket import TicketReader
from tracker.position import START
from tracker.query.order import is_late, queue_order
from tracker.validation.facts import TextFacts
from tracker.validation.ticket import check_ticket

CONFIGURATION = read_configuration(
    read_yaml((Path(__file__).parents[1] / "tracker.yml").read_bytes(), "x").values
)
assert isinstance(CONFIGURATION, Configuration)
FIELDS = ticket_fields(CONFIGURATION)
READER = TicketReader.of(CONFIGURATION, FIELDS)

WORDS = st.sampled_from(["", "x", "HD-1", "hd-1", "1", "-1", "1e999", "2026-13-05", "2026-11-24", "9999-12-31", "0000-01-01", "2026-11-24T25:00", "2026-11-24T09:12:00+99:00", "0001-01-01T00:00:00+14:00", "lyon", "omar", "onsite", "follows HD-1", "follows", "a@b.c", "[", "(?", "\\", "number", "choice", "yes", "no", "../x", "é" * 300, "\u2028"])  # fmt: skip
VALUES = st.recursive(
    st.none() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
SECTIONS = st.sampled_from([*Configuration.model_fields, "other"])
PARTS = st.sampled_from(["kind", "label", "help", "values", "pattern", "required", "required_when", "to", "open", "name", "email", "url", "branch", "prefix", "scheme", "x"])  # fmt: skip


@given(
    st.dictionaries(
        SECTIONS,
        VALUES
        | st.dictionaries(
            WORDS | st.sampled_from(BUILT_IN) | PARTS,
            VALUES | st.dictionaries(PARTS, VALUES, max_size=3),
            max_size=3,
        ),
        max_size=4,
    )
)
def test_any_configuration_is_read_or_explained(values: dict[str, object]) -> None:
    read = read_configuration({"desk": "x", **values})
    if isinstance(read, Configuration):
        fields = ticket_fields(read)
        check_ticket(
            TextFacts("tickets/drafts/x.md", "", ""),
            {"title": "x"},
            TicketReader.of(read, fields),
            lambda _keys, _key: START,
        )
    else:
        assert read
        assert all(isinstance(problem, Problem) and problem.message for problem in read)


@given(st.dictionaries(st.sampled_from([*FIELDS, "other", "titel"]), VALUES, max_size=6))
def test_any_ticket_is_read_or_explained(values: dict[str, object]) -> None:
    from tracker.model.entry import Entry

    ticket, findings = check_ticket(
        TextFacts("tickets/2026/11/HD-1.md", "", ""), values, READER, lambda _keys, _key: START
    )
    assert all(isinstance(finding, Finding) and finding.message for finding in findings)
    entry = Entry("tickets/2026/11/HD-1.md", ticket, values, "", tuple(findings))
    assert queue_order([entry], CONFIGURATION) == [entry]
    is_late(entry, CONFIGURATION, CONFIGURATION.zone and __import__("datetime").date(2026, 11, 24))
    assert compose(
        {key: value for key, value in values.items() if isinstance(value, str)}, "", ()
    ).startswith("---")
