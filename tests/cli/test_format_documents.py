"""Whatever stands in a ticket, each format stays a document of its kind that reads back to the same words."""

import html
import json
import re
from typing import Any
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import click
import comrak
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import JUnitXml
from sarif_pydantic import Sarif

from tests.cli.test_formats import RULES
from tracker.cli.formats import FORMATS, Report, statistics, step_summary
from tracker.cli.formats.report import sound
from tracker.cli.terminal import clean, one_line
from tracker.finding import Finding, Severity
from tracker.position import Position

PIECES = st.sampled_from(["]]>", "<!--", "-->", "</failure>", "&amp;", "&#64;", "::error::", "::", "##[add-path]", "%0A", "%25", "|", "`", "```", "**b**", "[a](https://evil.example)", "](", "{0}", "{{", "<img src=x onerror=y>", "<script>", "@ada", "ada@evil.example", "www.evil.example", "https://evil.example", "\\|", "\\", "~~", "$x$", "\n", "\r\n", "\r", "\n\n# h\n", "\t", "\x00", "\x1b[31m", "\x85", "\u2028", "\u202e", "\ufeff", "\ufffe", "\uffff", "e\u0301", "日本", "👩\u200d👧", "\udce9", "\udcff", ",", "=", '"', "'", ": "])  # fmt: skip
"""What has a meaning in one of the formats, or troubles readers."""

CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\u2060") | st.sampled_from(
    "\udc80\udcff"
)
TEXTS = st.lists(PIECES | st.text(CHARACTERS, max_size=8), max_size=4).map("".join)
PATHS = st.tuples(st.just("tickets/"), TEXTS, st.just(".md")).map("".join)
LINES = TEXTS.map(lambda text: re.sub(r"[\r\n]", "", text))
FINDINGS = st.builds(
    Finding,
    path=PATHS,
    code=st.sampled_from(["T103", "T104", "T106", "C103", "T999"]),
    message=TEXTS.filter(bool),
    position=st.builds(Position, st.integers(1, 99_999), st.integers(1, 200)),
    hint=st.just("") | TEXTS,
    field=st.sampled_from(["", "title", "requester.email"]),
    severity=st.sampled_from(Severity),
)
REPORTS = st.builds(
    lambda findings, line, prefix, docs, checked: Report(
        tuple(sorted(findings, key=lambda finding: finding.sort_key)),
        checked,
        RULES,
        lambda _path, _line: line,
        frozenset(finding.path for finding in findings[::2]),
        prefix,
        docs,
    ),
    st.lists(FINDINGS, max_size=4),
    st.none() | LINES,
    st.sampled_from(["", "desk", "a desk/é"]),
    st.sampled_from(["", "https://example.org/rules", "https://example.org/rules/"]),
    st.integers(0, 9_999),
)

RELATIVE = {"type": "string", "pattern": r"^[^/]"}
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "additionalProperties": False,
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": r"^[TC]\d{3}$"},
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "additionalProperties": False,
                "properties": {
                    "path": RELATIVE,
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format, in our words."""

RDJSON = {
    "type": "object",
    "required": ["source", "severity", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"], "properties": {"name": {"const": "tracker"}}},
        "severity": {"$ref": "#/$defs/severity"},
        "diagnostics": {"type": "array", "items": {"$ref": "#/$defs/diagnostic"}},
    },
    "$defs": {
        "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
        "diagnostic": {
            "type": "object",
            "required": ["message", "location", "severity", "code"],
            "additionalProperties": False,
            "properties": {
                "message": {"type": "string", "minLength": 1},
                "severity": {"$ref": "#/$defs/severity"},
                "location": {
                    "type": "object",
                    "required": ["path", "range"],
                    "additionalProperties": False,
                    "properties": {
                        "path": RELATIVE,
                        "range": {
                            "type": "object",
                            "required": ["start"],
                            "additionalProperties": False,
                            "properties": {"start": {"$ref": "#/$defs/position"}},
                        },
                    },
                },
                "code": {
                    "type": "object",
                    "required": ["value"],
                    "additionalProperties": False,
                    "properties": {
                        "value": {"type": "string"},
                        "url": {"type": "string", "pattern": r"^https://example\.org/rules/T\d{3}/$"},
                    },
                },
            },
        },
        "position": {
            "type": "object",
            "required": ["line"],
            "additionalProperties": False,
            "properties": {
                "line": {"type": "integer", "minimum": 1},
                "column": {"type": "integer", "minimum": 1},
            },
        },
    },
}
"""reviewdog's `DiagnosticResult`, in our words."""

TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "additionalProperties": False,
    "properties": {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {"type": "array", "minItems": 1, "maxItems": 1, "items": {"$ref": "#/$defs/run"}},
    },
    "$defs": {
        "run": {
            "type": "object",
            "required": ["tool", "results"],
            "additionalProperties": False,
            "properties": {
                "tool": {
                    "type": "object",
                    "required": ["driver"],
                    "properties": {
                        "driver": {
                            "type": "object",
                            "required": ["name", "version", "rules"],
                            "additionalProperties": False,
                            "properties": {
                                "name": {"type": "string"},
                                "version": {"type": "string"},
                                "rules": {
                                    "type": "array",
                                    "uniqueItems": True,
                                    "items": {"$ref": "#/$defs/rule"},
                                },
                            },
                        }
                    },
                },
                "language": {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"},
                "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                "results": {"type": "array", "items": {"$ref": "#/$defs/result"}},
            },
        },
        "rule": {
            "type": "object",
            "required": ["id"],
            "additionalProperties": False,
            "properties": {
                "id": {"type": "string"},
                "name": {"type": "string"},
                "shortDescription": TEXT,
                "fullDescription": TEXT,
                "help": TEXT,
                "helpUri": {"type": "string", "format": "uri"},
                "defaultConfiguration": {"type": "object", "properties": {"level": LEVEL}},
            },
        },
        "result": {
            "type": "object",
            "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
            "additionalProperties": False,
            "properties": {
                "ruleId": {"type": "string"},
                "ruleIndex": {"type": "integer", "minimum": 0},
                "level": LEVEL,
                "message": TEXT,
                "locations": {
                    "type": "array",
                    "minItems": 1,
                    "maxItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["physicalLocation"],
                        "properties": {"physicalLocation": {"$ref": "#/$defs/place"}},
                    },
                },
                "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
            },
        },
        "place": {
            "type": "object",
            "required": ["artifactLocation", "region"],
            "properties": {
                "artifactLocation": {
                    "type": "object",
                    "properties": {
                        "uri": {"type": "string", "pattern": r"^(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})+$"},
                        "uriBaseId": {"const": "%SRCROOT%"},
                    },
                },
                "region": {
                    "type": "object",
                    "required": ["startLine", "startColumn"],
                    "properties": {
                        "startLine": {"type": "integer", "minimum": 1},
                        "startColumn": {"type": "integer", "minimum": 1},
                    },
                },
            },
        },
    },
}
"""The part of SARIF 2.1.0 that we write, in our words, with RFC 3986's characters of a relative path."""


def document(name: str, report: Report, schema: dict[str, Any]) -> Any:
    """Return what a format's JSON says, once it is known to keep to its schema and to strict readers' needs."""
    text = FORMATS[name](report)
    text.encode("utf-8")
    assert "##[" not in text
    data = json.loads(text)
    json.dumps(data, ensure_ascii=False).encode("utf-8")  # no lone surrogate hides in an escape
    jsonschema.validate(data, schema, jsonschema.Draft202012Validator)
    return data


def top(report: Report, path: str) -> str:
    return f"{report.prefix}/{path}" if report.prefix else path


def explained(finding: Finding) -> str:
    return sound(f"{finding.message} {finding.hint}" if finding.hint else finding.message)


@given(REPORTS)
def test_json_reads_back(report: Report) -> None:
    text = FORMATS["json"](report)
    text.encode("utf-8")
    assert "##[" not in text
    assert json.loads(text) == [finding.as_json() for finding in report.findings]


@given(REPORTS)
def test_gitlab_keeps_to_its_format(report: Report) -> None:
    issues = document("gitlab", report, GITLAB)
    assert [
        (issue["location"]["path"], issue["location"]["lines"]["begin"], issue["check_name"], issue["description"])
        for issue in issues
    ] == [
        (sound(top(report, finding.path)), finding.position.line, finding.code, explained(finding))
        for finding in report.findings
    ]  # fmt: skip
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


@given(REPORTS)
def test_rdjson_keeps_to_its_format(report: Report) -> None:
    diagnostics = document("rdjson", report, RDJSON)["diagnostics"]
    assert [
        (each["location"]["path"], each["severity"].lower(), each["code"]["value"], each["message"])
        for each in diagnostics
    ] == [
        (sound(top(report, finding.path)), finding.severity, finding.code, explained(finding))
        for finding in report.findings
    ]
    for finding, each in zip(report.findings, diagnostics, strict=True):
        column = each["location"]["range"]["start"].get("column")
        line = report.line(finding.path, finding.position.line)
        if line is not None and finding.position.column <= len(line):
            before = line.encode("utf-8", "surrogateescape")[: column - 1]
            assert before.decode("utf-8", "surrogateescape") == line[: finding.position.column - 1]


@given(REPORTS)
def test_sarif_keeps_to_its_format(report: Report) -> None:
    data = document("sarif", report, SARIF)
    (run,) = Sarif.model_validate(data).runs
    rules = run.tool.driver.rules
    assert rules is not None
    assert run.results is not None
    for finding, result in zip(report.findings, run.results, strict=True):
        assert result.rule_id == rules[result.rule_index].id == finding.code
        text = result.message.text
        assert not re.search(r"\[[^\[\]]*\]\([^()]*\)", text)  # no embedded link
        assert not re.search(r"(?<!\{)(?:\{\{)*\{\d+\}", text)  # no placeholder
        assert text.replace("{{", "{").replace("}}", "}").replace("\u2060", "") == explained(finding)
        place = result.locations[0].physical_location
        assert unquote_to_bytes(place.artifact_location.uri).decode("utf-8", "surrogateescape") == top(
            report, finding.path
        )
        assert (place.region.start_line, place.region.start_column) == finding.position
    prints = [tuple(result.partial_fingerprints.items()) for result in run.results]
    assert len(set(prints)) == len(prints)


@given(REPORTS)
def test_junit_keeps_to_its_format(report: Report) -> None:
    text = FORMATS["junit"](report)
    assert "##[" not in text
    assert not any(line.lstrip().startswith("::") for line in text.split("\n"))
    (suite,) = JUnitXml.fromstring(text)
    cases = {case.name: case for case in suite}
    assert len(suite) == suite.tests == len(ET.fromstring(text).findall(".//testcase"))
    for path in {finding.path for finding in report.findings}:
        case = cases[xml(top(report, path))]
        errors = [each for each in report.findings if each.path == path and each.severity is Severity.ERROR]
        assert case.is_passed is not bool(errors)
        if errors:
            more = f" (and {len(errors) - 1} more)" if errors[1:] else ""
            assert case.result[0].message == xml(errors[0].message) + more
            for error in errors:
                assert xml(one_line(error.message)) in case.result[0].text


def xml(text: str) -> str:
    """Return text as XML 1.0 can have it: by 2.2 without these, and with line breaks as attributes keep them."""
    return re.sub("[\ufffe\uffff]", "\ufffd", sound(clean(text)))


COMMAND = re.compile(r"::(?P<name>[a-z-]+) (?P<properties>.*?)::(?P<data>.*)")


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """Return a workflow command as the runner understands it: its unescaping goes in this order."""
    match = COMMAND.fullmatch(line)
    assert match
    properties = {}
    for pair in match["properties"].strip().split(","):
        name, value = pair.split("=", 1)
        for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(written, meant)
        properties[name] = value
    data = match["data"]
    for written, meant in (("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
        data = data.replace(written, meant)
    return match["name"], properties, data


@given(REPORTS)
def test_github_reads_back(report: Report) -> None:
    text = FORMATS["github"](report)
    text.encode("utf-8")
    *lines, last = re.split(r"\r\n|\r|\n", text)
    assert last.startswith(f"{report.checked} ticket")
    expected = sorted(
        report.findings,
        key=lambda each: (each.severity is Severity.WARNING, each.path not in report.changed),
    )
    for finding, line in zip(expected, lines, strict=True):
        name, properties, data = read_command(line)
        assert name == finding.severity
        assert properties.pop("title").startswith(finding.code)
        assert properties == {
            "file": sound(clean(top(report, finding.path))),
            "line": str(finding.position.line),
            "col": str(finding.position.column),
        }
        assert data == sound(clean("\n".join(filter(None, (finding.message, finding.hint)))))


@given(REPORTS)
def test_a_summary_has_no_markup_but_ours(report: Report) -> None:
    text = step_summary(report)
    text.encode("utf-8")
    page = github_markdown(text)
    tags = set(re.findall(r"<(/?[^\s>]+)", page))
    ours = {"h3", "p", "table", "thead", "tbody", "tr", "th", "td", "code", "br", "a"}
    assert {tag.strip("/") for tag in tags} <= ours
    addresses = set(re.findall(r'<a href="([^"]*)"', page))
    assert addresses <= {f"https://example.org/rules/{code}/" for code in RULES}
    rows = [re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for row in page.split("<tr>")[2:]]
    findings = sorted(report.findings, key=lambda finding: finding.path not in report.changed)
    for finding, (severity, place, rule, said) in zip(findings, rows, strict=True):
        assert severity == finding.severity
        assert seen(place) == as_cell(f"{top(report, finding.path)}:{finding.position}")
        assert seen(rule).startswith(finding.code)
        parts = [as_cell(part) for part in (finding.message, finding.hint) if part]
        assert [seen(part) for part in said.split("<br>")] == parts


def github_markdown(text: str) -> str:
    """Return GitHub-flavoured Markdown as HTML, whatever raw HTML there is left in."""
    extensions = comrak.ExtensionOptions()
    for name in ("alerts", "autolink", "footnotes", "strikethrough", "table", "tasklist", "shortcodes", "math_dollars"):  # fmt: skip
        setattr(extensions, name, True)
    rendering = comrak.RenderOptions()
    rendering.unsafe_ = True
    return str(comrak.render_markdown(text, extensions, comrak.ParseOptions(), rendering))


def as_cell(text: str) -> str:
    return sound(one_line(text)).strip()


def seen(cell: str) -> str:
    """Return what a person sees of HTML."""
    return html.unescape(re.sub(r"<[^>]*>", "", cell)).replace("\u2060", "").strip()


@given(REPORTS)
def test_text_is_harmless_and_has_every_place(report: Report) -> None:
    printed = click.unstyle(FORMATS["text"](report))
    printed.encode("utf-8")
    lines = printed.split("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|##\[", printed)
    assert not any(line.lstrip().startswith("::") for line in lines)
    places = [line.split("--> ", 1)[1] for line in lines if re.match(r" +--> ", line)]
    for finding in report.findings:
        shown = sound(clean(finding.path)).replace("\t", "␉").replace("\n", "␊").replace("##[", "##\u2060[")
        assert f"{shown}:{finding.position}" in places
    numbers = [int(line.split()[-1]) for line in statistics(report).split("\n") if line]
    assert sum(numbers) == len(report.findings)
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("path", ["\ud800.md", "tickets/\udce9.md"])
def test_a_file_name_that_is_no_text_is_no_accident(name: str, path: str) -> None:
    report = Report([Finding(path, "T103", path)], 1, RULES, lambda _path, _line: "")
    FORMATS[name](report).encode("utf-8")
    step_summary(report).encode("utf-8")
