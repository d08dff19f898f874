"""Groups of commands, each of which is a module that is imported only when the command is used."""

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import ClassVar

import click


class Commands(click.Group):
    """Finds each command in the module of its name.

    Attributes:
        names: of the commands, in the order in which they are listed.
        package: in which the modules are.
    """

    names: ClassVar[tuple[str, ...]] = ()
    package: ClassVar[str] = ""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """Return the names of the commands."""
        return list(self.names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, None where there is none of this name."""
        if cmd_name not in self.names:
            return super().get_command(ctx, cmd_name)
        module = cmd_name.replace("-", "_") + ("_" if iskeyword(cmd_name) else "")
        command = import_module(f"{self.package}.{module}").command
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
            raise click.exceptions.NoSuchCommand(name, possibilities=self.names, ctx=ctx) from None
