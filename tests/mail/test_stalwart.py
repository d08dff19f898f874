"""Messages of others beside what a parser should find in them, where they lie beside the repository."""

import html
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tracker.mail.attachments import clean_name
from tracker.mail.headers import printable
from tracker.mail.reading import read_message

OUTSIDE = Path(__file__).parents[3] / "shared" / "corpus" / "mail" / "stalwart"
FILES = sorted(OUTSIDE.rglob("*.eml"))
OTHERWISE = {
    "malformed/019.eml": "random damage; they end the broken header elsewhere and read other parts",
    "malformed/020.eml": "two Content-Types in one header: they take the last, we the first, as Python and Gmail do",
    "malformed/021.eml": "likewise",
    "rfc/003.eml": "text/plain and text/enriched are alternatives: they show both, we show one",
}


def _value(part: dict[str, Any], name: str, kind: str) -> Any:
    values = [field["value"] for field in part["headers"] if field["name"] == name]
    return next((value[kind] for value in values if isinstance(value, dict) and kind in value), None)


def _sender(root: dict[str, Any]) -> str:
    given = _value(root, "from", "Address") or {}
    people = given.get("List") or [
        person for group in given.get("Group", []) for person in group["addresses"]
    ]
    return (people[0]["address"] or "") if people else ""


def _date(root: dict[str, Any]) -> datetime | None:
    given = _value(root, "date", "DateTime")
    if not given:
        return None
    offset = timedelta(hours=given["tz_hour"], minutes=given["tz_minute"])
    try:
        at = datetime(
            *(given[key] for key in ("year", "month", "day", "hour", "minute", "second")), tzinfo=UTC
        )
    except ValueError:
        return None
    return at + offset if given["tz_before_gmt"] else at - offset


def _names(parts: list[dict[str, Any]], numbers: list[int]) -> set[str]:
    return {clean_name(name) for number in numbers if (name := _name(parts[number]))}


def _name(part: dict[str, Any]) -> str:
    for field, wanted in (("content_disposition", "filename"), ("content_type", "name")):
        for attribute in (_value(part, field, "ContentType") or {}).get("attributes") or []:
            if attribute["name"] == wanted:
                return attribute["value"]
    return ""


def _is_text(part: dict[str, Any]) -> bool:
    """Whether a file of theirs is a text without a name, which is to be read."""
    kind = (_value(part, "content_type", "ContentType") or {}).get("c_type", "text")
    return kind in {"text", "multipart"} and not _name(part) and not {"Text", "Html"}.isdisjoint(part["body"])


def _agree(theirs: Any, ours: Any) -> bool:
    """Whether two values agree; what they could not decode (�), we may have read, and we keep no folders."""
    if isinstance(theirs, str):
        return bool(re.fullmatch(re.escape(theirs).replace("�", ".{0,2}"), ours, re.DOTALL))
    if isinstance(theirs, set):
        return all(any(_agree(re.sub("^C:TEMP", "", name), other) for other in ours) for name in theirs)
    return theirs == ours


def _bare(text: str, boundaries: list[str]) -> str:
    """Return a text without blanks, without what makes Markdown of it, and without lost delimiters.

    Of parts that are badly nested, they take some delimiters for text and we take others: what was written
    is the same.
    """
    if boundaries:
        either = "|".join(sorted(map(re.escape, boundaries), key=len, reverse=True))
        text = re.sub(rf"--(?:{either})[^\n]*(?:\n(?:Content-[^\n]*))*", "", text)
    return re.sub(r"[\s\\>*#_|-]|\ufeff|\x00", "", text)


def _text(parts: list[dict[str, Any]], numbers: list[int]) -> str:
    found = []
    for part in (parts[number] for number in numbers):
        body = part["body"]
        if "Text" in body:
            found.append(body["Text"])
        elif "Html" in body:
            shown = re.sub(r"(?s)<!--.*?-->|<(style|script|title)\b.*?</\1>|<[^>]*>", "", body["Html"])
            found.append(html.unescape(shown))
    return "\n".join(found)


def differences(path: Path) -> dict[str, tuple[Any, Any]]:
    """Return what we read otherwise: theirs and ours, by what it is."""
    theirs = json.loads(path.with_suffix(".json").read_text())
    ours = read_message(path.read_bytes())
    parts, root = theirs["parts"], theirs["parts"][0]
    kept = [number for number in theirs["attachments"] if not _is_text(parts[number])]
    read = sorted({*theirs["text_body"], *theirs["attachments"]} - {*kept})
    names = _names(parts, kept)
    text = ours.text
    boundaries = re.findall(r"""boundary="?([^"\s;]+)""", path.read_bytes().decode("latin-1"))
    for file in ours.attachments:
        text = text.replace(f"*{file.name}*", "")  # an image of HTML is told by its name
    pairs = {
        "sender": (_sender(root), ours.sender.email),
        "subject": (printable(_value(root, "subject", "Text") or ""), ours.subject),
        "date": (_date(root), ours.date),
        "text": (_bare(_text(parts, read), boundaries), _bare(text, boundaries)),
        "names": (names, {file.name for file in ours.attachments} if names else names),
        "files": (True, len(ours.attachments) >= len(kept)),
    }
    return {what: pair for what, pair in pairs.items() if not _agree(*pair)}


@pytest.mark.skipif(not FILES, reason="the collection is not part of the repository")
def test_sender_subject_date_text_and_files_agree_with_what_others_read() -> None:
    otherwise = {path.relative_to(OUTSIDE).as_posix() for path in FILES if differences(path)}
    assert otherwise == set(OTHERWISE)
    assert len(otherwise) <= len(FILES) * 0.05
