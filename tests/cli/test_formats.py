"""What each format of `tracker validate` says: examples."""

import json
from collections.abc import Iterable

import click
import pytest
from junitparser import JUnitXml

from tracker.cli.formats import FORMATS, Report, statistics, step_summary
from tracker.cli.formats.excerpt import excerpt, wrapped
from tracker.cli.formats.github_summary import LIMIT
from tracker.finding import Finding, Severity
from tracker.position import Position
from tracker.translation import language
from tracker.validation.rule import Rule

PRINTER = "tickets/2026/11/HD-1042.md"
OTHER = "tickets/2026/12/HD-1050.md"
RULES = {
    "T103": Rule("T103", "known-value", lambda: "A value is one that the desk knows.", lambda: "Filters.", lambda: "Take one of {values}.", fixable=True),
    "T104": Rule("T104", "calendar-date", lambda: "A date is in the calendar.", lambda: "Sorting.", lambda: "Correct it."),
    "T106": Rule("T106", "no-slip", lambda: "A key is not a slip.", lambda: "Loss.", lambda: "Correct it.", Severity.WARNING),
}  # fmt: skip
UNKNOWN = Finding(PRINTER, "T103", "“hardwear” is not a known value of category.", Position(6, 11), "Did you mean “hardware”?", "category")  # fmt: skip
NO_DATE = Finding(PRINTER, "T104", "“2026-13-05” is not a date.", Position(12, 6), "", "due")
SLIP = Finding(OTHER, "T106", "Unknown key “titel”.", Position(3, 1), "Did you mean “title”?", "titel", Severity.WARNING)  # fmt: skip
COLOUR = Finding("tracker.yml", "C103", "“blue” is not a known value of colour.", Position(112, 11))
SOURCE = {
    (PRINTER, 6): "category: hardwear",
    (PRINTER, 12): "due: 2026-13-05",
    (OTHER, 3): "titel: 日本",
}


def report(findings: Iterable[Finding] = (), checked: int = 42, **more: object) -> Report:
    """Return the report of some findings."""
    return Report(tuple(findings), checked, RULES, lambda path, line: SOURCE.get((path, line)), **more)  # type: ignore[arg-type]


def shown(name: str, *findings: Finding, **more: object) -> str:
    """Return what a format prints where there are no colours."""
    return click.unstyle(FORMATS[name](report(findings, **more)))


def test_text_shows_place_line_and_remedy() -> None:
    assert shown("text", UNKNOWN, NO_DATE, SLIP, COLOUR, fixable=1) == """\
tickets/2026/11/HD-1042.md

error T103: “hardwear” is not a known value of category.
  --> tickets/2026/11/HD-1042.md:6:11
6 | category: hardwear
  |           ^
    Did you mean “hardware”?

error T104: “2026-13-05” is not a date.
   --> tickets/2026/11/HD-1042.md:12:6
12 | due: 2026-13-05
   |      ^

tickets/2026/12/HD-1050.md

warning T106: Unknown key “titel”.
  --> tickets/2026/12/HD-1050.md:3:1
3 | titel: 日本
  | ^
    Did you mean “title”?

tracker.yml

error C103: “blue” is not a known value of colour.
    --> tracker.yml:112:11

42 tickets checked: 3 errors, 1 warning.
1 of them can be put right with “tracker validate --fix”."""  # fmt: skip


def test_text_of_a_sound_desk_is_one_line() -> None:
    assert shown("text") == "42 tickets checked: no findings."
    assert FORMATS["text"](report()) == click.style("42 tickets checked: no findings.", fg="green")


@pytest.mark.parametrize(("finding", "colour"), [(UNKNOWN, "red"), (SLIP, "yellow")])
def test_text_has_the_colour_of_its_severity(finding: Finding, colour: str) -> None:
    printed = FORMATS["text"](report([finding]))
    word = "error" if finding is UNKNOWN else "warning"
    assert click.style(f"{word} {finding.code}", fg=colour, bold=True) in printed
    assert click.style(finding.path, bold=True) in printed
    assert click.style(finding.hint, dim=True) in printed


def test_text_says_what_can_be_put_right() -> None:
    words = "can be put right with “tracker validate --fix”."
    assert shown("text", UNKNOWN, fixable=1).endswith(f"\nIt {words}")
    assert shown("text", UNKNOWN, UNKNOWN, SLIP, fixable=2).endswith(f"\n2 of them {words}")
    assert words not in shown("text", NO_DATE)


def test_text_speaks_french() -> None:
    with language("fr"):
        printed = shown("text", UNKNOWN, SLIP, checked=1, fixable=1)
    assert "\nerreur T103: " in printed
    assert printed.endswith(
        "1 ticket vérifié : 1 erreur, 1 avertissement.\n« tracker validate --fix » peut en corriger 1."
    )


def test_text_is_broken_at_80_cells_but_never_its_places() -> None:
    deep = f"{'folder/' * 15}HD-1.md"
    lines = shown("text", Finding(deep, "T104", "word " * 40, hint="remedy " * 40)).split("\n")
    assert all(len(line) <= 80 for line in lines if deep not in line)
    assert f"  --> {deep}:1:1" in lines


def test_text_commands_neither_a_terminal_nor_a_runner() -> None:
    evil = f"{'x' * 75} ::stop-commands::x \x1b[31m ##[add-mask]x \u202e"
    lines = shown("text", Finding(PRINTER, "T103", evil, Position(6, 11), evil)).split("\n")
    assert not any(line.lstrip().startswith("::") or "##[" in line for line in lines)
    assert not any(character in line for line in lines for character in "\x1b\u202e")


@pytest.mark.parametrize(
    ("line", "column", "seen", "cells"),
    [
        ("category: x", 11, "category: x", 10),
        ("short", 6, "short", 5),
        ("short", 99, "short", 5),
        ("", 1, "", 0),
        ("\tx: y", 2, "    x: y", 4),
        ("日本: y", 5, "日本: y", 6),
        ("e\u0301te\u0301: y", 8, "e\u0301te\u0301: y", 5),
        ("👩\u200d👩\u200d👧: y", 8, "👩\u200d👩\u200d👧: y", 4),
        ("a\x1b[31m: y", 9, "a␛[31m: y", 8),
        ("a" * 30 + "X" + "b" * 30, 31, "…aaaaaaaaaXbbbbbbbb…", 10),
        ("a" * 30 + "X", 31, "…aaaaaaaaaaaaaaaaaaX", 19),
        ("X" + "b" * 30, 1, "Xbbbbbbbbbbbbbbbbbb…", 0),
        ("日" * 30 + "X" + "本" * 30, 31, "…日日日日X本本本本…", 9),
    ],
)
def test_an_excerpt_keeps_the_column_in_sight(line: str, column: int, seen: str, cells: int) -> None:
    assert excerpt(line, column, 20) == (seen, cells)


def test_texts_are_wrapped_by_what_they_take_of_a_terminal() -> None:
    assert list(wrapped("日本 日本 日本", 10)) == ["日本 日本", "日本"]
    assert list(wrapped("a https://example.org/long b", 10)) == ["a", "https://example.org/long", "b"]
    assert list(wrapped("", 10)) == []


def test_statistics_begin_with_the_most_frequent_rule() -> None:
    table = statistics(report([*[SLIP] * 10, NO_DATE, UNKNOWN, UNKNOWN, COLOUR]))
    assert click.unstyle(table).split("\n") == [
        "T106  no-slip        warning  10",
        "T103  known-value    error     2",
        "C103  known-value    error     1",
        "T104  calendar-date  error     1",
    ]
    assert statistics(report()) == ""


def test_json_is_what_it_was() -> None:
    assert json.loads(shown("json", UNKNOWN, prefix="desk")) == [
        {
            "path": PRINTER,
            "line": 6,
            "column": 11,
            "code": "T103",
            "message": "“hardwear” is not a known value of category.",
            "hint": "Did you mean “hardware”?",
            "field": "category",
            "severity": "error",
        }
    ]
    assert "“hardwear”" in shown("json", UNKNOWN)
    assert shown("json") == "[]"


def test_github_annotates() -> None:
    assert shown("github", UNKNOWN, SLIP, prefix="desk") == (
        f"::error file=desk/{PRINTER},line=6,col=11,title=T103 known-value"
        "::“hardwear” is not a known value of category.%0ADid you mean “hardware”?\n"
        f"::warning file=desk/{OTHER},line=3,col=1,title=T106 no-slip"
        "::Unknown key “titel”.%0ADid you mean “title”?\n"
        "42 tickets checked: 1 error, 1 warning."
    )


def test_github_shows_ten_of_a_severity_and_those_of_the_pull_request_first() -> None:
    findings = [NO_DATE._replace(path=f"tickets/{number:02}.md") for number in range(15)]
    findings += [SLIP._replace(path=f"tickets/{number:02}.md") for number in range(12)]
    lines = shown("github", *findings, changed=frozenset({"tickets/14.md", "tickets/11.md"})).split("\n")
    errors = [line for line in lines if line.startswith("::error ")]
    warnings = [line for line in lines if line.startswith("::warning ")]
    assert (len(errors), len(warnings)) == (10, 10)
    assert "file=tickets/11.md" in errors[0]
    assert "file=tickets/14.md" in errors[1]
    assert "file=tickets/00.md" in errors[2]
    assert "file=tickets/11.md" in warnings[0]
    assert lines[20:] == [
        "7 more findings are in the summary of this run.",
        "42 tickets checked: 15 errors, 12 warnings.",
    ]


def test_a_summary_that_is_too_long_says_how_much_is_left_out() -> None:
    findings = [UNKNOWN._replace(position=Position(line, 1), hint="é" * 500) for line in range(1, 2_000)]
    changed = SLIP._replace(path="tickets/last.md")
    text = step_summary(report([*findings, changed], changed=frozenset({changed.path})))
    rows = [line for line in text.split("\n") if line.startswith("| error ")]
    assert len(text.encode()) <= LIMIT
    assert len(rows) > 500
    assert text.endswith(f"\n\n{1_999 - len(rows)} findings are left out&#46;\n")
    assert "last" in text


def test_a_summary_of_a_sound_desk_has_no_table() -> None:
    assert step_summary(report()) == "### tracker validate\n\n42 tickets checked&#58; no findings&#46;\n"


def test_sarif_has_every_rule_and_points_to_it() -> None:
    run = json.loads(shown("sarif", UNKNOWN, COLOUR, docs="https://example.org/rules", prefix="desk"))[
        "runs"
    ][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["C103", "T103", "T104", "T106"]
    assert rules[0]["helpUri"] == rules[1]["helpUri"] == "https://example.org/rules/T103/"
    assert rules[1] == {
        "id": "T103",
        "name": "known-value",
        "shortDescription": {"text": "A value is one that the desk knows."},
        "fullDescription": {"text": "Filters."},
        "help": {"text": "Take one of {{values}}."},
        "helpUri": "https://example.org/rules/T103/",
        "defaultConfiguration": {"level": "error"},
    }
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == ["T103", "C103"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": f"desk/{PRINTER}",
        "uriBaseId": "%SRCROOT%",
    }


def test_sarif_says_its_language() -> None:
    with language("fr"):
        assert '"language": "fr"' in shown("sarif")
    assert '"language": "en"' in shown("sarif")


def test_sarif_makes_no_links_of_a_strangers() -> None:
    evil = NO_DATE._replace(message="[click here](https://evil.example) {0}")
    message = json.loads(shown("sarif", evil))["runs"][0]["results"][0]["message"]["text"]
    assert message == "[click here]\u2060(https://evil.example) {{0}}"


@pytest.mark.parametrize("name", ["sarif", "gitlab"])
def test_fingerprints_stay_when_lines_above_move_and_differ_otherwise(name: str) -> None:
    def prints(*findings: Finding) -> list[str]:
        data = json.loads(shown(name, *findings))
        if name == "gitlab":
            return [issue["fingerprint"] for issue in data]
        return [result["partialFingerprints"]["trackerFinding/v1"] for result in data["runs"][0]["results"]]

    before = prints(UNKNOWN, UNKNOWN._replace(position=Position(9, 1)), NO_DATE)
    after = prints(UNKNOWN._replace(position=Position(7, 11)), UNKNOWN._replace(position=Position(10, 1)), NO_DATE)  # fmt: skip
    assert before == after
    changes = ({"path": "x.md"}, {"code": "T104"}, {"field": "type"}, {"message": "Other."})
    others = prints(*(UNKNOWN._replace(**change) for change in changes))  # type: ignore[arg-type]
    assert len({*before, *others}) == 7


def test_junit_of_a_sound_desk_has_passed() -> None:
    (suite,) = JUnitXml.fromstring(shown("junit"))
    (case,) = suite
    assert case.is_passed
    assert (suite.tests, suite.failures, suite.errors, suite.skipped) == (1, 0, 0, 0)
    assert case.system_out == "42 tickets checked: no findings."


def test_junit_fails_a_file_with_errors_and_passes_one_with_warnings() -> None:
    (suite,) = JUnitXml.fromstring(shown("junit", UNKNOWN, NO_DATE, SLIP, prefix="desk"))
    printer, other, rest = suite
    assert (suite.tests, suite.failures) == (3, 1)
    assert (printer.name, printer.classname) == (f"desk/{PRINTER}", "tracker.validate")
    (failure,) = printer.result
    assert failure.type == "T103"
    assert failure.message == "“hardwear” is not a known value of category. (and 1 more)"
    assert failure.text.split("\n") == [
        f"desk/{PRINTER}:6:11: error T103 known-value: “hardwear” is not a known value of category.",
        "  = Did you mean “hardware”?",
        f"desk/{PRINTER}:12:6: error T104 calendar-date: “2026-13-05” is not a date.",
    ]
    assert other.is_passed
    assert "warning T106 no-slip: Unknown key “titel”." in other.system_out
    assert rest.is_passed


def test_junit_has_no_green_case_where_nothing_could_be_checked() -> None:
    (suite,) = JUnitXml.fromstring(shown("junit", COLOUR, checked=0))
    assert (suite.tests, suite.failures) == (1, 1)


def test_rdjson_counts_columns_in_bytes() -> None:
    line = "é日𐐀\udce9x"
    finding = NO_DATE._replace(position=Position(1, 5))
    source = Report([finding], 1, RULES, lambda path, line_number: line)
    start = json.loads(FORMATS["rdjson"](source))["diagnostics"][0]["location"]["range"]["start"]
    assert start == {"line": 1, "column": 2 + 3 + 4 + 1 + 1}


def test_rdjson_leaves_a_column_out_that_it_cannot_know() -> None:
    (diagnostic,) = json.loads(shown("rdjson", COLOUR))["diagnostics"]
    assert diagnostic["location"]["range"]["start"] == {"line": 112}
    (diagnostic,) = json.loads(shown("rdjson", COLOUR._replace(position=Position(7, 1))))["diagnostics"]
    assert diagnostic["location"]["range"]["start"] == {"line": 7, "column": 1}


@pytest.mark.parametrize(("findings", "severity"), [((), "INFO"), ((SLIP,), "WARNING"), ((UNKNOWN, SLIP), "ERROR")])  # fmt: skip
def test_rdjson_is_as_severe_as_its_worst_finding(findings: tuple[Finding, ...], severity: str) -> None:
    assert json.loads(shown("rdjson", *findings))["severity"] == severity


@pytest.mark.parametrize("name", ["gitlab", "sarif", "junit", "rdjson"])
def test_documents_for_machines_are_ascii(name: str) -> None:
    assert shown(name, UNKNOWN, SLIP).isascii()


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_findings_give_the_same_text(name: str) -> None:
    findings = (UNKNOWN, NO_DATE, SLIP, COLOUR)
    more = {"changed": frozenset({PRINTER, OTHER}), "docs": "https://example.org"}
    assert shown(name, *findings, **more) == shown(name, *findings, **more)
