"""The one tree of errors. Each says what is wrong and what to do next, and knows its exit code.

TrackerError
├── UsageError             2 the command was asked for something that cannot be done
│   ├── UnknownTicketError   no ticket has this id
│   ├── RefusedValueError    a value does not fit its field
│   │   └── ConflictError      someone else changed the same lines
│   ├── RefusedMailError     a mail is larger or stranger than is read
│   └── EditError            a file cannot be changed safely by a program
└── BrokenEnvironmentError 3 the desk, the repository or the machine is not as it must be
    ├── NoDeskError          there is no tracker.yml here or above
    ├── ConfigurationError   tracker.yml or a template is wrong
    ├── RepositoryError      Git is missing or said no
    │   ├── MovedBranchError   someone else committed at the same moment
    │   └── PushRefusedError   the remote does not allow the push
    ├── StorageError         a file could not be read or written
    ├── UnreachableError    75 a server does not answer, or hangs up
    ├── RefusedLoginError    a server does not let us in
    └── MissingExtraError    an optional part is not installed

What a check says about a ticket is not an error but a `tracker.finding.Finding`; findings exit with 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.finding import Finding


class TrackerError(Exception):
    """Anything that a person has to be told.

    Args:
        message: what is wrong and where, in the current language.
        hint: what to do next; shown on a line of its own.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(TrackerError):
    """The command was asked for something that cannot be done."""


class UnknownTicketError(UsageError):
    """No ticket, or more than one, answers to an id.

    Args:
        message: what is wrong.
        hint: what to do next.
        several: whether more than one does.
    """

    def __init__(self, message: str, hint: str = "", *, several: bool = False) -> None:
        super().__init__(message, hint)
        self.several = several


class RefusedValueError(UsageError):
    """A value does not fit its field. Nothing was written."""


class ConflictError(RefusedValueError):
    """Someone else changed the same lines of a file. Nothing was written.

    Args:
        message: what is wrong.
        hint: what to do next.
        present: the file as it is now.
        marked: the file as it shall be, with both versions of these lines between marks.
    """

    def __init__(self, message: str, hint: str, *, present: bytes, marked: bytes) -> None:
        super().__init__(message, hint)
        self.present = present
        self.marked = marked


class RefusedMailError(UsageError):
    """A mail is larger or stranger than is read, or reading it took too long. Nothing was written."""


class EditError(UsageError):
    """A file is written in a way that cannot be changed safely by a program. Nothing was written."""


class BrokenEnvironmentError(TrackerError):
    """The desk, the repository or the machine is not as it must be."""

    exit_code = 3


class NoDeskError(BrokenEnvironmentError):
    """There is no `tracker.yml` here or in a folder above."""


class ConfigurationError(BrokenEnvironmentError):
    """`tracker.yml` or a template is wrong.

    Args:
        findings: what is wrong, each with its place.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(str(finding) for finding in findings), _("Correct it and try again."))
        self.findings = tuple(findings)


class RepositoryError(BrokenEnvironmentError):
    """Git is missing, or it said no."""


class MovedBranchError(RepositoryError):
    """Someone else committed at the same moment. Nothing was changed."""


class PushRefusedError(RepositoryError):
    """The remote does not allow the push: a protected branch, or a hook. Nothing was changed."""


class StorageError(BrokenEnvironmentError):
    """A file could not be read or written: no permission, no space, or in the way of another."""


class UnreachableError(BrokenEnvironmentError):
    """A server does not answer, or hangs up: it may be there again later (EX_TEMPFAIL of sysexits.h)."""

    exit_code = 75


class BusyError(UnreachableError):
    """A server says that it cannot do it now."""


class RefusedLoginError(BrokenEnvironmentError):
    """A server does not let us in: a password, a token or a certificate is wrong."""


class MissingExtraError(BrokenEnvironmentError):
    """An optional part is not installed."""

    def __init__(self, extra: str) -> None:
        super().__init__(
            _("This command needs the optional part “{extra}”, which is not installed.").format(extra=extra),
            _("Install it: pip install 'tracker-desk[{extra}]'").format(extra=extra),
        )
