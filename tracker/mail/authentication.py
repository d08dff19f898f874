"""Whether a message is from whom it says: what the company's own receiving server found (RFC 8601).

Who a mail is from is a claim, and so is every Authentication-Results but that of a server of ours, which
removes those that pretend to be its own (RFC 8601, section 5).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.mail.limits import LONGEST_HEADER

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.mail.message import Message

_QUOTED = r'"(?:[^"\\]|\\.)*+"'
_OUTSIDE = re.compile(rf'{_QUOTED}|[^"\\();]++', re.DOTALL)
_IN_COMMENT = re.compile(r"(?:[^\\()]|\\.)++", re.DOTALL)
_NAME = r"[a-z0-9_-]++"
# What stands behind a blank is the value only where it is not the next name: values may be missing.
_PAIR = re.compile(
    rf"\s*+({_NAME}(?:\s*+\.\s*+{_NAME})?+)(?:\s*+/\s*+\d++)?+\s*+="
    rf"(?:\s++(?![^\s\"=]++\s*+=))?((?:{_QUOTED}|[^\s\"])*+)\s*+",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST = LONGEST_HEADER // 4
"""In characters: a longer value may be cut off, in the middle of a domain."""
_DOMAIN_IN = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",), "dmarc": ("header.from",)}


MICROSOFT = "microsoft-365"
"""What stands for Exchange Online among the servers that are believed: its header fields name none."""


class Verdict(StrEnum):
    """What is known of a sender."""

    VERIFIED = "verified"
    UNKNOWN = "unknown"
    FORGED = "forged"


def verdict(message: Message, verified_by: Collection[str]) -> Verdict:
    """Return what the desk's own receiving servers found of a message's sender.

    It is verified where DMARC passed, or DKIM or SPF for its very domain; forged where DMARC failed. Exchange
    Online says of its own people's mail that it is internal, in a field that it takes away from others' mail
    (https://learn.microsoft.com/exchange/header-firewall-exchange-2013-help).

    Args:
        message: the message.
        verified_by: the names of these servers, in lower case, as they call themselves in the header.
    """
    domain = message.sender.email.rpartition("@")[2].lower()
    if MICROSOFT in verified_by and message.exchange:
        if message.exchange.lower() == "internal":
            return Verdict.VERIFIED
        found = list(_results_of_exchange(message.authentication))
    else:
        found = list(_results(message.authentication, {*verified_by} - {MICROSOFT}))
    if any(one and one[:2] == ("dmarc", "fail") for one in found):
        return Verdict.FORGED
    for one in found if None not in found else ():
        if one and one[1] == "pass" and domain in one[2]:
            return Verdict.VERIFIED
    return Verdict.UNKNOWN


def _results(
    values: Iterable[str], verified_by: Collection[str]
) -> Iterator[tuple[str, str, set[str]] | None]:
    """Yield each method, its result, and the domains that it is about, as the newest trusted header says.

    None stands for what is not understood: somebody may have meant it to be taken for something else.
    """
    for value in values:
        parts = _parts(value)
        server = (next(parts) or "").split()
        if server[:1] and server[0].lower() in verified_by:
            if len(value) > _LONGEST or not all(one.isdecimal() for one in server[1:]):
                yield None
            for part in parts:
                yield from _result(part) if part is None or part.strip() not in ("", "none") else ()
            return


def _results_of_exchange(values: Sequence[str]) -> Iterator[tuple[str, str, set[str]] | None]:
    """Yield the same of the newest header: it names no server, and domains stand between the results."""
    for part in _parts(values[0][:_LONGEST]) if values else ():
        if part is None or "=" in part:
            yield from _result(part)


def _result(part: str | None) -> Iterator[tuple[str, str, set[str]] | None]:
    pairs, place = [], 0
    while part and (pair := _PAIR.match(part, place)):
        pairs.append(("".join(pair[1].split()).lower(), pair[2]))
        place = pair.end()
    if part is None or place < len(part):
        yield None
    if pairs and pairs[0][0] in _DOMAIN_IN:
        (method, result), *properties = pairs
        addresses = [value for name, value in properties if name in _DOMAIN_IN[method] and value]
        yield method, result.lower(), {_domain(value) for value in addresses}
        if any(re.search("[();]", value) for value in addresses):  # which a server may have copied elsewhere
            yield None


def _domain(value: str) -> str:
    """Return the domain of a value, which is quoted as a whole, in its first part, or not at all."""
    return re.sub(r"\\(.)|\"", r"\1", value, flags=re.DOTALL).rpartition("@")[2].rstrip(".").lower()


def _parts(value: str) -> Iterator[str | None]:
    """Yield what stands between the semicolons of a value, without its comments (RFC 5322, 3.2.2 and 3.2.4).

    None stands for what is not balanced, and for a quotation mark in a comment: there it quotes nothing, but
    whoever copied an address into it took it to do so.
    """
    text, depth, place = "", 0, 0
    while place < len(value):
        sign, piece = value[place], (_IN_COMMENT if depth else _OUTSIDE).match(value, place)
        place = piece.end() if piece else place + 1
        if piece and not depth:
            text += piece[0]
        elif piece and '"' in piece[0]:
            yield None
        elif not piece and sign == ";":
            yield text
            text = ""
        elif not piece and sign in "()":
            depth += 1 if sign == "(" else -1
            text += " "
        elif not piece:
            yield None
            return
        if depth < 0:
            yield None
            return
    yield None if depth else text
