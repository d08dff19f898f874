"""The rules, by code. A code never changes its meaning."""

from __future__ import annotations

from tracker.translation import _

LETTER = "T"


def rules() -> dict[str, str]:
    """Return each rule's code with what it asks for, in the current language."""
    return {
        "T001": _("A ticket is an ordinary file, never a symbolic link or a device."),
        "T002": _("A ticket has at most 1 MiB, its front matter at most 64 KiB."),
        "T003": _("A ticket is written in UTF-8."),
        "T004": _("A ticket begins with front matter: YAML between two lines of three hyphens."),
        "T005": _("The front matter is well-formed YAML."),
        "T006": _("A key stands once."),
        "T007": _("The front matter is a plain mapping: no anchors, aliases, tags or further documents."),
        "T008": _("No conflict of a merge is left in the front matter."),
        "T009": _("A ticket lies where its id and its month say."),
        "T010": _("A comment lies beside its ticket."),
        "T101": _("A field that is required is there."),
        "T102": _("A field has its form: a text, a list, a number."),
        "T103": _("A value is one of those that the desk knows."),
        "T104": _("A date is one that the calendar has."),
        "T105": _("A text matches its field’s pattern."),
        "T106": _("A key is not a slip of another."),
        "T201": _("An id or alias belongs to one ticket."),
        "T202": _("A link leads to a ticket."),
        "T203": _("A ticket does not link to itself."),
        "T204": _("Links of one kind do not lead in a circle."),
    }
