"""A finding: one thing that a check says about one place of one file. A value, never an exception."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.position import START, Position

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding weighs: an error fails `tracker validate`, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Finding(NamedTuple):
    """What is wrong, where, and what to do about it.

    Attributes:
        path: the file, relative to the desk's root, with forward slashes.
        position: line and column, both from 1.
        code: the rule's stable code, such as `T103`.
        message: one sentence for the reader, in the current language.
        hint: what to do next; empty where the message says it all.
        field: the front matter field concerned, dotted (`requester.email`); empty for the whole file.
        severity: whether it fails the check.
    """

    path: str
    code: str
    message: str
    position: Position = START
    hint: str = ""
    field: str = ""
    severity: Severity = Severity.ERROR

    @property
    def sort_key(self) -> tuple[str, Position, str, str]:
        """By file, then place, then code: the order in which findings are always shown."""
        return (self.path, self.position, self.code, self.message)

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.path}:{self.position}: {self.code} {self.message}{hint}"

    def as_json(self) -> dict[str, Any]:
        """Return the finding as plain data, as `--json` prints it."""
        data = self._asdict()
        data.pop("position")
        return {"path": self.path, "line": self.position.line, "column": self.position.column, **data}


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Return those findings that must be put right."""
    return [finding for finding in findings if finding.severity is Severity.ERROR]
