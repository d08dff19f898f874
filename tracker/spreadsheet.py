"""Lines of CSV (RFC 4180), and cells in which a spreadsheet calculates nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUOTE = '"'
_SPECIAL = re.compile('[",\r\n]')
_INNER_FORMULA = re.compile(r";(?=[=@＝＋－＠]|[+-](?!\d))")
_FORMULA = re.compile(r"[=@\t\r\n＝＋－＠]|[+-](?!\d+(\.\d+)?\Z)")


def csv_line(values: Iterable[str]) -> str:
    """Return a line of CSV that ends with a line feed; Python's own writer leaves a lone CR unquoted then."""
    line = ",".join(
        f'"{value.replace(_QUOTE, _QUOTE * 2)}"' if _SPECIAL.search(value) else value for value in values
    )
    return f"{line or _QUOTE * 2}\n"


def harmless(cell: str) -> str:
    """Return a cell that is a text to a spreadsheet: what begins like a formula gets an apostrophe.

    A number with a sign is none. So does what follows a semicolon, which separates cells for spreadsheets of
    some languages. Source: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if ";" in cell:
        cell = _INNER_FORMULA.sub(";'", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
