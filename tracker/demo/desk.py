"""A whole desk: when its tickets were filed, and all of their commits in order of time."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from tracker.demo.company import CONFIGURATION, STAFF, ZONES
from tracker.demo.story import tell
from tracker.store.stream import Commit, Signature

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PREFIX = "HD"
_DAYS = 730
_HOURS = (2, 1, 1, 1, 1, 2, 4, 12, 40, 60, 55, 45, 25, 35, 50, 48, 40, 25, 10, 6, 4, 3, 3, 2)
"""How many tickets are filed in each hour of the day, more or less."""


def demo_commits(
    tickets: int, seed: int, now: datetime, first: Mapping[str, bytes], prefix: str = PREFIX
) -> Iterator[Commit]:
    """Yield the commits of a desk, in order of time; the same for the same arguments.

    Args:
        tickets: how many tickets.
        seed: chooses one of many desks.
        now: the end of its history; aware.
        first: the files of the first commit, beside the configuration.
        prefix: of the tickets' ids.
    """
    random = Random(seed)  # noqa: S311  # a story, not a secret
    filed = sorted(_moment(random, now) for _number in range(tickets))
    founder = STAFF[0]
    start = min([*filed, now]) - timedelta(days=1)
    configuration = CONFIGURATION.replace(f"prefix: {PREFIX}\n".encode(), f"prefix: {prefix}\n".encode())
    files: dict[str, bytes | None] = {"tracker.yml": configuration, **first}
    yield Commit(Signature(founder.name, founder.email, start), "Set up the desk\n", files)
    commits = [
        commit
        for number, created in enumerate(filed, 1)
        for commit in tell(number, prefix, created, now, random)
    ]
    yield from sorted(commits, key=lambda commit: commit.author.time)


def _moment(random: Random, now: datetime) -> datetime:
    """Return a time within the last two years: mostly on working days, in office hours, less in summer."""
    while True:
        day = now - timedelta(days=random.random() * _DAYS)
        quiet = 0.2 if day.weekday() > 4 else 0.7 if day.month in (7, 8) else 1  # noqa: PLR2004  # weekends; summer
        if random.random() > quiet:
            continue
        hour = random.choices(range(24), _HOURS)[0]
        zone = ZONES[random.choice(tuple(ZONES))]
        moment = day.astimezone(zone).replace(
            hour=hour, minute=random.randrange(60), second=random.randrange(60), microsecond=0
        )
        if moment < now:
            return moment
