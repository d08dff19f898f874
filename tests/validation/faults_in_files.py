"""Faults in files and folders, in texts, in conversations, and between tickets."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.validation.bed import Bed, line_of, put, value_of

if TYPE_CHECKING:
    from collections.abc import Callable

MEBIBYTE = 1 << 20


def link_in_place_of_a_ticket(bed: Bed) -> None:
    path = bed.take()
    (bed.root / path).unlink()
    (bed.root / path).symlink_to("/etc/hostname")
    bed.expect("T001", path)


def pipe_in_place_of_a_ticket(bed: Bed) -> None:
    path = bed.take()
    (bed.root / path).unlink()
    os.mkfifo(bed.root / path)
    bed.expect("T001", path)


def link_beside_tickets(bed: Bed) -> None:
    path = f"tickets/2024/10/{bed.new_id()}.png"
    (bed.root / path).parent.mkdir(parents=True, exist_ok=True)
    (bed.root / path).symlink_to("..")
    bed.expect("T001", path)


def link_in_place_of_a_comment(bed: Bed) -> None:
    path = bed.comment(bed.take())
    (bed.root / path).unlink()
    (bed.root / path).symlink_to("/etc/hostname")
    bed.expect("T001", path)


def link_in_place_of_an_attachment(bed: Bed) -> None:
    path = _attach(bed, "photo.png")
    (bed.root / path).unlink()
    (bed.root / path).symlink_to("/etc/hostname")
    bed.expect("T001", path)


def pipe_beside_comments(bed: Bed) -> None:
    path = f"{bed.conversation(bed.take())}/pipe.md"
    (bed.root / path).parent.mkdir(exist_ok=True)
    os.mkfifo(bed.root / path)
    bed.expect("T001", path)


def large_text(bed: Bed) -> None:
    path = bed.take()
    bed.write(path, bed.text(path) + "x" * MEBIBYTE)
    bed.expect("T002", path)


def other_encoding(bed: Bed) -> None:
    path = bed.take()
    text = bed.text(path)
    bed.write(path, f"{text}\nUn caf\udce9.\n")
    bed.expect("T003", path, text.count("\n") + 2)


def no_front_matter(bed: Bed) -> None:
    path = bed.take()
    bed.write(path, bed.text(path).removeprefix("---\n"))
    bed.expect("T004", path)


def front_matter_without_end(bed: Bed) -> None:
    path = bed.take()
    bed.write(path, bed.text(path).replace("\n---\n", "\n", 1))
    bed.expect("T004", path)


def unreadable_file(bed: Bed) -> None:
    if os.geteuid() == 0:  # who may read everything cannot plant this one
        return
    path = bed.take()
    (bed.root / path).chmod(0)
    bed.expect("T014", path)


def ticket_in_another_month(bed: Bed) -> None:
    path = bed.move(old := bed.take(alone=True), f"tickets/2001/02/{old.rpartition('/')[2]}")
    bed.expect("T009", path, line_of(bed.text(path), "id"))


def copied_name(bed: Bed) -> None:
    path = bed.move(old := bed.take(alone=True), old.replace(".md", " (copy).md"))
    bed.expect("T009", path, line_of(bed.text(path), "id"))


def draft_in_a_wrong_place(bed: Bed) -> None:
    name = f"note-{bed.random.randrange(10**9)}.md"
    text = "---\ntitle: A thought\n---\nText.\n"
    bed.expect("T009", bed.write(f"tickets/2024/{name}", text))
    bed.repaired |= {f"tickets/2024/{name}": None, f"tickets/drafts/{name}": text.encode()}


def draft_in_a_folder_of_drafts(bed: Bed) -> None:
    name = f"note-{bed.random.randrange(10**9)}.md"
    text = "---\ntitle: A thought\n---\nText.\n"
    bed.expect("T009", bed.write(f"tickets/drafts/mine/{name}", text))


def comment_without_its_ticket(bed: Bed) -> None:
    path = bed.take(alone=True)
    bed.expect("T010", bed.comment(path))
    (bed.root / path).unlink()


def _attach(bed: Bed, name: str) -> str:
    ticket = bed.take(alone=True)
    path = bed.write(f"{bed.conversation(ticket)}/files/{name}", "content")
    bed.comment(ticket, body=f"See {name}.\n")
    return path


def _named(code: str, name: str) -> Callable[[Bed], None]:
    return lambda bed: bed.expect(code, _attach(bed, name))


def name_that_is_no_text(bed: Bed) -> None:
    path = f"{bed.conversation(bed.take())}/files/byte-{bed.random.randrange(10**9)}\udcff.bin"
    bed.expect("T011", bed.write(path, "content"))
    bed.expect("T209", path)  # no text can name it


def names_in_two_cases(bed: Bed) -> None:
    path = _attach(bed, "photo.png")
    upper = bed.write(path.replace("photo", "Photo"), "content")
    bed.comment(path.partition("/files/")[0] + ".md", body="And Photo.png.\n")
    assert upper != path
    bed.expect("T012", path)


def stray_file(bed: Bed) -> None:
    folder = bed.random.choice(("tickets", "tickets/2024", "tickets/2024/10", "tickets/drafts"))
    bed.expect("T013", bed.write(f"{folder}/{bed.new_id()}.csv", "a,b\n"))


def hidden_text(bed: Bed) -> None:
    folder = bed.take().rpartition("/")[0]
    bed.expect("T013", bed.write(f"{folder}/.{bed.new_id()}.md", "---\ntitle: Seen by nobody\n---\n"))


def hidden_attachment(bed: Bed) -> None:
    folder = f"{bed.conversation(bed.take())}/files"
    bed.expect("T209", bed.write(f"{folder}/.{bed.new_id()}.bin", "content"))


def stray_file_in_a_conversation(bed: Bed) -> None:
    bed.expect("T013", bed.write(f"{bed.conversation(bed.take())}/notes.txt", "a\n"))


def conflict_in_the_text(bed: Bed) -> None:
    path = bed.take()
    text = bed.text(path)
    bed.write(path, f"{text}\n<<<<<<< ours\nA\n=======\nB\n>>>>>>> theirs\n")
    bed.expect("T015", path, text.count("\n") + 2)


def created_in_the_future(bed: Bed) -> None:
    path = bed.move(old := bed.take(alone=True), f"tickets/2999/01/{old.rpartition('/')[2]}")
    text, _line = put(bed.text(path), "due", "")
    text, line = put(text, "created", "created: '2999-01-02T03:04:05+01:00'")
    bed.expect("T115", bed.write(path, text), line)


def numbered_draft(bed: Bed) -> None:
    path = f"tickets/drafts/{bed.new_id()}x.md"
    rest = "title: A thought\n---\nText.\n"
    bed.expect("T116", bed.write(path, f"---\nid: {bed.new_id()}\n{rest}"), 2)
    bed.repaired[path] = f"---\n{rest}".encode()


def number_of_two(bed: Bed) -> None:
    path = bed.take()
    text, _line = put(bed.text(path), "due", "")
    text, _line = put(text, "created", "created: '2001-02-03T04:05:06+01:00'")
    other = bed.write(f"tickets/2001/02/{path.rpartition('/')[2]}", text)
    for file in (path, other):
        bed.expect("T201", file, line_of(bed.text(file), "id"))


def alias_of_another(bed: Bed) -> None:
    one, other = bed.take(), bed.take()
    text, line = put(bed.text(one), "aliases", f"aliases:\n  - {value_of(bed.text(other), 'id')}")
    bed.expect("T201", bed.write(one, text), line + 1)
    bed.expect("T201", other, line_of(bed.text(other), "id"))


def circle(bed: Bed) -> None:
    paths = [bed.take() for _number in range(bed.random.randint(2, 5))]
    kind = bed.random.choice(("blocks", "follows", "parent"))
    for path, next_path in zip(paths, [*paths[1:], paths[0]], strict=True):
        text, _line = put(bed.text(path), "status", "status: waiting")
        text, _line = put(text, "work", "work: remote")
        target = value_of(bed.text(next_path), "id")
        text, line = put(text, "links", f"links:\n  - {kind} {target}")
        bed.expect("T204", bed.write(path, text), line + 1)


def closed_parent(bed: Bed) -> None:
    parent, child = bed.take(), bed.take()
    text, line = put(bed.text(parent), "status", "status: closed")
    bed.expect("T205", bed.write(parent, text), line)
    text, _line = put(bed.text(child), "links", f"links:\n  - parent {value_of(text, 'id')}")
    text, _line = put(text, "work", "work: remote")
    bed.write(child, put(text, "status", "status: open")[0])


def someone_elsewhere(bed: Bed) -> None:
    path = bed.take()
    text = bed.text(path)
    for key, value in (("status", "open"), ("location", "lyon"), ("work", "onsite")):
        text, _line = put(text, key, f"{key}: {value}")
    text, line = put(text, "assignee", "assignee: ben")
    bed.expect("T207", bed.write(path, text), line)


def onsite_without_a_place(bed: Bed) -> None:
    path = bed.take()
    text, _line = put(bed.text(path), "work", "work: onsite")
    bed.expect("T101", bed.write(path, put(text, "location", "")[0]))


def lost_attachment(bed: Bed) -> None:
    path = bed.comment(bed.take(), "attachments:\n  - files/photo.png\n")
    bed.expect("T208", path, 6)


def attachment_of_nobody(bed: Bed) -> None:
    ticket = bed.take()
    name = f"{bed.random.randrange(10**9)}.log"
    bed.expect("T209", bed.write(f"{bed.conversation(ticket)}/files/{name}", "content"))


def large_attachment(bed: Bed) -> None:
    path = _attach(bed, "video.mp4")
    os.truncate(bed.root / path, 11 * MEBIBYTE)
    bed.expect("T210", path)


def _secret(text: str) -> Callable[[Bed], None]:
    def plant(bed: Bed) -> None:
        path = bed.take()
        before = bed.text(path)
        bed.write(path, f"{before}\nHere: {text}\n")
        bed.expect("T211", path, before.count("\n") + 2)

    return plant


def secret_in_a_title(bed: Bed) -> None:
    path = bed.take()
    text, line = put(bed.text(path), "title", "title: The key ghp_" + "b2" * 18 + " does not work")
    bed.expect("T211", bed.write(path, text), line)


def secret_in_a_comment(bed: Bed) -> None:
    path = bed.comment(bed.take(), body="Here it is:\n\n-----BEGIN " + "PRIVATE KEY-----\n")
    bed.expect("T211", path, 8)


def _in_comment(code: str, line: int, key: str, value: str) -> Callable[[Bed], None]:
    return lambda bed: bed.expect(code, bed.comment(bed.take(), **{key: value}), line)


def two_parents(bed: Bed) -> None:
    child, one, other = bed.take(), bed.take(), bed.take()
    ids = [value_of(bed.text(path), "id") for path in (one, other)]
    text, line = put(bed.text(child), "links", f"links:\n  - parent {ids[0]}\n  - parent {ids[1]}")
    bed.expect("T214", bed.write(child, put(text, "status", "status: closed")[0]), line + 2)


FAULTS: tuple[Callable[[Bed], None], ...] = (
    *(link_in_place_of_a_ticket, pipe_in_place_of_a_ticket, link_beside_tickets, link_in_place_of_a_comment),
    *(large_text, other_encoding, no_front_matter, front_matter_without_end, unreadable_file),
    *(ticket_in_another_month, copied_name, draft_in_a_wrong_place, comment_without_its_ticket),
    draft_in_a_folder_of_drafts,
    *(
        _named("T011", "what?.txt"),
        _named("T011", "aux.png"),
        _named("T011", "dot."),
        _named("T011", "e\u0301.txt"),
    ),
    *(_named("T011", "x" * 121), name_that_is_no_text, names_in_two_cases),
    *(hidden_text, hidden_attachment, stray_file, stray_file_in_a_conversation),
    *(conflict_in_the_text, created_in_the_future),
    *(numbered_draft, number_of_two, alias_of_another, circle, closed_parent, someone_elsewhere),
    *(onsite_without_a_place, lost_attachment, attachment_of_nobody, large_attachment),
    *(_secret("AKIA" + "ABCDEFGHIJKLMNOP"), _secret("ghp_" + "a1" * 18), _secret("4242 " * 3 + "4242")),
    *(
        secret_in_a_title,
        secret_in_a_comment,
        two_parents,
        link_in_place_of_an_attachment,
        pipe_beside_comments,
    ),
    *(_in_comment("T101", 2, "author", ""), _in_comment("T104", 3, "created", "today")),
    *(_in_comment("T103", 4, "visibility", "secret"), _in_comment("T212", 2, "author", "somebody")),
    *(_in_comment("T213", 5, "more", "supersedes: 2024-01-01T000000Z-omar.md\n"),),
    *(_in_comment("T102", 5, "more", "attachments: files/photo.png\n"),),
)
