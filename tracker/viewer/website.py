"""All pages of a website that are not written by hand: the queue, its lists, and each ticket."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property, partial
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.errors import TrackerError
from tracker.model.mention import PERSON, ticket_pattern
from tracker.translation import _, current_language
from tracker.viewer import templates
from tracker.viewer.addresses import redirects, relative
from tracker.viewer.browser.data import data_files
from tracker.viewer.lists import Lists
from tracker.viewer.output import GeneratedFile, GeneratedPage, file_of
from tracker.viewer.pages.new import FormPage, form_pages, new_pages
from tracker.viewer.pages.service_levels import service_levels_page
from tracker.viewer.pages.ticket import ticket_page
from tracker.viewer.pages.workload import workload_page
from tracker.viewer.publish import Placed, Publication
from tracker.viewer.redirection import redirection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from jinja2 import Environment

    from tracker.viewer.attachments import Attachment
    from tracker.viewer.shell import Page
    from tracker.workspace import Workspace
    from tracker.workspace.federation import Member


@dataclass(frozen=True, eq=False)
class Website:
    """The pages of a desk, and of the others that are shown beside it.

    Attributes:
        workspace: the desk itself.
        others: the others.
        address: turns a page's path, such as `tickets/HD-1042`, into its address below the website's root.
    """

    workspace: Workspace
    others: Sequence[Member]
    address: Callable[[str], str]

    @cached_property
    def guests(self) -> list[Member]:
        """The others, without what cannot be read of them."""
        return [_readable(other) for other in self.others]

    @cached_property
    def desks(self) -> list[Publication]:
        """Each desk that can be shown, its own first."""
        guests = [Publication(self._guest(each.desk), self, each.prefix) for each in self.guests if each.desk]
        return [Publication(self.workspace, self), *guests]

    def _guest(self, desk: Workspace) -> Workspace:
        """Return a desk that shows internal comments only where its own website and this one do."""
        own, theirs = self.workspace.configuration.website, desk.configuration
        if theirs.website.internal and not own.internal:
            desk.__dict__["configuration"] = theirs.model_copy(update={"website": own})
        return desk

    @cached_property
    def _by_prefix(self) -> dict[str, Publication]:
        return {desk.prefix: desk for desk in self.desks}

    @cached_property
    def tickets(self) -> list[Placed]:
        """Every ticket of every desk."""
        return [ticket for desk in self.desks for ticket in desk.tickets]

    @cached_property
    def environment(self) -> Environment:
        """The page templates."""
        return templates.environment(self.workspace.root)

    @cached_property
    def today(self) -> date:
        """The day in the desk's time zone."""
        return self.workspace.now().date()

    @cached_property
    def context_digest(self) -> str:
        """Changes with what may change the pages of all desks."""
        desks = (f"{desk.guest} {desk.workspace.configuration.desk}" for desk in self.desks)
        parts = (__version__, templates.digest(self.environment), *desks)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def state(self) -> str:
        """Return a digest of everything that the pages are made of."""
        return "\0".join([*(desk.state() for desk in self.desks), *self._notices, repr(self.forms)])

    def find(self, name: str) -> Placed | None:
        """Return the ticket that an id or alias of one of the desks means."""
        desk = self._by_prefix.get(name.partition("-")[0])
        entry = desk.workspace.by_id.get(name) if desk else None
        return Placed(desk, entry) if desk and entry else None

    @cached_property
    def mentions(self) -> re.Pattern[str]:
        """What names a ticket of any desk, or a person (the first group)."""
        return re.compile("|".join([*map(ticket_pattern, self._by_prefix), PERSON]))

    def may_mention(self, text: str) -> bool:
        """Whether a text may name anybody or anything: most do not."""
        return "@" in text or any(f"{prefix}-" in text for prefix in self._by_prefix)

    @cached_property
    def links_between(self) -> dict[tuple[str, str], list[tuple[str, Placed]]]:
        """The tickets that link to one of another desk, by that desk and the path of its file."""
        found: dict[tuple[str, str], list[tuple[str, Placed]]] = defaultdict(list)
        for ticket in self.tickets if len(self.desks) > 1 else ():
            for link in ticket.entry.ticket.links:
                target = ticket.publication.find(link.target)
                if target and target.publication is not ticket.publication:
                    found[target.publication.guest, target.entry.path].append((link.kind, ticket))
        return found

    @cached_property
    def lists(self) -> Lists:
        """The lists of tickets."""
        return Lists(self)

    @property
    def has_workload(self) -> bool:
        """Whether the desk has people, so that there is a page of who has what."""
        return bool(self.workspace.configuration.people)

    @property
    def has_service_levels(self) -> bool:
        """Whether the desk has service levels, so that there is a page of these."""
        return bool(self.workspace.configuration.service_levels)

    @cached_property
    def forms(self) -> tuple[FormPage, ...]:
        """The forms by which tickets of the desk are filed."""
        return tuple(form_pages(self.workspace))

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every page except the queue itself, those that take longest first."""
        yield from self.lists.pages()
        if self.has_workload:
            yield workload_page(self.desks[0])
        if self.has_service_levels:
            yield service_levels_page(self.desks[0])
        yield from new_pages(self.desks[0], self.forms)
        for ticket in self.tickets:
            yield ticket_page(ticket.publication, ticket.entry)

    def prepare(self) -> None:
        """Work out what all pages share, before processes that make pages part."""
        _shared = (self.today, self.context_digest, self.links_between, self.mentions)
        for desk in self.desks:
            _shared_too = (desk.paths, desk.links, desk.context_digest, desk.told)
            _linked = (desk.workspace.by_id, desk.workspace.linked_from)

    def attachments(self) -> dict[str, Attachment]:
        """Return the files that tickets show, by their place in the website."""
        return dict(pair for desk in self.desks for pair in desk.attachments())

    def files(self) -> Iterator[GeneratedFile]:
        """Yield what is neither a page of the theme nor a ticket's attachment."""
        yield from data_files(self)
        yield from self._redirects()

    def _redirects(self) -> Iterator[GeneratedFile]:
        """Yield the pages that lead from a ticket's aliases to it."""
        known = [
            (ticket.publication.paths[ticket.entry.path], list(self._aliases(ticket)))
            for ticket in self.tickets
        ]
        for path, target in redirects(known).items():
            there = relative(self.address(path), self.address(target))
            key = f"{current_language()} {there}"
            yield GeneratedFile(file_of(self.address(path)), key, partial(redirection, there))

    def _aliases(self, ticket: Placed) -> Iterator[str]:
        """Yield the aliases of a ticket by which it may be looked for here: a guest takes no other desk's."""
        guest = ticket.publication.guest
        for alias in ticket.entry.ticket.aliases:
            prefix = alias.partition("-")[0]
            if not guest or prefix == guest or prefix not in self._by_prefix:
                yield alias

    def queue(self) -> Page:
        """Return the queue: every open ticket, and links to all others."""
        return self.lists.queue(self._notices)

    @cached_property
    def _notices(self) -> tuple[str, ...]:
        """Say which desks are not as they are now."""
        local = self.workspace.configuration.local
        found = [desk.untold for desk in self.desks if desk.untold]
        for other in self.guests:
            if other.desk is None:
                message = _("The tickets of {prefix} are not shown: that desk cannot be reached.")
                found.append(message.format(prefix=other.prefix))
            elif other.problem and other.fetched:
                message = _("The tickets of {prefix} are shown as they were on {time}: it cannot be reached.")
                found.append(message.format(prefix=other.prefix, time=local(other.fetched)))
        return tuple(found)


def _readable(member: Member) -> Member:
    """Return a desk; one that cannot be read, without its tickets, so that it holds nothing up."""
    try:
        _tickets = member.desk and member.desk.linked_from
    except TrackerError as error:
        return member._replace(desk=None, problem=error.message)
    return member
