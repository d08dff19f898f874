"""Public holidays of countries and their regions, as the library `holidays` knows them.

Importing it takes as long as half of a small command, so it is asked only when its answer is needed.
"""

from __future__ import annotations

import re
import warnings
from functools import cache
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from tracker.model.problem import Problem, ProblemKind, allowed_values
from tracker.model.section import Section
from tracker.model.values import Line
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_COUNTRY = re.compile("[A-Z]{2,3}")


def _hint() -> str:
    return _("Write the code of a country in ISO 3166, such as FR.")


def _country(value: str) -> str:
    if not _COUNTRY.fullmatch(value):
        raise PydanticCustomError("tracker_pattern", "wrong form", {"hint": _hint()})
    return value


_TEXT = WithJsonSchema({"type": "string", "pattern": f"^{_COUNTRY.pattern}$"})
Country = Annotated[str, AfterValidator(_country), _TEXT]


class Holidays(Section):
    """The public holidays of a country, or of a region of one."""

    country: Country = Field(description="Its code in ISO 3166-1: FR.")
    region: Annotated[Line | None, WithJsonSchema({"type": ["string", "integer"]})] = Field(
        None, description="The last part of its code in ISO 3166-2: QC; left out: the whole country."
    )

    def have(self, day: date) -> bool:
        """Whether nobody works on a day because it is one of them, or because one is observed on it."""
        return day in _days(self.country, self.region, day.year)


def unknown_part(holidays: Holidays) -> Problem | None:
    """Return what is wrong with the country, or with the region, of which no holidays are known."""
    country, region = holidays.country, holidays.region
    regions = _regions(country)
    if regions is None:
        message = _("The public holidays of “{value}” are not known.").format(value=country)
        return Problem(ProblemKind.VALUE, ("country",), message, _country_hint(country))
    if region is None or region in regions:
        return None
    message = _("{country} has no region “{value}” with holidays of its own.")
    hint = _("Left out, the holidays of the whole country count.")
    if regions:
        hint = f"{hint} {allowed_values(regions, region)}"
    return Problem(ProblemKind.VALUE, ("region",), message.format(country=country, value=region), hint)


def _country_hint(wrong: str) -> str:
    from holidays import country_holidays
    from holidays.registry import EntityLoader

    if wrong not in EntityLoader.get_country_codes():  # it knows USA and UK, too
        return _hint()
    guess = _("Did you mean {guess}?").format(guess=country_holidays(wrong).country)
    return f"{guess} {_hint()}"


@cache
def _regions(country: str) -> Sequence[str] | None:
    """Return the regions of a country that have holidays of their own; None where it is not known."""
    from holidays import country_holidays
    from holidays.registry import EntityLoader

    if country not in EntityLoader.get_country_codes(include_aliases=False):
        return None
    return country_holidays(country).subdivisions


@cache
def _days(country: str, region: str | None, year: int) -> frozenset[date]:
    """Return the holidays of a year; none where the country or the region is not known."""
    from holidays import PUBLIC, country_holidays

    regions = _regions(country)
    if regions is None or region not in (None, *regions):
        return frozenset()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of some countries, days of the moon are known for some years only
        return frozenset(country_holidays(country, subdiv=region, years=year, categories=PUBLIC))
