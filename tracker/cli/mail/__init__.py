"""`tracker mail`: messages in, and what became of them."""

from __future__ import annotations

from importlib import import_module

import click

from tracker.translation import _

COMMANDS = (
    *("receive", "fetch", "import", "process", "notify"),
    *("status", "show", "retry", "release", "drop", "bounced", "clean"),
)
_MODULES = {"import": "import_"}
"""Where the name of a command is a word of Python’s."""


class MailCommands(click.Group):
    """Finds each command in the module of its name, which is imported only when the command is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the commands in the order in which a message meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of this name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = _MODULES.get(cmd_name, cmd_name)
        command = import_module(f"tracker.cli.mail.{module}").command
        assert isinstance(command, click.Command)  # noqa: S101  # every module of a command has one
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that is meant.

        Raises:
            NoSuchCommand: none is; it offers those with a name like it.
        """
        try:
            return super().resolve_command(ctx, args)
        except click.exceptions.NoSuchCommand as error:
            name = error.command_name
            raise click.exceptions.NoSuchCommand(name, possibilities=COMMANDS, ctx=ctx) from None


@click.group(
    "mail",
    cls=MailCommands,
    help=_("""Take in the mail that people write to the desk.

Each message is put safely on the disk before anything else happens with it, and gets one outcome: a ticket
was created, it was appended to one, it is held for a person, suppressed, or quarantined."""),
)
def command() -> None:
    """Do nothing by itself."""
