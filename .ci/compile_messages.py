"""Build hook: compiles the translations (`.po`) into what gettext reads (`.mo`)."""

from pathlib import Path
from typing import Any

from babel.messages import mofile, pofile
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileMessages(BuildHookInterface):  # type: ignore[type-arg]  # found by hatchling as the only hook here
    """Compile each catalogue of `tracker/locale` before a wheel or an editable install is made."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling's signature
        """Write a `.mo` beside each `.po`."""
        for source in Path(self.root, "tracker", "locale").glob("*/LC_MESSAGES/*.po"):
            with source.open("rb") as stream:
                catalogue = pofile.read_po(stream)
            with source.with_suffix(".mo").open("wb") as stream:
                mofile.write_mo(stream, catalogue)
