"""A page of the theme, cut at the places where pages differ, so that others can be put together from it.

A probe page is rendered by the real theme with marks in place of its title, content and addresses.
The result is cut at these marks once; every further page costs a join. What a mark is turned into by
the theme must be known here: a mark that is left over stops the build.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BrokenEnvironmentError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = "q7trackermark"
MAIN = "main"
"""The id of the first heading of every page, to which the theme's skip link leads."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be put into the theme.

    Attributes:
        address: where it is, relative to the website's root: `tickets/HD-1/` or `tickets/HD-1.html`.
        title: plain text.
        content: HTML that is safe; its first heading has the id `MAIN`.
        edit_address: where its source can be edited; None for pages without one.
        names: the ids of tickets that its texts name.
    """

    address: str
    title: str
    content: str
    edit_address: str | None = None
    names: tuple[str, ...] = ()


class Slot(StrEnum):
    """What differs from page to page; the value is the mark that stands for it in a probe."""

    TITLE = f"{MARK}title"
    CONTENT = f'<h1 id="{MAIN}">{MARK}content</h1>'
    EDIT = f"https://{MARK}.invalid/edit/{MARK}"
    VIEW = f"https://{MARK}.invalid/raw/{MARK}"
    ADDRESS = f"{MARK}address"
    SOURCE = f"{MARK}.md"
    QUOTED_TITLE = f"{MARK}quoted"


class Kind(NamedTuple):
    """Pages of one kind share a shell: in one folder, with or without an edit address, light or whole."""

    folder: str
    editable: bool
    light: bool = False


def kind_of(address: str, *, editable: bool, light: bool = False) -> Kind:
    """Return which shell the page at an address needs."""
    return Kind(address.rstrip("/").rpartition("/")[0], editable and not light, light)


@dataclass(frozen=True, slots=True)
class Shell:
    """The pieces of a page, and what stands between them."""

    pieces: tuple[str, ...]
    slots: tuple[Slot, ...]

    @property
    def digest(self) -> str:
        """Changes when anything of it does."""
        parts = "\0".join((*self.pieces, *self.slots))
        return hashlib.blake2b(parts.encode("utf-8", "replace"), digest_size=16).hexdigest()

    def fill(self, page: Page) -> str:
        """Return the whole page."""
        edit = page.edit_address or ""
        view = edit.replace("blob" if "/blob/" in edit else "edit", "raw")
        values = {
            Slot.TITLE: html.escape(page.title),
            Slot.CONTENT: page.content,
            Slot.EDIT: html.escape(edit),
            Slot.VIEW: html.escape(view),
            Slot.ADDRESS: html.escape(page.address),
            Slot.SOURCE: page.address.rstrip("/").removesuffix(".html").rpartition("/")[2] + ".md",
        }
        if Slot.QUOTED_TITLE in self.slots:
            values[Slot.QUOTED_TITLE] = _in_script(page.title)
        parts = [self.pieces[0]]
        for slot, piece in zip(self.slots, self.pieces[1:], strict=True):
            parts += (values[slot], piece)
        return "".join(parts)


def cut(rendered: str, address: str = "") -> Shell:
    """Cut a rendered probe at its marks.

    Args:
        rendered: the page as the theme made it.
        address: the probe's own address, relative to the website's root; empty when it does not differ.

    Raises:
        BrokenEnvironmentError: the theme or a plugin did something to a mark that is not understood.
    """
    texts = {slot.value: slot for slot in Slot}
    if address:
        texts[address] = Slot.ADDRESS
    pattern = "|".join(re.escape(text) for text in sorted(texts, key=len, reverse=True))
    parts = re.split(f"({pattern})", rendered)
    pieces = tuple(parts[::2])
    slots = _told_apart(pieces, [texts[text] for text in parts[1::2]])
    if slots.count(Slot.CONTENT) != 1:
        raise _not_understood(_("the content of a page is not where it was put"))
    for piece in pieces:
        if MARK in piece.lower():
            place = piece.lower().index(MARK)
            raise _not_understood(piece[max(0, place - 60) : place + 60].strip())
    return Shell(pieces, slots)


def _told_apart(pieces: tuple[str, ...], slots: list[Slot]) -> tuple[Slot, ...]:
    """Return the slots with those that stand in a script apart: what is escaped for HTML is not for it.

    An address and the name of a source have no character that means anything to a script. A title may
    stand there as a whole text in quotes.
    """
    before, found = "", []
    for place, slot in enumerate(slots):
        before += pieces[place].lower()
        inside = next((name for name in ("script", "style") if _is_open(before, name)), "")
        quoted = pieces[place].endswith('"') and pieces[place + 1].startswith('"')
        if inside == "script" and slot is Slot.TITLE and quoted:
            found.append(Slot.QUOTED_TITLE)
        elif inside and not (inside == "script" and slot in (Slot.ADDRESS, Slot.SOURCE)):
            raise _not_understood(f"<{inside}>: {slot.name.lower()}")
        else:
            found.append(slot)
    return tuple(found)


def _is_open(before: str, element: str) -> bool:
    return before.rfind(f"<{element}") > before.rfind(f"</{element}")


def _in_script(text: str) -> str:
    """Return a text as it stands between double quotes in a page’s script, as Jinja’s tojson has it."""
    written = json.dumps(text)[1:-1]
    for character in "<>&'":
        written = written.replace(character, f"\\u{ord(character):04x}")
    return written


def _not_understood(where: str) -> BrokenEnvironmentError:
    message = _("The theme uses a page in a way that ticket pages cannot follow: {where}").format(where=where)
    return BrokenEnvironmentError(message, _("Remove the theme’s override or the plugin that does this."))


class Frame:
    """The shells of a website, each made when the first page needs it."""

    def __init__(self, make: Callable[[Kind], Shell]) -> None:
        self._make = make
        self._shells: dict[Kind, tuple[Shell, str]] = {}

    def shell(self, address: str, *, editable: bool, light: bool = False) -> tuple[Shell, str]:
        """Return the shell for the page at an address, and its digest."""
        kind = kind_of(address, editable=editable, light=light)
        if kind not in self._shells:
            made = self._make(kind)
            self._shells[kind] = (made, made.digest)
        return self._shells[kind]

    def fill(self, page: Page, *, light: bool = False) -> str:
        """Return a page within the theme."""
        shell, _digest = self.shell(page.address, editable=page.edit_address is not None, light=light)
        return shell.fill(page)
