"""The part of a mail that says the fields of a ticket, as our forms write it and intake reads it.

    [tracker: incident]
    title: Printer jams
    location: lyon
    requester.name: Léa Martin

    What happened, in Markdown.

A line `name: value` for each field; values of a list have commas between them. Further lines of a value begin
with a space, and one that holds nothing but full stops has one more, as in Debian's control files
(https://www.debian.org/doc/debian-policy/ch-controlfields.html), because an empty line ends the fields.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_MARK = re.compile(r"^\[tracker: ([^\]\n]+)\][^\S\n]*$", re.MULTILINE)
_FIELD = re.compile(r"([a-z][a-z0-9_]{0,63}(?:\.[A-Za-z0-9_-]{1,64})?):(?: (.*))?")
_STOPS = re.compile(r"\.*")


class MailedForm(NamedTuple):
    """What somebody filled in.

    Attributes:
        template: the form.
        fields: each answered field as a person writes it, such as `lyon` or `vpn, laptop`; a part of a field
            is named with it: `requester.email`. An empty text takes a default away.
        text: the text of the ticket.
        above: what stands above all that in the mail.
    """

    template: str
    fields: Mapping[str, str]
    text: str
    above: str = ""


def form_place(text: str) -> int | None:
    """Return where a form begins in a text whose lines end in line feeds; None where there is none."""
    mark = _MARK.search(text)
    return mark.start() if mark else None


def write_mailed_form(form: MailedForm) -> str:
    """Return the text of a mail."""
    lines = [f"{name}: {_folded(value)}".rstrip() for name, value in form.fields.items()]
    return "\n".join([f"[tracker: {form.template}]", *lines, "", form.text])


def read_mailed_form(text: str) -> MailedForm | None:
    """Return what a form in a mail says; None where there is none.

    A line that neither names a field nor begins with a space was broken off the one before, as programs for
    mail do with long lines.
    """
    plain = text.replace("\r\n", "\n")
    mark = _MARK.search(plain)
    if mark is None:
        return None
    head, _empty, body = plain[mark.end() :].partition("\n\n")
    fields: dict[str, str] = {}
    name = ""
    for line in head.split("\n")[1:]:
        found = _FIELD.fullmatch(line)
        if found:
            name = found[1]
            fields[name] = found[2] or ""
        elif name and line.startswith(" "):
            fields[name] += "\n" + _unfolded(line[1:])
        elif name:
            fields[name] += f" {line}"
    values = {name: value.rstrip() for name, value in fields.items()}
    return MailedForm(mark[1], values, body, plain[: mark.start()].strip("\n"))


def _folded(value: str) -> str:
    first, *rest = value.split("\n")
    return "\n ".join([first, *(f".{line}" if _STOPS.fullmatch(line) else line for line in rest)])


def _unfolded(line: str) -> str:
    return line[1:] if _STOPS.fullmatch(line) else line
