"""What is wrong with a configuration that can be used: rules that do nothing, people not meant so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.query.reach import Reach
from tracker.store.templates import template_names
from tracker.validation.facts import SettingsFacts
from tracker.validation.settings import check_settings
from tracker.validation.weight import weigh
from tracker.workspace.rule_queries import parsed, rule_queries, rule_vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.finding import Finding
    from tracker.model.configuration import Configuration
    from tracker.position import Position
    from tracker.workspace.desk import Workspace

    Keys = tuple[str | int, ...]


def settings_findings(workspace: Workspace) -> list[Finding]:
    """Return what is wrong with the desk's own rules, people and calendars."""
    configuration = workspace.configuration
    about = (configuration.teams, configuration.people, configuration.calendars, configuration.recurring)
    if not (any(about) or any(rule_queries(configuration))):
        return []
    settings = workspace.settings
    never, shadowed = _reach(workspace)

    def locate(keys: Sequence[str | int]) -> tuple[str, Position]:
        return settings.home(keys), settings.position(keys)

    templates = template_names(workspace.tree) if configuration.recurring else ()
    facts = SettingsFacts(configuration, never, shadowed, templates, workspace.now(), locate)
    return weigh(check_settings(facts), configuration.rules)


def _reach(workspace: Workspace) -> tuple[list[Keys], list[tuple[Keys, Keys]]]:
    """Return the queries that no ticket can meet, and those never asked, each with an earlier one."""
    configuration = workspace.configuration
    known = rule_vocabulary(configuration)
    lists = {name for name, field in workspace.fields.items() if field.is_list}
    never: list[Keys] = []
    shadowed: list[tuple[Keys, Keys]] = []
    for queries in rule_queries(configuration):
        reach = Reach([parsed(text, known).condition for _keys, text in queries], known, lists)
        before: list[int] = []
        for place, (keys, _text) in enumerate(queries):
            if reach.is_never(place):
                never.append(keys)
                continue
            earlier = next((other for other in before if reach.implies(place, other)), None)
            if earlier is not None:
                shadowed.append((keys, queries[earlier].keys))
            if _ends(configuration, keys):
                before.append(place)
    return never, shadowed


def _ends(configuration: Configuration, keys: Keys) -> bool:
    """Whether no further rule is asked about the tickets of one."""
    match keys:
        case ("cataloguing", *_rest):
            return configuration.cataloguing.match == "first"
        case ("assignment", "rules", int(place), _when):
            return configuration.assignment.rules[place].if_nobody == "leave"
        case _:
            return True
