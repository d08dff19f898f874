"""Making a desk in a folder: configuration, templates, website and CI. Nothing is overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker import __version__
from tracker.actions.comment import slug
from tracker.actions.merge_driver import ATTRIBUTES, attributes, install_merge_driver
from tracker.document import Document, NewValue, read_yaml, set_value
from tracker.errors import RefusedValueError, UsageError
from tracker.model.configuration import Configuration
from tracker.model.reading import read_configuration
from tracker.store.files import read_bytes, write_files
from tracker.store.layout import CONFIGURATION
from tracker.store.repository import Identity, Repository
from tracker.store.templates import FOLDER, TICKET_TEMPLATES, packaged_templates
from tracker.translation import _

if TYPE_CHECKING:
    from pathlib import Path

WORKFLOWS = {
    "github": ".github/workflows/help-desk.yml",
    "gitlab": ".gitlab-ci.yml",
    "gitea": ".gitea/workflows/help-desk.yml",
}
SETTINGS = "mkdocs.yml"
_WORDS = {"fr": {"- Home:": "- Accueil:", "name: Dark": "name: Sombre", "name: Light": "name: Clair"}}
"""What a language calls the words in these settings."""

IGNORED = ".gitignore"


class Wishes(NamedTuple):
    """What a person may say about a new desk; empty where nothing was said."""

    name: str = ""
    language: str = "en"
    time_zone: str = "UTC"
    forge: str = ""
    url: str = ""


class Initialised(NamedTuple):
    """What became of each file, and whether a Git repository was made."""

    written: tuple[str, ...]
    kept: tuple[str, ...]
    repository: bool


def initialise(root: Path, wishes: Wishes) -> Initialised:
    """Make a desk in `root`, and in a new Git repository where there is none around it.

    Raises:
        UsageError: `root` is a desk already.
        RefusedValueError: a wish does not fit the configuration. Nothing was written.
        RepositoryError: Git is missing or refuses.
        StorageError: the disk refuses. Nothing was written.
    """
    if (root / CONFIGURATION).exists():
        raise UsageError(
            _("{folder} is a desk already.").format(folder=root), _("Its configuration is tracker.yml.")
        )
    _files(root, wishes, "main", Identity("", ""))  # what does not fit is refused before anything is made
    root.mkdir(parents=True, exist_ok=True)
    around = Repository.around(root)
    repository = around or Repository.create(root, "main")
    branch = repository.branch() or "main"
    files = _files(root, wishes, branch, repository.identity())
    install_merge_driver(repository, _prefix(root, repository))
    present = {path for path in files if (root / path).exists() or (root / path).is_symlink()}
    write_files(root, {path: data for path, data in files.items() if path not in present}, fresh=files)
    written = tuple(path for path in files if path not in present)
    return Initialised(written, tuple(sorted(present)), around is None)


def _prefix(root: Path, repository: Repository) -> str:
    prefix = root.resolve().relative_to(repository.top.resolve()).as_posix()
    return "" if prefix == "." else prefix


def _files(root: Path, wishes: Wishes, branch: str, identity: Identity) -> dict[str, bytes]:
    folder = packaged_templates() / "desk"
    name = wishes.name or root.name.replace("-", " ").replace("_", " ").capitalize() or "Help desk"
    files = {CONFIGURATION: _configuration(folder / CONFIGURATION, name, wishes, branch, identity)}
    website = website_files(name, wishes.language)
    if (root / SETTINGS).exists():
        website = {
            path: data
            for path, data in website.items()
            if path in (SETTINGS, ATTRIBUTES) or path.startswith(FOLDER)
        }
    if wishes.forge in WORKFLOWS:
        workflow = read_bytes(folder / f"{wishes.forge}.yml").decode()
        workflow = workflow.replace("@BRANCH@", branch).replace("@VERSION@", __version__)
        files[WORKFLOWS[wishes.forge]] = workflow.encode()
    return files | website


def website_files(name: str, language: str) -> dict[str, bytes]:
    """Return what a desk has beside its configuration: ticket templates, and a website of its own."""
    source = packaged_templates()
    folder = source / "desk"
    templates = sorted((source / TICKET_TEMPLATES).glob("*.md"))
    translated = {template.name: template for template in (folder / language).glob("*.md")}
    edits: dict[tuple[str, ...], NewValue] = {("site_name",): name, ("theme", "language"): language}
    settings = _edited(folder / SETTINGS, edits).encode().decode()
    for english, other in _WORDS.get(language, {}).items():
        settings = settings.replace(english, other)
    return {
        **{
            f"{FOLDER}/{TICKET_TEMPLATES}/{template.name}": read_bytes(
                translated.get(template.name, template)
            )
            for template in templates
        },
        SETTINGS: settings.encode(),
        "site/index.md": read_bytes(folder / f"index.{language}.md"),
        IGNORED: read_bytes(folder / "gitignore"),
        ATTRIBUTES: attributes().encode(),
    }


def _configuration(template: Path, name: str, wishes: Wishes, branch: str, identity: Identity) -> bytes:
    edits: dict[tuple[str, ...], NewValue] = {
        ("desk",): name,
        ("language",): wishes.language,
        ("time_zone",): wishes.time_zone,
        ("forge", "kind"): wishes.forge or "none",
        ("forge", "branch"): branch,
    }
    if wishes.url:
        edits["forge", "url"] = wishes.url
    if identity.name:
        person = {"name": identity.name} | ({"email": identity.email} if identity.email else {})
        edits["people",] = {slug(identity.name.split()[0]): person}
    else:
        edits["people",] = None
    document = _edited(template, edits)
    read = read_configuration(document.values)
    if not isinstance(read, Configuration):
        raise RefusedValueError(read[0].message, read[0].hint)
    return document.encode()


def _edited(template: Path, edits: dict[tuple[str, ...], NewValue]) -> Document:
    document = read_yaml(read_bytes(template), template.name)
    for keys, value in edits.items():
        document = set_value(document, keys, value)
    return document
