"""Whether a message is from whom it says: what the company's own receiving server found (RFC 8601).

Who a mail is from is a claim, and so is every Authentication-Results but that of a server of ours, which
removes those that pretend to be its own (RFC 8601, section 5).
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from tracker.mail.message import Message

_COMMENT = re.compile(r"\([^()]*\)")
_RESULT = re.compile(r"(dmarc|dkim|spf)\s*(?:/\s*\d+\s*)?=\s*([a-z]+)(.*)", re.IGNORECASE | re.DOTALL)
_PROPERTY = re.compile(r"([a-z]+)\s*\.\s*([a-z0-9_-]+)\s*=\s*\"?([^\s\"]+)", re.IGNORECASE)
_DOMAIN_IN = {"dkim": ("header.d", "header.i"), "spf": ("smtp.mailfrom",), "dmarc": ("header.from",)}


class Verdict(StrEnum):
    """What is known of a sender."""

    VERIFIED = "verified"
    UNKNOWN = "unknown"
    FORGED = "forged"


def verdict(message: Message, verified_by: Collection[str]) -> Verdict:
    """Return what the desk's own receiving servers found of a message's sender.

    It is verified where DMARC passed, or DKIM or SPF for its very domain; forged where DMARC failed.

    Args:
        message: the message.
        verified_by: the names of these servers, in lower case, as they call themselves in the header.
    """
    domain = message.sender.email.rpartition("@")[2].lower()
    found = list(_results(message.authentication, verified_by))
    if any(method == "dmarc" and result == "fail" for method, result, _domains in found):
        return Verdict.FORGED
    for method, result, domains in found:
        if result == "pass" and (domain in domains or (method == "dmarc" and not domains)):
            return Verdict.VERIFIED
    return Verdict.UNKNOWN


def _results(values: Iterable[str], verified_by: Collection[str]) -> Iterator[tuple[str, str, set[str]]]:
    """Yield each method, its result, and the domains that it is about, as the newest trusted header says."""
    for value in values:
        server, _semicolon, rest = _without_comments(value).partition(";")
        if server.split()[:1] and server.split()[0].lower() in verified_by:
            for part in rest.split(";"):
                told = _RESULT.match(part.strip())
                if told:
                    method, result = told[1].lower(), told[2].lower()
                    yield method, result, {*_domains(method, told[3])}
            return


def _domains(method: str, told: str) -> Iterator[str]:
    for kind, name, value in _PROPERTY.findall(told):
        if f"{kind}.{name}".lower() in _DOMAIN_IN[method]:
            yield value.rpartition("@")[2].rstrip(".").lower()


def _without_comments(value: str) -> str:
    """Return a value without its comments, which may be nested (RFC 5322, 3.2.2), a few levels deep."""
    for _level in range(5):
        shorter = _COMMENT.sub(" ", value)
        if shorter == value:
            break
        value = shorter
    return value
