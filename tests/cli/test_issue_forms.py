"""Templates that are written as GitHub's issue forms: what they ask, and the tickets that the answers make."""

from pathlib import Path

import pytest

from tests.conftest import Run, git

FORM = """\
name: Something is broken
description: Of what we made ourselves
title: "[Bug]: "
type: Incident
labels: bug, triage
assignees: [octocat, Omar]
projects: [example/1]
body:
  - type: markdown
    attributes: {value: Thanks for telling.}
  - type: textarea
    id: steps
    attributes: {label: Steps, description: All of them.}
    validations: {required: true}
  - type: dropdown
    id: location
    attributes: {label: Where, options: [Lyon, austin], default: 0}
  - type: dropdown
    id: browsers
    attributes: {label: Browsers, multiple: true, options: [Firefox, "Edge, or the like", Chrome]}
  - type: input
    attributes: {label: Anything else}
  - type: textarea
    id: logs
    attributes: {label: Logs, render: shell}
  - type: checkboxes
    id: terms
    attributes:
      label: Terms
      options:
        - {label: I agree, required: true}
        - {label: I like it}
"""
TEXT = """\
### Steps

1. Print

### Browsers

Edge, or the like

### Anything else

_No response_

### Logs

````shell
```
x
````

### Terms

- [x] I agree
- [ ] I like it
"""


@pytest.fixture
def forms(desk: Path) -> Path:
    """Where GitHub has the forms of a repository."""
    folder = desk / ".github" / "ISSUE_TEMPLATE"
    folder.mkdir(parents=True)
    (folder / "bug.yml").write_text(FORM)
    (folder / "config.yml").write_text("blank_issues_enabled: false\n")
    return folder


def filed(desk: Path, path: str) -> str:
    return (desk / path.strip()).read_text()


def test_the_answers_make_the_ticket_that_github_would_show(desk: Path, forms: Path, run: Run) -> None:
    answers = (
        "-s",
        "steps=1. Print",
        "-s",
        "browsers=Edge, or the like",
        "-s",
        "logs=```\nx",
        "-s",
        "terms=I agree",
    )
    done = run("new", "It prints nothing", "-t", "bug", *answers, "-s", "category=hardware")
    assert done.code == 0, done.err
    head, _line, body = filed(desk, done.out).removeprefix("---\n").partition("---\n")
    assert body == TEXT
    told = [line for line in head.splitlines() if not line.startswith(("id:", "created:"))]
    assert told == [
        "title: It prints nothing", "type: incident", "status: new", "category: hardware", "priority: normal",
        "assignee: omar", "requester:", "  name: Ada Byron", "  email: ada@example.org", "source:", "  template: bug",
        "location: lyon", "labels:", "  - bug", "  - triage",
    ]  # fmt: skip


def test_what_must_be_answered_is_asked_for(forms: Path, run: Run) -> None:
    done = run("new", "x", "-t", "bug", "-s", "terms=I agree")
    assert (done.code, done.err) == (2, "Error: Steps is missing.\nAnswer it: --set steps=…\n")
    done = run("new", "x", "-t", "bug", "-s", "steps=x")
    assert "I agree is missing." in done.err
    done = run("new", "x", "-t", "bug", "-s", "browsers=Firefx")
    assert "“Firefx” is not a known value of browsers." in done.err
    assert "Did you mean “Firefox”?" in done.err


def test_a_text_may_be_given_instead(desk: Path, forms: Path, run: Run) -> None:
    done = run("new", "x", "-t", "bug", "-m", "All I know.", "--draft")
    assert filed(desk, done.out).endswith("---\nAll I know.\n")


def test_a_template_of_the_desk_comes_before_one_of_github(desk: Path, forms: Path, run: Run) -> None:
    (desk / "templates" / "tickets").mkdir(parents=True)
    (desk / "templates" / "tickets" / "bug.yaml").write_text(FORM.replace("bug, triage", "ours"))
    done = run("new", "x", "-t", "bug", "-m", "x", "--draft")
    assert "labels:\n  - ours\n" in filed(desk, done.out)
    assert "bug, incident, onboarding, request" in run("new", "x", "-t", "config").err


@pytest.mark.parametrize(
    ("before", "after", "place", "message"),
    [
        ("[Lyon, austin]", "[Lyon, Pari]", "17:48", "“Pari” is not a known value of location."),
        ("type: input", "type: inputs", "21:11", "“inputs” is not a known value of body.4.type."),
        ("default: 0", "default: 2", "17:66", "There is no option 2; the first is 0."),
        ("id: logs", "id: steps", "12:9", "“steps” is there more than once."),
        ("label: Steps, ", "", "13:17", "body.1.attributes.label is missing."),
        ("name: Something is broken\n", "", "1:1", "name is missing."),
        ("required: true}\n        -", "required: maybe}\n        -", "31:38", "must be yes or no."),
        ("Firefox, ", "Chrome, ", "20:60", "“Chrome” is there more than once."),
        ("body:", "body: &x", "8:7", "anchor"),
        ("type: markdown", "type: [x", "", ""),
    ],
)
def test_what_is_wrong_with_a_form_is_said_with_its_line(
    forms: Path, run: Run, before: str, after: str, place: str, message: str
) -> None:
    assert before in FORM
    (forms / "bug.yml").write_text(FORM.replace(before, after, 1))
    done = run("new", "x", "-t", "bug")
    assert done.code == 3
    assert f".github/ISSUE_TEMPLATE/bug.yml:{place}" in done.err
    assert message in done.err
    assert f"bug.yml:{place}" in run("doctor").out.replace("\n    ", " ")


def test_a_form_that_asks_nothing_is_none(forms: Path, run: Run) -> None:
    (forms / "bug.yml").write_text("name: x\nbody: [{type: markdown, attributes: {value: x}}]\n")
    assert "This form asks nothing." in run("new", "x", "-t", "bug").err


def test_a_ticket_of_a_form_is_sound(desk: Path, forms: Path, run: Run) -> None:
    run("new", "x", "-t", "bug", "-s", "steps=x", "-s", "terms=I agree", "-s", "category=network", "--commit")
    git(desk, "status", "--short")
    done = run("validate")
    assert done.code == 0, done.out
