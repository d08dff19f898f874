"""What a notice says of what happened to a ticket, in the reader's language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tracker.mail.headers import printable
from tracker.mail.notices.disclosing import author_for
from tracker.mail.notices.facts import facts_of
from tracker.mail.notices.happenings import Turn, What
from tracker.mail.notices.readers import ASSIGNEE, DISPATCHER, REQUESTER
from tracker.model.quotes import parts
from tracker.service_levels.words import in_time, label_of
from tracker.store.layout import ATTACHMENTS
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.mail.notices.disclosing import Disclosure
    from tracker.mail.notices.happenings import Happening
    from tracker.mail.notices.readers import Reader
    from tracker.model.configuration import Configuration
    from tracker.model.entry import Entry
    from tracker.service_levels.reading import Reading

_LONGEST, _LONGEST_SUBJECT = 20_000, 200
"""In characters; of longer texts, the rest is on the website."""
_LEFT_OUT = "[…]\n"
_FENCES = ("```", "~~~")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_FILE = re.compile(rf"(?<!\\)!?\[([^\[\]]*)\]\((?:[\w.-]+/)?{ATTACHMENTS}/[\w.-]+\)")
"""A link to an attachment, which leads nowhere from a mail."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What does not show, or turns the writing round."""


def subject_of(entry: Entry, reader: Reader, disclosure: Disclosure) -> str:
    """Return the subject of all notices about a ticket: one line, always the same, so that they thread."""
    title = printable(disclosure.of(entry, reader, entry.title))
    return f"[{entry.id}] {title}"[:_LONGEST_SUBJECT].strip()


def notice_values(
    configuration: Configuration,
    disclosure: Disclosure,
    entry: Entry,
    happenings: Collection[Happening],
    reader: Reader,
) -> dict[str, Any]:
    """Return what the templates of a notice are filled with.

    Args:
        configuration: the desk's.
        disclosure: what others may read.
        entry: the ticket.
        happenings: what the reader is told of.
        reader: who reads it; whose language is spoken now.
    """
    website = (configuration.mail.notices.website or "").rstrip("/")
    return {
        **opening(configuration, reader),
        "subject": subject_of(entry, reader, disclosure),
        "ticket": entry.id,
        "parts": [_part(configuration, disclosure, entry, one, reader) for one in happenings],
        "link": f"{website}/tickets/{entry.id}/" if website and not entry.draft else "",
        "answer": _answer(happenings),
        "why": why(reader.part),
    }


def opening(configuration: Configuration, reader: Reader) -> dict[str, str]:
    """Return what every mail of the desk has: its language, whose it is, and how it begins."""
    name = printable(reader.name)
    return {
        "language": reader.language,
        "desk": printable(configuration.desk),
        "greeting": _("Hello {name},").format(name=name) if name else _("Hello,"),
    }


def _answer(happenings: Iterable[Happening]) -> str:
    """Return what comes of an answer."""
    if any(one.what is What.INTERNAL for one in happenings):
        return _("Answer this mail to say more about it to the desk’s people only.")
    return _("Answer this mail to say more about it.")


def why(part: str) -> str:
    """Return why somebody gets a mail."""
    match part:
        case _ if part == REQUESTER:
            return _("You get this mail because you asked for this.")
        case _ if part == ASSIGNEE:
            return _("You get this mail because the ticket is yours.")
        case _ if part == DISPATCHER:
            return _("You get this mail because you dispatch this desk’s tickets.")
        case _other:
            return _("You get this mail because you watch the ticket.")


def shown_text(text: str) -> str:
    """Return a text as it is shown: nothing in it acts on whatever shows it."""
    seen = _UNSEEN.sub("", text.replace("\r\n", "\n")).encode("utf-8", "replace").decode().strip("\n")
    shown = "\n".join(_unescaped(seen[:_LONGEST].split("\n")))
    return f"{shown}…" if len(seen) > _LONGEST else shown


def _without_quotation(text: str) -> str:
    """Return what somebody said without what it only repeats: that was in notices before."""
    return "".join(_LEFT_OUT if part.kind == "quote" and part.marked else part.text for part in parts(text))


def _unescaped(lines: Iterable[str]) -> Iterator[str]:
    """Yield Markdown without backslashes that keep signs as they are, or where files lie; code unchanged."""
    code = False
    for line in lines:
        if line.lstrip().startswith(_FENCES):
            code = not code
        yield line if code or "`" in line else _ESCAPED.sub(r"\1", _FILE.sub(r"\1", line.rstrip()))


def _part(
    configuration: Configuration, disclosure: Disclosure, entry: Entry, happening: Happening, reader: Reader
) -> dict[str, Any]:
    """Return one thing that happened: what it is, what was said, and which files came with it."""
    text, files, facts = "", list[str](), list[str]()
    if happening.comment:
        text = _without_quotation(happening.comment.body)
        files = [one.rpartition("/")[2].partition("-")[2] for one in happening.comment.attachments]
    elif happening.what is What.ASSIGNMENT and reader.staff:
        text, facts = entry.body, facts_of(configuration, entry)
    shown = disclosure.of(entry, reader, shown_text(text))
    attached = ", ".join(printable(disclosure.of(entry, reader, file)) for file in files if file)
    return {
        "heading": _heading(configuration, entry, happening, reader),
        "facts": facts,
        "text": shown,
        "lines": shown.split("\n") if shown else [],
        "files": _("Attached: {files}").format(files=attached) if attached else "",
    }


def _heading(configuration: Configuration, entry: Entry, happening: Happening, reader: Reader) -> str:
    author = ""
    if happening.comment:
        author = printable(author_for(configuration, entry, reader, happening.comment.author))
    match happening.what:
        case What.RECEIPT:
            return _("We have your request. Its number is {ticket}.").format(ticket=entry.id)
        case What.ASSIGNMENT:
            return _assigned(configuration, entry, reader)
        case What.COMMENT:
            return _("{author} wrote:").format(author=author)
        case What.INTERNAL:
            return _("{author} wrote, for the desk’s people only:").format(author=author)
        case What.TRANSITION:
            return _turned(happening.turn)
        case What.WARNING | What.DIGEST:
            return _warned(happening.reading)


def _assigned(configuration: Configuration, entry: Entry, reader: Reader) -> str:
    if reader.part == ASSIGNEE:
        return _("This ticket is yours now.")
    person = configuration.people.get(entry.ticket.assignee or "")
    return _("This ticket is {name}’s now.").format(name=printable(person.name) if person else "")


def _turned(turn: Turn | None) -> str:
    match turn:
        case Turn.WAITING:
            return _("This request waits for an answer, perhaps for yours.")
        case Turn.RESOLVED:
            return _("This request is done. If it is not, answer this mail.")
        case Turn.CLOSED:
            return _("This request is closed.")
        case Turn.REOPENED | None:
            return _("This request is open again.")


def _warned(reading: Reading | None) -> str:
    return f"{label_of(reading.clock)}: {in_time(reading)}" if reading else ""
