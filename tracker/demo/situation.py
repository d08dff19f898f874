"""What can go wrong in a company, as texts with slots: the type of such a text, and how slots are filled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random


_PLACES = ("lyo", "aus", "mtl")
_SERVERS = ("fs", "app", "db", "print")


@dataclass(frozen=True, slots=True)
class Situation:
    """One sort of request.

    Attributes:
        type: of the ticket.
        category: of the ticket.
        work: where it is fixed.
        titles: patterns of its title.
        openings: patterns of what the requester writes first.
        tried: what was tried or is wanted, for a list.
        log: a message of a machine, for a block of code; may be empty.
        system: the kind of the thing concerned, and its models; may be empty.
        answers: patterns of the last answer.
        department: whose department it is, when it is always the same.
    """

    type: str
    category: str
    work: str
    titles: tuple[str, ...]
    openings: tuple[str, ...]
    tried: tuple[str, ...]
    answers: tuple[str, ...]
    log: str = ""
    system: tuple[str, ...] = ()
    department: str = ""


@dataclass(frozen=True, slots=True)
class Phrases:
    """What a language says in every situation."""

    impact: tuple[str, ...]
    tried: str
    message: str
    table: tuple[str, str, str, str]
    closing: tuple[str, ...]
    questions: tuple[str, ...]
    replies: tuple[str, ...]
    notes: tuple[str, ...]
    background: tuple[str, ...]


def filled(pattern: str, slots: dict[str, str]) -> str:
    """Return a pattern with its slots filled; every slot of a pattern is known."""
    for name, value in slots.items():
        pattern = pattern.replace(f"<{name}>", value)
    return pattern


def random_slots(random: Random, model: str) -> dict[str, str]:
    """Return a value for every slot."""
    return {
        "room": f"{random.choice('ABCD')}{random.randint(1, 5)}{random.randint(1, 30):02}",
        "floor": str(random.randint(1, 5)),
        "model": model,
        "asset": f"A-{random.randint(100, 9999):05}",
        "code": f"{random.choice(('0x8007', '0x8024', 'E'))}{random.randint(1000, 9999)}",
        "count": str(random.randint(2, 24)),
        "hour": f"{random.randint(8, 17):02}:{random.randint(0, 59):02}",
        "port": f"{random.choice('ABC')}-{random.randint(1, 4)}/{random.randint(1, 48)}",
        "host": f"{random.choice(_PLACES)}-{random.choice(_SERVERS)}{random.randint(1, 9):02}",
        "number": str(random.randint(10_000, 99_999)),
        "weeks": str(random.randint(2, 8)),
    }
