"""The people of a desk at a moment, what they have, and whose turn it is."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from tracker.assignment.ledger import Ledger
from tracker.assignment.request import Staff
from tracker.assignment.workload import Load, is_paused, workload
from tracker.workspace.rows import desk_rows
from tracker.workspace.turns import turns

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tracker.model.configuration import Configuration
    from tracker.query.row import Row
    from tracker.workspace.desk import Workspace


class Desk(NamedTuple):
    """What decisions at a desk depend on beside the tickets in question.

    Attributes:
        configuration: the desk's.
        now: the moment; aware.
        ledger: what people have, and whose turn it is.
    """

    configuration: Configuration
    now: datetime
    ledger: Ledger

    @property
    def staff(self) -> Staff:
        """The people; of a day, that where each of them is, counts."""
        configuration, now = self.configuration, self.now
        assignment = configuration.assignment

        @cache
        def at_work(handle: str) -> bool:  # asked by few rules, and holidays take a while to load
            hours = configuration.hours_of(configuration.people[handle])
            return hours is None or hours.is_worked(now)

        return Staff(
            configuration.people,
            configuration.teams,
            assignment.dispatcher,
            bool(assignment.weights),
            assignment.absences == "reassign",
            lambda person: configuration.today_of(person, now),
            at_work,
        )


def open_desk(workspace: Workspace) -> Desk:
    """Return what decisions at a desk depend on, now.

    Raises:
        RepositoryError: a rule takes turns, and a part of the history is not in this clone.
    """
    configuration = workspace.configuration
    rules = configuration.assignment.rules
    given = turns(workspace) if any(rule.strategy in ("round_robin", "least_load") for rule in rules) else {}
    return Desk(configuration, workspace.now(), ledger_of(configuration, desk_rows(workspace).open, given))


def ledger_of(configuration: Configuration, rows: Iterable[Row], given: Mapping[str, float]) -> Ledger:
    """Return what people have."""
    held = ((str(row["assignee"]), burden(configuration, row)) for row in rows if row.get("assignee"))
    return Ledger.of(held, given)


def burden(configuration: Configuration, row: Row) -> float:
    """Return how much a ticket weighs: nothing when it is done, or waits for somebody else."""
    if not row["open"] or is_paused(configuration, row):
        return 0
    return configuration.assignment.weight(str(row.get("priority") or ""))


def workload_of(workspace: Workspace, by: str) -> list[Load]:
    """Return who has what at a desk, by person, team or location."""
    return workload(workspace.configuration, desk_rows(workspace).open, by, workspace.now())
