"""The machine: Git, time zones, and what the website is made with."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from tracker.checkup.answer import advice, ok, problem, told
from tracker.errors import TrackerError
from tracker.store.version import is_too_old, oldest_git, update_hint
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings

SITE = {"comrak": "0.0.16", "mkdocs": "1.6", "mkdocs-material": "9.7.7", "nh3": "0.3", "pygments": "2.19"}
"""The packages of the extra `site`, each with the oldest version that will do."""

_INSTALL = "pip install 'tracker-desk[site]'"
_WITHOUT_PLUGINS = 2
_WITHOUT_RELOAD = (8, 3, 0), (8, 3, 4)
"""The first click in which MkDocs’ live reload is off, and the first in which it is on again."""


def check_git(around: Surroundings) -> Answer:
    """Whether Git is there, and new enough."""
    if isinstance(around.git, TrackerError):
        return told(around.git)
    if is_too_old(around.git):
        message = _("Git {version} is too old: {oldest} or later is needed.")
        return problem(message.format(version=around.git, oldest=oldest_git()), update_hint())
    return ok(around.git)


def check_time_zones(around: Surroundings) -> Answer | None:
    """Whether the machine knows the time zones of the desk; one that it does not know is a finding."""
    if not available_timezones():
        return problem(_("This machine has no database of time zones."), "pip install tzdata")
    if around.configuration is None:
        return None
    places = (place.time_zone for place in around.configuration.locations.values())
    return ok(", ".join(sorted({around.configuration.time_zone, *filter(None, places)})))


def check_website(_around: Surroundings) -> Answer:
    """Whether the website can be built with what is installed."""
    return website_answer({name: _version(name) for name in (*SITE, "click")})


def website_answer(found: Mapping[str, str | None]) -> Answer:
    """Return what to say of the packages that the website is made with.

    Args:
        found: the version of each by its name; None where it is not installed.
    """
    missing = [name for name in SITE if found[name] is None]
    if missing:
        message = _("Not installed: {names}. “tracker build” and “tracker serve” need them.")
        return advice(message.format(names=", ".join(missing)), _INSTALL)
    named = {name: found[name] or "" for name in (*SITE, "click")}
    if _numbers(named["mkdocs"]) >= (_WITHOUT_PLUGINS,):
        message = _("MkDocs {version} has no plugins, so it cannot show tickets.")
        return problem(message.format(version=named["mkdocs"]), "pip install 'mkdocs>=1.6,<2'")
    old = [
        f"{name} {named[name]}" for name, oldest in SITE.items() if _numbers(named[name]) < _numbers(oldest)
    ]
    if old:
        return problem(_("Too old: {names}.").format(names=", ".join(old)), f"{_INSTALL} --upgrade")
    first, fixed = _WITHOUT_RELOAD
    if first <= _numbers(named["click"]) < fixed:
        message = _("With click {version}, “tracker serve” does not show changes by itself.")
        return advice(message.format(version=named["click"]), "pip install --upgrade click")
    return ok(f"MkDocs {named['mkdocs']}, Material {named['mkdocs-material']}")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers that a version begins with, to compare it by."""
    numbers = re.match(r"\d+(\.\d+)*", version)
    return tuple(map(int, numbers[0].split("."))) if numbers else ()
