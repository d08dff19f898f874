"""Building and serving the website from our own command line, with MkDocs."""

from __future__ import annotations

import logging
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from tracker.errors import BrokenEnvironmentError, MissingExtraError
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig

os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")

try:
    import mkdocs.commands.build
    import mkdocs.commands.serve
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException
    from mkdocs.utils.yaml import yaml_load
except ImportError as missing:
    raise MissingExtraError("site") from missing

SETTINGS = "mkdocs.yml"


def build(root: Path, *, strict: bool = False, site: Path | None = None, audience: str = "") -> Path:
    """Build the website of the desk in `root` and return its folder.

    Args:
        root: the folder of `tracker.yml` and `mkdocs.yml`.
        strict: whether a warning stops the build.
        site: where to put the website; where `mkdocs.yml` says when None.
        audience: `public`, which is proved at the end, or `internal`; empty for what the desk's settings say.

    Raises:
        BrokenEnvironmentError: there is no `mkdocs.yml`, or the website cannot be built.
        MissingExtraError: MkDocs or the theme is not installed.
    """
    with _told():
        given = {"strict": strict, "site_dir": os.fspath(site) if site else None}
        _options, config = _settings(root, audience, **given)
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs.commands.build.build(config)
        finally:
            config.plugins.on_shutdown()
        return root / config.site_dir


def serve(root: Path, address: str, *, open_browser: bool = False, audience: str = "") -> None:
    """Serve the website at `address` (host and port) until interrupted; changes show at once.

    Raises:
        BrokenEnvironmentError: as for `build`, or the address is in use.
        MissingExtraError: MkDocs or the theme is not installed.
    """
    with _told():
        options, _config = _settings(root, audience)
        options.pop("strict", None)
        try:
            mkdocs.commands.serve.serve(**options, dev_addr=address, open_in_browser=open_browser)
        except OSError as error:
            message = _("The website cannot be served at {address}: {reason}.")
            reason = error.strerror or str(error)
            hint = _("Choose another address: tracker serve --address 127.0.0.1:8001")
            raise BrokenEnvironmentError(message.format(address=address, reason=reason), hint) from error


def show_progress() -> None:
    """Print what MkDocs has to say, as its own command does."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)-7s -  %(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)


def _settings(root: Path, audience: str, **given: Any) -> tuple[dict[str, Any], MkDocsConfig]:
    """Return MkDocs' settings, and these loaded; our plugin is added where they do not name it."""
    settings = root / SETTINGS
    if not settings.is_file():
        message = _("There is no {file}, which describes the website.").format(file=settings)
        raise BrokenEnvironmentError(message, _("“tracker init” writes one and leaves all else as it is."))
    options = {
        "config_file": os.fspath(settings),
        **{key: value for key, value in given.items() if value is not None},
    }
    config = load_config(**options)
    if "tracker" in config.plugins and not audience:
        return options, config
    with settings.open("rb") as stream:
        theirs = yaml_load(stream).get("plugins") or ["search"]
    if isinstance(theirs, str):
        theirs = [theirs]
    named = theirs if isinstance(theirs, dict) else {name: own for one in theirs for name, own in _named(one)}
    ours = {**(named.get("tracker") or {}), **({"audience": audience} if audience else {})}
    options["plugins"] = {**named, "tracker": ours}
    return options, load_config(**options)


def _named(plugin: str | dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the name of a plugin with its settings, as `mkdocs.yml` may write it in a list."""
    return list(plugin.items()) if isinstance(plugin, dict) else [(plugin, {})]


@contextmanager
def _told() -> Iterator[None]:
    """Turn what stops MkDocs into our errors."""
    try:
        yield
    except Abort as error:
        message = _("The website was not built: {reason}").format(reason=str(error).strip() or "mkdocs")
        raise BrokenEnvironmentError(message) from error
    except MkDocsException as error:
        raise BrokenEnvironmentError(
            _("{file} is wrong: {reason}").format(file=SETTINGS, reason=error)
        ) from error
