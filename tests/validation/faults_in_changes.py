"""Faults that only a comparison shows: what a change does to tickets, comments and settings that were there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.validation.bed import Bed, line_of, put, value_of

if TYPE_CHECKING:
    from collections.abc import Callable


def prepare(bed: Bed) -> None:
    """Make every ticket one that has just been filed, with a comment."""
    for path in bed.free:
        text, _line = put(bed.text(path), "status", "status: new")
        text, _line = put(text, "work", "work: remote")
        bed.write(path, put(text, "aliases", f"aliases:\n  - old-{value_of(text, 'id')}")[0])
        bed.comment(path)


def _changed(code: str, key: str, lines: str, wrong: int = 0) -> Callable[[Bed], None]:
    def plant(bed: Bed) -> None:
        path = bed.take()
        text, line = put(bed.text(path), key, lines)
        bed.expect(code, bed.write(path, text), line + wrong)

    return plant


def other_moment(bed: Bed) -> None:
    path = bed.take()
    text = bed.text(path)
    created = value_of(text, "created")
    text, line = put(text, "created", f"created: '{created[:11]}00:00:01{created[19:]}'")
    bed.expect("T302", bed.write(path, text), line)


def other_number(bed: Bed) -> None:
    path = bed.take()
    text, line = put(bed.text(path), "id", f"id: {bed.new_id()}")
    bed.expect("T302", bed.write(path, text), line)
    bed.expect("T305", path, line)
    bed.expect("T009", path, line)


def alias_that_is_gone(bed: Bed) -> None:
    path = bed.take()
    text, line = put(bed.text(path), "aliases", "aliases:\n  - other")
    bed.expect("T302", bed.write(path, text), line + 1)


def _comment_of(bed: Bed, path: str) -> str:
    folder = bed.root / bed.conversation(path)
    return min(file.relative_to(bed.root).as_posix() for file in folder.glob("*.md"))


def changed_comment(bed: Bed) -> None:
    path = _comment_of(bed, bed.take())
    bed.expect("T303", bed.write(path, bed.text(path) + "And so on.\n"))


def removed_comment(bed: Bed) -> None:
    path = _comment_of(bed, bed.take())
    (bed.root / path).unlink()
    bed.expect("T303", path)


def renamed_comment(bed: Bed) -> None:
    path = _comment_of(bed, bed.take())
    new = re.sub(r"T(\d{2})", "T99", path)
    (bed.root / path).rename(bed.root / new)
    bed.expect("T303", path)
    bed.expect("T306", new, 2)


def deleted_ticket(bed: Bed) -> None:
    path = bed.take()
    for comment in (bed.root / bed.conversation(path)).glob("*.md"):
        bed.expect("T303", comment.relative_to(bed.root).as_posix())
        comment.unlink()
    (bed.root / path).unlink()
    bed.expect("T304", path)


def chosen_number(bed: Bed) -> None:
    text = bed.text(bed.take())
    number = bed.new_id()
    place = f"tickets/{value_of(text, 'created')[:7].replace('-', '/')}/{number}.md"
    text, _line = put(text, "aliases", "")
    path = bed.write(place, put(text, "id", f"id: {number}")[0])
    bed.expect("T305", path, line_of(bed.text(path), "id"))


def name_of_another(bed: Bed) -> None:
    bed.expect("T306", bed.comment(bed.take(), author="ines"), 2)


def own_name(bed: Bed) -> None:
    bed.comment(bed.take(), author="eve@example.org")


def settings(bed: Bed) -> None:
    bed.expect("T307", bed.write("tracker.yml", bed.text("tracker.yml") + "# and so on\n"))


def template(bed: Bed) -> None:
    bed.expect("T307", bed.write("templates/ticket/odd.md", "---\ntitle: ''\n---\n"))


FAULTS: tuple[Callable[[Bed], None], ...] = (
    _changed("T301", "status", "status: closed"),
    _changed("T302", "requester", "requester:\n  name: Eve", 1),
    _changed("T308", "exceptions", "exceptions:\n  - T207 It is urgent", 1),
    *(other_moment, other_number, alias_that_is_gone, changed_comment, removed_comment, renamed_comment),
    *(deleted_ticket, chosen_number, name_of_another, own_name, settings, template),
)
