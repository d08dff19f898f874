"""Scales: round numbers at which an axis has a line, and where values are between them."""

from __future__ import annotations

from math import ceil, floor, log10

_STEPS = (1, 2, 5, 10)
_INTERVALS = 4


def ticks(most: float, *, whole: bool = False) -> list[float]:
    """Return round numbers from 0 to at least the largest value, a few of them.

    Args:
        most: the largest value.
        whole: whether there is nothing between whole numbers.
    """
    most = most if most > 0 else 1.0
    rough = most / _INTERVALS
    power = 10.0 ** floor(log10(rough))
    step = next(factor * power for factor in _STEPS if factor * power >= rough * (1 - 1e-9))
    if whole:
        step = max(1.0, step)
    return [step * number for number in range(max(ceil(most / step - 1e-9), 1) + 1)]


def spread(wanted: list[float], least: float, lowest: float, highest: float) -> list[float]:
    """Return places near those that are wanted, in their order, no two of them nearer than `least`."""
    places: list[float] = []
    for place in wanted:
        places.append(max(place, places[-1] + least) if places else max(place, lowest))
    over = places[-1] - highest if places else 0
    for number in reversed(range(len(places))):
        if over <= 0:
            break
        places[number] -= over
        if number:
            over = least - (places[number] - places[number - 1])
    return places
