"""The clone: its history, its clock, what somebody left half done in it, and who works in it."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem
from tracker.store.clone import DEEPEN, DEEPEN_LEAN, newest_commit_time, partial_filter
from tracker.translation import _

if TYPE_CHECKING:
    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings

_AHEAD = timedelta(minutes=5)
_ENVIRONMENT = {"user.name": "GIT_AUTHOR_NAME", "user.email": "GIT_AUTHOR_EMAIL"}


def check_history(around: Surroundings) -> Answer | None:
    """Whether all of the history is here: numbers and times come from it."""
    repository = around.repository
    if repository is None:
        return None
    if repository.shallow:
        message = _("This clone is shallow: ids that were used and times of changes cannot be seen.")
        lean = _("or, without what files once held: {command}").format(command=DEEPEN_LEAN)
        return problem(message, f"{DEEPEN}\n{lean}")
    lacks = partial_filter(around.settings)
    if lacks.startswith("tree:"):
        message = _("This is a partial clone ({filter}): Git fetches folders one by one to read its history.")
        hint = _("Clone it again with --filter=blob:none, which leaves out what files once held alone.")
        return advice(message.format(filter=lacks), hint)
    if lacks:
        message = _("All is here, in a partial clone ({filter}): Git fetches what old files held when asked.")
        return ok(message.format(filter=lacks))
    return ok(_("All is here."))


def check_clock(around: Surroundings) -> Answer | None:
    """Whether the newest commit comes from the future."""
    moment = newest_commit_time(around.repository) if around.repository else None
    if moment is None:
        return None
    now = datetime.now(UTC)
    if moment <= now + _AHEAD:
        return ok(_("It is not behind the newest commit."))
    message = _("The newest commit was made at {then}, and here it is {now} (UTC).")
    hint = _("Set this machine’s clock; or it was the committer’s that was wrong.")
    return advice(message.format(then=f"{moment:%Y-%m-%d %H:%M}", now=f"{now:%Y-%m-%d %H:%M}"), hint)


def check_unfinished(around: Surroundings) -> Answer | None:
    """Whether somebody has to finish a merge or the like."""
    repository = around.work_tree
    if repository is None:
        return None
    command = repository.unfinished()
    if not command:
        return ok(_("No merge, rebase or the like waits to be finished."))
    hint = _("Finish it, or stop it with “git {command} --abort”.").format(command=command)
    return advice(_("A “git {command}” is not finished here.").format(command=command), hint)


def check_identity(around: Surroundings) -> Answer | None:
    """Whether Git knows who is at work, and the desk knows them, too."""
    if around.repository is None:
        return None
    known = {key: around.settings.get(key) or os.environ.get(name) for key, name in _ENVIRONMENT.items()}
    missing = [key for key, value in known.items() if not value]
    if missing:
        example = {"user.name": "…", "user.email": "…@…"}
        hint = "\n".join(f'git config --global {key} "{example[key]}"' for key in missing)
        return problem(_("Git does not know who you are, so nothing can be committed."), hint)
    name, email = known["user.name"], known["user.email"] or ""
    who = f"{name} <{email}>"
    if around.configuration is None:
        return ok(who)
    person = around.configuration.handle_of(email)
    if person:
        return ok(f"{who}: {person}")
    if email.lower() == (around.configuration.mail.address or "").lower():
        return ok(_("{who}: the desk itself, which takes mail in here.").format(who=who))
    hint = _("Add yourself to “people” in tracker.yml, or give Git the address that stands there.")
    return advice(_("{who} is not one of this desk’s people.").format(who=who), hint)
