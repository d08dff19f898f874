"""No secret stands in a ticket: what is committed stays in the history for good.

The forms are those that the services document; card numbers are checked with Luhn's formula (ISO/IEC 7812-1).
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.validation.facts import TextFacts

RULE = Rule(
    "T211",
    "secret",
    asks=lambda: _("No private key, access token or card number stands in a ticket."),
    why=lambda: _("Everyone with a clone has it, and it stays in the history when the line is removed."),
    remedy=lambda: _(
        "Withdraw the key or token, block the card, then remove it from the text. To take it out of the "
        "history, the repository has to be rewritten."
    ),
    severity=Severity.WARNING,
    excusable=True,
)

_MOST = 20
"""A text that consists of them is not told all of their places: each takes a look through the text."""
_TOKEN = re.compile(
    r"-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY-----"
    r"|(?<![A-Za-z0-9])(?:A[KS]IA[A-Z0-9]{16}|gh[opsu]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{50,90}"
    r"|glpat-[A-Za-z0-9_-]{20}|xox[abprs]-[A-Za-z0-9-]{20,100}|[sr]k_live_[A-Za-z0-9]{20,100}"
    r"|AIza[A-Za-z0-9_-]{35}|npm_[A-Za-z0-9]{36}|pypi-AgEI[A-Za-z0-9_-]{50,200})(?![A-Za-z0-9])"
)
_DIGITS = bytes(ord("0") if chr(byte).isdecimal() else byte for byte in range(256))
_RUN = b"0" * 10
_WORDS = bytes(ord("a") if re.fullmatch("[A-Za-z0-9_-]", chr(byte)) else 0 for byte in range(256))
_LONG_WORD = b"a" * 20
"""The shortest token has twenty letters. Looking for long runs is many times faster than looking for tokens."""
_CARD = re.compile(
    r"(?<![0-9.,+/-])(?:[3-6][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}\1[0-9]{1,7}"
    r"|3[0-9]{3}([ -]?)[0-9]{6}\2[0-9]{5})(?![0-9-])"
)


def check(text: TextFacts) -> Iterator[Finding]:
    """Yield a finding where something stands that looks like a secret."""
    whole = text.head + text.body
    data = whole.encode("utf-8", "surrogateescape")
    if "-----BEGIN" in whole or _LONG_WORD in data.translate(_WORDS):
        for token in islice(_TOKEN.finditer(whole), _MOST):
            message = _("This looks like a private key or an access token.")
            yield Finding(text.path, RULE.code, message, text.at(token.start()), RULE.remedy())
    if _RUN in data.translate(_DIGITS, b" -"):
        cards = (card for card in _CARD.finditer(whole) if _is_card(re.sub(r"\D", "", card[0])))
        for card in islice(cards, _MOST):
            message = _("This looks like the number of a payment card.")
            yield Finding(text.path, RULE.code, message, text.at(card.start()), RULE.remedy())


def _is_card(digits: str) -> bool:
    """Whether the check digit is right, and the number is no mere pattern."""
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    total = sum(int(digit) for digit in digits[-1::-2]) + sum(sum(divmod(value, 10)) for value in doubled)
    return total % 10 == 0 and len(set(digits)) > 1 and 13 <= len(digits) <= 19  # noqa: PLR2004  # ISO/IEC 7812-1
