"""The language server: what an editor tells and asks, wired to what answers it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker import __version__
from tracker.editor.completion import complete
from tracker.editor.desk import Desk, is_text, open_desk, path_in
from tracker.editor.diagnostics import diagnose
from tracker.editor.explanation import explain, find_target
from tracker.errors import MissingExtraError, TrackerError
from tracker.position import line_end_of, lines_of
from tracker.translation import _
from tracker.workspace.desk import root_around

try:
    from lsprotocol import types
    from pygls import uris
    from pygls.lsp.server import LanguageServer

    from tracker.editor import protocol
except ImportError as missing:
    raise MissingExtraError("lsp") from missing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.editor.text import Spot
    from tracker.workspace import Workspace

_PAUSE = 0.2
"""Seconds without a key, after which a text is checked."""

_TRIGGERS = (":", " ", "-", "@", "/")
_WATCHED = ("**/tracker.yml", "**/tickets/**/*.md")
_Position = types.CompletionParams | types.HoverParams | types.DefinitionParams


class Server(LanguageServer):
    """What the server remembers between two messages.

    Attributes:
        desks: the desks of the files that were asked about, by their folders.
        waiting: the checks that are to come, by the address of the file.
        asked_to_stop: whether the editor has said that it will stop the server.
    """

    def __init__(self) -> None:
        # A text is always sent whole: the protocol's lines are not those that pygls would patch.
        super().__init__("tracker", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.desks: dict[Path, Desk] = {}
        self.waiting: dict[str, asyncio.TimerHandle] = {}
        self.asked_to_stop = False

    def report_server_error(self, error: Exception, source: Any) -> None:  # noqa: ARG002  # pygls' signature
        """Tell the editor of a bug in one line; its log has nothing for its user."""
        text = _("Internal error: {kind}: {error}").format(kind=type(error).__name__, error=error)
        self.window_show_message(types.ShowMessageParams(types.MessageType.Error, text))


class Opened(NamedTuple):
    """A file in an editor.

    Attributes:
        root: the folder of its desk.
        desk: its desk.
        path: the file in the desk.
        text: what the editor holds.
        lines: the same, line by line.
    """

    root: Path
    desk: Desk
    path: str
    text: str
    lines: list[str]


def serve() -> int:
    """Serve an editor over standard input and output until it says goodbye.

    Returns:
        0 when the editor asked to shut down before it left, else 1 (the protocol's "Exit Notification").

    Raises:
        MissingExtraError: on import of this module, when pygls is not installed.
    """
    gc.set_threshold(700, 10, 10)  # unlike a command, a server lives on
    if not os.environ.get("TRACKER_DEBUG"):
        logging.getLogger("pygls").setLevel(logging.CRITICAL)
    server = make_server()
    server.start_io()
    return 0 if server.asked_to_stop else 1


def make_server() -> Server:
    """Return a server that answers an editor."""
    server = Server()
    handlers: dict[str, Callable[..., Any]] = {
        types.INITIALIZED: _watch,
        types.TEXT_DOCUMENT_DID_OPEN: _on_open,
        types.TEXT_DOCUMENT_DID_CHANGE: _on_change,
        types.TEXT_DOCUMENT_DID_SAVE: _on_files,
        types.TEXT_DOCUMENT_DID_CLOSE: _on_close,
        types.WORKSPACE_DID_CHANGE_WATCHED_FILES: _on_files,
        types.TEXT_DOCUMENT_HOVER: _on_hover,
        types.TEXT_DOCUMENT_DEFINITION: _on_definition,
        types.SHUTDOWN: _on_shutdown,
    }
    for name, handler in handlers.items():
        server.feature(name)(handler)
    triggers = types.CompletionOptions(trigger_characters=_TRIGGERS)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, triggers)(_on_completion)
    return server


def _opened(ls: Server, uri: str) -> Opened | None:
    """Return a file that the editor asks about; None where it is in no desk that can be read."""
    file = uris.to_fs_path(uri)
    root = root_around(Path(file).parent) if file else None
    if file is None or root is None:
        return None
    try:
        if root not in ls.desks:
            ls.desks[root] = open_desk(root)
        text = ls.workspace.get_text_document(uri).source
    except (TrackerError, OSError, UnicodeDecodeError):
        return None
    return Opened(root, ls.desks[root], path_in(root, Path(file)), text, lines_of(text))


def _encoding(ls: Server) -> str:
    return types.PositionEncodingKind(ls.workspace.position_encoding or "utf-16").value


def _wait_no_longer(ls: Server, uri: str) -> None:
    waiting = ls.waiting.pop(uri, None)
    if waiting:
        waiting.cancel()


def _check(ls: Server, uri: str) -> None:
    """Tell the editor what is wrong with a file."""
    _wait_no_longer(ls, uri)
    opened = _opened(ls, uri)
    try:
        found = diagnose(opened.desk, opened.path, opened.text) if opened else []
    except (TrackerError, OSError):
        return  # a file of the desk cannot be read right now; the next save asks again
    lines = opened.lines if opened else [""]
    told = [protocol.diagnostic(diagnostic, lines, _encoding(ls)) for diagnostic in found]
    version = ls.workspace.get_text_document(uri).version
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, told, version))


def _check_later(ls: Server, uri: str) -> None:
    try:
        _check(ls, uri)
    except Exception as error:  # noqa: BLE001  # nobody waits for this: it would be lost in the log
        ls.report_server_error(error, None)


def _on_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    _check(ls, params.text_document.uri)


def _on_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    _wait_no_longer(ls, uri)
    ls.waiting[uri] = asyncio.get_running_loop().call_later(_PAUSE, _check_later, ls, uri)


def _on_files(
    ls: Server, _params: types.DidSaveTextDocumentParams | types.DidChangeWatchedFilesParams
) -> None:
    """Read the desks anew: what is saved in one file may concern all others."""
    for root, before in list(ls.desks.items()):
        try:
            ls.desks[root] = open_desk(root, before)
        except (TrackerError, OSError):
            del ls.desks[root]
    for uri in [document.uri for document in ls.workspace.text_documents.values()]:
        _check(ls, uri)


def _on_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    _wait_no_longer(ls, uri)
    ls.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))


def _asked(ls: Server, params: _Position) -> tuple[Opened, Workspace, Spot] | None:
    """Return what an editor asks about, where it is a ticket or comment of a desk that can be used."""
    opened = _opened(ls, params.text_document.uri)
    if opened is None or opened.desk.workspace is None or not is_text(opened.path):
        return None
    spot = protocol.spot_of(params.position, opened.lines, _encoding(ls))
    return opened, opened.desk.workspace, spot


def _on_completion(ls: Server, params: types.CompletionParams) -> types.CompletionList | None:
    asked = _asked(ls, params)
    if asked is None:
        return None
    opened, workspace, spot = asked
    offers = complete(workspace, opened.path, opened.lines, spot)
    return protocol.completions(offers, opened.lines, _encoding(ls), line_end_of(opened.text))


def _on_hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    asked = _asked(ls, params)
    if asked is None:
        return None
    opened, workspace, spot = asked
    explanation = explain(workspace, opened.path, opened.lines, spot)
    return protocol.hover(explanation, opened.lines, _encoding(ls)) if explanation else None


def _on_definition(ls: Server, params: types.DefinitionParams) -> types.Location | None:
    asked = _asked(ls, params)
    if asked is None:
        return None
    opened, workspace, spot = asked
    target = find_target(workspace, opened.path, opened.lines, spot)
    uri = uris.from_fs_path(str(opened.root / target.path)) if target else None
    return protocol.location(target, uri, _encoding(ls)) if target and uri else None


def _on_shutdown(ls: Server, _params: None) -> None:
    ls.asked_to_stop = True


async def _watch(ls: Server, _params: types.InitializedParams) -> None:
    """Ask to be told of files that change without being saved here, as after a pull."""
    workspace = ls.client_capabilities.workspace
    watched = workspace.did_change_watched_files if workspace else None
    if not (watched and watched.dynamic_registration):
        return
    watchers = [types.FileSystemWatcher(glob_pattern=pattern) for pattern in _WATCHED]
    options = types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers)
    name = types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    registration = types.Registration(id=name, method=name, register_options=options)
    await ls.client_register_capability_async(types.RegistrationParams([registration]))
