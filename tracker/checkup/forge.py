"""The forge: whether what `tracker.yml` says of it fits the clone's remote, and its CI checks tickets."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tracker.actions.initialise import WORKFLOWS
from tracker.checkup.answer import advice, ok
from tracker.errors import RepositoryError
from tracker.store.clone import remote_address, remote_branch
from tracker.store.remote import remote_of
from tracker.store.tree import ChildKind, WorkTree
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.checkup.answer import Answer
    from tracker.checkup.surroundings import Surroundings
    from tracker.model.configuration import Forge
    from tracker.store.repository import Repository
    from tracker.store.tree import Tree

KNOWN = {"github.com": "github", "gitlab.com": "gitlab", "codeberg.org": "gitea", "gitea.com": "gitea"}
_SHORT = re.compile(r"(?:[^@/:]+@)?([^@/:]{2,}):(?!//)(.+)")
_ALSO = {
    "github": (),
    "gitlab": (".gitlab/ci",),
    "gitea": (".forgejo/workflows", ".github/workflows"),
}
_LARGEST = 1 << 20


def place_of_address(address: str) -> str:
    """Return the host and path that an address of a remote means, without user, password, port and `.git`.

    Args:
        address: as git-fetch(1) takes it: `https://…`, `ssh://…`, or `git@host:path`.

    Returns:
        Such as `github.com/acme/helpdesk`; empty where the remote is a folder.
    """
    short = _SHORT.fullmatch(address)
    if short and "://" not in address:
        host, path = short[1], short[2]
    else:
        try:
            parts = urlsplit(address)
            host, path = parts.hostname or "", parts.path
        except ValueError:
            return ""
    return f"{host.lower()}/{path.strip('/').removesuffix('.git')}" if host and path.strip("/") else ""


def check_forge(around: Surroundings) -> Answer | None:
    """Whether links to edit tickets lead to where this clone comes from, and to its default branch."""
    repository = around.repository
    if repository is None or around.configuration is None:
        return None
    forge = around.configuration.forge
    try:
        remote = remote_of(repository, repository.branch() or forge.branch)
    except RepositoryError:
        return _missing_branch(repository, forge) or ok(_("There is no remote."))
    place = place_of_address(remote_address(repository, remote))
    return (
        _wrong_branch(forge, remote_branch(repository, remote))
        or _wrong_place(forge, place, remote)
        or ok(place or _("{remote} is a folder.").format(remote=remote))
    )


def _missing_branch(repository: Repository, forge: Forge) -> Answer | None:
    if repository.branch() == forge.branch or repository.commit_at(f"refs/heads/{forge.branch}"):
        return None
    message = _("forge.branch is “{branch}” in tracker.yml, and there is no such branch here.")
    return advice(message.format(branch=forge.branch), _branch_hint())


def _wrong_branch(forge: Forge, default: str) -> Answer | None:
    if default in ("", forge.branch):
        return None
    message = _("forge.branch is “{branch}” in tracker.yml, but the default branch is “{default}”.")
    return advice(message.format(branch=forge.branch, default=default), _branch_hint())


def _branch_hint() -> str:
    return _("Correct it: tickets are accepted on the branch that stands there alone.")


def _wrong_place(forge: Forge, place: str, remote: str) -> Answer | None:
    """Return what does not fit between what is said of a forge and where the remote is."""
    host, said = place.partition("/")[0], place_of_address(forge.url or "")
    kind = KNOWN.get(said.partition("/")[0] or host)
    section = f"forge: {{kind: {kind or forge.kind}, url: https://{place}, branch: {forge.branch}}}"
    if forge.kind == "none":
        if kind is None:
            return None
        return advice(_("tracker.yml names no forge, so the website has no links to edit tickets."), section)
    if not said:
        message = _("forge.url is not in tracker.yml, so the website has no links to edit tickets.")
        return advice(message, section if place else "forge: {url: https://…}")
    if kind not in (None, forge.kind):
        message = _("forge.kind is “{kind}” in tracker.yml, but {place} is on “{known}”.")
        return advice(message.format(kind=forge.kind, place=said, known=kind), f"forge: {{kind: {kind}}}")
    if place and place.lower() != said.lower():
        message = _("forge.url in tracker.yml is {said}, but {remote} is {place}.")
        hint = _("Correct forge.url, unless this is a fork.")
        return advice(message.format(said=said, remote=remote, place=place), hint)
    return None


def check_workflow(around: Surroundings) -> Answer | None:
    """Whether the forge's CI checks tickets."""
    if around.repository is None or around.configuration is None or around.workspace is None:
        return None
    kind = around.configuration.forge.kind
    if kind == "none":
        return None
    tree = around.workspace.tree if around.repository.bare else WorkTree(around.repository.top)
    usual = WORKFLOWS[kind]
    found = next(_naming_us(tree, (usual, usual.rpartition("/")[0], *_ALSO[kind])), None)
    if found:
        return ok(found)
    example = _("“tracker init DIR --forge {forge}” writes one into another folder, to be copied to {file}.")
    hint = example.format(forge=kind, file=usual)
    return advice(_("No CI workflow of this repository names tracker, which checks tickets."), hint)


def _naming_us(tree: Tree, places: tuple[str, ...]) -> Iterator[str]:
    """Yield those of some files, and of the YAML files in some folders, in which we are named."""
    for place in filter(None, places):
        child = tree.child(place)
        inside = tree.children(place) if child and child.kind is ChildKind.FOLDER else []
        paths = [f"{place}/{other.name}" for other in inside if other.kind is ChildKind.FILE]
        for path in [place] if child and child.kind is ChildKind.FILE else paths:
            if path.endswith((".yml", ".yaml")) and b"tracker" in tree.read(path, _LARGEST):
                yield path
