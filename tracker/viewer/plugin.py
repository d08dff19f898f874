"""The MkDocs plugin `tracker`. With `builder`, the only module that knows MkDocs."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import FileSystemBytecodeCache
from mkdocs.commands.build import get_context
from mkdocs.config import config_options as options
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from tracker.errors import TrackerError
from tracker.translation import LANGUAGES, _
from tracker.viewer import sitemap
from tracker.viewer.addresses import QUEUE
from tracker.viewer.audience import AUDIENCES
from tracker.viewer.browser.address import with_own_query
from tracker.viewer.browser.bundle import EVERYWHERE, scripts, stylesheet
from tracker.viewer.browser.data import desk_mark
from tracker.viewer.data.head import links_in_head
from tracker.viewer.light import light
from tracker.viewer.manifest import (
    FOLDERS,
    bring_back,
    set_aside,
)
from tracker.viewer.policy import allowing, with_policy
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, MARK, Frame, Kind, Shell, Slot, cut
from tracker.viewer.texts import own_texts
from tracker.viewer.theme import in_queue, languages, speaking
from tracker.viewer.website import Website
from tracker.viewer.writing import leaks_of, missed, remove_languages, write_website
from tracker.workspace import Workspace
from tracker.workspace.federation import members, refreshed

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment
    from jinja2.bccache import Bucket
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files

_LAST = -100
_ASSETS = "assets/tracker"
_FRONT_MATTER = "---\ntitle: {title}\nhide:\n  - navigation\n  - toc\nsearch:\n  exclude: true\n---\n"
_log = get_plugin_logger("tracker")


class _ThemeCache(FileSystemBytecodeCache):
    """Compiled templates; whatever goes wrong with them only means that they are compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what was compiled; nothing, where it is damaged in any way."""
        try:
            super().load_bytecode(bucket)
        except Exception:  # noqa: BLE001  # what a damaged file raises is the loader's secret
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, where the disk lets us."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


class TrackerPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]  # MkDocs ships no types
    """Adds a desk's queue, its lists and a page of each ticket to a website.

    For a named `audience`, it proves at the end that nothing private is in what it wrote.
    """

    config_scheme = (("audience", options.Choice(("", *AUDIENCES), default="")),)

    def __init__(self) -> None:
        self._workspace = Workspace(Path())
        self._website = Website(self._workspace, (), str)
        self._nav = Navigation([], [])
        self._sitemap = ""
        self._language = ""
        self._render: Callable[[Kind], tuple[str, str]] = lambda _kind: ("", "")
        self.frame = Frame(lambda _kind: Shell((), ()))
        self._queue = Shell((), ())
        self._others: list[str] = []

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Ask MkDocs to keep this plugin from one build to the next."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the desk, and give the queue a place in the navigation."""
        self._open(config, refresh=True)
        if self._workspace.configuration.website.languages or config.theme.get("language") in LANGUAGES:
            config.theme["language"] = self._website.language
        config.extra_css.append(f"{_ASSETS}/tracker.css")
        config.extra_javascript.append(f"{_ASSETS}/{EVERYWHERE}.js")
        if config.nav is not None and f"{QUEUE}.md" not in repr(config.nav):
            config.nav.append({self._in_desk_language(lambda: _("Tickets")): f"{QUEUE}.md"})
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Keep MkDocs from deleting what will be written again."""
        set_aside(Path(config.site_dir))

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the queue's page, the style sheet and the scripts."""
        bring_back(Path(config.site_dir))
        if files.get_file_from_path(f"{QUEUE}.md") is None:
            title = self._in_desk_language(lambda: _("Tickets"))
            files.append(File.generated(config, f"{QUEUE}.md", content=_FRONT_MATTER.format(title=title)))
        assets = {"tracker.css": stylesheet(), **{f"{name}.js": text for name, text in scripts().items()}}
        for name, text in assets.items():
            files.append(File.generated(config, f"{_ASSETS}/{name}", content=text))
        self._others = [
            file.dest_uri for file in files if file.dest_uri.startswith(tuple(f"{name}/" for name in FOLDERS))
        ]
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:  # noqa: ARG002  # MkDocs' signature
        """Remember the navigation, which is on every page."""
        self._nav = nav
        return nav

    @event_priority(_LAST)
    def on_page_content(self, html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG002  # MkDocs' signature
        """Put marks where our content will be."""
        if not _is_ours(page):
            return html
        page.toc = TableOfContents([AnchorLink(page.title, MAIN, level=1)])
        return Slot.CONTENT.value

    @event_priority(_LAST)
    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Have the theme render probes when they are needed, now that all pages are known."""
        self._keep_compiled(env)
        self._render = lambda kind: self._probed(_probe(config, files, kind), config, files, env)
        self.frame = self._frame_of(self._website, config)
        return env

    def _frame_of(self, website: Website, config: MkDocsConfig) -> Frame:
        """Return what has the theme render probes in the language of the website, within its queue."""
        with website.speaking():
            title = _("Tickets") if website.first else ""

        def make(kind: Kind) -> Shell:
            self._language = website.language
            with speaking(config.theme, website.language if website.first else ""):
                with in_queue(self._nav, website, title):
                    output, address = self._render(kind)
                if kind.light:
                    places = [one for one in sections(website, f"tickets/{MARK}") if not one.language]
                    output = light(output, config.site_name, places)
                    output = self._marked(output, desk_mark(website.language))
            self._language = ""
            shell: Shell = _told(lambda: cut(output, address))
            return shell

        return Frame(make)

    def _keep_compiled(self, env: Environment) -> None:
        """Keep the theme's templates compiled for the next build, which takes them if they are the same."""
        repository = self._workspace.repository
        if repository and env.bytecode_cache is None:
            folder = repository.folder / "tracker" / "theme"
            with suppress(OSError):
                folder.mkdir(parents=True, exist_ok=True)
                env.bytecode_cache = _ThemeCache(os.fspath(folder))

    @event_priority(_LAST)
    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:  # noqa: ARG002  # MkDocs' signature
        """Remember the sitemap, to which our pages are added at the end."""
        if template_name == sitemap.NAME:
            self._sitemap = output
        return self._guarded(output) if template_name.endswith(".html") else output

    @event_priority(_LAST)
    def on_post_page(self, output: str, *, page: MkDocsPage, config: MkDocsConfig) -> str:  # noqa: ARG002  # MkDocs' signature
        """Make the queue from its own page, which stands in the navigation; guard every page."""
        output = self._guarded(output, page.url)
        if page.file.src_uri != f"{QUEUE}.md" or Slot.CONTENT not in output:
            return output
        self._queue = _told(lambda: cut(output))
        filled: str = self._in_desk_language(lambda: self._queue.fill(self._website.queue()))
        return filled

    @event_priority(_LAST)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Write every ticket's page."""
        self._in_desk_language(lambda: self._publish(config))

    def on_serve(
        self,
        server: LiveReloadServer,
        *,
        config: MkDocsConfig,
        builder: Callable[..., None],  # noqa: ARG002  # MkDocs' signature
    ) -> LiveReloadServer:
        """Show a change of tickets at once, without building the whole website again."""
        root = self._workspace.root
        for name in ("tickets", "templates", "tracker.yml"):
            if (root / name).exists():
                server.watch(os.fspath(root / name))
        server.builder = self._quick_builder(server.builder, config)
        _allow_reloading(server)
        return server

    def _quick_builder(self, whole: Callable[[], None], config: MkDocsConfig) -> Callable[[], None]:
        known = _stamp(self._workspace.root, config)

        def build() -> None:
            nonlocal known
            now = _stamp(self._workspace.root, config)
            try:
                if now != known:
                    known = now
                    whole()
                    return
                self._open(config)
                self._in_desk_language(lambda: self._publish(config, queue=True))
            except (Abort, PluginError) as error:
                _log.error("%s", error)

        return build

    def _open(self, config: MkDocsConfig, *, refresh: bool = False) -> None:
        start = Path(config.config_file_path).parent if config.config_file_path else Path.cwd()
        self._workspace = _told(lambda: Workspace.open(start))
        configuration = _told(lambda: self._workspace.configuration)
        ending = "/" if config.use_directory_urls else ".html"
        named = ", ".join(configuration.desks)
        if refresh and named:
            _log.info(_("Fetching {desks} …").format(desks=named))
        others = _told(lambda: (refreshed if refresh else members)(self._workspace))
        first, *more = languages(config.theme, configuration)
        texts = _told(lambda: {code: own_texts(self._workspace, code) for code in (first, *more)})
        self._website = Website(
            self._workspace,
            others,
            lambda path: _address(path, ending),
            self.config["audience"],
            first,
            texts[first],
            home=f"{config.site_url.rstrip('/')}/" if config.site_url else "",
        )
        for code in more:
            _told(partial(self._website.in_language, code, texts[code]))

    def _publish(self, config: MkDocsConfig, *, queue: bool = False) -> None:
        site, website, addresses = Path(config.site_dir), self._website, []
        remove_languages(website, site, self.frame, self._others)
        for each in website.all_languages:
            frame = self.frame if each is website else self._frame_of(each, config)
            pages, said = write_website(each, site, frame, self._others)
            addresses += pages
            _log.info(said)
        with website.speaking():
            if queue and self._queue.slots:
                page = self._queue.fill(website.queue())
                (site / QUEUE).with_suffix(".html").write_text(page, encoding="utf-8")
            for said in missed(website):
                _log.info("%s", said)
        if self._sitemap:
            sitemap.write(site, sitemap.with_pages(self._sitemap, config.site_url or "", addresses))
        if self.config["audience"] == "public":
            self._prove(site)

    def _prove(self, site: Path) -> None:
        """Look for everything private in all that was made of tickets."""
        found = leaks_of(self._website, site)
        for leak in found:
            message = _("{file} shows what is private: “{words}”, which stands in {source}.")
            _log.error("%s", message.format(**leak._asdict()))
        if found:
            raise PluginError(_("The website is not fit for the public: do not publish it."))
        _log.info(_("Nothing that is internal or private is in the website."))

    def _probed(
        self, page: MkDocsPage, config: MkDocsConfig, files: Files, env: Environment
    ) -> tuple[str, str]:
        """Take a probe through all that MkDocs does to a page; return what came of it, and its address."""
        page.active = True
        context = get_context(self._nav, files, config, page)
        context = config.plugins.on_page_context(context, page=page, config=config, nav=self._nav)
        output = env.get_template(page.meta.get("template", "main.html")).render(context)
        return config.plugins.on_post_page(output, page=page, config=config), page.url

    def _guarded(self, page: str, address: str | None = None) -> str:
        """Return a page with its policy, and with where our scripts, feed readers and browsers find the desk.

        Args:
            page: the HTML.
            address: where it is, below the website's root; None where it may be shown anywhere.
        """
        marks = desk_mark(self._language or self._website.language) + links_in_head(self._website, address)
        return self._marked(with_own_query(page), marks)

    def _marked(self, page: str, marks: str) -> str:
        guarded = with_policy(page, self._workspace.configuration.website.sources)
        return guarded.replace("</head>", f"{marks}</head>", 1)

    def _in_desk_language(self, make: Callable[[], Any]) -> Any:
        with self._website.speaking():
            return _told(make)


def _allow_reloading(server: Any) -> None:
    """Have pages run the script that reloads them, which the server puts into each in its own form."""
    inject = getattr(server, "_inject_js_into_html", None)
    if inject:
        server._inject_js_into_html = lambda page, epoch: allowing(inject(page, epoch))  # noqa: SLF001  # it has no other door


def _is_ours(page: MkDocsPage) -> bool:
    return page.file.generated_by == "tracker" or MARK in page.file.src_uri


def _probe(config: MkDocsConfig, files: Files, kind: Kind) -> MkDocsPage:
    """Return a page of a kind with marks for its title and addresses, read as MkDocs reads pages."""
    file = File.generated(
        config, f"{kind.folder}/{MARK}.md", content=_FRONT_MATTER.format(title=Slot.TITLE.value)
    )
    page = MkDocsPage(None, file, config)
    page.edit_url = Slot.EDIT.value if kind.editable else None
    page = config.plugins.on_pre_page(page, config=config, files=files)
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(
        page.markdown or "", page=page, config=config, files=files
    )
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", page=page, config=config, files=files)
    return page


def _address(path: str, ending: str) -> str:
    if path == QUEUE:
        return "tickets/" if ending == "/" else f"{QUEUE}{ending}"
    return f"{path}{ending}"


def _told(make: Callable[[], Any]) -> Any:
    """Turn our errors into those that MkDocs shows without a traceback."""
    try:
        return make()
    except TrackerError as error:
        raise PluginError(f"{error.message}\n{error.hint}".rstrip()) from error


def _stamp(root: Path, config: MkDocsConfig) -> list[tuple[str, int]]:
    """Return what tells that anything but a ticket was changed."""
    places = [Path(config.docs_dir), root / "templates", *(Path(place) for place in config.watch)]
    files = [file for place in places for file in [place, *place.rglob("*")] if file.is_file()]
    files += [root / "tracker.yml", *([Path(config.config_file_path)] if config.config_file_path else [])]
    return sorted((os.fspath(file), file.stat().st_mtime_ns) for file in files if file.exists())
