"""Comparing a field's time with those of a query."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from tracker.query.moments import Span, read_span

if TYPE_CHECKING:
    from collections.abc import Callable


def time_test(
    operator: str, values: tuple[str, ...], now: datetime, *, whole_days: bool
) -> Callable[[Any], bool]:
    """Return what tells whether the value of a field fits.

    Args:
        operator: of the query's condition.
        values: what it is compared with.
        now: the present moment in the time zone in which days begin and end.
        whole_days: whether the field holds days; of a moment that it is compared with, the day counts.
    """
    spans = [span for value in values if (span := _wanted(value, now, whole_days=whole_days))]

    def fits(value: Any) -> bool:
        moment = moment_of(value, now.tzinfo) if isinstance(value, str) else None
        return moment is not None and bool(spans) and _fits(moment, operator, spans)

    return fits


def _wanted(value: str, now: datetime, *, whole_days: bool) -> Span | None:
    span = read_span(value, now)
    if span and whole_days and span.start == span.end:
        start = span.start.astimezone(now.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
        return Span(start, start + timedelta(days=1))
    return span


def _fits(moment: datetime, operator: str, spans: list[Span]) -> bool:
    first, last = spans[0], spans[-1]
    match operator:
        case ":":
            return any(_within(moment, span) for span in spans)
        case "..":
            return moment >= first.start and (moment < last.end or _within(moment, last))
        case ">":
            return moment > first.start and not _within(moment, first)
        case ">=":
            return moment >= first.start
        case "<":
            return moment < first.start
        case _:
            return moment < first.end or _within(moment, first)


def _within(moment: datetime, span: Span) -> bool:
    """Whether a moment lies in a span; of one that was given to the minute, in that minute's first second."""
    return span.start <= moment < span.end or moment == span.start


@lru_cache(maxsize=65_536)
def moment_of(written: str, zone: tzinfo | None) -> datetime | None:
    """Return the moment that a field holds, of a day its beginning, in UTC; None where it holds none."""
    try:
        moment = datetime.fromisoformat(written.upper().replace(" +", "+"))
        moment = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
