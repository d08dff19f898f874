"""What staff tell the desk by mail: lines at the beginning such as `#assign omar`, `#close`, `#internal`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tracker.actions.assignment import Assignment
from tracker.errors import RefusedValueError
from tracker.model.problem import allowed_values
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.model.configuration import Configuration

_LINE = re.compile(r"\\?#([A-Za-z]{2,20})(?:[ \t]+(\S[^\n]*?))?[ \t]*", re.ASCII)
_FIELDS = {"assign": "assignee", "priority": "priority", "team": "team", "category": "category", "due": "due"}
_STATUSES = {"close": "closed", "resolve": "resolved", "open": "open", "wait": "waiting"}
KNOWN = (*_FIELDS, *_STATUSES, "status", "internal")


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


def commands_in(text: str, *, lenient: bool = False) -> tuple[list[Command], str]:
    """Return the commands in the first lines of a mail's text, and the text after them.

    Raises:
        RefusedValueError: a line is written like a command and is none, unless `lenient`: it may be a slip,
            and what was meant for the desk's people must not become public.
    """
    found: list[Command] = []
    lines = text.lstrip("\n").split("\n")
    while lines and (match := _LINE.fullmatch(lines[0])):
        name = match[1].lower()
        if name not in KNOWN:
            if lenient:
                break
            message = _("“#{name}” is no command.").format(name=name)
            raise RefusedValueError(message, allowed_values(KNOWN, name))
        found.append(Command(name, match[2] or ""))
        del lines[0]
    return found, "\n".join(lines) if found else text


def orders(configuration: Configuration, commands: Iterable[Command]) -> Orders:
    """Return what commands ask for.

    Raises:
        RefusedValueError: the desk has no such status.
    """
    internal, status, assignments = False, "", list[Assignment]()
    for name, text in commands:
        if name == "internal":
            internal = True
        elif name in _FIELDS:
            assignments.append(Assignment((_FIELDS[name],), "=", text.lstrip("@")))
        else:
            status = text if name == "status" else _STATUSES[name]
            if status not in configuration.statuses:
                message = _("This desk has no status “{status}”.").format(status=status)
                raise RefusedValueError(message, allowed_values(configuration.statuses, status))
            if text and name != "status" and not configuration.is_open(status):
                assignments.append(Assignment(("resolution",), "=", text))
    return Orders(internal, status, tuple(assignments))
