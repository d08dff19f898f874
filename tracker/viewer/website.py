"""All pages of a website that are not written by hand: the queue, its lists, and each ticket."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from tracker import __version__
from tracker.errors import TrackerError
from tracker.model.mention import PERSON, ticket_pattern
from tracker.translation import _, language
from tracker.viewer import templates
from tracker.viewer.addresses import QUEUE, redirects, relative
from tracker.viewer.audience import PublishedDesk, for_audience, in_another_language
from tracker.viewer.browser.data import data_files
from tracker.viewer.data.files import files_for_others
from tracker.viewer.leaks import Leak, leaks
from tracker.viewer.lists import Lists
from tracker.viewer.output import GeneratedFile, GeneratedPage, file_of
from tracker.viewer.pages.board import board_page
from tracker.viewer.pages.mail import mail_page
from tracker.viewer.pages.new import FormPage, form_pages, new_pages
from tracker.viewer.pages.overview import overview_page
from tracker.viewer.pages.reports.page import report_files, report_pages
from tracker.viewer.pages.service_levels import service_levels_page
from tracker.viewer.pages.ticket import ticket_page
from tracker.viewer.pages.workload import workload_page
from tracker.viewer.publish import Placed, Publication
from tracker.viewer.redirection import redirection
from tracker.workspace.messages import listed, spool_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from jinja2 import Environment

    from tracker.translation import OwnText
    from tracker.viewer.attachments import Attachment
    from tracker.viewer.shell import Page
    from tracker.workspace import Workspace
    from tracker.workspace.federation import Member
    from tracker.workspace.messages import Listed


@dataclass(frozen=True, eq=False)
class Website:
    """The pages of a desk, and of the others that are shown beside it.

    Attributes:
        workspace: the desk itself.
        others: the others.
        address: turns a page's path, such as `tickets/HD-1042`, into its address below the website's root.
        audience: `public` or `internal`; empty where the desk's own settings say for whom it is.
        language: in which it is.
        texts: what the desk says otherwise in that language.
        first: the same website in the language that stands at the root, where this is another.
        home: the address of its root, which ends with a slash; empty where nobody knows it yet.
    """

    workspace: Workspace
    others: Sequence[Member]
    address: Callable[[str], str]
    audience: str = ""
    language: str = "en"
    texts: Mapping[str, OwnText] = field(default_factory=dict)
    first: Website | None = None
    translations: list[Website] = field(default_factory=list)
    home: str = ""

    def in_language(self, code: str, texts: Mapping[str, OwnText]) -> Website:
        """Return the same website in another language, in a folder of its own."""
        with self.speaking():
            _read_in_it = (self.workspace.entries, self.workspace.fields)
        with language(code, texts):
            workspace = in_another_language(self.workspace)
            others = [
                other._replace(desk=in_another_language(other.desk) if other.desk else None)
                for other in self.guests
            ]
        address = self.address
        made = Website(
            workspace, others, lambda path: f"{code}/{address(path)}", self.audience, code, texts, self
        )
        self.translations.append(made)
        return made

    def speaking(self) -> AbstractContextManager[None]:
        """Speak the language of the website."""
        return language(self.language, self.texts)

    @property
    def all_languages(self) -> list[Website]:
        """The website in each of its languages, the one at the root first."""
        first = self.first or self
        return [first, *first.translations]

    @cached_property
    def guests(self) -> list[Member]:
        """The others, without what cannot be read of them."""
        return [_readable(other) for other in self.others]

    @cached_property
    def desks(self) -> list[Publication]:
        """Each desk that can be shown, its own first."""
        internal = self.internal
        guests = [
            Publication(
                for_audience(each.desk, internal=internal and _is_internal(each.desk)), self, each.prefix
            )
            for each in self.guests
            if each.desk
        ]
        return [Publication(for_audience(self.workspace, internal=internal), self), *guests]

    @property
    def internal(self) -> bool:
        """Whether all who read it are the desk’s people, so that it shows what is internal, too."""
        return self.audience == "internal" if self.audience else _is_internal(self.workspace)

    def leaks(self, site: Path, files: Iterable[str]) -> list[Leak]:
        """Return what some files of the website, relative to its folder, show that they should not."""
        shown = [desk.workspace for desk in self.desks if isinstance(desk.workspace, PublishedDesk)]
        return leaks(site, files, shown, [one for desk in self.desks for one in desk.former_watchers()])

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
        languages = [website.language for website in self.all_languages]
        own = repr((languages, sorted(self.texts.items())))
        where = self.address(QUEUE)
        parts = (__version__, templates.digest(self.environment), self.language, own, where, *desks)
        return hashlib.blake2b("\0".join(parts).encode(), digest_size=16).hexdigest()

    def state(self) -> str:
        """Return a digest of everything that the pages are made of."""
        own = self.desks[0]
        told = own.key(own.lately, own.report)
        parts = [*self._notices, repr(self.forms), repr(self.messages)]
        return "\0".join([*(desk.state() for desk in self.desks), told, *parts])

    @cached_property
    def state_digest(self) -> str:
        """The same in short, worked out once."""
        return hashlib.blake2b(self.state().encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()

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

    @cached_property
    def archived(self) -> frozenset[str]:
        """The tickets that were closed long ago, by the paths of their files: their pages are light."""
        kept = self.workspace.configuration.website.whole
        return frozenset(ticket.entry.path for ticket in self.lists.closed[kept:])

    @property
    def has_workload(self) -> bool:
        """Whether the desk has people, so that there is a page of who has what."""
        return bool(self.workspace.configuration.people)

    @cached_property
    def messages(self) -> tuple[Listed, ...]:
        """What became of messages to the desk, the newest first; none on a website for everybody.

        Only the machine that takes them in knows of them.
        """
        if not self.internal or self.workspace.repository is None:
            return ()
        found = listed(spool_of(self.workspace), everything=True)
        return tuple(sorted(found, key=lambda one: (one.record.received, one.identity), reverse=True))

    @property
    def has_service_levels(self) -> bool:
        """Whether the desk has service levels, so that there is a page of these."""
        return bool(self.workspace.configuration.service_levels)

    @cached_property
    def forms(self) -> tuple[FormPage, ...]:
        """The forms by which tickets of the desk are filed."""
        return tuple(form_pages(self.workspace))

    def pages(self) -> Iterator[GeneratedPage]:
        """Yield every page, those that take longest first; the queue at the root is a page of MkDocs."""
        if self.first:
            yield GeneratedPage(self.address(QUEUE), lambda _names: self.state(), self.queue)
        yield from self.lists.pages()
        yield overview_page(self)
        yield from report_pages(self.desks[0])
        yield board_page(self)
        if self.has_workload:
            yield workload_page(self.desks[0])
        if self.has_service_levels:
            yield service_levels_page(self.desks[0])
        if self.messages:
            yield mail_page(self.desks[0], self.messages)
        yield from new_pages(self.desks[0], self.forms)
        for ticket in self.tickets:
            yield ticket_page(ticket.publication, ticket.entry)

    def prepare(self) -> None:
        """Work out what all pages share, before processes that make pages part."""
        _shared = (self.today, self.context_digest, self.links_between, self.mentions, self.archived)
        for desk in self.desks:
            _shared_too = (desk.paths, desk.links, desk.context_digest, desk.told)
            _linked = (desk.workspace.by_id, desk.workspace.linked_from)

    def attachments(self) -> dict[str, Attachment]:
        """Return the files that tickets show, by their place in the website."""
        desks = () if self.first else self.desks
        return dict(pair for desk in desks for pair in desk.attachments())

    def files(self) -> Iterator[GeneratedFile]:
        """Yield what is neither a page of the theme nor a ticket's attachment."""
        yield from data_files(self)
        if self.first is None:
            yield from report_files(self.desks[0])
            yield from files_for_others(self)
        else:
            make = partial(redirection, relative(f"{self.language}/", self.address(QUEUE)), _("Tickets"))
            yield GeneratedFile(f"{self.language}/index.html", self.context_digest, make)
        yield from self._redirects()

    def _redirects(self) -> Iterator[GeneratedFile]:
        """Yield the pages that lead from a ticket's aliases to it."""
        known = [
            (ticket.publication.paths[ticket.entry.path], list(self._aliases(ticket)))
            for ticket in self.tickets
        ]
        for path, target in redirects(known).items():
            there = relative(self.address(path), self.address(target))
            key = f"{self.context_digest} {there}"
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


def _is_internal(workspace: Workspace) -> bool:
    return workspace.configuration.website.internal


def _readable(member: Member) -> Member:
    """Return a desk; one that cannot be read, without its tickets, so that it holds nothing up."""
    try:
        _tickets = member.desk and member.desk.linked_from
    except TrackerError as error:
        return member._replace(desk=None, problem=error.message)
    return member
