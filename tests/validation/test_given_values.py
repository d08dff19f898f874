"""Values that the desk's rules give to fields: each is one that a ticket can have."""

from pathlib import Path

import pytest

from tests.conftest import CONFIGURATION, Run, git
from tests.federation import commit

FIELDS = """\
  asset: {kind: text, pattern: "A-[0-9]{5}"}
  window: {kind: date}
  rooms: {kind: multiple choice, values: [kitchen, lobby]}
  owner: {kind: person}
"""
CATALOGUING = "cataloguing: {rules: [{set: {%s}}]}\n"
ESCALATION = "service_levels: {all: {resolution: 1h, escalations: [{clock: resolution, set: {%s}}]}}\n"
RECURRING = "recurring: {test: {rule: FREQ=DAILY, start: 2026-11-24, ticket: {title: Test, %s}}}\n"
RULES = {"cataloguing": CATALOGUING, "escalation": ESCALATION, "recurring": RECURRING}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("due: soon", "“soon” is not a date"),
        ("due: 2026-02-30", "There is no day 2026-02-30"),
        ("affected: x", "affected must be a number"),
        ("affected: [1, 2]", "affected must be a number"),
        ("window: tomorrow", "“tomorrow” is not a date"),
        ("asset: A1", "“A1” does not have the form"),
        ("supplier: east", "“east” is not a known value"),
        ("supplier: [north]", "supplier must be a single text"),
        ("supplier: {north: south}", "supplier must be a single text"),
        ("priority: {a: b}", "priority must be a single text"),
        ("rooms: [kitchen, attic]", "“attic” is not a known value"),
        ("rooms: attic", "“attic” is not a known value"),
        ("rooms: {kitchen: a}", "rooms must be a list"),
        ("owner: nobody", "“nobody” is not a known value"),
        ("watchers: eve", "“eve” is not a known value"),
        ("labels: ['']", "must be a text of one line"),
        ("requester: lea", "must be a mapping"),
        ("requester: {email: lea}", "does not have the form"),
        ("titel: x", "“titel” is not a known value"),
        ("status: closed", "“status” is not a known value"),
    ],
)
def test_what_no_ticket_can_have_is_told(rule: str, value: str, told: str, desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text(CONFIGURATION + FIELDS + rule % value)
    done = run("validate")
    assert (done.code, done.err) == (1, ""), done
    assert told in " ".join(done.out.split())
    line = len((CONFIGURATION + FIELDS).splitlines()) + 1
    assert f"tracker.yml:{line}:" in done.out


SOUND = (
    "due: 2026-11-28, affected: '12', asset: A-00123, rooms: [kitchen, lobby], watchers: ada, "
    "labels: vip, owner: omar, system: {kind: printer}, requester: {name: Léa, email: lea@example.org}"
)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_what_a_ticket_can_have_is_sound(rule: str, desk: Path, run: Run) -> None:
    (desk / "tracker.yml").write_text(CONFIGURATION + FIELDS + rule % SOUND)
    assert run("validate").code == 0


def test_a_single_text_is_an_item_of_a_list(desk: Path, run: Run) -> None:
    given = "category: network, priority: high, labels: vip, rooms: kitchen"
    (desk / "tracker.yml").write_text(CONFIGURATION + FIELDS + CATALOGUING % given)
    draft = desk / "tickets/drafts/wifi.md"
    draft.parent.mkdir(parents=True)
    draft.write_text("---\ntitle: No wi-fi\nrequester:\n  name: Léa\nlabels:\n  - loud\n---\n")
    commit(desk, "Ask")
    done = run("triage", "--commit")
    assert done.code == 0, done
    (path,) = desk.glob("tickets/2*/*/*.md")
    assert "labels:\n  - loud\n  - vip\n" in path.read_text()
    assert "rooms:\n  - kitchen\n" in path.read_text()
    assert git(desk, "status", "--porcelain") == ""
