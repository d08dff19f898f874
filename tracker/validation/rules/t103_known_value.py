"""A value is one of those that the desk knows. Found by the desk's model: tracker.model.ticket."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable

RULE = Rule(
    "T103",
    "known-value",
    asks=lambda: _("A value is one of those that the desk knows."),
    why=lambda: _(
        "A ticket with the status “imlpemented” is in no list: a misspelt value hides it from everyone."
    ),
    remedy=lambda: _("Use one of the values that the message names. New ones are added in tracker.yml."),
    fixable=True,
)


def repaired(value: str, known: Iterable[str]) -> str | None:
    """Return the known value that differs from `value` in case, spaces or hyphens only; None without one."""
    found = [candidate for candidate in known if _plain(candidate) == _plain(value)]
    return found[0] if len(found) == 1 else None


def _plain(value: str) -> str:
    return re.sub(r"[\s_-]+", "-", value.strip().casefold())
