"""Why tickets are where they are: what the tool writes into commits, and what it believes of what stands there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run, git, write_ticket
from tests.history.test_kept_history import history_of
from tracker.actions.assign import assign
from tracker.actions.change import Change, Way, united
from tracker.actions.land import land
from tracker.document import read_document
from tracker.history.event import FileChange, Landing
from tracker.history.lives import Version
from tracker.history.reason import Reason, read_reasons
from tracker.history.story import Story
from tracker.workspace import Workspace
from tracker.workspace.reasons import all_reasons, reasons_for
from tracker.workspace.timeline import told

DRAFT, PLACE, OTHER = "tickets/drafts/a b.md", "tickets/2026/11/HD-1.md", "tickets/2026/11/HD-2.md"
HOSTILE = st.text(max_size=20) | st.text("a ;=\n\r\x1f\x85\u2028\u202e\ud800", max_size=20)
NAMES = st.text("HD-1 éx=", min_size=1, max_size=8).filter(lambda name: bool(name.strip(" =")))


@given(NAMES, st.sampled_from(["assignee", "system.kind"]), HOSTILE, HOSTILE | st.text(max_size=900))
def test_a_reason_is_read_as_it_is_written(ticket: str, field: str, value: str, words: str) -> None:
    line = Reason(ticket, field, value, words).written()
    assert line.isprintable()
    assert line.encode().decode() == line
    (read,) = read_reasons(f"Subject\n\n{line}\nTicket: HD-1\n")
    assert read.written() == line
    assert (read.ticket, read.field) == (" ".join(ticket.replace("=", " ").split()), field)
    plain = "".join(one if one.isprintable() else " " for one in words).split()
    assert read.words == " ".join(plain) or (len(read.words) <= 500 and read.words.endswith("…"))


@given(HOSTILE.map(lambda text: f"Reason: {text}") | st.text())
def test_any_message_can_be_read(message: str) -> None:
    for reason in read_reasons(message):
        assert read_reasons(reason.written()) == (reason,)


def test_long_words_are_cut_late_and_long_lines_at_once() -> None:
    (read,) = read_reasons(Reason("HD-1", "assignee", "omar", "word " * 200).written())
    assert len(read.words) == 500
    assert read_reasons("Reason: HD-1 a=" + "x=;" * 400_000)[0].words.endswith("…")


TEXTS = {
    "draft": "---\ntitle: A cable\n---\n",
    "accepted": "---\nid: HD-1\ntitle: A cable\nassignee: omar\naliases:\n  - a b\n---\n",
    "waits": "---\nid: HD-1\ntitle: A cable\naliases:\n  - a b\n---\n",
    "ada": "---\nid: HD-1\ntitle: A cable\nassignee: ada\nlabels:\n  - x; y\n  - vpn\nsystem:\n  kind: printer\n---\n",
    "bare": "---\nid: HD-1\ntitle: A cable\nlabels: []\nsystem:\n  kind: printer\n---\n",
    "two": "---\nid: HD-2\ntitle: Another\naliases:\n  - HD-1\n---\n",
    "broken": "---\nid: HD-1\ntitle: A: cable\n---\n",
}


def read(name: str, path: str) -> Version:
    document = read_document(TEXTS.get(name, "Text").encode(), path)
    values = {} if document.findings else document.values
    aliases = values.get("aliases")
    ticket_id = str(values.get("id") or path.rpartition("/")[2].removesuffix(".md"))
    return Version(name, ticket_id, [str(one) for one in aliases or ()], values, document.body)


FILED = [FileChange(DRAFT, None, "draft")]
ACCEPTED = [FileChange(DRAFT, "draft", None), FileChange(PLACE, None, "accepted")]
WAITS = [FileChange(DRAFT, "draft", None), FileChange(PLACE, None, "waits")]
TAKEN_AWAY = [FileChange(PLACE, "accepted", "waits")]
GIVEN = [FileChange(PLACE, "accepted", "ada")]


@pytest.mark.parametrize(
    ("landings", "written", "expected"),
    [
        ([FILED, ACCEPTED], "HD-1 assignee=omar; idle", ["changed assignee: idle"]),
        ([FILED, ACCEPTED], "a b assignee=omar; idle", ["changed assignee: idle"]),
        ([FILED, ACCEPTED], "HD-1 assignee=ada; idle", []),
        ([FILED, ACCEPTED], "HD-1 title=A cable; so", []),
        ([FILED, ACCEPTED], "HD-2 assignee=omar; idle", []),
        ([FILED, ACCEPTED], "HD-1 assignee=; nobody", []),
        ([FILED, ACCEPTED], "written\nHD-1 assignee=omar; idle", []),
        ([[FileChange(PLACE, None, "bare")]], "HD-1 labels=; none", ["created : none"]),
        ([[FileChange(PLACE, None, "bare")]], "HD-1 system.kind=printer; so", ["created : so"]),
        ([[FileChange(PLACE, None, "bare")]], "HD-1 system.kind=; so", []),
        ([FILED, WAITS], "HD-1 assignee=; nobody", ["accepted id: nobody"]),
        ([FILED, WAITS], "HD-1 assignee=omar; idle", []),
        ([FILED, WAITS], "HD-1 title=; none", []),
        ([ACCEPTED[1:]], "HD-1 assignee=omar; idle", ["created : idle"]),
        ([ACCEPTED[1:]], "HD-1 assignee=ada; idle", []),
        ([ACCEPTED[1:], GIVEN], "HD-1 labels=vpn; said so", ["changed labels: said so"]),
        ([ACCEPTED[1:], GIVEN], "HD-1 labels=x, y; said so", ["changed labels: said so"]),
        ([ACCEPTED[1:], GIVEN], "HD-1 system.kind=printer; said so", ["changed system.kind: said so"]),
        ([ACCEPTED[1:], GIVEN], "HD-1 system=printer; said so", []),
        (
            [ACCEPTED[1:], GIVEN],
            "HD-1 labels=vpn; one\nReason: HD-1 labels=vpn; two",
            ["changed labels: one"],
        ),
        ([ACCEPTED[1:], TAKEN_AWAY], "HD-1 assignee=; on leave", ["changed assignee: on leave"]),
        ([ACCEPTED[1:], [FileChange(PLACE, "accepted", None)]], "HD-1 assignee=omar; idle", []),
        ([ACCEPTED[1:], [FileChange(PLACE, "accepted", "broken")]], "HD-1 assignee=omar; idle", []),
        (
            [WAITS[1:], [FileChange("tickets/2026/11/HD-1/a.md", None, "said")]],
            "HD-1 assignee=; nobody",
            ["commented a.md: nobody"],
        ),
        ([WAITS[1:], [FileChange(OTHER, None, "two")]], "HD-1 assignee=; nobody", ["created : nobody"]),
        ([[FileChange(OTHER, None, "two"), WAITS[1]]], "HD-1 title=A cable; said", ["created : said"]),
        ([[FileChange("tickets/2026/11/HD-9/a.md", None, "said")]], "HD-9 assignee=; nobody", []),
    ],
)
def test_a_reason_counts_where_the_commit_does_what_it_says(
    landings: list[list[FileChange]], written: str, expected: list[str]
) -> None:
    story, when = Story({}, 0, read), datetime(2026, 11, 1, tzinfo=UTC)
    *_others, last = (
        story.tell(Landing("1", when, "Ada", "", "", files, read_reasons(f"Reason: {written}")))
        for files in landings
    )
    assert [f"{one.kind} {one.field}: {reason.words}" for one in last for reason in one.reasons] == expected


def test_no_message_swells_what_is_kept() -> None:
    story, when = Story({}, 0, read), datetime(2026, 11, 1, tzinfo=UTC)
    message = "\n".join(f"Reason: HD-1 field{number}=; {'x' * 9_000}" for number in range(1_000))
    (event,) = story.tell(Landing("1", when, "Ada", "", "", ACCEPTED[1:], read_reasons(message)))
    assert len(str(event)) < 50_000


def given_to(desk: Path, number: int, person: str, words: str) -> Change:
    """Return the change that gives a ticket to a person for a reason."""
    workspace = Workspace.open(desk)
    change = assign(workspace, workspace.find(str(number)), person)
    return change._replace(reasons=(Reason(f"HD-{number}", "assignee", person, words),))


def commit(desk: Path, change: Change) -> None:
    land(Workspace.open(desk), lambda _workspace: change, Way(commit=True))


def reasons(desk: Path, number: int) -> dict[str, str]:
    """Return why a ticket's fields hold what they do: the same alone and among all."""
    workspace = Workspace.open(desk)
    entry = workspace.find(str(number))
    found = reasons_for(workspace, entry)
    assert all_reasons(workspace).get(entry.path, {}) == found
    return {field: f"{reason.value}; {reason.words}" for field, reason in found.items()}


@pytest.fixture
def assigned(desk: Path) -> Path:
    """A desk whose first two tickets were given to somebody in one commit, and whose third was not."""
    for number in (1, 2, 3):
        write_ticket(desk, number, body="Text.\n\nReason: HD-1 status=open; a text is no message\n")
    git(desk, "add", "-A")
    git(desk, "commit", "-qm", "File\n\nReason: HD-1 assignee=omar; a lie\nReason: HD-1 status=open; typed")
    change = united(
        "assign", "2 tickets", [given_to(desk, 1, "omar", "idle"), given_to(desk, 2, "ada", "near")]
    )
    commit(desk, change)
    return desk


def test_a_commit_tells_its_reasons_after_its_trailers(assigned: Path) -> None:
    assert git(assigned, "log", "-1", "--format=%B").rstrip() == (
        "2 tickets\n\nTicket: HD-1\nTicket: HD-2\nTracker-Action: assign\n"
        "Reason: HD-1 assignee=omar; idle\nReason: HD-2 assignee=ada; near"
    )


def test_the_latest_change_of_a_field_has_the_reason_or_none(assigned: Path, run: Run) -> None:
    assert reasons(assigned, 1) == {"assignee": "omar; idle", "status": "open; typed"}
    assert reasons(assigned, 2) == {"assignee": "ada; near"}
    assert reasons(assigned, 3) == {}
    file = assigned / PLACE
    file.write_text(file.read_text().replace("assignee: omar", "assignee: ada"))
    assert reasons(assigned, 1) == {"status": "open; typed"}  # what is not committed has none
    git(assigned, "commit", "-qam", "By hand")
    file.write_text(file.read_text().replace("assignee: ada", "assignee: omar"))
    git(assigned, "commit", "-qam", "By hand, and back")
    assert reasons(assigned, 1) == {"status": "open; typed"}


def test_what_stays_empty_has_its_latest_reason(assigned: Path) -> None:
    file = assigned / "tickets/2026/11/HD-3.md"
    for words in ("nobody is at austin", "nobody has “hardware”"):
        file.write_text(file.read_text() + "More.\n")
        git(assigned, "commit", "-qam", f"More\n\n{Reason('HD-3', 'assignee', '', words).written()}")
    assert reasons(assigned, 3) == {"assignee": "; nobody has “hardware”"}
    commit(assigned, given_to(assigned, 3, "omar", "back again"))
    assert reasons(assigned, 3) == {"assignee": "omar; back again"}


def test_reasons_follow_a_ticket_to_its_new_number(assigned: Path, run: Run) -> None:
    text = (
        (assigned / PLACE)
        .read_text()
        .replace("id: HD-1\n", "id: HD-7\n")
        .replace("assignee: omar\n", "assignee: omar\naliases:\n  - HD-1\n")
    )
    (assigned / PLACE).unlink()
    (assigned / "tickets/2026/11/HD-7.md").write_text(text)
    git(assigned, "add", "-A")
    git(assigned, "commit", "-qm", "Renumber")
    assert reasons(assigned, 7)["assignee"] == "omar; idle"


def test_reasons_are_kept_and_forgotten_with_their_commits(assigned: Path) -> None:
    commit(assigned, given_to(assigned, 1, "ada", "omar is away"))
    assert reasons(assigned, 1)["assignee"] == "ada; omar is away"
    assert number_of(assigned) == 4
    assert history_of(assigned) == history_of(assigned, kept=False)
    git(assigned, "reset", "-q", "--hard", "HEAD~1")
    assert reasons(assigned, 1)["assignee"] == "omar; idle"
    assert number_of(assigned) == 3
    assert history_of(assigned) == history_of(assigned, kept=False)
    git(assigned, "reset", "-q", "--hard", "HEAD~2")
    write_ticket(assigned, 1)
    git(assigned, "add", "-A")
    git(assigned, "commit", "-qm", "File")
    assert reasons(assigned, 1) == {}
    assert number_of(assigned) == 0


def number_of(desk: Path) -> int:
    """Return how many reasons the history has."""
    return told(Workspace.open(desk), lambda chronicle: chronicle.reasons)


def test_no_setting_of_a_person_hides_a_reason(assigned: Path) -> None:
    expected = history_of(assigned, kept=False)
    assert "Reason(ticket='HD-1', field='assignee', value='omar', words='idle')" in "".join(expected)
    for setting in (
        ("trailer.separators", "#"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("format.pretty", "%s"),
    ):
        git(assigned, "config", *setting)
    assert history_of(assigned, kept=False) == expected
