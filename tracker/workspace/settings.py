"""`tracker.yml`, from its bytes to a configuration that is right, or to all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.document import read_yaml
from tracker.errors import ConfigurationError
from tracker.model.configuration import Configuration
from tracker.model.reading import read_configuration
from tracker.store.layout import CONFIGURATION
from tracker.validation.rule import OF_CONFIGURATION
from tracker.validation.ticket import findings_of

if TYPE_CHECKING:
    from tracker.finding import Finding
    from tracker.model.problem import Problem


def configuration_in(data: bytes) -> Configuration:
    """Return what the bytes of a `tracker.yml` say.

    Raises:
        ConfigurationError: something in it is wrong; each with its line.
    """
    document = read_yaml(data, CONFIGURATION)
    if document.findings:
        raise ConfigurationError([_as_configuration(finding) for finding in document.findings])
    read = read_configuration(document.values)
    problems = read if isinstance(read, list) else _rule_problems(read)
    if isinstance(read, Configuration) and not problems:
        return read
    findings = findings_of(CONFIGURATION, problems, lambda keys, key: document.position(keys, key=key))
    raise ConfigurationError([_as_configuration(finding) for finding in findings])


def _rule_problems(configuration: Configuration) -> list[Problem]:
    if not configuration.rules:
        return []
    from tracker.validation.weight import setting_problems  # every rule: only where the desk says something

    return setting_problems(configuration)


def _as_configuration(finding: Finding) -> Finding:
    return finding._replace(code=OF_CONFIGURATION + finding.code[1:])
