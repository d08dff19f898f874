"""Our values in the types of the Language Server Protocol 3.17."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from tracker.editor.completion import MOST, Offer, Sort
from tracker.editor.text import Stretch, from_units, to_units
from tracker.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.editor.diagnostics import Diagnostic
    from tracker.editor.explanation import Explanation, Target
    from tracker.editor.text import Spot

SOURCE = "tracker"
_SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
}
_KINDS = {
    Sort.FIELD: types.CompletionItemKind.Property,
    Sort.VALUE: types.CompletionItemKind.EnumMember,
    Sort.LABEL: types.CompletionItemKind.Text,
    Sort.RELATION: types.CompletionItemKind.Keyword,
    Sort.TICKET: types.CompletionItemKind.Reference,
    Sort.PERSON: types.CompletionItemKind.Constant,
}


def spot_of(position: types.Position, lines: Sequence[str], encoding: str) -> Spot:
    """Return the place that an editor means."""
    return from_units(lines, position.line, position.character, encoding)


def position_of(spot: Spot, lines: Sequence[str], encoding: str) -> types.Position:
    """Return a place as the editor counts."""
    return types.Position(*to_units(lines, spot, encoding))


def range_of(stretch: Stretch, lines: Sequence[str], encoding: str) -> types.Range:
    """Return a part of a text as the editor counts."""
    start, end = (position_of(spot, lines, encoding) for spot in stretch)
    return types.Range(start, end)


def diagnostic(found: Diagnostic, lines: Sequence[str], encoding: str) -> types.Diagnostic:
    """Return a finding for the editor to underline."""
    finding = found.finding
    return types.Diagnostic(
        range=range_of(found.stretch, lines, encoding),
        message=f"{finding.message} {finding.hint}".rstrip(),
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        source=SOURCE,
    )


def completions(
    offers: Sequence[Offer], lines: Sequence[str], encoding: str, line_end: str
) -> types.CompletionList:
    """Return what is offered, in its order; a list that is cut short is marked so."""
    items = [
        types.CompletionItem(
            label=offer.text,
            kind=_KINDS[offer.sort],
            detail=offer.detail or None,
            documentation=offer.help or None,
            sort_text=f"{place:05}",
            filter_text=f"{offer.text} {offer.detail}".rstrip(),
            insert_text_mode=types.InsertTextMode.AsIs,
            text_edit=types.TextEdit(
                range_of(offer.stretch, lines, encoding), offer.insert.replace("\n", line_end)
            ),
        )
        for place, offer in enumerate(offers)
    ]
    return types.CompletionList(is_incomplete=len(items) >= MOST, items=items)


def hover(explanation: Explanation, lines: Sequence[str], encoding: str) -> types.Hover:
    """Return an explanation as plain text: Markdown of a stranger's title could load a picture."""
    return types.Hover(
        contents=types.MarkupContent(types.MarkupKind.PlainText, explanation.text),
        range=range_of(explanation.stretch, lines, encoding),
    )


def location(target: Target, uri: str, encoding: str) -> types.Location:
    """Return where a name leads to."""
    spot = position_of(target.spot, target.lines, encoding)
    return types.Location(uri, types.Range(spot, spot))
