"""How much findings weigh at a desk: severities from `tracker.yml`, rules that are off, and exceptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.finding import Finding, Severity
from tracker.model.problem import Problem, ProblemKind, nearest
from tracker.translation import _
from tracker.validation.catalogue import by_code, rule_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from tracker.model.configuration import Configuration

OFF = "off"


def weigh(
    findings: Iterable[Finding], settings: Mapping[str, str], excused: Collection[str] = ()
) -> list[Finding]:
    """Return the findings that count, each with its weight.

    Args:
        findings: as the rules found them.
        settings: `error`, `warning` or `off` by code, from `tracker.yml`.
        excused: the codes of the rules from which their ticket is excused.
    """
    weighed = []
    for finding in findings:
        rule = rule_of(finding.code)
        setting = settings.get(rule.code, rule.severity.value)
        if setting != OFF and not (rule.excusable and rule.code in excused):
            weighed.append(finding._replace(severity=Severity(setting)))
    return weighed


def _by_name() -> dict[str, str]:
    return {rule.name: rule.code for rule in by_code().values()}


def setting_problems(configuration: Configuration) -> list[Problem]:
    """Return what is wrong with the section `rules` of a configuration."""
    problems = []
    for code, setting in configuration.rules.items():
        rule = by_code().get(code)
        if rule is None:
            guess = _by_name().get(code.lower()) or nearest(code, by_code())
            hint = _("Did you mean {guess}?").format(guess=guess) if guess else ""
            message = _("There is no rule {code}.").format(code=code)
            problems.append(Problem(ProblemKind.VALUE, ("rules", code), message, hint or "tracker rules"))
        elif rule.essential and setting != rule.severity.value:
            message = _("{code} is always an error: a file that breaks it cannot be read.").format(code=code)
            problems.append(Problem(ProblemKind.VALUE, ("rules", code), message, _("Remove this line.")))
    return problems
