"""The forms by which tickets are filed: what they write, what they refuse, and how they are sent."""

import json
import random
import shlex
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import CONFIGURATION, Run, git, new_repository, write_ticket
from tests.document.test_scalars import CASES
from tracker.actions.assignment import parse_assignment
from tracker.actions.create import fill_in
from tracker.document import compose, read_document
from tracker.document.scalar import scalar
from tracker.model.form import Control, Form
from tracker.model.mail_form import read_mailed_form
from tracker.viewer.builder import build
from tracker.workspace import Workspace
from tracker.workspace.forms import read_ticket_template, ticket_form
from tracker.workspace.reading import findings_in

SETTINGS = """\
forge: {kind: github, url: https://github.com/example/desk}
mail: {address: help@example.org}
"""
FIELDS = """\
  asset: {kind: text, pattern: '[A-Z]-\\d{5}', label: Asset}
  wanted: {kind: date}
  tools: {kind: multiple choice, values: [saw, drill]}
  after: {kind: ticket}
"""
MKDOCS = """\
site_name: Test desk
docs_dir: site
site_dir: public
theme: {name: material, font: false, language: LANGUAGE}
plugins: [search, tracker]
"""
WISH = """\
---
type: request
category:
affected:
asset:
wanted:
due:
tools:
after:
labels:
system:
  kind:
  model: HP
---
Before all else.

## What, and why: "all" of it?

A hint.

## And `code`?

```
## not a heading
```
"""
BUG = """\
name: Something is broken
description: Of what we made ourselves
title: "[Bug]: "
labels: [bug]
body:
  - type: markdown
    attributes: {value: "**Thanks** for telling."}
  - type: input
    id: contact
    attributes: {label: Contact, placeholder: a number}
  - type: textarea
    id: steps
    attributes: {label: Steps, description: "All of *them*.", value: "1. "}
    validations: {required: true}
  - type: dropdown
    id: location
    attributes: {label: Where, options: [Lyon, austin], default: 1}
  - type: dropdown
    id: browsers
    attributes: {label: Browsers, multiple: true, options: [Firefox, Chrome]}
  - type: dropdown
    attributes: {label: How often, options: [always, "1 in 2"]}
  - type: textarea
    id: logs
    attributes: {label: Logs, render: shell}
  - type: checkboxes
    id: terms
    attributes:
      label: Terms
      options:
        - {label: "I agree: all of it", required: true}
        - {label: I like it}
"""
NAMES = ("incident", "onboarding", "request", "wish", "bug")
NASTY = [
    "", "yes", "no", "012", "1:30", "2026-11-28", "null", "~", "[x]", "{a: b}", "- x", "a: b", "a #b", "#", "---", "...",
    "\"double\"", "'single'", "it's \"both\"", "\\n", "$15,000", "🖨 jams", "日本語", "  spaces  ", "\u00a0x\u00a0y\u00a0",
    "x\ty", "\x07\x1f", "\x85x\x85", "\u2028", "\ufeffx\ufeff", "é", "<<<<<<< a", "=", "%", "@x", "`x`", "</script>", "&amp;",
]  # fmt: skip
LINES = [*NASTY, "---\n", "\n\n  indented\n\n", "```\nx\n````", "## A heading", "x" * 5000, "- [x] done", "a\n\n\nb  ", "\t\n x"]


def new_desk(folder: Path, language: str) -> Path:
    """Make a desk with every kind of field and template, and build its website."""
    new_repository(folder)
    (folder / "tracker.yml").write_text(f"{CONFIGURATION}{FIELDS}{SETTINGS}language: {language}\n")
    for path, text in {
        "templates/tickets/wish.md": WISH,
        ".github/ISSUE_TEMPLATE/bug.yml": BUG,
        ".github/ISSUE_TEMPLATE/config.yml": "blank_issues_enabled: false\n",
        "templates/tickets/broken.yml": "name: Broken\nbody: [{type: input}]\n",
        "site/index.md": "# Welcome\n",
        "mkdocs.yml": MKDOCS.replace("LANGUAGE", language),
    }.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    write_ticket(folder, 1, "Printer on the third floor jams")
    write_ticket(folder, 2, "Badge does not open the garage")
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", "Set up")
    return build(folder, strict=True)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same website in each language."""
    top = tmp_path_factory.mktemp("sites")
    return {language: new_desk(top / language, language) for language in ("en", "fr")}


@pytest.fixture
def open_form(browser: Browser, sites: dict[str, Path]) -> Iterator[Any]:
    """Opens the page of a form, from the disk; nothing may go wrong on it."""
    pages: list[Page] = []
    wrong: list[str] = []

    def open_page(name: str, language: str = "en", **options: Any) -> Page:
        page = browser.new_page(**options)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        path = sites[language] / "tickets" / "new" / name / "index.html"
        page.goto(path.as_uri())
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert wrong == []


def workspace_of(sites: dict[str, Path], language: str = "en") -> Workspace:
    return Workspace.open(sites[language].parent)


WRITE = """
([form, answers, id, created]) => {
  const { controls } = trackerModules.asked, { textOf, fieldsOf } = trackerModules.answers;
  const { problem } = trackerModules.rules, { commandOf, mailOf } = trackerModules.sending;
  const page = document.querySelector(".tk-form"), asked = controls(page, form);
  asked.fill(answers);
  const read = asked.answers(), values = fieldsOf(form, read);
  return {
    text: textOf(form, read, id, created),
    problems: asked.fields.map((each) => problem(form, each, read, values, created)).filter(Boolean),
    command: commandOf(form, read),
    mail: mailOf(form, read).text,
    read,
  };
}
"""


def answer_with(page: Page, answers: dict[str, str]) -> dict[str, Any]:
    """Fill a form in, and return what its scripts make of the answers."""
    page.wait_for_selector(".tk-form:not([hidden])")
    form = json.loads(page.locator(".tk-form").get_attribute("data-form") or "")
    made: dict[str, Any] = page.evaluate(WRITE, [form, answers, "HD-k7q3x", "2026-11-24T09:12:00+01:00"])
    return made


def some_answers(form: Form, chance: random.Random) -> dict[str, str]:
    """Return answers that fit, as odd as they can be."""
    answers = {}
    for element in form.elements:
        required = element.required or element.key == "location"
        several = "\n".join(option for option in element.options if chance.random() < 0.5)
        found = {
            Control.LINE: " ".join(chance.choices(NASTY, k=chance.choice((1, 1, 3)))),
            Control.AREA: "\n".join(chance.choices(LINES, k=chance.choice((0, 1, 2, 5)))),
            Control.NUMBER: chance.choice(["", "0", "+07.50", "-1.10", "12", "000"]),
            Control.DATE: chance.choice(["", "2026-11-28", "2028-02-29"]),
            Control.MAIL: chance.choice(["", "léa@example.org", "a+b@x.example", "'x'@example.org"]),
            Control.CHOICE: chance.choice([*element.options, "" if not required else next(iter(element.options), "")]),
            Control.CHOICES: several,
            Control.ITEMS: ", ".join(chance.choices(["vpn", "no", "a: b", "it's", "", " x ", "012", "vpn"], k=3)),
            Control.BOXES: "\n".join(element.options),
        }.get(element.control, "")  # fmt: skip
        if element.key in ("asset", "after"):
            found = {"asset": "A-00123", "after": "HD-1"}[element.key]
        answers[element.key] = found if found.strip() or not required else f"{found} x"
    answers["title"] = answers["title"].replace("\n", " ")[:190] + " x"
    return answers


def filed_by_the_command_line(workspace: Workspace, name: str, body: str, read: dict[str, str]) -> bytes:
    """Return the file that `tracker new` writes for some answers, with the id and moment of the page."""
    fields, _body, _form = read_ticket_template(workspace, name)
    fields.setdefault("source", {"template": name})
    known = {"status": "new", "created": datetime.fromisoformat("2026-11-24T09:12:00+01:00")}
    form = ticket_form(workspace, name)
    written = [
        f"{each.key}={read[each.key].replace(chr(10), ',')}"
        for each in form.elements
        if each.is_field and (read[each.key].strip() or "." not in each.key)
    ]
    changes = [parse_assignment(text, workspace.fields) for text in written]
    filled = fill_in(workspace, {**known, **fields}, changes)
    for each in form.elements:  # what was a default and is empty now: no assignment can take a part away
        name, _dot, part = each.key.partition(".")
        if part and not read[each.key].strip() and isinstance(filled.get(name), dict):
            filled[name] = {key: value for key, value in filled[name].items() if key != part}
    return compose({"id": "HD-k7q3x", **filled}, body, tuple(workspace.fields)).encode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_a_form_writes_what_the_command_line_writes(
    open_form: Any, sites: dict[str, Path], name: str, language: str
) -> None:
    workspace, page, chance = workspace_of(sites, language), open_form(name, language), random.Random(name)
    form = ticket_form(workspace, name)
    for _filling in range(50):
        made = answer_with(page, some_answers(form, chance))
        assert made["problems"] == [], made["read"]
        body = form.body(made["read"])
        assert made["text"].encode() == filed_by_the_command_line(workspace, name, body, made["read"])
        document = read_document(made["text"].encode(), "tickets/drafts/HD-k7q3x.md")
        assert findings_in(document, workspace.reader) == ()
