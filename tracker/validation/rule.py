"""What a rule is: a code that never changes its meaning, and the words that explain it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Callable

    Words = Callable[[], str]
    """A text in the current language, looked up when it is shown."""

LETTER, OF_CONFIGURATION = "T", "C"
"""What the code of a finding begins with: of a ticket, and of `tracker.yml`, which has the same digits."""

PAGES = "guide/rules"
"""Where the website of the project has a page of each rule."""


class Rule(NamedTuple):
    """One rule.

    Attributes:
        code: a letter and three digits, such as `T103`; the first digit says what it looks at: a file (0), a
            ticket's fields (1), the desk (2), a change (3).
        name: the same for people and programs that like words: `known-value`.
        asks: what must be so, in one sentence.
        why: what goes wrong otherwise.
        remedy: how to put it right.
        severity: how much a finding of it weighs where `tracker.yml` does not say.
        fixable: whether `tracker validate --fix` can put it right.
        excusable: whether a ticket may be excused from it, with a reason, in its `exceptions`.
        essential: whether it is always an error: a file that breaks it cannot be read as a ticket.
    """

    code: str
    name: str
    asks: Words
    why: Words
    remedy: Words
    severity: Severity = Severity.ERROR
    fixable: bool = False
    excusable: bool = False
    essential: bool = False


def rule_code(code: str) -> str:
    """Return the code of the rule of a finding: of `C103`, which is about `tracker.yml`, it is `T103`."""
    return LETTER + code[1:] if code.startswith(OF_CONFIGURATION) else code
