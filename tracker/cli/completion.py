"""`tracker completion`: the shell's tab key."""

from __future__ import annotations

import click

from tracker.translation import _

_WHERE = {
    "bash": 'eval "$(tracker completion bash)"  # ~/.bashrc',
    "zsh": 'eval "$(tracker completion zsh)"  # ~/.zshrc',
    "fish": "tracker completion fish | source  # ~/.config/fish/config.fish",
}


@click.command(
    "completion",
    help=_("""Print the script that completes commands, ids, fields and values in a shell.

bash and zsh: eval "$(tracker completion bash)" in ~/.bashrc or ~/.zshrc;
fish: tracker completion fish | source in ~/.config/fish/config.fish."""),
)
@click.argument("shell", type=click.Choice(list(_WHERE)))
def command(shell: str) -> None:
    """Print the script, with the line to put into the shell's start file as a comment."""
    from click.shell_completion import get_completion_class

    from tracker.cli import group

    kind = get_completion_class(shell)
    assert kind is not None  # noqa: S101  # click knows these three
    click.echo(f"# {_WHERE[shell]}")
    click.echo(kind(group, {}, "tracker", "_TRACKER_COMPLETE").source())
