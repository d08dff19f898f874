"""Mailboxes on servers (IMAP, RFC 3501 and 9051). Only this module knows IMAPClient."""

from __future__ import annotations

import ssl
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.errors import (
    BrokenEnvironmentError,
    BusyError,
    MissingExtraError,
    RefusedLoginError,
    RefusedMailError,
    UnreachableError,
)
from tracker.translation import _

try:
    from imapclient import IMAPClient
    from imapclient.exceptions import IMAPClientAbortError, IMAPClientError, LoginError
except ImportError as error:
    raise MissingExtraError("mail") from error

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator, Sequence
    from datetime import date

    from tracker.mail.credential import Credential
    from tracker.model.mailbox import Mailbox

_PATIENCE = 60
"""In seconds: so long the server may take to answer."""
_KEYWORD = "TrackerTaken"
"""What messages are flagged with that are safe here, for people who look into the mailbox."""
_PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]")
"""The answers that may be others later (RFC 5530)."""
_MANY = 500


class Waiting(NamedTuple):
    """A message in a mailbox: its number there (RFC 3501, 2.3.1.1), its bytes, and when it came in."""

    uid: int
    size: int
    received: datetime


class Connection:
    """A connection to a mailbox, logged in, with its folder open.

    Args:
        mailbox: which.
        credential: what proves that we may.

    Raises:
        RefusedLoginError: the server does not let us in.
        UnreachableError: it does not answer, or hangs up; each method may raise it.
        BrokenEnvironmentError: it refuses what is asked for; likewise.
    """

    def __init__(self, mailbox: Mailbox, credential: Credential) -> None:
        self.mailbox = mailbox
        self._where = mailbox.host or ""
        self._is_idle = False
        with self._told():
            self._client = _connected(mailbox)
        try:
            with self._told():
                _log_in(self._client, mailbox.user or "", credential)
                opened = self._client.select_folder(mailbox.folder)
        except BaseException:
            self.close()
            raise
        self.uid_validity = int(opened.get(b"UIDVALIDITY", 0))
        """While it is the same, so are the numbers of messages (RFC 3501, 2.3.1.1); else it is 0."""
        self._keeps_keywords = b"READ-WRITE" in opened and rb"\*" in opened.get(b"PERMANENTFLAGS", ())

    def waiting(self, beyond: int, since: date | None, again: Sequence[int] = ()) -> list[Waiting]:
        """Return the messages with numbers beyond one that came in since a day, and some more by number.

        Those with the lowest numbers are first.
        """
        criteria: list[Any] = ["UID", f"{beyond + 1}:*", *(["SINCE", since] if since else [])]
        found: list[Waiting] = []
        with self._told():
            self._client.noop()  # or the server may tell of what was there when the folder was opened only
            # “n:*” is the last message, too, when its number is below n
            uids = sorted({*again, *(uid for uid in self._client.search(criteria) if uid > beyond)})
            for some in (uids[at : at + _MANY] for at in range(0, len(uids), _MANY)):
                told = self._client.fetch(some, ["RFC822.SIZE", "INTERNALDATE"])
                found += [
                    Waiting(uid, told[uid][b"RFC822.SIZE"], _aware(told[uid].get(b"INTERNALDATE")))
                    for uid in some
                    if uid in told and b"RFC822.SIZE" in told[uid]
                ]
        return found

    def message(self, uid: int, most: int) -> bytes | None:
        """Return the first bytes of a message, and leave it unseen; None of one that is gone.

        Raises:
            RefusedMailError: the server does not hand it out.
        """
        return self._part(uid, "", most)

    def header(self, uid: int, most: int) -> bytes | None:
        """Return the header of a message, likewise."""
        return self._part(uid, "HEADER", most)

    def _part(self, uid: int, part: str, most: int) -> bytes | None:
        refused = _("{host} does not hand out message {uid}: {reason}.")
        with self._told():
            try:
                told = self._client.fetch([uid], [f"BODY.PEEK[{part}]<0.{most}>"])
            except IMAPClientAbortError:
                raise
            except IMAPClientError as error:
                self._check_passing(error)
                reason = _reason(error)
                raise RefusedMailError(refused.format(host=self._where, uid=uid, reason=reason)) from error
        if uid not in told:
            return None
        data: bytes | None = told[uid].get(f"BODY[{part}]<0>".encode())
        if not data:
            reason = _("it has no bytes")
            raise RefusedMailError(refused.format(host=self._where, uid=uid, reason=reason))
        return data

    def put_away(self, uids: Sequence[int]) -> None:
        """Do with messages what shall be done once they are safe."""
        if not uids:
            return
        with self._told():
            if self._keeps_keywords:
                self._client.add_flags(uids, [_KEYWORD], silent=True)
            if self.mailbox.after == "seen":
                self._client.add_flags(uids, [rb"\Seen"], silent=True)
            elif self.mailbox.move_to:
                self._move(uids)
            elif self.mailbox.after == "delete":
                self._delete(uids)

    def _move(self, uids: Sequence[int]) -> None:
        if self._client.has_capability("MOVE"):
            self._client.move(uids, self.mailbox.move_to)
        else:
            self._client.copy(uids, self.mailbox.move_to)
            self._delete(uids)

    def _delete(self, uids: Sequence[int]) -> None:
        """Delete messages; where that cannot be done to them alone, they are marked only (RFC 4315)."""
        self._client.delete_messages(uids, silent=True)
        if self._client.has_capability("UIDPLUS"):
            self._client.uid_expunge(uids)

    def begin_waiting(self) -> socket.socket | None:
        """Ask the server to tell what comes (IDLE, RFC 2177).

        Returns:
            What can be read from when something comes; None where the server does not do that.
        """
        with self._told():
            if not self._client.has_capability("IDLE"):
                return None
            self._is_idle = True
            self._client.idle()
            told: socket.socket = self._client.socket()
            return told

    def end_waiting(self) -> None:
        """Go back to asking."""
        if self._is_idle:
            self._is_idle = False
            with self._told():
                self._client.idle_done()

    def close(self) -> None:
        """Hang up; a server that has done so before is no matter."""
        if self._is_idle:
            _hang_up(self._client)
        else:
            self._client.__exit__(None, None, None)

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in words what goes wrong."""
        try:
            yield
        except ssl.SSLCertVerificationError as error:
            message = _("The certificate of {host} is not to be trusted: {reason}.")
            raise RefusedLoginError(
                message.format(host=self._where, reason=error.verify_message),
                _("Is it this server? SSL_CERT_FILE names a file of authorities to trust."),
            ) from error
        except (OSError, IMAPClientAbortError) as error:
            raise self._unreachable(error) from error
        except LoginError as error:
            if isinstance(error.__context__, IMAPClientAbortError):  # hung up, which is no answer
                raise self._unreachable(error) from error
            self._check_passing(error)
            message = _("{host} does not let “{user}” in: {reason}.")
            raise RefusedLoginError(
                message.format(host=self._where, user=self.mailbox.user, reason=_reason(error)),
                _("Is the password right, or the token still good?"),
            ) from error
        except IMAPClientError as error:
            self._check_passing(error)
            message = _("{host} refuses: {reason}.").format(host=self._where, reason=_reason(error))
            hint = _("Create the folder “{folder}” there, or correct “after” in tracker.yml.")
            is_missing = "[TRYCREATE]" in str(error)
            raise BrokenEnvironmentError(
                message, hint.format(folder=self.mailbox.move_to) if is_missing else ""
            ) from error

    def _unreachable(self, error: Exception) -> UnreachableError:
        message = _("{host} does not answer, or has hung up: {reason}.")
        where = f"{self._where}:{_port(self.mailbox)}"
        return UnreachableError(message.format(host=where, reason=_reason(error)))

    def _check_passing(self, error: Exception) -> None:
        if any(code in str(error) for code in _PASSING):
            message = _("{host} cannot do it now: {reason}.")
            raise BusyError(message.format(host=self._where, reason=_reason(error))) from error


def _connected(mailbox: Mailbox) -> IMAPClient:
    secure, context = mailbox.security == "tls", ssl.create_default_context()
    client = IMAPClient(
        mailbox.host,
        _port(mailbox),
        ssl=secure,
        ssl_context=context if secure else None,
        timeout=_PATIENCE,
    )
    client.normalise_times = False
    if mailbox.security == "starttls":
        try:
            if not client.has_capability("STARTTLS"):
                raise RefusedLoginError(_("{host} offers no encryption.").format(host=mailbox.host))
            client.starttls(context)
        except BaseException:
            _hang_up(client)
            raise
    return client


def _port(mailbox: Mailbox) -> int:
    return mailbox.port or (993 if mailbox.security == "tls" else 143)


def _hang_up(client: IMAPClient) -> None:
    with suppress(OSError):
        client.shutdown()


def _log_in(client: IMAPClient, user: str, credential: Credential) -> None:
    if not credential.is_token and client.has_capability("AUTH=PLAIN"):
        client.plain_login(user, credential.secret)  # which may have any letters, unlike LOGIN
    elif not credential.is_token:
        client.login(user, credential.secret)
    elif client.has_capability("AUTH=OAUTHBEARER"):
        client.oauthbearer_login(user, credential.secret)
    else:
        client.oauth2_login(user, credential.secret)


def _aware(moment: datetime | None) -> datetime:
    now = datetime.now(UTC)
    return min(moment, now) if moment and moment.tzinfo else now


def _reason(error: Exception) -> str:
    """Return what a server, the system or the library says, on one line, without its full stop."""
    said = (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
    text = said[2:-1] if said.startswith(("b'", 'b"')) else said
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:300].rstrip(".")
