"""The desk's configuration and its tickets as typed values. No input or output."""

import os

# Looking through every installed package for plugins takes a third of pydantic's start; none has a say here.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
