"""From what happened to the mail that tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BrokenEnvironmentError
from tracker.mail.bounced import return_address
from tracker.mail.notices.digest import digest_values
from tracker.mail.notices.disclosing import Disclosure
from tracker.mail.notices.envelope import Envelope
from tracker.mail.notices.happenings import What
from tracker.mail.notices.held import held_values
from tracker.mail.notices.letter import Letter, is_sendable, written
from tracker.mail.notices.outbox import name_of
from tracker.mail.notices.readers import readers
from tracker.mail.notices.telling import notice_values
from tracker.mail.notices.templates import MailTemplates
from tracker.mail.notices.threads import Threads
from tracker.mail.subscription import unsubscribe_address
from tracker.mail.token import INTERNAL, message_id, reply_address
from tracker.translation import _, language

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import datetime

    from tracker.mail.mailroom import Mailroom
    from tracker.mail.notices.happenings import Happening, Occasion
    from tracker.mail.notices.readers import Reader
    from tracker.model.entry import Entry
    from tracker.workspace import Workspace
    from tracker.workspace.messages import Listed

_HELD = "held"
_NO_TICKET = "digest-0"
"""What stands in the Message-ID and the envelope of a mail that is about no ticket."""


class Notice(NamedTuple):
    """A mail that tells somebody something.

    Attributes:
        name: its name in the outbox.
        ticket: the id of the ticket that it is about; empty for none.
        what: the kinds of things that it tells.
        envelope: whom, and what about.
        data: its bytes.
    """

    name: str
    ticket: str
    what: tuple[str, ...]
    envelope: Envelope
    data: bytes


class Writer:
    """Writes the notices of a desk.

    Args:
        desk: the desk, as it is told.
        room: where its mail comes in.
        unreachable: the addresses, in lower case, that get nothing.
        now: the moment; aware.

    Raises:
        BrokenEnvironmentError: the desk has no address that people could answer to.
    """

    def __init__(self, desk: Workspace, room: Mailroom, unreachable: Collection[str], now: datetime) -> None:
        self._configuration, self._now, self._unreachable = desk.configuration, now, unreachable
        address = self._configuration.mail.address
        if not address or not is_sendable(address):
            message = _("The desk has no address, so nobody could answer its mail.")
            raise BrokenEnvironmentError(
                message, _("Write it into tracker.yml: “mail: {address: help@example.org}”.")
            )
        self._address, self._secret, self._disclosure = address, room.secret, Disclosure(desk)
        self._host = address.rpartition("@")[2]
        self._templates, self._threads = MailTemplates(desk.tree), Threads(room, self._secret, self._host)

    def notices(self, occasions: Iterable[Occasion]) -> Iterator[Notice]:
        """Yield the mail that tells what happened, one to each reader for what happened at once."""
        for occasion in occasions:
            told: dict[str, tuple[Reader, list[Happening]]] = {}
            for happening in occasion.happenings:
                for reader in readers(self._configuration, occasion.entry, happening, self._now):
                    if self._reaches(reader):
                        known = told.setdefault(reader.address.lower(), (reader, []))
                        known[1].append(happening)
            for reader, happenings in told.values():
                with language(reader.language):
                    notice = self._notice(occasion, reader, happenings)
                yield notice

    def digests(self, found: dict[str, list[str]], those: Iterable[Reader]) -> Iterator[Notice]:
        """Yield the mail that tells what nobody has taken care of."""
        for reader in filter(self._reaches, those):
            name = name_of(f"digest {self._now.date().isoformat()}", reader.address)
            with language(reader.language):
                letter = self._letter("digest", digest_values(self._configuration, found, reader), reader)
            letter = self._for_the_desk(letter._replace(bulk=True), _NO_TICKET, name)
            yield self._ready(name, "", What.DIGEST.value, letter)

    def held(self, held: Iterable[tuple[Listed, Reader]]) -> Iterator[Notice]:
        """Yield the mail that tells people of the desk that their messages are held."""
        for message, reader in held:
            if not self._reaches(reader):
                continue
            ticket = message.record.ticket
            name = name_of(f"held {message.identity} {message.record.finished}", reader.address)
            with language(reader.language):
                letter = self._letter("notice", held_values(self._configuration, message, reader), reader)
            letter = self._for_the_desk(letter._replace(answers=True), ticket or _NO_TICKET, name)
            yield self._ready(name, ticket, _HELD, letter)

    def _for_the_desk(self, letter: Letter, ticket: str, name: str) -> Letter:
        """Return a letter of which answers are for the desk's people only, wherever they go."""
        named = message_id(self._secret, ticket, self._host, _about(name, internal=True))
        return letter._replace(message_id=named, reply_to=self._reply_to(ticket, internal=True))

    def _ready(self, name: str, ticket: str, what: str, letter: Letter) -> Notice:
        envelope = self._envelope(letter, ticket or _NO_TICKET)
        return Notice(name, ticket, (what,), envelope, written(letter, self._now))

    def _notice(self, occasion: Occasion, reader: Reader, happenings: list[Happening]) -> Notice:
        entry, name = occasion.entry, name_of(occasion.key, reader.address)
        what = tuple(dict.fromkeys(one.what.value for one in happenings))
        internal = What.INTERNAL.value in what
        values = notice_values(self._configuration, self._disclosure, entry, happenings, reader)
        letter = self._letter("notice", values, reader)._replace(
            message_id=message_id(self._secret, entry.id, self._host, _about(name, internal=internal)),
            references=self._threads.references(entry),
            reply_to=self._reply_to(entry.id, internal=internal),
            answers=What.RECEIPT.value in what,
        )
        letter = self._with_way_out(letter, entry, reader)
        return Notice(name, entry.id, what, self._envelope(letter, entry.id), written(letter, self._now))

    def _envelope(self, letter: Letter, ticket: str) -> Envelope:
        recipient = letter.recipient[1]
        back = return_address(self._secret, ticket, recipient, self._address)
        return Envelope(back if is_sendable(back) else self._address, recipient, letter.subject)

    def _reply_to(self, ticket: str, *, internal: bool) -> str:
        """Return where an answer goes; one to internal words must not become public."""
        about = (INTERNAL,) if internal else ()
        return reply_address(self._secret, ticket, self._address, *about)

    def _with_way_out(self, letter: Letter, entry: Entry, reader: Reader) -> Letter:
        """Return a letter that says how to get no more of them, where its reader only watches the ticket."""
        if not reader.watcher:
            return letter
        address = unsubscribe_address(self._secret, entry.id, reader.watcher, self._address)
        service, token = (
            self._configuration.mail.notices.unsubscribe,
            address.partition("+")[2].partition("@")[0],
        )
        one_click = f"{service.rstrip('/')}/{token}" if service else ""
        return letter._replace(unsubscribe=address, one_click=one_click)

    def _letter(self, template: str, values: dict[str, object], reader: Reader) -> Letter:
        return Letter(
            (self._configuration.desk, self._address),
            (reader.name, reader.address),
            str(values["subject"]),
            self._templates.fill(f"{template}.txt", **values),
            self._templates.fill(f"{template}.html", **values),
            "",
        )

    def _reaches(self, reader: Reader) -> bool:
        return is_sendable(reader.address) and reader.address.lower() not in self._unreachable


def _about(name: str, *, internal: bool = False) -> str:
    """Return what tells a mail from others in its Message-ID: the same each time that it is made.

    It says what is internal, for answers to it that go to another address than it asks for.
    """
    told = name.partition(".")[0]
    return f"{INTERNAL}{told}" if internal else told
