"""`tracker rules test`: try out the desk's own rules."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.cli.terminal import clean, print_json
from tracker.errors import StorageError, UsageError
from tracker.translation import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

_FOUND = 1


def test(files: Sequence[str], *, as_json: bool) -> int:
    """Print where the scenarios of some files come out otherwise than expected; return 1 if one does.

    Raises:
        UsageError: there is no file, or it cannot be read.
    """
    from tracker.document import read_yaml
    from tracker.store.files import read_bytes
    from tracker.workspace import Workspace
    from tracker.workspace.rehearsal import rehearse

    if not files:
        raise UsageError(_("Name a file with scenarios."), "tracker rules test FILE.yml")
    settings = Workspace.open(Path.cwd()).settings
    settings.configuration()
    number, findings = 0, []
    for file in files:
        try:
            document = read_yaml(read_bytes(file), file)
        except StorageError as error:
            raise UsageError(error.message, error.hint) from None
        done = rehearse(document, settings.values)
        number += done.number
        findings += done.findings
    if as_json:
        places = [finding.position for finding in findings]
        told = [(one.path, at.line, at.column, one.message) for one, at in zip(findings, places, strict=True)]
        names = ("path", "line", "column", "message")
        print_json({"scenarios": number, "findings": [dict(zip(names, one, strict=True)) for one in told]})
    else:
        for finding in findings:
            hint = f" {finding.hint}" if finding.hint else ""
            click.echo(clean(f"{finding.path}:{finding.position}: {finding.message}{hint}"))
        said = ngettext(
            "{number} scenario, {wrong} not as expected.",
            "{number} scenarios, {wrong} not as expected.",
            number,
        )
        click.secho(said.format(number=number, wrong=len(findings)), err=True, dim=True)
    return _FOUND if findings else 0
