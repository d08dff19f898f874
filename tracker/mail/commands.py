"""What staff tell the desk by mail: lines at the beginning such as `#assign omar`, `#close`, `#internal`.

What is written like one and is none is never let pass as words: it may be a slip, and what was meant for the
desk's people must not become public.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.errors import RefusedValueError
from tracker.mail.meant import person_meant, value_meant
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.configuration import Configuration

_FIELDS = {"assign": "assignee", "priority": "priority", "team": "team", "category": "category", "due": "due"}
_STATUSES = {"close": "closed", "resolve": "resolved", "open": "open", "wait": "waiting"}
_INTERNAL = "internal"
_WITHOUT_WORDS = (_INTERNAL, "open", "wait")
"""What stands behind these on their lines is said, and no part of the command."""
KNOWN = (*_FIELDS, *_STATUSES, "status", _INTERNAL)
_FRENCH = "affecter priorité équipe catégorie échéance fermer résoudre ouvrir attendre statut interne"
_IN_FRENCH = dict(zip(_FRENCH.split(), KNOWN, strict=True))
_NAMES = {**{name: name for name in KNOWN}, **_IN_FRENCH}
_LINE = re.compile(r"\\?#([ \t]*)(\w{2,20})(?:[ \t]*:[ \t]*|[ \t]+|$)(.*)")
_ELSEWHERE = re.compile(
    rf"[^\w>#]{{0,8}}#({'|'.join(_NAMES)})\b|[^>]*#[ \t]*({_INTERNAL}|interne)\b", re.IGNORECASE
)
_UNSEEN = str.maketrans({"\N{NO-BREAK SPACE}": " ", **dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff")})


class Command(NamedTuple):
    """One thing that is to be done, and what with; the text may be empty."""

    name: str
    text: str


class Orders(NamedTuple):
    """What commands ask for.

    Attributes:
        internal: whether the text is for the desk's people only.
        status: where the ticket goes; empty where it stays.
        assignments: what else changes.
    """

    internal: bool
    status: str
    assignments: tuple[Assignment, ...]


class Commanded(NamedTuple):
    """What a mail orders and says.

    Attributes:
        commands: those in its first lines.
        text: the text after them.
        unclear: the name of what is written like a command and is none, or stands elsewhere; else empty.
    """

    commands: list[Command]
    text: str
    unclear: str = ""


def commands_in(text: str) -> Commanded:
    """Return the commands in the first lines of a mail's text, and the text after them.

    Mail programs put empty lines between lines, and blanks that do not break.
    """
    found: list[Command] = []
    lines = text.split("\n")
    place = start = 0
    inline = ""
    for place, each in enumerate(lines):  # the last place is where the text begins
        line = _seen(each)
        if not line:
            continue
        match = _LINE.fullmatch(line)
        name = _NAMES.get(match[2].lower(), "") if match else ""
        if match is None or (match[1] and name != _INTERNAL):  # “# word” is a title
            break
        if not name:
            return Commanded(found, "\n".join(lines[start:]), match[2].lower())
        start = place + 1
        words = "" if name in _WITHOUT_WORDS else match[3]
        found.append(Command(name, words))
        if match[3] and not words:
            inline = f"{match[3]}\n"
            break
    rest = inline + "\n".join(lines[start:]) if found else text
    return Commanded(found, rest, _elsewhere(rest))


def _seen(line: str) -> str:
    """Return a line as a person sees it: in the same letters, without what does not show."""
    return unicodedata.normalize("NFKC", line.translate(_UNSEEN)).strip()


def _elsewhere(text: str) -> str:
    """Return the name of a command below the first lines, where it is not quoted; empty for none."""
    found = (_ELSEWHERE.match(_seen(line)) for line in text.split("\n"))
    return next((match[1] or match[2] for match in found if match), "")


def check_clear(commanded: Commanded) -> None:
    """Refuse a mail of which it is not clear what it orders.

    Raises:
        RefusedValueError: it is one.
    """
    name = commanded.unclear
    if name.lower() in _NAMES:
        message = _("“#{name}” stands below other words, where it is no command.").format(name=name)
        raise RefusedValueError(message, _("Commands stand in the first lines, each on a line of its own."))
    if name:
        message = _("“#{name}” is no command.").format(name=name)
        raise RefusedValueError(message, allowed_values(KNOWN, name))


def orders(configuration: Configuration, commands: Iterable[Command], person: str) -> Orders:
    """Return what commands ask for.

    Args:
        configuration: the desk's.
        commands: what is asked for.
        person: the handle of whoever asks: “me”.

    Raises:
        RefusedValueError: the desk has no such status.
    """
    internal, status, assignments = False, "", list[Assignment]()
    for name, text in commands:
        if name == _INTERNAL:
            internal = True
        elif name == "assign":
            assignments.append(Assignment(("assignee",), "=", person_meant(configuration, text, person)))
        elif name in _FIELDS:
            field = _FIELDS[name]
            assignments.append(Assignment((field,), "=", value_meant(configuration, field, text)))
        else:
            status = value_meant(configuration, "status", text) if name == "status" else _STATUSES[name]
            if status not in configuration.statuses:
                message = _("This desk has no status “{status}”.").format(status=status)
                raise RefusedValueError(message, allowed_values(configuration.statuses, status))
            if text and name != "status" and not configuration.is_open(status):
                resolution = value_meant(configuration, "resolution", text)
                assignments.append(Assignment(("resolution",), "=", resolution))
    return Orders(internal, status, tuple(assignments))
