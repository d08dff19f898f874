"""`tracker.yml` and the files that it includes, from their bytes to a configuration that is right.

Else all that is wrong with them is told.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.document import read_yaml
from tracker.errors import ConfigurationError, StorageError
from tracker.finding import Finding
from tracker.model.configuration import INCLUDED, Configuration
from tracker.model.reading import read_configuration
from tracker.store.layout import CONFIGURATION
from tracker.translation import _
from tracker.validation.rule import OF_CONFIGURATION
from tracker.validation.ticket import findings_of
from tracker.workspace.rule_queries import query_problems
from tracker.workspace.view_queries import view_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tracker.document import Document
    from tracker.model.problem import Problem
    from tracker.position import Position

    Read = Callable[[str], bytes]
    """Returns the bytes of a file of the desk."""

_INCLUDE = "include"
_INCLUDED = re.compile(INCLUDED)


class Settings(NamedTuple):
    """The files of a configuration.

    Attributes:
        documents: each file, by its path; the first is `tracker.yml`.
        values: what they say together.
        homes: the file in which a key of the first or second level stands, where it is not `tracker.yml`.
        findings: what is wrong with them as files.
    """

    documents: dict[str, Document]
    values: dict[str, Any]
    homes: dict[tuple[str | int, ...], str]
    findings: list[Finding]

    def home(self, keys: Sequence[str | int]) -> str:
        """Return the file in which a value stands."""
        return self.homes.get(tuple(keys[:2])) or self.homes.get(tuple(keys[:1])) or CONFIGURATION

    def position(self, keys: Sequence[str | int], *, key: bool = False) -> Position:
        """Return where a value, or its key, stands in its file."""
        return self.documents[self.home(keys)].position(keys, key=key)

    def configuration(self) -> Configuration:
        """Return what the files say.

        Raises:
            ConfigurationError: something in them is wrong; each with its line.
        """
        if self.findings:
            raise ConfigurationError(self.findings)
        read = read_configuration(self.values)
        problems = read if isinstance(read, list) else [*_problems(read)]
        if isinstance(read, Configuration) and not problems:
            return read
        raise ConfigurationError([self._finding(problem) for problem in problems])

    def _finding(self, problem: Problem) -> Finding:
        def locate(keys: Sequence[str | int], key: bool) -> Position:
            return self.position(keys, key=key)

        (finding,) = findings_of(self.home(problem.keys), [problem], locate)
        return _as_configuration(finding)


def read_settings(data: bytes, read: Read) -> Settings:
    """Return the files of a configuration.

    Args:
        data: the bytes of `tracker.yml`.
        read: reads the others; it raises StorageError.
    """
    document = read_yaml(data, CONFIGURATION)
    settings = Settings({CONFIGURATION: document}, dict(document.values), {}, list(_wrong(document)))
    included = document.values.get(_INCLUDE)
    names = [included] if isinstance(included, str) else included
    for place, path in enumerate(names if isinstance(names, list) and not document.findings else ()):
        keys = (_INCLUDE, place) if isinstance(included, list) else (_INCLUDE,)
        if isinstance(path, str) and _INCLUDED.fullmatch(path):  # the model tells of any other, unread
            _include(settings, path, read, keys)
    return settings


def _include(settings: Settings, path: str, read: Read, keys: tuple[str | int, ...]) -> None:
    """Add what a file says, once."""
    if path in settings.documents:
        return
    try:
        document = read_yaml(read(path), path)
    except StorageError as error:
        at = settings.documents[CONFIGURATION].position(keys)
        message = _unreadable(path, error)
        settings.findings.append(Finding(CONFIGURATION, "C001", message, at, error.hint, _INCLUDE))
        return
    settings.documents[path] = document
    settings.findings.extend(_wrong(document))
    for key, value in document.values.items():
        held = settings.values.get(key)
        if key == _INCLUDE or (held is not None and not (isinstance(held, dict) and isinstance(value, dict))):
            settings.findings.append(_twice(settings, document, (key,)))
        elif isinstance(held, dict) and isinstance(value, dict):
            for name in value:
                if name in held:
                    settings.findings.append(_twice(settings, document, (key, name)))
                settings.homes[key, name] = path
            settings.values[key] = {**held, **value}
        else:
            settings.values[key] = value
            settings.homes[(key,)] = path


def _unreadable(path: str, error: StorageError) -> str:
    """Return why a file cannot be read; no finding tells where the desk lies."""
    refused = error.__cause__
    if not isinstance(refused, OSError):
        return error.message
    return _("{path} cannot be read: {reason}.").format(path=path, reason=refused.strerror)


def _twice(settings: Settings, document: Document, keys: tuple[str, ...]) -> Finding:
    """Return the finding of a key that an included file may not have."""
    field = ".".join(keys)
    message = _("{key} is also in {path}.").format(key=field, path=settings.home(keys))
    hint = _("Say it in one of the files.")
    if keys == (_INCLUDE,):
        message, hint = _("Only tracker.yml includes files."), ""
    return Finding(document.path, "C006", message, document.position(keys, key=True), hint, field)


def configuration_in(data: bytes, read: Read) -> Configuration:
    """Return what the bytes of a `tracker.yml` say, and the files that it includes.

    Raises:
        ConfigurationError: something in them is wrong; each with its line.
    """
    return read_settings(data, read).configuration()


def _wrong(document: Document) -> list[Finding]:
    return [_as_configuration(finding) for finding in document.findings]


def _problems(configuration: Configuration) -> Iterator[Problem]:
    yield from _rule_problems(configuration)
    yield from query_problems(configuration)
    yield from view_problems(configuration)


def _rule_problems(configuration: Configuration) -> list[Problem]:
    if not configuration.rules:
        return []
    from tracker.validation.weight import setting_problems  # every rule: only where the desk says something

    return setting_problems(configuration)


def _as_configuration(finding: Finding) -> Finding:
    return finding._replace(code=OF_CONFIGURATION + finding.code[1:])
