"""Rules of recurrence as in iCalendar (RFC 5545, section 3.3.10): what they may say, and their moments.

The moments are without a zone: they are those of the desk's clocks.
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

TRIED = 10
"""So many years are looked through for the first moment of a rule."""
_ONE_DAY, _UNTIL = timedelta(days=1), "UNTIL="


def _to(last: int, first: int = 1) -> str:
    return f"0*(?:{'|'.join(map(str, range(first, last + 1)))})"


_DAY, _SIGN, _COUNT = "(?:MO|TU|WE|TH|FR|SA|SU)", "[+-]?", "0*[1-9][0-9]{0,3}"
_FORMS = {
    "FREQ": ("(?:DAILY|WEEKLY|MONTHLY|YEARLY)", 1),
    "INTERVAL": (_COUNT, 1),
    "COUNT": (_COUNT, 1),
    "UNTIL": ("[1-8][0-9]{7}(?:T[0-9]{6}Z?)?", 1),
    "WKST": (_DAY, 1),
    "BYMONTH": (_to(12), 12),
    "BYWEEKNO": (_SIGN + _to(53), 53),
    "BYYEARDAY": (_SIGN + _to(366), 366),
    "BYMONTHDAY": (_SIGN + _to(31), 31),
    "BYDAY": (f"(?:{_SIGN}{_to(53)})?{_DAY}", 35),
    "BYHOUR": (_to(23, 0), 24),
    "BYMINUTE": (_to(59, 0), 1),
    "BYSETPOS": (_SIGN + _to(366), 4),
}
"""What stands in a part, and how often at most: what takes long to follow has no use once an hour."""


def is_sound(rule: str) -> bool:
    """Whether a text is a rule by days, weeks, months or years."""
    pairs = [part.partition("=")[::2] for part in rule.upper().split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs) or "FREQ" not in parts or not all(_fits(*pair) for pair in pairs):
        return False
    ordinals = map(int, re.findall("[0-9]+", parts.get("BYDAY", "")))
    if max(ordinals, default=0) > _highest(parts) or ("BYSETPOS" in parts and parts["FREQ"] == "DAILY"):
        return False
    try:
        _end(rule, UTC)
    except ValueError:
        return False
    return True


def _highest(parts: Mapping[str, str]) -> int:
    """Return how high the number of a weekday may be: there can be a 53rd Monday in a year."""
    if parts["FREQ"] == "YEARLY" and "BYMONTH" not in parts:
        return 53
    return 5 if parts["FREQ"] in ("MONTHLY", "YEARLY") else 0


def _fits(name: str, text: str) -> bool:
    form, most = _FORMS.get(name, ("", 0))
    return most > 0 and re.fullmatch(f"{form}(?:,{form}){{0,{most - 1}}}", text) is not None


def first(rule: str, start: datetime) -> datetime | None:
    """Return the first moment of a sound rule; None where none comes in the first years.

    A search for one that never comes goes on to the end of the calendar, in the year 9999. So it begins
    shortly before that: in a year whose days, and those of the next ones, are as from the start on.
    """
    new_year, years = date(start.year, 1, 1).weekday(), range(MAXYEAR - TRIED - 1, start.year, -1)
    leaping = (year for year in years if (year - start.year) % 4 == 0)
    late = start.replace(year=next(year for year in leaping if date(year, 1, 1).weekday() == new_year))
    found = next(iter(_parsed(rule, late)), None)
    if found is None or found.year - late.year > TRIED:
        return None
    moment = start + (found - late)
    ended = _end(rule, UTC) < moment - _ONE_DAY  # nobody knows here in which zone it ends
    return None if ended else moment


def latest(rule: str, start: datetime, now: datetime) -> datetime | None:
    """Return the last moment of a sound rule not after `now`, which is aware; None where none came."""
    end = min(_end(rule, now.tzinfo), now.replace(tzinfo=None))
    found: datetime | None = _parsed(rule, start).before(end, inc=True)
    return found


def _parsed(rule: str, start: datetime) -> Any:
    """Return what knows the moments of a rule, but not its end: that may be in another zone."""
    from dateutil.rrule import rrulestr  # only who has such tickets waits for it

    parts = (part for part in rule.upper().split(";") if not part.startswith(_UNTIL))
    return rrulestr(";".join(parts), dtstart=start)


def _end(rule: str, zone: tzinfo | None) -> datetime:
    """Return the last moment that a rule may have, on the clocks of a zone; of a day, its end."""
    parts = (part for part in rule.upper().split(";") if part.startswith(_UNTIL))
    text = next(parts, "").removeprefix(_UNTIL)
    if not text:
        return datetime.max
    moment = datetime.fromisoformat(text)
    if "T" not in text:
        return datetime.combine(moment, time.max)
    return moment.astimezone(zone).replace(tzinfo=None) if moment.tzinfo else moment
