"""The pages of reports, and the files with their numbers."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.service_levels.words import label_of
from tracker.translation import _
from tracker.viewer import formats, templates
from tracker.viewer.addresses import REPORTS, relative, report_of
from tracker.viewer.output import GeneratedFile, GeneratedPage
from tracker.viewer.pages.list import link_on_page
from tracker.viewer.pages.reports import say
from tracker.viewer.pages.reports.by_group import grouped_chart
from tracker.viewer.pages.reports.measures import every
from tracker.viewer.pages.reports.over_time import weekly
from tracker.viewer.pages.reports.sheet import Column, Sheet
from tracker.viewer.rows import KINDS, Link
from tracker.viewer.sections import sections
from tracker.viewer.shell import MAIN, Page
from tracker.workspace.report import FIELDS, Report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from markupsafe import Markup

    from tracker.viewer.pages.reports.measures import Measure
    from tracker.viewer.publish import Publication

    Record = Mapping[str, Any]


class Figure(NamedTuple):
    """A measure with its chart, its numbers, and the file that has these, relative to the website's root."""

    measure: Measure
    chart: Markup
    sheet: Sheet
    file: str


def report_pages(desk: Publication) -> Iterator[GeneratedPage]:
    """Yield the page of the whole desk, and one for each field by which it is told."""
    for field in ("", *_fields(desk)):
        path = report_of(field) if field else REPORTS
        address = desk.website.address(path)
        found, problem = desk.report
        about = (found.start, found.end, _records(desk, found, field), found.total) if found else problem
        yield GeneratedPage(
            address,
            lambda _names, about=about: desk.key(about),  # type: ignore[misc]  # of this page
            partial(_render, desk, path, field),
        )


def _fields(desk: Publication) -> list[str]:
    """Return the fields by which numbers are told: readers may see them."""
    return [field for field in FIELDS if desk.shows(field)]


def report_files(desk: Publication) -> Iterator[GeneratedFile]:
    """Yield the numbers of each chart as CSV."""
    found, _problem = desk.report
    if found is None:
        return
    for field in ("", *_fields(desk)):
        for measure in _measures(desk, found):
            sheet = cache(partial(_sheet, desk, found, field, measure))
            key = desk.key(_records(desk, found, field), measure.name)
            yield GeneratedFile(_file(field, measure), key, lambda sheet=sheet: sheet().csv().encode())  # type: ignore[misc]  # of this file


def _render(desk: Publication, path: str, field: str) -> Page:
    website, title = desk.website, _("Reports")
    address, (found, _problem) = website.address(path), desk.report
    content = templates.fill(
        website.environment,
        "reports.html",
        anchor=MAIN,
        heading=title,
        places=sections(website, path, REPORTS),
        tabs=list(_tabs(desk, address, path)),
        untold="" if found else _("The numbers are not shown: the history of the desk is not here."),
        nothing="" if found and _has_any(found) else _("Nothing happened at the desk before today."),
        start=formats.day_in(say.exact_day(found.start)) if found else "",
        alone=field == "category",
        command=_command(found, field) if found else "",
        summary=_summary(desk, found, field, address) if found and field else None,
        figures=[_figure_on_page(one, address) for one in _figures(desk, found, field)] if found else [],
        headline=list(_headline(found.total)) if found and not field else [],
    )
    return Page(address, title, content)


def _has_any(found: Report) -> bool:
    return any(found.total[name] for name in ("created", "resolved", "open"))


def _command(found: Report, field: str) -> str:
    """Return the command that prints the same numbers."""
    last = found.weeks[-1]["end"] if found.weeks else found.end
    since, until = say.exact_day(found.start), say.day_before(last)
    return f"tracker stats --since {since} --until {until}{f' --by {field}' if field else ''}"


def _tabs(desk: Publication, address: str, path: str) -> Iterator[Link]:
    yield Link(
        _("Whole desk"), relative(address, desk.website.address(REPORTS)), "page" if path == REPORTS else ""
    )
    labels = {"location": _("By location"), "department": _("By department"), "category": _("By category")}
    for field in _fields(desk):
        there = report_of(field)
        yield Link(
            labels[field], relative(address, desk.website.address(there)), "page" if path == there else ""
        )


def _headline(total: Record) -> Iterator[tuple[str, str]]:
    """Yield the numbers of the whole time that are asked for first."""
    yield str(total["created"]), _("created")
    yield str(total["resolved"]), _("resolved")
    yield str(total["open"]), _("open at the end")
    yield say.duration(total["first_response"]["median"]), _("to the first response (median)")
    yield say.duration(total["resolution"]["median"]), _("to the resolution (median)")
    for clock, kept in total.get("service_levels", {}).items():
        yield say.share(kept["attainment"]), _("{clock} in time").format(clock=label_of(clock))
    yield say.share(total["reopen_rate"]), _("reopened")


def _measures(desk: Publication, found: Report) -> list[Measure]:
    labels = desk.workspace.fields["status"].values
    seen = dict.fromkeys((*labels, *(status for week in found.weeks for status in week["statuses"])))
    statuses = {key: labels.get(key, key) for key in seen if key}
    return every(statuses, list(found.total.get("service_levels", {})))


def _records(desk: Publication, found: Report, field: str) -> list[dict[str, Any]]:
    """Return what a page tells of: weeks, or groups, the one with the most work first, what has none last."""
    if not field:
        return [dict(week) for week in found.weeks]
    labels = desk.workspace.fields[field].values
    ordered = sorted(
        found.groups[field].items(), key=lambda one: (not one[0], -one[1]["created"] - one[1]["open"], one[0])
    )
    return [
        {
            **numbers,
            "key": key,
            "label": labels.get(key, key) or _("none"),
            "weeks": found.flows[field][key],
            "statuses": found.flows[field][key][-1]["statuses"] if found.weeks else {},
        }
        for key, numbers in ordered
    ]


def _sheet(desk: Publication, found: Report, field: str, measure: Measure) -> Sheet:
    first = (
        Column("label", desk.workspace.fields[field].label, str)
        if field
        else Column("start", _("Week of"), say.exact_day)
    )
    whole = {**found.total, "statuses": found.weeks[-1]["statuses"] if found.weeks else {}}
    return Sheet([first, *measure.columns], _records(desk, found, field), whole)


def _figures(desk: Publication, found: Report, field: str) -> Iterator[Figure]:
    configuration, labels = desk.workspace.configuration, desk.workspace.fields["status"].values
    asking = {key: label for key, label in labels.items() if configuration.is_open(key)}
    records = _records(desk, found, field)
    for measure in _measures(desk, found):
        chart = (
            grouped_chart(measure, records, asking)
            if field
            else weekly(measure, records, found.total, asking)
        )
        yield Figure(measure, chart, _sheet(desk, found, field, measure), _file(field, measure))


def _file(field: str, measure: Measure) -> str:
    return f"{REPORTS}/{f'by-{field}-' if field else ''}{measure.name.replace('_', '-')}.csv"


def _figure_on_page(figure: Figure, page: str) -> dict[str, object]:
    return {
        "name": figure.measure.name,
        "title": figure.measure.title,
        "definition": figure.measure.definition,
        "chart": figure.chart,
        "headings": figure.sheet.headings,
        "rows": figure.sheet.rows,
        "last": figure.sheet.last,
        "file": relative(page, figure.file),
    }


def _summary(desk: Publication, found: Report, field: str, address: str) -> dict[str, object]:
    """Return the most asked of each group in one table, whose lines others refer to."""
    kind = next(kind for kind, about in KINDS.items() if about == field)
    records = _records(desk, found, field)
    columns = [
        Column("created", _("created"), say.number),
        Column("resolved", _("resolved"), say.number),
        Column("open", _("open"), say.number),
        Column("first_response.median", _("First response"), say.duration),
        Column("resolution.median", _("Resolution"), say.duration),
        Column("resolution.p90", _("90 %"), say.duration),
        Column("reopen_rate", _("reopened"), say.share),
    ]
    links = [
        link_on_page(desk.links.to(kind, one["key"]), address) or Link(one["label"], "") for one in records
    ]
    rows = [
        (f"by-{one['key']}", link, cells)
        for one, link, cells in zip(records, links, Sheet(columns, records).rows, strict=True)
    ]
    headings: Sequence[str] = [desk.workspace.fields[field].label, *(column.heading for column in columns)]
    return {"headings": headings, "rows": rows}
