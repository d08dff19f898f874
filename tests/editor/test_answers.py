"""What an editor is told, offered and shown; `|` is the cursor."""

import sys
from pathlib import Path
from types import FrameType

import pytest

from tests.conftest import ticket, write_ticket
from tests.editor.test_place import cursor
from tracker.document import read_document
from tracker.editor.completion import complete
from tracker.editor.desk import Desk, is_text, open_desk
from tracker.editor.diagnostics import diagnose
from tracker.editor.explanation import explain, find_target
from tracker.validation.rules import t202_dangling_link
from tracker.workspace import Workspace
from tracker.workspace.desk import root_around

PATH = "tickets/2026/11/HD-1.md"
COMMENT = "tickets/2026/11/HD-2/2026-11-24T101200Z-omar.md"


@pytest.fixture
def workspace(desk: Path) -> Workspace:
    write_ticket(desk, 1, "Mine")
    write_ticket(
        desk, 2, "Printer jams", "assignee: omar\nlabels:\n  - third floor\n  - 'yes'\naliases:\n  - OLD-7\n"
    )
    write_ticket(desk, 10, "Done").write_text(ticket(10, "Done").replace("open", "closed"))
    return Workspace(desk)


def offered(workspace: Workspace, text: str, path: str = PATH) -> dict[str, str]:
    """Return what is offered at the cursor, each with the line that it would make."""
    lines, spot = cursor(text)
    made = {}
    for offer in complete(workspace, path, lines, spot):
        line = lines[offer.stretch.start.line]
        made[offer.text] = (
            line[: offer.stretch.start.column] + offer.insert + line[offer.stretch.end.column :]
        )
    return made


def test_fields_that_are_not_there_yet_in_canonical_order(workspace: Workspace) -> None:
    made = offered(workspace, "---\nid: HD-1\ntitle: x\n|\nstatus: open\nlabels: [\n---\n")
    assert list(made)[:3] == ["type", "resolution", "category"]
    assert not {"id", "title", "status", "labels"} & set(made)
    assert made["type"] == "type: "
    assert made["links"] == "links:\n  - "
    assert made["requester"] == "requester:\n  name: "
    assert offered(workspace, "---\nst|: open\n---\n")["status"] == "status: open"


def test_every_offer_makes_sound_yaml(workspace: Workspace) -> None:
    lines, spot = cursor("---\n|\n---\n")
    for offer in complete(workspace, PATH, lines, spot):
        assert (
            read_document(f"---\n{offer.insert}x\n---\n".encode(), PATH).findings == ()
            or offer.text == "system"
        )


def test_values_with_their_labels(workspace: Workspace) -> None:
    assert offered(workspace, "---\nstatus:|\n---\n")["in_progress"] == "status: in_progress"
    assert offered(workspace, "---\nstatus: op|ne # so\n---\n")["open"] == "status: open # so"
    assert offered(workspace, "---\nassignee: |\n---\n") == {"ada": "assignee: ada", "omar": "assignee: omar"}
    assert list(offered(workspace, "---\nsupplier: |\n---\n")) == ["north", "south"]
    assert offered(workspace, "---\ntitle: |\n---\n") == {}
    lines, spot = cursor("---\nassignee: |\n---\n")
    assert [offer.detail for offer in complete(workspace, PATH, lines, spot)] == ["Ada Byron", "Omar Haddad"]


def test_labels_that_other_tickets_have(workspace: Workspace) -> None:
    assert offered(workspace, "---\nlabels:\n  - |\n---\n") == {
        "third floor": "  - third floor",
        "yes": "  - 'yes'",
    }
    assert offered(workspace, "---\nlabels:\n  - third floor\n  -|\n---\n") == {"yes": "  - 'yes'"}
    assert list(offered(workspace, "---\nlabels:\n  - third |\n---\n")) == ["third floor", "yes"]
    assert offered(workspace, "---\nlabels: ['|']\n---\n")["yes"] == "labels: ['yes']"


def test_links_are_a_kind_and_then_a_ticket(workspace: Workspace) -> None:
    kinds = offered(workspace, "---\nlinks:\n  - |\n---\n")
    assert list(kinds) == ["parent", "follows", "blocks", "duplicates", "relates"]
    assert kinds["follows"] == "  - follows "
    made = offered(workspace, "---\nlinks:\n  - follows |\n---\n")
    assert made == {"HD-2": "  - follows HD-2", "HD-1": "  - follows HD-1", "HD-10": "  - follows HD-10"}
    assert offered(workspace, "---\nlinks:\n  - follows jam|\n---\n") == {"HD-2": "  - follows HD-2"}
    assert offered(workspace, "---\nlinks:\n  - follows HD-|2\n---\n")["HD-10"] == "  - follows HD-10"


def test_the_keys_of_a_requester(workspace: Workspace) -> None:
    assert offered(workspace, "---\nrequester:\n  |\n---\n") == {"name": "  name: ", "email": "  email: "}
    assert offered(workspace, "---\nrequester:\n  name: x\n  e|\n---\n") == {"email": "  email: "}
    assert offered(workspace, "---\nsystem:\n  |\n---\n") == {}


def test_tickets_and_people_in_a_text(workspace: Workspace) -> None:
    assert offered(workspace, "---\n---\n🖨️ See HD-1|.\n") == {"HD-1": "🖨️ See HD-1.", "HD-10": "🖨️ See HD-10."}
    assert offered(workspace, "---\n---\nAsk @|\n") == {"ada": "Ask @ada", "omar": "Ask @omar"}
    assert offered(workspace, "---\n---\nx@|\n") == {}
    assert offered(workspace, "---\n---\n```\n@|\n```\n") == {}
    assert offered(workspace, "---\n---\nHow `@|` works\n") == {}


def test_a_comment_has_its_own_fields(workspace: Workspace) -> None:
    assert list(offered(workspace, "---\n|\n---\n", COMMENT)) == [
        "author",
        "created",
        "visibility",
        "supersedes",
        "attachments",
        "automatic",
    ]
    assert list(offered(workspace, "---\nvisibility: |\n---\n", COMMENT)) == ["public", "internal"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("---\nassi|gnee: omar\n---\n", "Assignee (assignee)\n\nAllowed: ada, omar."),
        ("---\nstatus: in_pro|gress\n---\n", "In progress"),
        ("---\nassignee: om|ar\n---\n", "Omar Haddad · Austin"),
        ("---\nlinks:\n  - follows HD|-2\n---\n", "Printer jams\nHD-2 · Open · Omar Haddad"),
        ("---\nlinks:\n  - fol|lows HD-2\n---\n", "Follows"),
        ("---\nlinks: [follows OLD-|7]\n---\n", "Printer jams\nHD-2 · Open · Omar Haddad"),
        ("---\ntitle: As HD-1|0\n---\n", "Done\nHD-10 · Closed · Unassigned"),
        ("---\n---\nAsk @o|mar.\n", "Omar Haddad · Austin"),
        ("---\n---\nSee HD|-2, x", "Printer jams\nHD-2 · Open · Omar Haddad"),
        ("---\n---\nSee HD|-3", None),
        ("---\n---\nAsk @no|body", None),
        ("---\nexceptions:\n  - T2|02\n---\n", None),
        ("---\nstatus: op|ne\n---\n", None),
        ("|", None),
    ],
)
def test_explanations(workspace: Workspace, text: str, said: str | None) -> None:
    explanation = explain(workspace, PATH, *cursor(text))
    assert (explanation.text if explanation else None) == said


@pytest.mark.parametrize(
    ("text", "path", "place"),
    [
        ("---\nlinks:\n  - follows OLD|-7\n---\n", "tickets/2026/11/HD-2.md", (0, 0)),
        ("---\n---\nSee HD-10|", "tickets/2026/11/HD-10.md", (0, 0)),
        ("---\n---\nAsk |@omar", "tracker.yml", (7, 2)),
        ("---\nassignee: ad|a\n---\n", "tracker.yml", (6, 2)),
    ],
)
def test_the_way_to_what_is_named(workspace: Workspace, text: str, path: str, place: tuple[int, int]) -> None:
    target = find_target(workspace, PATH, *cursor(text))
    assert target
    assert (target.path, target.spot) == (path, place)


@pytest.mark.parametrize(
    "text", ["---\n---\nHD-|", "---\n---\nHD-|99", "---\n---\n@no|body", "---\nstatus: o|\n---\n"]
)
def test_no_way_to_what_is_not_there(workspace: Workspace, text: str) -> None:
    assert find_target(workspace, PATH, *cursor(text)) is None


def told(desk: Path, text: str, path: str = PATH) -> list[tuple[str, str]]:
    """Return each finding's code with what is underlined."""
    from tracker.position import lines_of

    found, lines = diagnose(open_desk(desk), path, text), lines_of(text)
    return [
        (
            item.finding.code,
            lines[item.stretch.start.line][item.stretch.start.column : item.stretch.end.column],
        )
        for item in found
    ]


def test_findings_underline_the_value(workspace: Workspace, desk: Path) -> None:
    assert told(desk, ticket(1)) == []
    assert told(desk, ticket(1).replace("status: open", "status: opne  # why")) == [("T103", "opne")]
    assert told(desk, ticket(1).replace("status: open", "status: 'opne'")) == [("T103", "'opne'")]
    assert told(desk, ticket(1).replace("title: A ticket\n", "")) == [("T101", "---")]
    assert told(desk, ticket(1).replace("status", "statsu"))[1:] == [("T106", "statsu")]
    assert told(desk, ticket(1).replace("status: open", "status: ["))[0][0] == "T005"
    assert told(desk, "") == [("T004", "")]
    flow = '---\n{title: "🖨️ é", status: opne}\n---\n'
    assert ("T103", "opne") in told(desk, flow)
    assert ("T103", "opne") in told(desk, "\ufeff" + flow.replace("\n", "\r\n"))


def test_links_that_lead_nowhere_or_back(workspace: Workspace, desk: Path) -> None:
    links = "links:\n  - follows HD-99\n  - blocks HD-1\n  - relates HD-2\n  - parent OLD-7\n"
    assert told(desk, ticket(1, more=links)) == [("T202", "follows HD-99"), ("T203", "blocks HD-1")]
    assert told(desk, ticket(1, more=links + "exceptions:\n  - T202 soon\n"))[0][0] != "T202"


def test_the_nearest_ids_are_looked_for_as_rarely_as_by_validate(workspace: Workspace, desk: Path) -> None:
    links = "links:\n" + "".join(f"  - follows HD-1{number:03}\n" for number in range(30))
    hints = [item.finding.hint for item in diagnose(open_desk(desk), PATH, ticket(1, more=links))]
    assert len(hints) == 30
    assert sum(map(bool, hints)) == t202_dangling_link.GUESSES


def test_twice_as_many_values_take_no_more_than_their_share(workspace: Workspace, desk: Path) -> None:
    def calls_for(count: int) -> int:
        labels = "".join(f"  - bad label {number}: x\n" for number in range(count))
        calls = 0

        def count_calls(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sound = open_desk(desk)
        sys.setprofile(count_calls)
        try:
            diagnose(sound, PATH, f"---\ntitle: x\nlabels:\n{labels}---\n")  # fields are missing: at no value
        finally:
            sys.setprofile(None)
        return calls

    calls_for(10)  # what is read once, such as the configuration, is not counted
    assert calls_for(800) < 3 * calls_for(400)


def test_comments_and_settings(workspace: Workspace, desk: Path) -> None:
    comment = "---\nauthor: omr\ncreated: yesterday\n---\nHello\n"
    assert told(desk, comment, COMMENT) == [("T212", "omr"), ("T104", "yesterday")]
    assert told(desk, "desk: x\nlocations: {lyon: {lable: 🖨️}}\n", "tracker.yml") == [("C106", "lable")]
    assert ("C106", "desc") in told(desk, "\ufeffdesc: x\n", "tracker.yml")
    assert told(desk, "anything", "README.md") == []


def test_a_broken_configuration(desk: Path) -> None:
    sound = open_desk(desk)
    (desk / "tracker.yml").write_text("desk: [\n")
    never = open_desk(desk)
    assert never.workspace is None
    wrong = ticket(1).replace("open", "opne")
    (first,) = diagnose(never, PATH, wrong)
    assert first.finding.message.startswith("tracker.yml:")
    assert [item.finding.code for item in diagnose(open_desk(desk, sound), PATH, wrong)][1:] == ["T103"]


def test_half_a_character_is_a_finding(desk: Path) -> None:
    assert told(desk, "---\ntitle: \ud83d\n---\n")[0][0] == "T003"


def test_which_files_are_a_desks_texts(desk: Path, tmp_path: Path) -> None:
    assert root_around(desk / "tickets" / "not") == desk
    assert root_around(tmp_path) is None
    assert is_text("tickets/drafts/x.md")
    assert not any(
        map(
            is_text,
            ("tickets/README.md", "site/tickets/x.md", "tickets/.x/a.md", "tickets/x.txt", "tickets.md"),
        )
    )
    assert isinstance(open_desk(desk), Desk)
