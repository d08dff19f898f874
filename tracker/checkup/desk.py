"""The desk: where it is, what it says of itself, and whether a repository keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.checkup.answer import advice, ok, problem, told
from tracker.errors import ConfigurationError, NoDeskError, RepositoryError, TrackerError
from tracker.store.clone import lost_commit, refusal
from tracker.store.layout import CONFIGURATION
from tracker.store.templates import template_names
from tracker.translation import _, ngettext
from tracker.workspace.forms import ticket_form

if TYPE_CHECKING:
    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings


def check_desk(around: Surroundings) -> Answer | None:
    """Whether there is one; where Git does not let us look for it, that is told of the repository."""
    if isinstance(around.desk, RepositoryError):
        return None
    if isinstance(around.desk, TrackerError):
        return told(around.desk)
    return ok(str(around.desk.root))


def check_configuration(around: Surroundings) -> Answer | None:
    """Whether its `tracker.yml` can be used."""
    if around.workspace is None:
        return None
    try:
        configuration = around.workspace.configuration
    except ConfigurationError as error:
        number = len(error.findings)
        found = ngettext("{number} finding in {file}.", "{number} findings in {file}.", number)
        return problem(found.format(number=number, file=CONFIGURATION), "tracker validate")
    return ok(configuration.desk)


def check_templates(around: Surroundings) -> Answer | None:
    """Whether each ticket template of the desk can be read as a ticket."""
    if around.workspace is None:
        return None
    tree = around.workspace.tree
    names = template_names(tree)
    broken = []
    for name in names:
        try:
            _template = ticket_form(around.workspace, name)
        except ConfigurationError as error:
            broken.append(str(error.findings[0]))
        except TrackerError as error:
            broken.append(error.message)
    if not broken:
        return ok(", ".join(names))
    message = ngettext(
        "{number} ticket template cannot be read:", "{number} ticket templates cannot be read:", len(broken)
    )
    return problem(message.format(number=len(broken)), "\n".join(broken))


def check_repository(around: Surroundings) -> Answer | None:
    """Whether the desk lies in a Git repository that Git can read."""
    asked = around.repository_asked
    if isinstance(asked, TrackerError):
        return told(asked) if around.has_git else None
    if asked is not None:
        place = str(asked.top)
        return ok(_("{path}, without a work tree").format(path=place) if asked.bare else place)
    folder = around.workspace.root if around.workspace else around.folder
    reason = refusal(folder)
    if reason:
        return problem(_("Git cannot read the repository here: {reason}").format(reason=reason), "git status")
    if around.workspace is None:
        return None
    return problem(_("The desk is not in a Git repository."), "git init && git add -A && git commit")


def check_commits(around: Surroundings) -> Answer | None:
    """Whether the desk is committed: `--commit` and `--push` stand on a commit."""
    if around.repository is None:
        return None
    head = around.repository.commit_at("HEAD")
    lost = lost_commit(around.repository) if head is None else ""
    if lost:
        return problem(
            _("The repository lacks the commit that it stands on, {commit}.").format(commit=lost[:10]),
            "git fsck",
        )
    if head is None:
        return advice(_("Nothing is committed here yet."), "git add -A && git commit")
    if around.workspace:
        try:
            around.workspace.at(head)
        except NoDeskError as error:
            return advice(error.message, error.hint)
    return ok(_("The newest is {commit}.").format(commit=head[:10]))
