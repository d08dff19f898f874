"""A mail address is that of one person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.translation import _
from tracker.validation.rule import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.finding import Finding
    from tracker.validation.facts import SettingsFacts

RULE = Rule(
    "T409",
    "own-address",
    asks=lambda: _("A mail address is that of one person."),
    why=lambda: _(
        "Who asks, writes or commits is known by the address: one of two people is taken for the other."
    ),
    remedy=lambda: _("Give it to one of them; leave a shared address out."),
)


def check(settings: SettingsFacts) -> Iterator[Finding]:
    """Yield a finding for each address that somebody named before has, too."""
    owners: dict[str, str] = {}
    for handle, person in settings.configuration.people.items():
        written = [
            (("email",), person.email),
            *((("addresses", n), one) for n, one in enumerate(person.addresses)),
        ]
        for keys, address in written:
            owner = owners.setdefault(address.lower(), handle) if address else handle
            if owner != handle:
                message = _("{address} is an address of {person}, too.").format(address=address, person=owner)
                yield settings.finding(RULE.code, ("people", handle, *keys), message, RULE.remedy())
