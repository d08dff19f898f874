"""`tracker rules`: what `tracker validate` checks, and why."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tracker.cli.options import as_json
from tracker.cli.rehearse import test
from tracker.cli.terminal import print_json, print_table
from tracker.errors import ConfigurationError, NoDeskError, UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from click.shell_completion import CompletionItem

    from tracker.validation.rule import Rule

_BESIDE = re.compile(r"(?<=«) | (?=[»;:!?])")
_WIDEST, _ROOM_FOR_NAMES, _OFFERED = 100, 80, 3
_TEST = "test"


def _offered(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the codes and names that begin like what is typed; before the first letter, the codes."""
    from click.shell_completion import CompletionItem

    from tracker.validation.catalogue import RULES

    start = incomplete.lower()
    return [
        CompletionItem(name, help=rule.asks())
        for rule in RULES
        for name in ((rule.code, rule.name) if start else (rule.code,))
        if name.lower().startswith(start)
    ]


@click.command(
    "rules",
    help=_("""List what “tracker validate” checks, or explain the rules of some codes or names.

“tracker rules test FILE.yml” tries out the desk’s own rules, by which tickets are catalogued and given to
people, on the scenarios of a file.

Each rule has a code that never changes its meaning, such as T103, and a name, such as known-value. The
severity is that of the desk here; without one, what a rule weighs where tracker.yml says nothing."""),
)
@click.argument("names", metavar="[CODE]...", nargs=-1, shell_complete=_offered)
@as_json
def command(names: tuple[str, ...], as_json: bool) -> int:
    """Print the rules as a table; those that are named with all that there is to say."""
    from tracker.validation.catalogue import RULES

    if names[:1] == (_TEST,):
        return test(names[1:], as_json=as_json)
    settings = _settings()
    chosen = _chosen(names) if names else RULES
    if as_json:
        print_json([_as_data(rule, settings) for rule in chosen])
    elif names:
        click.echo("\n\n".join(_explained(rule, settings) for rule in chosen))
    else:
        _print_table(chosen, settings)
    return 0


def _print_table(rules: Iterable[Rule], settings: Mapping[str, str]) -> None:
    """Print a line for each rule; without its name where the terminal is too narrow for it."""
    narrow = sys.stdout.isatty() and shutil.get_terminal_size().columns < _ROOM_FOR_NAMES
    columns = [0, 2, 3, 4] if narrow else [0, 1, 2, 3, 4]
    headings = (_("Code"), _("Name"), _("Severity"), _("Fix"), _("What it asks"))
    styles = ("bold", "cyan", "", "green", "")
    rows = [
        (rule.code, rule.name, _severity(rule, settings), _("fix") if rule.fixable else "", rule.asks())
        for rule in rules
    ]
    shown = [[row[column] for column in columns] for row in (headings, styles, *rows)]
    print_table(shown[0], shown[2:], shown[1])


def _settings() -> Mapping[str, str]:
    """Return how much rules weigh at the desk of the current folder; nothing where it does not say."""
    from tracker.workspace import Workspace

    try:
        return Workspace.open(Path.cwd()).configuration.rules
    except NoDeskError:
        return {}
    except ConfigurationError:
        click.secho(_("tracker.yml is wrong (“tracker validate”), so these are the defaults."), err=True)
        return {}


def _chosen(names: Iterable[str]) -> list[Rule]:
    """Return the rules of some codes and names, each once.

    Raises:
        UsageError: there is no such rule; it offers those with a code or name like it.
    """
    from tracker.validation.catalogue import RULES
    from tracker.validation.rule import LETTER, OF_CONFIGURATION

    known = {name.lower(): rule for rule in RULES for name in (rule.code, rule.name)}
    known |= {rule.code.replace(LETTER, OF_CONFIGURATION).lower(): rule for rule in RULES}
    chosen = {}
    for name in names:
        rule = known.get(name.lower())
        if rule is None:
            raise UsageError(_("There is no rule {code}.").format(code=name), _near(name.lower(), known))
        chosen[rule.code] = rule
    return list(chosen.values())


def _near(word: str, known: Mapping[str, Rule]) -> str:
    """Return a hint at the rules whose code or name is like a word; at the list of all where none is."""
    matches = get_close_matches(word, known, len(known))
    swapped_first = sorted(matches, key=lambda match: sorted(match) != sorted(word))
    near = list(dict.fromkeys(known[match] for match in swapped_first))[:_OFFERED]
    guess = ", ".join(f"{rule.code} {rule.name}" for rule in near)
    return _("Did you mean {guess}?").format(guess=guess) if guess else "tracker rules"


def _severity(rule: Rule, settings: Mapping[str, str]) -> str:
    """Return the word for how much a rule weighs here."""
    words = {"error": _("error"), "warning": _("warning"), "off": _("off")}
    return words[settings.get(rule.code, rule.severity.value)]


def _explained(rule: Rule, settings: Mapping[str, str]) -> str:
    """Return all that there is to say about a rule, as wide as the terminal."""
    severity = _severity(rule, settings)
    title = f"{click.style(rule.code, bold=True)} {click.style(rule.name, fg='cyan')} ({severity})"
    labelled = [
        f"{label} {words}" for label, words in ((_("Why:"), rule.why()), (_("What to do:"), rule.remedy()))
    ]
    notes = [f"- {note}" for note in _notes(rule)]
    return "\n".join((title, _wrapped(rule.asks(), ""), *map(_wrapped, [*labelled, *notes])))


def _wrapped(text: str, indent: str = "  ") -> str:
    """Return a text in lines of the terminal's width; French marks stay beside their words."""
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    bound = _BESIDE.sub("\xa0", text)
    lines = textwrap.wrap(bound, width, subsequent_indent=indent, break_on_hyphens=False)
    return "\n".join(lines).replace("\xa0", " ")


def _notes(rule: Rule) -> list[str]:
    """Return what can be done about a rule beside obeying it."""
    notes = [_("“tracker validate --fix” does it where it is certain.")] if rule.fixable else []
    if rule.excusable:
        excuse = _("A ticket may be excused from it: a line “- {code} reason” in its field “exceptions”.")
        notes.append(excuse.format(code=rule.code))
    if rule.essential:
        return [*notes, _("It is always an error: a file that breaks it cannot be read.")]
    weight = _(
        "A desk can make it an error, a warning or turn it off: “{code}” below “rules” in tracker.yml."
    )
    return [*notes, weight.format(code=rule.code)]


def _as_data(rule: Rule, settings: Mapping[str, str]) -> dict[str, Any]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": settings.get(rule.code, rule.severity.value),
        "default": rule.severity.value,
        "fixable": rule.fixable,
        "excusable": rule.excusable,
        "essential": rule.essential,
        "asks": rule.asks(),
        "why": rule.why(),
        "remedy": rule.remedy(),
    }
