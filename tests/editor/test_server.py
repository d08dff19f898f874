"""A real server process, talked to as an editor does."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

from tests.conftest import ticket, write_ticket

ROOT = Path(__file__).parents[2]
SECONDS = 30


def _listen(ls: "Editor", told: types.PublishDiagnosticsParams) -> None:
    ls.told.put_nowait(told)


class Editor(LanguageClient):
    """An editor that remembers what it was told of each file."""

    def __init__(self) -> None:
        super().__init__("editor", "1")
        self.told: asyncio.Queue[types.PublishDiagnosticsParams] = asyncio.Queue()
        self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(_listen)

    async def start(self, **capabilities: object) -> types.InitializeResult:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        await self.start_io(sys.executable, "-m", "tracker", "lsp", env=environment)
        asked = types.InitializeParams(capabilities=types.ClientCapabilities(**capabilities))  # type: ignore[arg-type]
        answer = await self.initialize_async(asked)
        self.initialized(types.InitializedParams())
        return answer

    def open(self, path: Path, text: str) -> str:
        document = types.TextDocumentItem(path.as_uri(), "markdown", 1, text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return path.as_uri()

    def type(self, uri: str, version: int, text: str) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def findings(self) -> list[types.Diagnostic]:
        return list((await self.told.get()).diagnostics)

    async def leave(self) -> int | None:
        await self.shutdown_async(None)
        self.exit(None)
        await self.stop()
        assert self._server
        return self._server.returncode


def talk(conversation: Callable[[Editor], Awaitable[None]]) -> None:
    """Talk to a new server; it ends at the latest with the time."""

    async def run() -> None:
        editor = Editor()
        try:
            await asyncio.wait_for(conversation(editor), SECONDS)
        finally:
            if editor._server and editor._server.returncode is None:
                editor._server.kill()
                await editor.stop()

    asyncio.run(run())


def spans(found: list[types.Diagnostic]) -> list[tuple[object, ...]]:
    return [
        (item.code, item.range.start.line, item.range.start.character, item.range.end.character)
        for item in found
    ]


def at(uri: str, line: int, character: int) -> tuple[types.TextDocumentIdentifier, types.Position]:
    return types.TextDocumentIdentifier(uri), types.Position(line, character)


def test_an_editor_opens_asks_and_leaves(desk: Path) -> None:
    path = write_ticket(desk, 1)
    write_ticket(desk, 2, "Printer jams", "assignee: omar\n", "See HD-1.\n")
    text = ticket(1, body="Like HD-2, says @ada. 🖨️ HD-2\n").replace(
        "type: incident\nstatus: open\n", 'links: ["🖨️ x", "bad link"]\ntype: incident\nstatus: opne\n'
    )

    async def conversation(editor: Editor) -> None:
        answer = await editor.start()
        assert answer.capabilities.position_encoding == "utf-16"
        uri = editor.open(path, text)
        found = await editor.findings()
        lines = text.splitlines()
        status = lines.index("status: opne")
        assert ("T103", status, 8, 12) in spans(found)
        assert ("T103", status - 2, 17, 27) in spans(
            found
        )  # the 🖨️ before it is three units and two characters
        wrong = next(item for item in found if item.range.start.line == status)
        assert wrong.source == "tracker"
        assert wrong.severity is types.DiagnosticSeverity.Error
        assert "Did you mean “open”?" in wrong.message

        offered = await editor.text_document_completion_async(types.CompletionParams(*at(uri, status, 8)))
        assert isinstance(offered, types.CompletionList)
        assert [item.label for item in offered.items][:2] == ["new", "open"]
        edit = offered.items[1].text_edit
        assert isinstance(edit, types.TextEdit)
        assert (edit.new_text, edit.range.start.character, edit.range.end.character) == ("open", 8, 12)

        body = len(lines) - 1
        after = lines[body].encode("utf-16-le").index("🖨".encode("utf-16-le")) // 2 + 4
        said = await editor.text_document_hover_async(types.HoverParams(*at(uri, body, after + 1)))
        assert said
        assert isinstance(said.contents, types.MarkupContent)
        assert said.contents.value == "Printer jams\nHD-2 · Open · Omar Haddad"
        assert said.range == types.Range(types.Position(body, after), types.Position(body, after + 4))

        there = await editor.text_document_definition_async(types.DefinitionParams(*at(uri, body, after)))
        assert isinstance(there, types.Location)
        assert there.uri == (path.parent / "HD-2.md").as_uri()
        there = await editor.text_document_definition_async(types.DefinitionParams(*at(uri, body, 18)))
        assert isinstance(there, types.Location)
        assert there.uri == (desk / "tracker.yml").as_uri()
        assert there.range.start == types.Position(6, 2)

        assert await editor.leave() == 0

    talk(conversation)


def test_what_is_typed_is_checked_after_a_pause_and_what_is_saved_at_once(desk: Path) -> None:
    path = write_ticket(desk, 1)
    linked = ticket(1, more="links:\n  - follows HD-2\n")

    async def conversation(editor: Editor) -> None:
        await editor.start()
        uri = editor.open(path, ticket(1))
        assert await editor.findings() == []
        for version, letters in enumerate(("status: o", "status: op", "status: opne"), 2):
            editor.type(uri, version, ticket(1).replace("status: open", letters))
        told = await editor.told.get()
        assert told.version == 4
        assert [item.code for item in told.diagnostics] == ["T103"]

        editor.type(uri, 5, linked)
        assert [item.code for item in await editor.findings()] == ["T202"]
        path.write_text(linked)
        write_ticket(desk, 2)
        editor.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await editor.findings() == []

        (desk / "tracker.yml").write_text("desk: [\n")
        editor.text_document_did_save(types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(uri)))
        (broken,) = await editor.findings()
        assert broken.message.startswith("tracker.yml:")
        offered = await editor.text_document_completion_async(types.CompletionParams(*at(uri, 4, 8)))
        assert offered  # by the configuration of a moment ago

        editor.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await editor.findings() == []
        assert await editor.leave() == 0

    talk(conversation)


def test_other_encodings_and_files_outside_of_a_desk(desk: Path, tmp_path: Path) -> None:
    text = ticket(1).replace("title: A ticket\n", 'title: A ticket\ncategory: "🖨️x"\n', 1)
    outside = tmp_path / "elsewhere" / "HD-1.md"

    async def conversation(editor: Editor) -> None:
        general = types.GeneralClientCapabilities(position_encodings=[types.PositionEncodingKind.Utf8])
        await editor.start(general=general)
        editor.open(outside, text)
        assert await editor.findings() == []
        uri = "untitled:Untitled-1"
        document = types.TextDocumentItem(uri, "markdown", 1, text)
        editor.text_document_did_open(types.DidOpenTextDocumentParams(document))
        assert await editor.findings() == []
        assert await editor.text_document_hover_async(types.HoverParams(*at(uri, 1, 1))) is None
        editor.open(desk / "tracker.yml", "desk: 🖨️\npeople: {ada: {name: 🖨️, at: x}}\n")
        assert spans(await editor.findings()) == [("C106", 1, 30, 32)]
        assert await editor.leave() == 0

    talk(conversation)


def test_a_server_that_is_left_without_a_word_ends(desk: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tracker", "lsp"], input=b"", capture_output=True, timeout=SECONDS, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_without_pygls_a_line_says_what_to_install(desk: Path) -> None:
    blocked = "import sys; sys.modules['pygls'] = None; from tracker.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", blocked, "lsp"], capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "Error: This command needs the optional part “lsp”, which is not installed.",
        "Install it: pip install 'tracker-desk[lsp]'",
    ]
