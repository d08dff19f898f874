"""The forms by which tickets are filed: what they write, what they refuse, and how they are sent."""

import json
import random
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qs, quote, unquote, urlsplit
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect
from pydantic import Field, TypeAdapter, ValidationError

from tests.conftest import CONFIGURATION, Run, git, new_repository, write_ticket
from tests.document.test_scalars import CASES
from tests.viewer.conftest import INTRANET, in_intranet
from tracker.actions.assignment import parse_assignment
from tracker.actions.create import fill_in
from tracker.document import compose, read_document
from tracker.document.scalar import scalar
from tracker.model.configuration import Forge
from tracker.model.form import Control, Form
from tracker.model.identifier import CROCKFORD, id_pattern
from tracker.model.mail_form import read_mailed_form
from tracker.viewer.builder import build
from tracker.viewer.forms.pattern import for_browsers
from tracker.viewer.forms.place import new_file
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
site_url: https://desk.example.org/
docs_dir: site
site_dir: public
theme: {name: material, font: false, language: LANGUAGE, features: [navigation.instant]}
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
ID, MOMENT = "HD-k7q3x", "2026-11-24T09:12:00+01:00"
NAMES = ("incident", "onboarding", "request", "wish", "bug")
NASTY = [
    "", "yes", "no", "012", "1:30", "2026-11-28", "null", "~", "[x]", "{a: b}", "- x", "a: b", "a #b", "#", "---", "...",
    "\"double\"", "'single'", "it's \"both\"", "\\n", "$15,000", "🖨 jams", "日本語", "  spaces  ", "\u00a0x\u00a0y\u00a0",
    "x\ty", "\x07\x1f", "\x85x\x85", "\u2028", "\ufeffx\ufeff", "é", "<<<<<<< a", "=", "%", "@x", "`x`", "</script>", "&amp;",
]  # fmt: skip
LINES = [
    *NASTY,
    "---\n",
    "\n\n  indented\n\n",
    "```\nx\n````",
    "## A heading",
    "x" * 5000,
    "- [x] done",
    "a\n\n\nb  ",
    "\t\n x",
]


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
([form, fillings, id, created]) => {
  const { controls } = trackerModules.asked, { textOf, fieldsOf } = trackerModules.answers;
  const { problem } = trackerModules.rules, { commandOf, mailOf } = trackerModules.sending;
  const asked = controls(document.querySelector(".tk-form"), form);
  return fillings.map((answers) => {
    asked.fill(answers);
    const read = asked.answers(), values = fieldsOf(form, read);
    return {
      text: textOf(form, read, id, created),
      problems: asked.fields.map((each) => problem(form, each, read, values, created)).filter(Boolean),
      command: commandOf(form, read),
      mail: mailOf(form, read).text,
      read,
    };
  });
}
"""


def answers_made(page: Page, fillings: Sequence[dict[str, str]]) -> list[dict[str, Any]]:
    """Fill a form in, again and again, and return what its scripts make of the answers."""
    page.wait_for_selector(".tk-form:not([hidden])")
    form = json.loads(page.locator(".tk-form").get_attribute("data-form") or "")
    made: list[dict[str, Any]] = page.evaluate(WRITE, [form, fillings, ID, MOMENT])
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
        if element.key in ("asset", "after", "logs"):
            found = {"asset": "A-00123", "after": "HD-1", "logs": chance.choice(["", "x", "```\nx\n`````"])}[
                element.key
            ]
        answers[element.key] = found if found.strip() or not required else f"{found} x"
    answers["title"] = answers["title"].replace("\n", " ")[:190] + " x"
    return answers


def filed_by_the_command_line(workspace: Workspace, form: Form, read: dict[str, str]) -> bytes:
    """Return the file that `tracker new` writes for some answers, with the id and the moment of the page."""
    fields, _body, _form = read_ticket_template(workspace, form.name)
    fields.setdefault("source", {"template": form.name})
    written = [
        f"{each.key}={read[each.key].replace(chr(10), ',')}"
        for each in form.elements
        if each.is_field and (read[each.key].strip() or "." not in each.key)
    ]
    known = {"status": "new", "created": datetime.fromisoformat(MOMENT)}
    changes = [parse_assignment(text, workspace.fields) for text in written]
    filled = fill_in(workspace, {**known, **fields}, changes)
    for each in form.elements:  # what was a default and is empty now: no assignment can take a part away
        name, _dot, part = each.key.partition(".")
        if part and not read[each.key].strip() and isinstance(filled.get(name), dict):
            filled[name] = {key: value for key, value in filled[name].items() if key != part}
    return compose({"id": ID, **filled}, form.body(read), tuple(workspace.fields)).encode()


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("name", NAMES)
def test_a_form_writes_what_the_command_line_writes(
    open_form: Any, sites: dict[str, Path], name: str, language: str
) -> None:
    workspace, page, chance = workspace_of(sites, language), open_form(name, language), random.Random(name)
    form = ticket_form(workspace, name)
    for made in answers_made(page, [some_answers(form, chance) for _filling in range(50)]):
        assert made["problems"] == [], made["read"]
        assert made["text"].encode() == filed_by_the_command_line(workspace, form, made["read"])
        document = read_document(made["text"].encode(), f"tickets/drafts/{ID}.md")
        assert findings_in(document, workspace.reader) == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_command_that_a_form_shows_files_the_same(
    open_form: Any, sites: dict[str, Path], monkeypatch: pytest.MonkeyPatch, run: Run, name: str
) -> None:
    desk = sites["en"].parent
    monkeypatch.chdir(desk)
    form, chance = ticket_form(workspace_of(sites), name), random.Random(name)
    fillings = [some_answers(form, chance) | {"requester.email": "ada@example.org"} for _filling in range(4)]
    for made in answers_made(open_form(name), [{**each, "requester.name": "Ada"} for each in fillings]):
        if "\0" in made["command"]:
            continue
        words = shlex.split(made["command"])
        done = run(*words[1:])
        assert done.code == 0, done.err
        file = desk / done.out.strip()
        text, path = file.read_bytes().decode(), done.out.strip()
        file.unlink()
        given = read_document(text.encode(), path).values
        shown = made["text"].replace(ID, str(given["id"]), 1).replace(MOMENT, str(given["created"]), 1)
        assert text == shown


@pytest.mark.parametrize("name", NAMES)
def test_a_mail_says_the_answers_field_by_field(open_form: Any, sites: dict[str, Path], name: str) -> None:
    form, chance = ticket_form(workspace_of(sites), name), random.Random(name)
    for made in answers_made(open_form(name), [some_answers(form, chance) for _filling in range(20)]):
        mailed = read_mailed_form(made["mail"])
        assert mailed is not None
        assert (mailed.template, mailed.text) == (name, form.body(made["read"]))
        for each in form.elements:
            answer = made["read"][each.key] if each.control is not Control.NOTE else ""
            if each.control in (Control.CHOICES, Control.ITEMS):
                parts = answer.replace("\n", ",").split(",")
                answer = ", ".join(dict.fromkeys(part.strip() for part in parts if part.strip()))
            if each.is_field:
                assert mailed.fields.get(each.key, "") == answer.strip(), each.key


def test_front_matter_is_written_as_the_file_of_cases_says(open_form: Any) -> None:
    page = open_form("request")
    texts = [case["text"] for case in CASES["scalars"]]
    found = page.evaluate("texts => texts.map((text) => trackerModules.yaml.scalar(text))", texts)
    assert found == [case["written"] for case in CASES["scalars"]]
    for case in CASES["files"]:
        about = [case["fields"], case["body"], CASES["order"]]
        assert page.evaluate("about => trackerModules.yaml.compose(...about)", about) == case["written"]


def test_front_matter_is_written_alike_whatever_stands_in_it(open_form: Any) -> None:
    chance, letters = (
        random.Random(7),
        "aeynotrufls01279.:-+_eE#'\"\\ \t\n[]{},&*!|>%@`~=<?/\x00\x85\xa0\u2028\ufeffé٣🖨",
    )
    texts = ["".join(chance.choices(letters, k=chance.randint(1, 6))) for _text in range(20_000)]
    written = open_form("request").evaluate(
        "texts => texts.map((text) => trackerModules.yaml.scalar(text))", texts
    )
    assert [pair for pair in zip(texts, written, strict=True) if scalar(pair[0]) != pair[1]] == []


WRONG = [
    ("wish", "affected", "many", "{label} must be a number such as 12 or 3.5."),
    ("wish", "affected", "1e3", "{label} must be a number such as 12 or 3.5."),
    ("wish", "affected", "٣", "{label} must be a number such as 12 or 3.5."),
    ("wish", "asset", "A-1", "“A-1” does not have the form of {label}. It must match [A-Z]-\\d{5}"),
    ("wish", "after", "a b", "“a b” does not have the form of {label}. An id looks like HD-1042 or HD-k7q3x."),
    ("wish", "requester.email", "x", "“x” does not have the form of {label}. Write an address such as name@example.org."),
    ("wish", "requester.email", "a b@x", "“a b@x” does not have the form of {label}. Write an address such as name@example.org."),
    ("wish", "requester.email", "a" * 330 + "@x", "{label} must be a text of at most 320 characters."),
    ("wish", "due", "2026-11-01", "Due on 2026-11-01, before it was created on 2026-11-24. Correct “due”."),
    ("wish", "labels", "x" * 101, "This item of {label} has 101 characters, more than 100. Shorten it."),
    ("wish", "labels", ",".join(map(str, range(101))), "{label} has 101 items, more than 100. Remove those that are not needed."),
    ("wish", "title", "🖨" * 201, "The title has 201 characters, more than 200. Move the rest into the text."),
    ("wish", "title", " \u00a0\x85", "{label} is missing."),
    ("incident", "category", "", "{label} is missing."),
    ("incident", "requester.name", "", "{label} is missing."),
]  # fmt: skip


def test_what_does_not_fit_is_said_as_the_command_line_says_it(
    open_form: Any, sites: dict[str, Path]
) -> None:
    workspace = workspace_of(sites)
    for name in ("wish", "incident"):
        form, cases = ticket_form(workspace, name), [case for case in WRONG if case[0] == name]
        fit, labels = some_answers(form, random.Random(1)), {each.key: each.label for each in form.elements}
        made = answers_made(open_form(name), [{**fit, key: answer} for _name, key, answer, _message in cases])
        for (_name, key, _answer, message), one in zip(cases, made, strict=True):
            assert one["problems"] == [message.replace("{label}", labels[key])]
            if key != "requester.name":  # of a ticket, the whole requester is missing
                assert message.replace("{label}", key) in told_of(workspace, one["text"], key)


def told_of(workspace: Workspace, text: str, key: str) -> list[str]:
    """Return what `tracker validate` says of an accepted ticket; of a list, as of its first item."""
    document = read_document(text.encode(), f"tickets/2026/11/{ID}.md")
    told = (f"{one.message} {one.hint}".strip() for one in findings_in(document, workspace.reader))
    return [one.replace(f" of {key}.0", f" of {key}") for one in told]


def test_a_field_that_another_answer_demands_is_missing(open_form: Any, sites: dict[str, Path]) -> None:
    form = ticket_form(workspace_of(sites), "incident")
    fit = some_answers(form, random.Random(1)) | {"location": ""}
    near, far = answers_made(open_form("incident"), [{**fit, "work": "onsite"}, {**fit, "work": "remote"}])
    assert near["problems"] == ["Location is missing. It is required when work: onsite."]
    assert far["problems"] == []


PATTERNS = [r"[A-Z]-\d{5}", r"\w+", r"[\w-]+", r"a|b", r".", r"(?P<year>\d{4})-", r"\pL+", r"\p{Lu}\S*", r"x{2,3}?", r"[^\s]*", r"\.\-\@", r"\x41", r"é+"]  # fmt: skip
SAMPLES = ["", "A-00123", "A-٠٠١٢٣", "ab", "é", "É", "aé_٣", "\u2028", "\n", "🖨", "xx", "xxxx", "2026-", ".-@", "A", " ", "\ufeff", "\x85", "b", "abc", "ABC", "word", "α", "a-b", "ée"]  # fmt: skip


UNKNOWN = [r"\W", r"(?i)abc", r"[a-z&&[^b]]", r"\bword\b", r"[[:alpha:]]+", r"\p{Greek}"]


def test_a_pattern_means_the_same_in_a_browser(open_form: Any) -> None:
    written = [for_browsers(pattern) for pattern in PATTERNS]
    ask = "([patterns, texts]) => patterns.map((one) => texts.filter((text) => new RegExp(one, 'u').test(text)))"
    found = open_form("request").evaluate(ask, [written, SAMPLES])
    assert dict(zip(PATTERNS, found, strict=True)) == {pattern: fitting(pattern) for pattern in PATTERNS}
    assert [for_browsers(pattern) for pattern in UNKNOWN] == [None] * len(UNKNOWN)


def fitting(pattern: str) -> list[str]:
    """Return the samples that a field of this pattern takes."""
    kind = TypeAdapter(Annotated[str, Field(pattern=f"^(?:{pattern})$")])
    found = []
    for text in SAMPLES:
        with suppress(ValidationError):
            found.append(kind.validate_python(text))
    return found


def test_what_is_wrong_is_summed_up_and_led_to(open_form: Any) -> None:
    page = open_form("incident", viewport={"width": 375, "height": 700})
    page.get_by_role("button", name="Propose it on GitHub").click()
    summary = page.locator(".tk-errors")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("3 answers do not fit:")
    summary.get_by_role("link", name="Category is missing.").press("Enter")
    category = page.get_by_label("Category")
    expect(category).to_be_focused()
    expect(category).to_have_attribute("aria-invalid", "true")
    expect(category).to_have_accessible_description("Category is missing.")
    category.select_option("hardware/printer")
    expect(category).not_to_have_attribute("aria-invalid", "true")
    expect(summary).to_contain_text("2 answers do not fit:")
    expect(summary.get_by_role("link", name="Category is missing.")).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 375
    for link in summary.get_by_role("link").all()[::-1]:
        link.press("Enter")
        page.keyboard.type("Lobby")
    expect(summary).to_be_hidden()


def test_the_buttons_are_right_below_the_questions(open_form: Any) -> None:
    page = open_form("wish", viewport={"width": 1440, "height": 900})
    page.locator(".tk-form-side").evaluate("(one) => (one.style.minHeight = '1500px')")
    last, buttons = (
        page.locator(".tk-form-main > *").last.bounding_box(),
        page.locator(".tk-buttons").bounding_box(),
    )
    assert last
    assert buttons
    assert 0 < buttons["y"] - (last["y"] + last["height"]) < 30


@pytest.mark.parametrize("name", ["Propose it on GitHub", "Copy the text"])
def test_a_button_can_be_read_under_the_mouse(open_form: Any, name: str) -> None:
    button = open_form("incident").get_by_role("button", name=name)
    button.hover()
    colours = "(one) => [getComputedStyle(one).color, getComputedStyle(one).backgroundColor]"
    text, ground = button.evaluate(colours)
    assert text != ground


def test_an_answer_is_checked_when_one_leaves_it(open_form: Any) -> None:
    page = open_form("wish")
    page.get_by_label("affected").fill("many")
    page.keyboard.press("Tab")
    expect(page.locator('[data-key="affected"] .tk-error')).to_have_text(
        "Affected must be a number such as 12 or 3.5."
    )
    expect(page.locator('[data-key="title"] .tk-error')).to_be_hidden()


def fill_in_by_hand(page: Page, title: str) -> None:
    page.get_by_label("Title").fill(title)
    page.get_by_label("Your name").fill("Léa Martin")
    page.get_by_label("Category").select_option("hardware")


def test_the_forge_gets_the_file(open_form: Any) -> None:
    page = open_form("incident")
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="GitHub"))
    fill_in_by_hand(page, "Printer & scanner #3: “jam” 100 %")
    page.get_by_label("What happened?").fill("First\n\n---\nlast")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Propose it on GitHub").click()
    address = urlsplit(opened.value.url)
    assert (address.netloc, address.path) == ("github.com", "/example/desk/new/main/tickets/drafts")
    asked = parse_qs(address.query, strict_parsing=True)
    document = read_document(asked["value"][0].encode(), "x")
    assert asked["filename"] == [f"{document.values['id']}.md"]
    assert document.values["title"] == "Printer & scanner #3: “jam” 100 %"
    assert document.body == "## What happened?\n\nFirst\n\n---\nlast\n"
    expect(page.locator(".tk-outcome")).to_contain_text("is filled in at GitHub")
    assert opened.value.evaluate("window.opener") is None


def test_what_is_too_long_for_an_address_is_copied(open_form: Any) -> None:
    page = open_form("incident")
    page.context.route("https://github.com/**", lambda route: route.fulfill(body="GitHub"))
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    fill_in_by_hand(page, "Long")
    page.get_by_label("What happened?").fill("é" * 2000)
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Propose it on GitHub").click()
    assert "value" not in parse_qs(urlsplit(opened.value.url).query)
    expect(page.locator(".tk-outcome")).to_contain_text("The text is copied.")
    assert "é" * 2000 in page.evaluate("copied")


def test_a_text_is_copied_without_https_or_else_marked(browser: Browser, sites: dict[str, Path]) -> None:
    page = browser.new_page()
    in_intranet(page, sites["en"])
    page.goto(f"{INTRANET}/tickets/new/incident/index.html")
    fill_in_by_hand(page, "Chair")
    text = page.get_by_label("What happened?")
    text.fill("It broke.")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator(".tk-outcome")).to_contain_text("The text is copied.")
    text.fill("")
    text.press("Control+v")
    assert "title: Chair" in text.input_value()
    page.evaluate("document.execCommand = () => false")
    page.get_by_role("button", name="Copy the text").click()
    expect(page.locator(".tk-outcome")).to_contain_text("the text is below, marked")
    assert "category: hardware" in page.evaluate("String(getSelection())")
    page.close()


def test_no_address_is_longer_than_the_forge_takes(open_form: Any) -> None:
    page = open_form("incident")
    place = new_file(Forge(kind="github", url="https://github.com/example/desk"), "tickets/drafts")
    assert place is not None
    ask = "([place, text]) => trackerModules.sending.placeOf({ place }, 'HD-k7q3x.md', text)"
    for letter in "🖨é\nx":
        most = (8191 - len(f"{place.address}?filename=HD-k7q3x.md&value=")) // len(quote(letter))
        for length, whole in ((most, True), (most + 1, False)):
            found = page.evaluate(ask, [place._asdict(), letter * length])
            assert (len(found["address"]) <= 8191, found["whole"]) == (True, whole)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("gitea", "https://x.example/a/b/_new/main/desk/tickets/drafts?filename=HD-1x.md&value=a%0Ab"),
        ("gitlab", "https://x.example/a/b/-/new/main/desk/tickets/drafts?file_name=HD-1x.md"),
    ],
)
def test_each_forge_is_asked_as_it_understands(open_form: Any, kind: Any, address: str) -> None:
    place = new_file(Forge(kind=kind, url="https://x.example/a/b/"), "desk/tickets/drafts")
    assert place is not None
    ask = "([place, text]) => trackerModules.sending.placeOf({ place }, 'HD-1x.md', text).address"
    assert open_form("request").evaluate(ask, [place._asdict(), "a\nb"]) == address


def test_a_mail_is_prepared(open_form: Any) -> None:
    page = open_form("incident")
    fill_in_by_hand(page, "Printer & scanner")
    page.get_by_label("What happened?").fill("It jams.")
    page.get_by_role("button", name="Write a mail").click()
    expect(page.locator(".tk-outcome")).to_contain_text("A mail is prepared")
    address = page.locator(".tk-outcome a").get_attribute("href") or ""
    assert address.startswith("mailto:help@example.org?subject=Printer%20%26%20scanner&body=")
    mailed = read_mailed_form(unquote(address.partition("&body=")[2]))
    assert mailed is not None
    assert mailed.fields["title"] == "Printer & scanner"
    assert mailed.fields["requester.name"] == "Léa Martin"
    assert mailed.text == "## What happened?\n\nIt jams.\n"


def test_answers_survive_a_reload_and_leaving_warns(open_form: Any) -> None:
    page = open_form("bug")
    page.get_by_label("Title").fill("[Bug]: lost")
    page.get_by_label("Firefox").check()
    file = page.locator(".tk-file").text_content()
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.reload()
    expect(page.get_by_label("Title")).to_have_value("[Bug]: lost")
    expect(page.get_by_label("Firefox")).to_be_checked()
    expect(page.locator(".tk-file")).to_have_text(str(file))
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_label("Title")).to_have_value("[Bug]: ")
    expect(page.get_by_label("Firefox")).not_to_be_checked()
    page.reload()
    assert asked == ["beforeunload", "confirm"]


def test_what_was_written_in_one_form_is_not_asked_about_in_another(
    browser: Browser, sites: dict[str, Path], served: Callable[[Path], str]
) -> None:
    public, sitemap = sites["en"], sites["en"] / "sitemap.xml"
    address = served(public)
    sitemap.write_text(sitemap.read_text().replace("https://desk.example.org", address))
    page = browser.new_page()
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    with page.expect_response("**/sitemap.xml"):
        page.goto(f"{address}/tickets/new/bug/")
    page.evaluate("window.stays = true")
    page.get_by_label("Title").fill("[Bug]: lost")
    page.click(".tk-sections a:text('New ticket')")
    page.locator("a[href$='/new/incident/']").first.click()
    page.locator("h1", has_text="Incident").wait_for()
    page.get_by_role("button", name="Discard").click()
    assert page.evaluate("window.stays") is True
    assert asked == []
    page.close()


def test_open_tickets_like_it_are_shown_while_the_title_is_typed(open_form: Any) -> None:
    page = open_form("request")
    page.get_by_label("Title").press_sequentially("the PRINTERS jam")
    similar = page.locator(".tk-similar a")
    expect(similar).to_have_text(["HD-1 Printer on the third floor jams"])
    expect(similar).to_have_attribute("rel", "noopener")
    expect(similar).to_have_attribute("target", "_blank")
    assert urlsplit(similar.get_attribute("href") or "").path.endswith("/tickets/HD-1/")
    page.get_by_label("Title").fill("Something else")
    expect(similar).to_have_count(0)


def test_a_form_can_be_filled_in_with_the_keyboard_alone(open_form: Any) -> None:
    page = open_form("bug", "en")
    page.get_by_label("Title").focus()
    seen = []
    for _press in range(40):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.name || document.activeElement.textContent.trim()"))
    for name in (
        "contact",
        "steps",
        "location",
        "browsers",
        "logs",
        "terms",
        "requester.name",
        "Copy the text",
    ):
        assert name in seen


def test_the_page_says_what_to_do_without_scripts(open_form: Any) -> None:
    page = open_form("wish", java_script_enabled=False)
    assert page.locator(".tk-form").is_hidden()
    text = page.locator("noscript").inner_text()
    assert "This form needs JavaScript" in text
    assert "help@example.org" in text
    document = read_document(page.locator("noscript pre").inner_text().encode(), "x")
    assert document.findings == ()
    assert document.values["type"] == "request"
    assert "## And `code`?" in document.body


def test_a_template_that_is_broken_is_told_of(open_form: Any) -> None:
    page = open_form("broken")
    assert "templates/tickets/broken.yml:2:8" in page.locator("article").inner_text()
    names = open_form("").locator(".tk-forms strong").all_inner_texts()
    assert names == ["broken", "Something is broken", "Incident", "Onboarding", "Request", "Wish"]


def test_a_form_speaks_french(open_form: Any) -> None:
    page = open_form("incident", "fr")
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_label("Priorité")).to_have_value("high")


def test_a_moment_is_written_as_the_command_line_writes_it(open_form: Any) -> None:
    page = open_form("request")
    ask = "([time, zone]) => trackerModules.answers.moment(new Date(time * 1000), zone)"
    for zone in ("Europe/Paris", "America/Montreal", "Asia/Kathmandu", "UTC", "Etc/GMT+5", "Africa/Monrovia"):
        for time in (1792890000, 1792893599, 1774746000, 1800000000, 0):
            expected = datetime.fromtimestamp(time, ZoneInfo(zone)).isoformat(timespec="seconds")
            assert page.evaluate(ask, [time, zone])[:22] == expected[:22]


def test_a_drafted_id_is_one(open_form: Any) -> None:
    ask = "about => Array.from({ length: 2000 }, () => trackerModules.answers.draftId(about, new Set()))"
    ids = open_form("request").evaluate(ask, {"prefix": "HD", "limits": {"draft": 5}})
    assert all(id_pattern("HD").fullmatch(one) for one in ids)
    assert set("".join(ids).removeprefix("HD-")) >= set(CROCKFORD)


@pytest.mark.parametrize("name", ["", "incident", "broken"])
def test_every_link_leads_to_a_page(open_form: Any, sites: dict[str, Path], name: str) -> None:
    page = open_form(name)
    links = page.evaluate(
        "Array.from(document.querySelectorAll('article a:not(.tk-errors a)'), (link) => link.href)"
    )
    pages = [unquote(urlsplit(link).path) for link in links if link.startswith("file:")]
    assert len(pages) > 3
    assert [
        path for path in pages if not Path(path, "index.html").is_file() and not Path(path).is_file()
    ] == []
    current = page.locator(".tk-sections [aria-current]")
    expect(current).to_have_text("New ticket")
