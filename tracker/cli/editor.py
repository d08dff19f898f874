"""Texts in a person's editor ($VISUAL or $EDITOR): kept until they are written."""

from __future__ import annotations

import hashlib
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from tracker.cli.terminal import interactive
from tracker.errors import BrokenEnvironmentError, StorageError, TrackerError, UsageError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.workspace import Workspace

_MOST = 100
"""How many people may edit the same thing in one clone at the same time."""


class Kept(NamedTuple):
    """Where a text stays until it is written: as it was opened, and as it was last saved."""

    opened: Path
    saved: Path

    @property
    def changed(self) -> bool:
        """Whether somebody wrote something."""
        return self.saved.exists() and self.saved.read_bytes() != self.opened.read_bytes()

    def remove(self) -> None:
        """Forget the text."""
        self.saved.unlink(missing_ok=True)
        self.opened.unlink(missing_ok=True)


@contextmanager
def kept_text(workspace: Workspace, about: str, text: bytes, *, keep: bool = False) -> Iterator[Kept]:
    """Keep a text that is edited until the block that writes it ends well, whatever else ends it.

    Args:
        workspace: the desk.
        about: what the text is; the next edit of the same finds what was kept.
        text: what the editor shall open.
        keep: whether it stays also after the block, where somebody changed it.

    Raises:
        TrackerError: whatever the block raises, with the place of what was kept.
    """
    with _kept(workspace, about, text) as kept:
        place = _("Your text is kept: the same command opens it again. It is in {path}.")
        said = place.format(path=kept.saved)
        try:
            yield kept
        except BaseException as error:
            if not kept.changed:
                kept.remove()
            elif isinstance(error, TrackerError):
                error.hint = f"{error.hint} {said}".strip()
            else:
                click.echo(said, err=True)
            raise
        if keep and kept.changed:
            click.echo(said, err=True)
        else:
            kept.remove()


def open_editor(path: Path) -> None:
    """Wait until the person's editor is closed.

    Raises:
        BrokenEnvironmentError: it cannot be started, or says that it failed.
    """
    if not (os.environ.get("VISUAL") or os.environ.get("EDITOR") or interactive()):
        raise BrokenEnvironmentError(
            _("There is no terminal here to edit in."), _("Give the text with -m or -F.")
        )
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        hint = _("Set $EDITOR to an editor that waits until you close it, such as “nano”.")
        raise BrokenEnvironmentError(error.message, hint) from error


def saved_text(path: Path) -> str:
    """Open the editor and return what it saved, with plain line ends.

    Raises:
        BrokenEnvironmentError: the editor failed.
        UsageError: the text is not UTF-8.
    """
    open_editor(path)
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(_("The text is not UTF-8."), _("Save it in the encoding UTF-8.")) from None


@contextmanager
def _kept(workspace: Workspace, about: str, text: bytes) -> Iterator[Kept]:
    """Hold the place of a text: with what an earlier edit left there, else with the one given.

    Whoever edits the same at the same time has a place of their own.
    """
    from tracker.actions.comment import slug
    from tracker.store.files import write_files
    from tracker.store.lock import held_if_free

    repository = workspace.repository
    private = repository.private if repository else Path(click.get_app_dir("tracker"))
    folder = private / "tracker" / "edit"
    digest = hashlib.sha256(f"{workspace.root}\0{about}".encode("utf-8", "surrogateescape")).hexdigest()
    base = f"{slug(about)}-{digest[:8]}"
    kept_before = sorted(folder.glob(f"{base}-*.md"))
    names = [*(path.stem for path in kept_before), *(f"{base}-{number}" for number in range(1, _MOST))]
    for name in names:
        kept = Kept(folder / f"{name}.opened", folder / f"{name}.md")
        with held_if_free(folder / f"{name}.lock") as free:
            if not free:
                continue
            if kept.opened.exists() and kept.changed:
                said = _("This is your text from last time, which was not written.")
                click.secho(said, err=True, fg="yellow")
            else:
                write_files(folder, {kept.opened.name: text, kept.saved.name: text})
            yield kept
            return
    raise StorageError(_("Too many editors are open for this."), _("Close one, and try again."))
