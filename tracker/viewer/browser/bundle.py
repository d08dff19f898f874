"""Our scripts as browsers load them: modules joined into plain scripts, which work on `file://`, too.

A browser loads no module from the disk, and no page of ours may need a web server. So each module becomes a
function that is run once, and each import takes what it names from the modules before it. Comments and what
lines are indented by stay here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_ASSETS = Path(__file__).parent.parent / "assets"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([a-z_]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function\*?|class|const) (\w+))", re.MULTILINE)
_BLOCK = re.compile(r"^[ \t]*/\*\*(?:(?!\*/).)*\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_REGISTRY = "(globalThis.trackerModules ??= {})"

EVERYWHERE = "start"
"""The script of every page; it loads the others where a page needs them."""


def scripts() -> dict[str, str]:
    """Return each script by its name: that of every page, and one for each part that a page may need."""
    common = _with_imports(EVERYWHERE)
    found = {EVERYWHERE: _joined(common)}
    for part in sorted(path.stem for path in (_ASSETS / "scripts" / "parts").glob("*.js")):
        modules = [name for name in _with_imports(f"parts/{part}") if name not in common]
        found[part] = _joined(modules)
    return found


def stylesheet() -> str:
    """Return all styles as one sheet, those that others build upon first."""
    files = sorted((_ASSETS / "styles").glob("*.css"), key=lambda file: (file.stem != "base", file.stem))
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def _module(name: str) -> str:
    return bare((_ASSETS / "scripts" / f"{name}.js").read_text(encoding="utf-8"))


def bare(text: str) -> str:
    """Return a module without what only people read: indentation, and comments that begin a line.

    No text in a module of ours goes from one line to the next.
    """
    lines = (line.strip() for line in _BLOCK.sub("", text).splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def _with_imports(name: str, found: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the names of a module and of those that it imports, each after those that it needs."""
    for _names, needed in _IMPORT.findall(_module(name)):
        if needed not in found:
            found = _with_imports(needed, found)
    return (*found, name)


def _joined(names: tuple[str, ...] | list[str]) -> str:
    modules = "\n".join(f"modules[{name!r}] ??= {_as_function(_module(name))};" for name in names)
    return f'"use strict";\n{{\nconst modules = {_REGISTRY};\n{modules}\n}}\n'


def _as_function(text: str) -> str:
    exported = _EXPORT.findall(text)
    imported = _IMPORT.sub(lambda match: f"const {{{_renamed(match[1])}}} = modules[{match[2]!r}];\n", text)
    return f"(() => {{\n{_EXPORT.sub('', imported)}\nreturn {{ {', '.join(exported)} }};\n}})()"


def _renamed(names: str) -> str:
    """Return what an import takes as a declaration has it: `a as b` is `a: b`."""
    return re.sub(r"\s+as\s+", ": ", names)
