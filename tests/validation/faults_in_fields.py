"""Faults in the front matter of one ticket: what stands in the place of a key, and the line that is wrong."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from tests.validation.bed import Bed, put, value_of

WHOLE = -1
"""The finding is about the whole file: on its first line."""


class Lines(NamedTuple):
    """A fault that is some lines of front matter.

    Attributes:
        code: the rule.
        key: the key in whose place they stand.
        lines: what is written there; `{value}` is what was, `{day}`, `{time}` and `{offset}` are parts of it.
        wrong: the line of the finding, counted from the first of them.
        right: what `--fix` makes of it; None where no program can.
    """

    code: str
    key: str
    lines: str
    wrong: int = 0
    right: str | None = None


_LONG = "x" * 201
_HUNDRED = "\n".join(f"  - label-{number}" for number in range(101))
_PADDING = "\n".join(f"  part_{number}: {'x' * 60}" for number in range(1_000))
_NESTED = "[" * 40 + "a" + "]" * 40

FAULTS = (
    Lines("T002", "system", f"system:\n{_PADDING}", WHOLE),
    Lines("T003", "title", "title: caf\udce9"),
    Lines("T005", "title", "title: Printer: paper jam"),
    Lines("T005", "title", "title: @omar asks"),
    Lines("T005", "title", "title: `ls` hangs"),
    Lines("T005", "title", 'title: "never closed'),
    Lines("T005", "title", "title: a bell \x07"),
    Lines("T005", "labels", "labels:\n\t- tab", 1),
    Lines("T005", "title", "title: Paper\njam", 1),
    Lines("T006", "status", "status: open\nstatus: open", 1),
    Lines("T006", "requester", "requester:\n  name: Ada\n  name: Bob", 2),
    Lines("T007", "title", "title: &name Paper"),
    Lines("T007", "title", "title: *name"),
    Lines("T007", "title", "title: !important Paper"),
    Lines("T007", "title", "title: Paper\n<<: {type: task}", 1),
    Lines("T007", "system", f"system: {_NESTED}"),
    Lines("T007", "title", "title: Paper\n? [a, b]\n: c", 1),
    Lines("T008", "status", "<<<<<<< ours\nstatus: open\n=======\nstatus: closed\n>>>>>>> theirs"),
    Lines("T008", "title", "title: Paper\n||||||| base", 1),
    Lines("T101", "priority", "", WHOLE),
    Lines("T101", "category", "category:"),
    Lines("T101", "requester", "", WHOLE),
    Lines("T102", "labels", "labels: urgent"),
    Lines("T102", "requester", "requester: Ada Byron"),
    Lines("T102", "affected", "affected: many"),
    Lines("T102", "system", "system: laptop"),
    Lines("T102", "title", "title:\n  - one", 1),
    Lines("T102", "title", "title: ''"),
    Lines("T102", "watchers", "watchers: omar"),
    Lines("T103", "priority", "priority: hihg"),
    Lines("T103", "type", "type: bug"),
    Lines("T103", "assignee", "assignee: nobody"),
    Lines("T103", "links", "links:\n  - brings HD-1", 1),
    Lines("T103", "watchers", "watchers:\n  - omar\n  - nobody", 2),
    Lines("T103", "watchers", "watchers:\n  - '@omar'", 1),
    Lines("T113", "watchers", "watchers:\n  - omar\n  - sue@@example.org", 2),
    Lines("T103", "priority", "priority: High", right="priority: high"),
    Lines("T103", "category", "category: Human  Resources"),
    Lines("T103", "department", "department: Human Resources", right="department: human-resources"),
    Lines("T103", "category", "category: 'Software/E-Mail'"),
    Lines("T103", "type", "type: 'INCIDENT'", right="type: 'incident'"),
    Lines("T103", "watchers", "watchers:\n  - omar\n  - Ben", 2, right="watchers:\n  - omar\n  - ben"),
    Lines("T104", "due", "due: 2031-13-45"),
    Lines("T104", "due", "due: 03/04/2031"),
    Lines("T104", "due", "due: next week"),
    Lines("T104", "created", "created: yesterday"),
    Lines("T104", "created", "created: 2024-02-30T10:00:00+01:00"),
    Lines("T104", "due", "due: 2031/3/4", right="due: 2031-03-04"),
    Lines("T104", "due", "due: 24.12.2031", right="due: 2031-12-24"),
    Lines("T104", "change_window", "change_window: 2031.01.05", right="change_window: 2031-01-05"),
    Lines("T105", "id", "id: HD_{number}"),
    Lines("T105", "aliases", "aliases:\n  - two words", 1),
    Lines("T106", "department", "departement: sales"),
    Lines("T106", "labels", "lables:\n  - third-floor"),
    Lines("T106", "affected", "Affected: 3"),
    Lines("T107", "due", "due: 2001-02-03"),
    Lines("T108", "title", f"title: {_LONG}"),
    Lines("T108", "labels", f"labels:\n  - one\n  - {'x' * 101}", 2),
    Lines("T108", "labels", f"labels:\n{_HUNDRED}", 1),
    Lines("T109", "status", "category: hardware\nstatus: open", 1, right="status: open\ncategory: hardware"),
    Lines("T110", "labels", "labels: [one, two]", right="labels:\n  - one\n  - two"),
    Lines("T110", "watchers", "watchers: [omar]", right="watchers:\n  - omar"),
    Lines("T111", "status", "status: open  ", right="status: open"),
    Lines("T111", "requester", "requester: \n  name: Ada\t", right="requester:\n  name: Ada"),
    Lines("T112", "created", "created: {day} {time}{offset}"),
    Lines("T112", "created", "created: {day}T{time}"),
    Lines("T112", "created", "created: '{day}'"),
    Lines("T117", "title", "title: Printer #3 jams"),
    Lines("T113", "requester", "requester:\n  name: Ada\n  email: ada at example.org", 2),
    Lines("T113", "requester", "requester:\n  email: Ada <ada@example.org>", 1),
    Lines("T114", "exceptions", "exceptions:\n  - T207", 1),
    Lines("T114", "exceptions", "exceptions:\n  - T001 it has to be", 1),
    Lines("T114", "exceptions", "exceptions:\n  - T207 she is there\n  - nonsense", 2),
    Lines("T202", "links", "links:\n  - follows HD-99999999", 1),
    Lines("T203", "links", "links:\n  - relates {id}", 1),
    Lines("T206", "assignee", "assignee: zoe"),
    Lines("T206", "location", "location: nice"),
)


def plant(bed: Bed, fault: Lines) -> None:
    """Put a fault into a ticket."""
    path = bed.take()
    text = _calm(bed.text(path))
    created = value_of(text, "created")
    parts = {
        "value": created,
        "day": created[:10],
        "time": created[11:19],
        "offset": created[19:],
        "id": value_of(text, "id"),
        "number": value_of(text, "id").partition("-")[2],
    }
    lines = fault.lines
    for name, part in parts.items():
        lines = lines.replace(f"{{{name}}}", part)
    if fault.code == "T109":
        text, _line = put(text, "category", "")
    faulty, line = put(text, fault.key, lines)
    bed.write(path, faulty)
    wrong = 1 if fault.wrong == WHOLE else line + fault.wrong
    for more in range(2 if "\n  name: Ada\t" in lines else 1):
        bed.expect(fault.code, path, wrong + more)
    right = _moment(created, lines) if fault.code == "T112" else fault.right
    if right is not None:
        bed.repaired[path] = put(text, fault.key, right)[0].encode()


def _calm(text: str) -> str:
    """Return a ticket as open work from afar, for which the rules on places and dates ask nothing."""
    for key, lines in (("status", "status: open"), ("work", "work: remote"), ("due", "")):
        text, _line = put(text, key, lines)
    return text


def _moment(created: str, written: str) -> str:
    """Return how the moment is to be written: a time without an offset is the desk's, in Paris."""
    moment = datetime.fromisoformat(created)
    if "T" not in written and " " not in written.removeprefix("created: "):
        moment = moment.replace(hour=0, minute=0, second=0)
    if created[19:] not in written:
        moment = moment.replace(tzinfo=ZoneInfo("Europe/Paris"))
    return f"created: {moment.isoformat()}"
