"""What happened to a ticket, commit by commit, in words for its page: nothing that readers may not see."""

from __future__ import annotations

import html
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tracker.history.changes import TEXT
from tracker.history.event import Kind
from tracker.history.reason import printable
from tracker.history.words import REOPENED, kind_of, label_of, plain
from tracker.model.fields import link_phrase
from tracker.model.kind import LINK_KINDS
from tracker.query.masking import Mask, hides_watchers
from tracker.translation import _
from tracker.viewer import formats
from tracker.workspace.account import watched

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime

    from tracker.document import Value
    from tracker.history.event import Event
    from tracker.query.conversation import Said
    from tracker.viewer.pages.ticket_view import TicketView
    from tracker.viewer.publish import Publication
    from tracker.workspace.account import Landed

_LONGEST = 120
"""So many characters are shown of a value, which may be anybody's text."""
_SHOWN_OF_REQUESTER = "requester.name"


class Change(NamedTuple):
    """What a commit did to a ticket: when, aware, and its line on the page as HTML."""

    moment: datetime
    line: str


def timeline(view: TicketView, landed: Iterable[Landed], said: Sequence[Said]) -> Iterator[Change]:
    """Yield what commits did to a ticket, the oldest first.

    Args:
        view: the page.
        landed: what they did.
        said: the conversation that the page shows.
    """
    configuration = view.publication.workspace.configuration
    landed = [*landed]
    masked = _masking(view.publication, landed)
    for moment, who, events in _since_public(view.publication, landed):
        phrases, reasons = _phrases(view, who, events, said), _reasons(view, events)
        if phrases or reasons:
            what, why = masked(", ".join(phrases).replace("&#x27;", "'")), masked("; ".join(reasons))
            name = masked(_name(view, who))
            yield Change(moment, _line(moment.astimezone(configuration.zone), name, what, why))


def _masking(publication: Publication, landed: Sequence[Landed]) -> Callable[[str], str]:
    """Return what masks a text: the addresses of those who once watched the ticket are private, too."""
    if not hides_watchers(publication.private):
        return publication.masked
    former = Mask({address.lower() for address in watched(landed)})
    return lambda text: former.over(publication.masked(text))


def _since_public(publication: Publication, landed: Sequence[Landed]) -> Sequence[Landed]:
    """Return what commits did since a ticket may be seen by everybody: what it said before was internal."""
    if publication.workspace.configuration.website.internal:
        return landed
    opened = (place for place, one in enumerate(landed, 1) if any(map(_opens, one.events)))
    return landed[max(opened, default=0) :]


def _opens(event: Event) -> bool:
    return event.kind is Kind.CHANGED and event.field == "visibility" and event.old not in (None, "public")


def _line(moment: datetime, who: str, what: str, why: str) -> str:
    """Return a line as HTML; a template, filled for each of them, would take most of the time of a page.

    Args:
        moment: in the desk's time zone.
        who: the name of whoever did it, as plain text.
        what: what was done, as HTML.
        why: the reasons, as plain text.
    """
    exact = moment.isoformat(timespec="minutes")
    asked = _("Why:")
    because = f'<span class="tk-why">{asked} {html.escape(why)}</span>' if why else ""
    return (
        f'<p class="tk-event"><b>{html.escape(who)}</b> {what} '
        f'<time datetime="{exact}">{formats.moment(moment)}</time>{because}</p>'
    )


def _name(view: TicketView, who: str) -> str:
    """Return who made a commit; where requesters are not shown, only people of the desk are named."""
    publication = view.publication
    if publication.private and not publication.shows(_SHOWN_OF_REQUESTER):
        people = publication.workspace.configuration.people.values()
        return who if any(person.name == who for person in people) else _("Somebody")
    return printable(who, _LONGEST) or "?"


def _phrases(view: TicketView, who: str, events: Sequence[Event], said: Sequence[Said]) -> list[str]:
    """Return what happened in a commit, as HTML; what came to, or went from, one list is said together."""
    found: list[str] = []
    for _key, group in groupby(events, _together):
        some = list(group)
        event = some[0]
        if event.kind is not Kind.CHANGED:
            found.append(html.escape(_whole(view, event, said)))
        elif len(some) == 1 and isinstance(event.old, str | None) and isinstance(event.new, str | None):
            key, known = (*event[2:5], who if event.field == "assignee" else ""), view.publication.phrases
            if key not in known:
                known[key] = html.escape(_changed(view, who, some))
            found.append(known[key])
        else:
            found.append(html.escape(_changed(view, who, some)))
    return [phrase for phrase in dict.fromkeys(found) if phrase]


def _together(event: Event) -> tuple[str, str, bool, bool]:
    return event.kind, event.field, event.old is None, event.new is None


def _changed(view: TicketView, who: str, events: Sequence[Event]) -> str:
    """Return what became of a field, given all changes of one kind."""
    publication, name = view.publication, events[0].field
    workspace = publication.workspace
    if name == "links":
        events = [event for event in events if _is_known_link(publication, event)]
    if not (publication.shows(name) and events):
        return ""
    event = events[0]
    if name == TEXT and name not in workspace.fields:
        return _("edited the text")
    if name.startswith("requester") and name != _SHOWN_OF_REQUESTER:
        return _("changed: {field}").format(field=label_of("requester", workspace.fields))
    old = ", ".join(_value(view, name, one.old) for one in events if one.old is not None)
    new = ", ".join(_value(view, name, one.new) for one in events if one.new is not None)
    if kind_of(event, workspace.configuration.is_open) == REOPENED:
        return _("reopened it: {old} → {new}").format(old=old, new=new)
    words = _sentence(view, name, (event.old is not None, event.new is not None), new == who)
    return words.format(field=label_of(name, workspace.fields), old=old, new=new)


def _is_known_link(publication: Publication, event: Event) -> bool:
    """Whether readers may know the ticket at the other end of a link: what is not here may be internal."""
    written = event.old if event.new is None else event.new
    target = written.partition(" ")[2] if isinstance(written, str) else ""
    return publication.workspace.configuration.website.internal or publication.find(target) is not None


def _sentence(view: TicketView, name: str, has: tuple[bool, bool], own: bool) -> str:
    """Return the sentence for a change of a field that had an old value, has a new one; `own`: its author."""
    field = view.publication.workspace.fields.get(name)
    match name, has:
        case "status", (True, True):
            return _("moved it from {old} to {new}")
        case "assignee", (_old, True):
            return _("took it on") if own else _("assigned it to {new}")
        case "assignee", _no:
            return _("took it from {old}")
        case "title", _any:
            return _("renamed it: was “{old}”")
        case _any, (True, True):
            return _("set {field} to {new}: was {old}")
        case _any, (False, True):
            return _("added to {field}: {new}") if field and field.is_list else _("set {field} to {new}")
        case _:
            return (
                _("removed from {field}: {old}")
                if field and field.is_list
                else _("removed {field}: was {old}")
            )


def _value(view: TicketView, name: str, value: Value) -> str:
    """Return a value in words; of a mapping, only the parts that readers may see."""
    publication = view.publication
    if isinstance(value, dict):
        value = {key: part for key, part in value.items() if publication.shows(f"{name}.{key}")}
    kind, _space, target = value.partition(" ") if isinstance(value, str) else ("", "", "")
    if name == "links" and kind in LINK_KINDS:
        return printable(f"{link_phrase(kind)} {target}", _LONGEST)
    field = publication.workspace.fields.get(name.partition(".")[0])
    return printable(plain(value, field.values if field else {}), _LONGEST)


def _whole(view: TicketView, event: Event, said: Sequence[Said]) -> str:
    """Return what happened to a ticket as a whole, to a comment or to a file."""
    words = {
        Kind.CREATED: _("filed it"),
        Kind.ACCEPTED: _("accepted it as {new}: was {old}"),
        Kind.RENUMBERED: _("renumbered it: {old} → {new}"),
        Kind.BROKEN: _("wrote it so that it cannot be read"),
        Kind.MENDED: _("made it readable again"),
        Kind.DELETED: _("deleted it"),
        Kind.RESTORED: _("brought it back"),
        Kind.REWRITTEN: _("changed: {file}"),
        Kind.UNSAID: _("deleted a comment"),
        Kind.ATTACHED: _("attached: {file}"),
        Kind.DETACHED: _("removed: {file}"),
    }
    if event.kind not in words or not _is_shown(view, event, said):
        return ""
    old, new = printable(plain(event.old), _LONGEST), printable(plain(event.new), _LONGEST)
    file = event.field.rpartition("/")[2]
    return words[event.kind].format(old=old, new=new, file=file)


def _is_shown(view: TicketView, event: Event, said: Sequence[Said]) -> bool:
    """Whether readers may see that something became of a comment or a file; and need to be told."""
    if event.kind not in (Kind.REWRITTEN, Kind.UNSAID, Kind.ATTACHED, Kind.DETACHED):
        return True
    comments = [comment for one in said for comment in (one.comment, *one.earlier)]
    name = event.field.rpartition("/")[2]
    if event.kind is Kind.ATTACHED and any(comment.names(name) for comment in comments):
        return False  # the comment shows it
    if view.publication.workspace.configuration.website.internal:
        return True
    if event.kind is Kind.UNSAID:
        return isinstance(event.old, dict) and event.old.get("visibility") in (None, "public")
    named = name in view.entry.body or any(comment.names(name) for comment in comments)
    return named or any(comment.name == name for comment in comments)


def _reasons(view: TicketView, events: Sequence[Event]) -> list[str]:
    """Return why: of each reason that is about a field which readers may see."""
    fields = view.publication.workspace.fields
    found = []
    for event in events:
        for reason in event.reasons:
            if view.publication.shows(reason.field):
                said = _("{field}: {value}").format(field=label_of(reason.field, fields), value=reason.words)
                found.append(reason.words if reason.field == event.field else said)
    return list(dict.fromkeys(found))
