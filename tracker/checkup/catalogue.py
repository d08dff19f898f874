"""All checks, in the order in which they are told: from the machine to the desk, the clone and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.checkup.answer import Checked, problem, told
from tracker.checkup.clone import check_clock, check_history, check_identity, check_unfinished
from tracker.checkup.desk import (
    check_commits,
    check_configuration,
    check_desk,
    check_repository,
    check_templates,
)
from tracker.checkup.federation import check_desks
from tracker.checkup.files import check_large_files, check_line_ends, check_names
from tracker.checkup.forge import check_forge, check_workflow
from tracker.checkup.leftovers import check_index, check_leftovers, check_lock
from tracker.checkup.machine import check_git, check_time_zones, check_website
from tracker.checkup.mail import check_mail, check_spool
from tracker.checkup.merging import check_hooks, check_merge_driver
from tracker.checkup.surroundings import Surroundings
from tracker.errors import TrackerError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from tracker.checkup.answer import Answer

    Check = Callable[[Surroundings], Answer | None]


def check_up(folder: Path) -> Iterator[Checked]:
    """Yield the answer of each check that applies to a folder, whatever is wrong there.

    Args:
        folder: in a desk, or where one should be.
    """
    around = Surroundings(folder)
    for name, (label, check) in _checks().items():
        answer = _answer(check, around)
        if answer:
            yield Checked(name, label, answer)


def _answer(check: Check, around: Surroundings) -> Answer | None:
    """Ask a check; what goes wrong under way is its answer, so that all others are asked, too."""
    try:
        return check(around)
    except TrackerError as error:
        return told(error)
    except OSError as error:
        place, reason = error.filename or _("The system"), error.strerror or str(error)
        return problem(_("{path}: {reason}.").format(path=place, reason=reason))


def _checks() -> dict[str, tuple[str, Check]]:
    """Return label and function of each check by its name, which programs know it by."""
    return {
        "git": (_("Git"), check_git),
        "time-zones": (_("Time zones"), check_time_zones),
        "website": (_("Website"), check_website),
        "desk": (_("Desk"), check_desk),
        "configuration": (_("Configuration"), check_configuration),
        "templates": (_("Templates"), check_templates),
        "repository": (_("Repository"), check_repository),
        "desks": (_("Desks"), check_desks),
        "commits": (_("Commits"), check_commits),
        "history": (_("History"), check_history),
        "clock": (_("Clock"), check_clock),
        "unfinished": (_("Unfinished"), check_unfinished),
        "identity": (_("You"), check_identity),
        "merge-driver": (_("Merging"), check_merge_driver),
        "hooks": (_("Hooks"), check_hooks),
        "forge": (_("Forge"), check_forge),
        "workflow": (_("CI"), check_workflow),
        "line-ends": (_("Line ends"), check_line_ends),
        "names": (_("File names"), check_names),
        "large-files": (_("Large files"), check_large_files),
        "index": (_("Index"), check_index),
        "leftovers": (_("Leftovers"), check_leftovers),
        "lock": (_("Lock"), check_lock),
        "mail": (_("Mail"), check_mail),
        "spool": (_("Spool"), check_spool),
    }
