"""The desk's configuration and its tickets as typed values. No input or output."""

import os
import sys
from types import ModuleType

# Looking through every installed package for plugins takes a third of pydantic's start; none has a say here.
if os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__") == "__all__":
    # What would look for them is imported all the same, with all that reads packages: 15 ms of each command.
    loader = ModuleType("pydantic.plugin._loader")
    loader.get_plugins = lambda: ()  # type: ignore[attr-defined]  # all that pydantic asks of it
    sys.modules.setdefault(loader.__name__, loader)
