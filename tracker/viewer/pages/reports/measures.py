"""What reports tell: each number with what it is, in plain words, and the columns of its table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.service_levels.words import label_of
from tracker.translation import _
from tracker.viewer.pages.reports import say
from tracker.viewer.pages.reports.sheet import Column

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any


class Measure(NamedTuple):
    """A number, or a few that belong together.

    Attributes:
        name: its name in the address of its CSV, and as an anchor.
        title: what it is called.
        definition: how it is counted.
        columns: what its table has.
    """

    name: str
    title: str
    definition: str
    columns: Sequence[Column]


def created() -> Measure:
    """Return what came and what went."""
    columns = (
        Column("created", _("created"), say.number),
        Column("resolved", _("resolved"), say.number),
        Column("reopened", _("reopened"), say.number),
        Column("open", _("Open at the end"), say.number),
    )
    text = _(
        "A ticket is created when it was filed, and resolved each time it goes from an open status to one "
        "that is done. Open at the end = open at the start + created + reopened − resolved."
    )
    return Measure("created", _("Created and resolved"), text, columns)


def statuses(labels: Mapping[str, str]) -> Measure:
    """Return how many tickets were in each status."""
    columns = [Column(f"statuses.{key}", label, say.number) for key, label in labels.items()]
    text = _(
        "How many tickets were in each status at the end of each week (cumulative flow). A band that grows "
        "wider is where work piles up. What is done is in the table only: all that ever came is among it."
    )
    return Measure("statuses", _("Work by status"), text, columns)


def age() -> Measure:
    """Return how old open work is."""
    text = _("Of the tickets that are open at the end: from their filing to then, by the clock on the wall.")
    return Measure("age", _("Age of open work"), text, _spread("age"))


def first_response() -> Measure:
    """Return how long requesters waited for an answer."""
    text = _(
        "Of the tickets first answered in the time: from their filing to the first public comment by one of "
        "the desk’s people other than the requester. An automatic one is no answer."
    )
    return Measure("first_response", _("Time to first response"), text, _spread("first_response"))


def resolution() -> Measure:
    """Return how long it took until tickets were resolved."""
    text = _(
        "Of the tickets that were resolved in the time and still are at its end: from their filing to the "
        "last time that they were resolved."
    )
    return Measure("resolution", _("Time to resolve"), text, _spread("resolution"))


def service_levels(clocks: Sequence[str]) -> Measure:
    """Return which share of promises was kept."""
    columns = [
        column
        for clock in clocks
        for column in (
            Column(
                f"service_levels.{clock}.ended", _("{clock}: ended").format(clock=label_of(clock)), say.number
            ),
            Column(f"service_levels.{clock}.met", _("in time"), say.number),
            Column(f"service_levels.{clock}.attainment", _("share"), say.share),
        )
    ]
    columns += [
        Column("due", _("Came due"), say.number),
        Column("met", _("done by then"), say.number),
        Column("attainment", _("share"), say.share),
    ]
    text = _(
        "In time ÷ ended: of the clocks of service levels that ended in the time, those that did before "
        "their target was used up. For due days: of the tickets whose due day ended in the time, those that "
        "were done by then."
    )
    return Measure("service_levels", _("Kept promises"), text, columns)


def reopened() -> Measure:
    """Return how often what was done was not."""
    columns = (
        Column("reopened", _("reopened"), say.number),
        Column("resolved_tickets", _("Tickets resolved"), say.number),
        Column("reopened_tickets", _("of these reopened"), say.number),
        Column("reopen_rate", _("share"), say.share),
    )
    text = _(
        "Reopened ÷ resolved: of the tickets resolved in the time at least once, those that became open "
        "again before its end."
    )
    return Measure("reopened", _("Reopen rate"), text, columns)


def every(statuses_: Mapping[str, str], clocks: Sequence[str]) -> list[Measure]:
    """Return all of them, in the order of the page."""
    levels = service_levels(clocks)
    return [created(), statuses(statuses_), age(), first_response(), resolution(), levels, reopened()]


def spread_of(record: Mapping[str, Any], name: str) -> Sequence[float | None]:
    """Return the median and the 90th percentile of a duration, in seconds."""
    return record[name]["median"], record[name]["p90"]


def _spread(name: str) -> list[Column]:
    return [
        Column(f"{name}.number", _("Tickets"), say.number),
        Column(f"{name}.median", _("Median"), say.duration),
        Column(f"{name}.p90", _("90 %"), say.duration),
        Column(f"{name}.business_median", _("Working hours: median"), say.working),
        Column(f"{name}.business_p90", _("90 %"), say.working),
    ]
