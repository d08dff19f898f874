"""Views: queries that `tracker.yml` names."""

from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, Run, write_ticket

VIEWS = 'views:\n  lyon: {{label: {{fr: À Lyon}}, query: "{query}"}}\n'


def test_a_view_is_asked_by_its_name(desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text(CONFIGURATION + VIEWS.format(query="location:lyon sort:-id"))
    for number, place in ((1, "lyon"), (2, "austin"), (3, "lyon")):
        write_ticket(desk, number, more=f"location: {place}\n")
    assert [line.split("\t")[0] for line in run("list", "--view", "lyon").out.splitlines()] == [
        "HD-3",
        "HD-1",
    ]
    wrong = run("list", "--view", "lion")
    assert wrong.code == 2
    assert "There is no view “lion” in tracker.yml." in wrong.err
    assert "lyon" in wrong.err
    assert "one or the other" in run("list", "--view", "lyon", "printer").err


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("locaton:lyon", "There is no field “locaton” to search in."),
        ("location:paris", "“paris” is not a known value of location."),
        ("location:Lyön", "“Lyön” is not a known value of location."),
        ("(late", "A parenthesis is not closed."),
        ("sort:text", "There is no field “text” to search in."),
    ],
)
def test_a_view_that_cannot_be_read_is_an_error_at_its_place(
    desk: Path, run: Run, query: str, said: str
) -> None:
    (desk / "tracker.yml").write_text(CONFIGURATION + VIEWS.format(query=query))
    found = run("validate")
    assert found.code != 0
    line = CONFIGURATION.count("\n") + 2
    assert f"tracker.yml:{line}:" in found.out + found.err
    assert said in found.out + found.err


def test_views_may_ask_for_whoever_looks_and_in_groups(desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text(CONFIGURATION + VIEWS.format(query="assignee:me group:location"))
    assert run("validate").code == 0
