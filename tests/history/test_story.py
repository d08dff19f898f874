"""What happened to tickets, told from the changes of a branch's files."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.document import Value, read_document
from tracker.history.changes import FieldChange, field_changes
from tracker.history.event import FileChange, Landing
from tracker.history.lives import Version, moves
from tracker.history.story import Story

EARLIER = "tickets/2026/10/HD-1.md"
DRAFT, PLACE, OTHER = "tickets/drafts/x.md", "tickets/2026/11/HD-1.md", "tickets/2026/11/HD-2.md"
TEXTS = {
    "draft": "---\ntitle: A cable\n---\nPlease.\n",
    "one": "---\nid: HD-1\ntitle: A cable\nstatus: new\naliases:\n  - x\n---\nPlease.\n",
    "odd": "---\nid: HD-1\ntitle: A cable\nstatus: new\n---\nPlease.\n",
    "open": "---\nid: HD-1\ntitle: A cable\nstatus: open\nlabels:\n  - a\n  - b\n---\nPlease.\n",
    "other": "---\nid: HD-1\ntitle: A cable\nstatus: open\nlabels:\n  - b\n  - c\n---\nNow.\n",
    "fresh": "---\nid: HD-1\ntitle: A new one\n---\nOther.\n",
    "moved on": "---\nid: HD-2\ntitle: A cable\nstatus: open\nlabels:\n  - a\n  - b\naliases:\n  - HD-1\n---\nPlease.\n",
    "dated": "---\nid: HD-1\ntitle: Alpha\ncreated: 2026-11-02\n---\n",
    "dated too": "---\nid: HD-1\ntitle: Beta\ncreated: 2026-10-02\n---\n",
    "new number": "---\nid: HD-2\ntitle: Alpha\ncreated: 2026-11-02\n---\n",
    "broken": "---\nid: HD-1\ntitle: A: cable\n---\nPlease.\n",
    "said": "---\nauthor: omar\ncreated: 2026-11-02T10:00:00Z\n---\nDone.\n",
    "two": "---\nid: HD-2\ntitle: A cable\nstatus: new\naliases:\n  - HD-1\n---\nPlease.\n",
}


def read(name: str, path: str) -> Version:
    document = read_document(TEXTS[name].encode(), path)
    values = {} if document.findings else document.values
    aliases = values.get("aliases")
    ticket_id = str(values.get("id") or path.rpartition("/")[2].removesuffix(".md"))
    return Version(name, ticket_id, [str(one) for one in aliases or ()], values, document.body)


def told(*landings: list[tuple[str, str | None, str | None]]) -> list[str]:
    """Return what happens in some commits, each given as its files with their contents before and after."""
    story, said = Story({}, 0, read), []
    for number, files in enumerate(landings):
        changes = [FileChange(*file) for file in files]
        when = datetime(2026, 11, 1, number, tzinfo=UTC)
        events = story.tell(Landing(str(number), when, "Ada", "ada@example.org", "", changes))
        said.extend(f"{one.life} {one.kind} {one.field}: {one.old} > {one.new}" for one in events)
    return said


FILED = [(PLACE, None, "open")]
CREATED = "1 created : None > A cable"
SAID = "1 commented a.md: None > {'author': 'omar', 'created': '2026-11-02T10:00:00Z', 'visibility': None, 'automatic': None, 'source': None}"


@pytest.mark.parametrize(
    ("landings", "events"),
    [
        ([FILED], []),
        (
            [FILED, [(PLACE, "open", "other")]],
            ["1 changed labels: a > None", "1 changed labels: None > c", "1 changed text: None > None"],
        ),
        ([FILED, [(PLACE, "open", None)]], ["1 deleted : None > None"]),
        (
            [FILED, [(PLACE, "open", None)], [(PLACE, None, "odd")]],
            [
                "1 deleted : None > None",
                "1 restored : None > None",
                "1 changed status: open > new",
                "1 changed labels: a > None",
                "1 changed labels: b > None",
            ],
        ),
        (
            [FILED, [(PLACE, "open", "broken")], [(PLACE, "broken", "odd")]],
            [
                "1 broken : None > None",
                "1 mended : None > None",
                "1 changed status: open > new",
                "1 changed labels: a > None",
                "1 changed labels: b > None",
            ],
        ),
        ([FILED, [(OTHER, None, "two")]], ["2 created : None > A cable"]),
        (
            [[(PLACE, None, "one")], [(PLACE, "one", None), (OTHER, None, "two")]],
            ["1 renumbered id: HD-1 > HD-2", "1 changed aliases: x > None"],
        ),
        (
            [
                [(PLACE, None, "dated"), (EARLIER, None, "dated too")],
                [(PLACE, "dated", None), (OTHER, None, "new number")],
            ],
            ["2 created : None > Beta", "1 renumbered id: HD-1 > HD-2"],
        ),
        (
            [FILED, [(PLACE, "open", "fresh"), (OTHER, None, "moved on")]],
            ["1 renumbered id: HD-1 > HD-2", "2 created : None > A new one"],
        ),
        ([FILED, [("tickets/2026/11/HD-1/a.md", None, "said")]], [SAID]),
        (
            [FILED, [("tickets/2026/11/HD-1/a.md", None, "broken")]],
            [
                "1 commented a.md: None > {'author': None, 'created': None, 'visibility': None, 'automatic': None, 'source': None}"
            ],
        ),
        ([FILED, [("tickets/2026/11/HD-1/files/a.png", None, "c")]], ["1 attached files/a.png: None > None"]),
        ([FILED, [("tickets/2026/11/HD-9/a.md", None, "c")]], []),
    ],
)
def test_what_happens_to_a_ticket(
    landings: list[list[tuple[str, str | None, str | None]]], events: list[str]
) -> None:
    assert told(*landings)[1:] == events


@pytest.mark.parametrize("accepted", ["one", "odd"])
def test_an_accepted_draft_is_the_same_ticket_also_without_an_alias(accepted: str) -> None:
    comment, moved = "tickets/drafts/x/a.md", "tickets/2026/11/HD-1/a.md"
    accept: list[tuple[str, str | None, str | None]] = [
        (DRAFT, "draft", None),
        (PLACE, None, accepted),
        (comment, "said", None),
        (moved, None, "said"),
    ]
    assert told([(DRAFT, None, "draft"), (comment, None, "said")], accept) == [
        CREATED,
        SAID,
        "1 accepted id: x > HD-1",
        "1 changed status: None > new",
    ]


SCALARS = st.text(max_size=3) | st.none()
VALUES: st.SearchStrategy[dict[str, Value]] = st.dictionaries(
    st.sampled_from("abc"),
    SCALARS | st.lists(st.sampled_from("xyz"), max_size=4) | st.dictionaries(st.sampled_from("de"), SCALARS),
)


@given(VALUES, VALUES)
def test_changes_lead_from_one_version_to_the_other_and_back(
    old: dict[str, Value], new: dict[str, Value]
) -> None:
    there, back = list(field_changes(old, new)), list(field_changes(new, old))
    assert sorted(map(repr, there)) == sorted(repr(FieldChange(one.field, one.new, one.old)) for one in back)
    assert list(field_changes(old, old)) == []
    changed = {one.field.partition(".")[0] for one in there}
    assert {name for name in {*old, *new} - changed if _differ(old.get(name), new.get(name))} == set()


def _differ(old: Value, new: Value) -> bool:
    if isinstance(old, list | None) and isinstance(new, list | None):
        return sorted(map(str, old or ())) != sorted(map(str, new or ()))  # their order says nothing
    if isinstance(old, dict | None) and isinstance(new, dict | None):
        return any((old or {}).get(key) != (new or {}).get(key) for key in {**(old or {}), **(new or {})})
    return old != new


def test_each_of_many_tickets_that_get_a_new_prefix_stays_itself() -> None:
    number = 4_000
    texts = {f"old {one}": f"HD-{one}" for one in range(number)} | {
        f"new {one}": f"IT-{one}" for one in range(number)
    }

    def read_one(name: str, _path: str) -> Version:
        aliases = [texts[name].replace("IT", "HD")] if name.startswith("new") else []
        return Version(name, texts[name], aliases, {"title": name[4:]}, "")

    files = [FileChange(f"tickets/2026/11/HD-{one}.md", f"old {one}", None) for one in range(number)]
    files += [FileChange(f"tickets/2026/11/IT-{one}.md", None, f"new {one}") for one in range(number)]
    found = moves(files, read_one)
    assert len(found) == number
    assert all(move.before and move.after and move.before[1].id[2:] == move.after[1].id[2:] for move in found)
