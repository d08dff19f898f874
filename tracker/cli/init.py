"""`tracker init`: make a desk here."""

from __future__ import annotations

from pathlib import Path

import click

from tracker.cli.terminal import one_line
from tracker.translation import _


@click.command(
    "init",
    help=_("""Make a desk in this folder, or in DIR.

In an existing repository nothing is overwritten: what is there is kept, and said."""),
)
@click.argument("folder", metavar="[DIR]", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--name", default="", help=_("The desk’s name; otherwise the folder’s."))
@click.option(
    "--language", type=click.Choice(["en", "fr"]), default="en", show_default=True, help=_("Of the website.")
)
@click.option(
    "--time-zone",
    default="UTC",
    show_default=True,
    metavar="ZONE",
    help=_("Of the desk, such as Europe/Paris."),
)
@click.option(
    "--forge",
    type=click.Choice(["github", "gitlab", "gitea"]),
    help=_("Write a CI workflow for this forge, and links to edit tickets there."),
)
@click.option("--url", default="", help=_("The repository’s address on the forge, for these links."))
def command(folder: Path, name: str, language: str, time_zone: str, forge: str | None, url: str) -> None:
    """Write the files, say what was written and kept, and what comes next."""
    from tracker.actions.initialise import IGNORED, SETTINGS, Wishes, initialise

    root = folder.resolve()
    done = initialise(root, Wishes(name, language, time_zone, forge or "", url))
    if done.repository:
        click.echo(_("A Git repository was made in {folder}.").format(folder=one_line(str(root))))
    for path in done.written:
        click.echo(_("written  {path}").format(path=path))
    for path in done.kept:
        click.echo(_("kept     {path}, which was there already").format(path=path))
    click.echo()
    click.echo(_("Next:"))
    where = "" if root == Path.cwd() else f"cd {folder} && "
    example = _("What it is about")
    click.echo(f'  {where}tracker new "{example}" --set category=other')
    click.echo("  tracker serve")
    click.echo(_("Then describe your people, locations and categories in tracker.yml."))
    if IGNORED in done.kept and SETTINGS not in done.kept:
        hint = _("So that Git leaves out the built website, add to {file}: {line}")
        click.echo(hint.format(file=IGNORED, line="/public/"))
    if SETTINGS in done.kept:
        hint = _("“tracker build” adds tickets to your website. For “mkdocs build” to do so, add to {file}:")
        click.echo(hint.format(file=SETTINGS))
        click.echo("  plugins:\n    - search\n    - tracker")
        click.echo(_("Where it has “plugins:” already, add the last line there."))
