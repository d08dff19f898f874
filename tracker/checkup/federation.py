"""Other desks: whether what is shown of them can be read, and how old it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem
from tracker.errors import ConfigurationError
from tracker.translation import _
from tracker.workspace.federation import REFRESH, members, unreachable

if TYPE_CHECKING:
    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings


def check_desks(around: Surroundings) -> Answer | None:
    """Whether each other desk that is named is here; nobody is asked for anything new."""
    desk = around.workspace
    if desk is None:
        return None
    try:
        found = members(desk)
    except ConfigurationError:
        return None  # that is told of the configuration
    absent = [member for member in found if member.desk is None]
    if absent:
        said = "\n".join(unreachable(member) for member in absent)
        return problem(said) if all(member.problem for member in absent) else advice(said, REFRESH)
    local = desk.configuration.local
    times = [f"{member.prefix} {local(member.fetched)}" for member in found if member.fetched]
    return ok(_("As of: {desks}").format(desks=", ".join(times))) if times else None
