"""Names differ in more than the case of their letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

RULE = Rule(
    "T012",
    "case-conflict",
    asks=lambda: _("Two names in a folder differ in more than capital letters."),
    why=lambda: _("On Windows and macOS they are one file: a checkout loses one of the two."),
    remedy=lambda: _("Rename one of them, or merge the two."),
)


def check(folder: str, names: Sequence[str]) -> Iterator[Finding]:
    """Yield a finding for each name in a folder that equals an earlier one but for case."""
    lower = [name.lower() for name in names]
    if len(set(lower)) == len(names):
        return
    first: dict[str, str] = {}
    for name, folded in zip(names, lower, strict=True):
        other = first.setdefault(folded, name)
        if other != name:
            message = _("This name differs from {other} in capital letters only.").format(other=other)
            yield Finding(f"{folder}/{name}", RULE.code, message, hint=_("Rename one of the two."))
