"""What a person wrote in a message, and the files that came with it.

Nothing is cut: quoted text and signatures stay, and what is no text, or is not shown, is a file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.attachment import Attachment
from tracker.mail.attachments import attachment_of, given_name
from tracker.mail.charset import decode
from tracker.mail.flowed import clean, from_plain, unflow
from tracker.mail.html import from_html
from tracker.mail.invitation import invitation_text
from tracker.mail.limits import LARGEST_TEXT
from tracker.model.mail_form import form_place
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.mail.structure import Part

_HTML = {"text/html", "text/x-amp-html"}
_FILES = {
    *("text/calendar", "text/css", "text/csv", "text/directory", "text/rfc822-headers"),
    *("text/rtf", "text/vcard", "text/x-patch", "text/x-vcalendar", "text/x-vcard", "text/xml"),
}
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w.:-]{2,40})", re.IGNORECASE)
_STUB = re.compile(r"\b(?:html|browser|e-?mail client|navigateur|webbrowser|navegador)\b", re.IGNORECASE)
_LONGEST_STUB = 400


class Body(NamedTuple):
    """What a message, or a part of it, says.

    Attributes:
        text: as Markdown.
        attachments: the files.
        plain: whether the text was written as text rather than as HTML.
    """

    text: str
    attachments: tuple[Attachment, ...]
    plain: bool = False


def read_body(message: Part) -> Body:
    """Return the text of a message and its files; a text too long for a ticket becomes a file as well."""
    kept = [part for part, first in _leaves(message, first=True) if not _is_text(part, first=first)]
    files = {id(part): attachment_of(part, number) for number, part in enumerate(kept, 1)}
    names = {
        content_id: files[id(part)].name
        for part in kept
        if (content_id := part.headers.get("content-id").strip("<> "))
    }
    body = _read(message, files, names)
    calendars = (decode(part.content) for part in kept if part.kind == "text/calendar")
    invitations = (invitation_text(calendar, described=not body.text) for calendar in calendars)
    return _shortened(body._replace(text="\n\n".join(filter(None, [body.text, *invitations]))))


def _shortened(body: Body) -> Body:
    encoded = body.text.encode()
    if len(encoded) <= LARGEST_TEXT:
        return body
    whole = Attachment("message.md", encoded)
    start = encoded[: LARGEST_TEXT // 4].decode(errors="ignore")
    note = _("The text is longer than a ticket takes; all of it is in the file {name}.")
    return Body(f"{start}\n\n{note.format(name=whole.name)}", (whole, *body.attachments))


def _leaves(part: Part, *, first: bool) -> Iterator[tuple[Part, bool]]:
    """Return the parts of a message that have none, and whether each is the first in its multipart."""
    if not part.parts:
        yield part, first
    for number, child in enumerate(part.parts):
        yield from _leaves(child, first=number == 0)


def _read(part: Part, files: Mapping[int, Attachment], names: Mapping[str, str]) -> Body:
    if id(part) in files:
        return Body("", (files[id(part)],))
    if not part.parts:
        return _text(part, names)
    bodies = [_read(child, files, names) for child in part.parts]
    joined = _joined(bodies)
    if part.kind == "multipart/alternative":
        return _best(bodies)._replace(attachments=joined.attachments)
    return joined


def _is_text(part: Part, *, first: bool) -> bool:
    """Whether a part is to be read, not kept as a file.

    A text of an unknown kind is read (RFC 2046, section 4.1.4); a later one that has a name is a file
    (RFC 8621, section 4.1.4).
    """
    if not part.kind.startswith("text/") or part.kind in _FILES:
        return False
    return part.disposition.value != "attachment" and (first or not given_name(part))


def _joined(bodies: list[Body]) -> Body:
    text = "\n\n".join(body.text for body in bodies if body.text)
    files = tuple(file for body in bodies for file in body.attachments)
    return Body(text, files, plain=any(body.plain for body in bodies))


def _best(bodies: list[Body]) -> Body:
    """Return the one of several forms of a text to be read: text over HTML, unless it only points to it."""
    richest = max(bodies, key=lambda body: len(body.text.split()))
    written = [body for body in bodies if body.plain]
    if not written:
        return richest
    plain = _joined(written)
    stub = len(plain.text) < _LONGEST_STUB and len(plain.text.split()) * 2 <= len(richest.text.split())
    return richest if stub and _STUB.search(plain.text) else plain


def _text(part: Part, names: Mapping[str, str]) -> Body:
    content = part.content
    charset = part.parameters.get("charset", "")
    if part.kind in _HTML:
        found = _META_CHARSET.search(content[:2048])
        rendered = from_html(clean(decode(content, charset or (found[1].decode() if found else ""))), names)
        return Body(rendered.text, rendered.files)
    text = clean(decode(content, charset))
    if not part.kind.endswith("markdown"):
        if part.parameters.get("format", "").lower() == "flowed":
            text = unflow(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
        form = form_place(text)  # whose text is Markdown
        text = from_plain(text) if form is None else f"{from_plain(text[:form])}\n\n{text[form:]}"
    return Body(text.strip("\n"), (), plain=part.kind == "text/plain" and bool(text.strip()))
