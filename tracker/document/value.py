"""What front matter holds, as it is read and as it is given to be written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | list["Value"] | dict[str, "Value"] | None
"""A value as read: every scalar is the author's text; an empty one, `~` and `null` are None."""

NewScalar: TypeAlias = str | int | Decimal | date | datetime | None
NewValue: TypeAlias = NewScalar | Sequence["NewValue"] | Mapping[str, "NewValue"]
"""A value to write: texts are quoted where YAML would read something else, the others never."""


SPECIAL = re.compile("[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
"""Characters that YAML 1.1 or 1.2 may take for more than themselves: in double quotes only, as escapes."""

NULLS = ("", "~", "null", "Null", "NULL")
"""What means nothing when it is not quoted (YAML 1.2, section 10.2.1.1)."""


def text_of(scalar: NewScalar) -> str:
    """Return a scalar as it is written: ISO 8601 for days and moments, no exponent in numbers."""
    match scalar:
        case None:
            return ""
        case datetime():
            return scalar.isoformat(timespec="seconds")
        case date():
            return scalar.isoformat()
        case Decimal():
            return format(scalar, "f")
        case _:
            return str(scalar)


def as_read(value: NewValue) -> Value:
    """Return what reading will give back when `value` has been written."""
    match value:
        case None:
            return None
        case Mapping():
            return {key: as_read(part) for key, part in value.items()}
        case str() | int() | Decimal() | date():
            return text_of(value)
        case _:
            return [as_read(part) for part in value]
