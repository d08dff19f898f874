"""What an invitation to a meeting (RFC 5545) says in words: the text of its mail often has no time."""

from __future__ import annotations

import re
from datetime import datetime

from tracker.mail.flowed import clean, from_plain
from tracker.mail.headers import printable
from tracker.translation import _

_PROPERTY = re.compile(
    r'^(SUMMARY|DTSTART|LOCATION|DESCRIPTION)((?:;(?:"[^"\n]*"|[^":\n])*)?):(.*)$',
    re.MULTILINE | re.IGNORECASE,
)
_ZONE = re.compile(r';TZID="?([^";:\n]+)', re.IGNORECASE)
_ESCAPE = re.compile(r"\\([\\;,nN])")


def invitation_text(calendar: str, *, described: bool) -> str:
    """Return the title, time and place of the first event of an iCalendar file, as Markdown.

    Args:
        calendar: the file.
        described: whether its description is wanted, too, which is mostly the text of the mail.
    """
    unfolded = re.sub(r"\n[ \t]", "", clean(calendar))
    event = unfolded.partition("BEGIN:VEVENT")[2].partition("END:VEVENT")[0]
    found: dict[str, str] = {}
    zone = ""
    for name, parameters, value in _PROPERTY.findall(event):
        if name.upper() == "DTSTART" and "DTSTART" not in found and (named := _ZONE.search(parameters)):
            zone = f" ({printable(named[1])})"
        found.setdefault(
            name.upper(), _ESCAPE.sub(lambda match: "\n" if match[1] in "nN" else match[1], value)
        )
    if not found:
        return ""
    lines = [_("Invitation: {title}").format(title=printable(found.get("SUMMARY", "")))]
    if when := found.get("DTSTART"):
        lines.append(_("When: {when}").format(when=_when(when.strip()) + zone))
    if where := found.get("LOCATION"):
        lines.append(_("Where: {where}").format(where=printable(where)))
    description = found.get("DESCRIPTION", "") if described else ""
    return from_plain("\n".join(lines) + "\n\n" + description)


def _when(value: str) -> str:
    """Return a time as 2026-11-24 10:00 with UTC where it says so; as it stands when it is none."""
    for pattern, wanted in (
        ("%Y%m%dT%H%M%SZ", "%Y-%m-%d %H:%M UTC"),
        ("%Y%m%dT%H%M%S", "%Y-%m-%d %H:%M"),
        ("%Y%m%d", "%Y-%m-%d"),
    ):
        try:
            return datetime.strptime(value, pattern).strftime(wanted)  # the zone stands in the text
        except ValueError:
            continue
    return printable(value)
