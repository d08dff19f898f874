"""A desk whose website has every kind of page, where these are, and when they are ready to be looked at."""

from base64 import b64decode
from datetime import date
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.conftest import git
from tracker.demo.demonstrate import demonstrate

PAGES = {
    "home": "",
    "queue": "tickets/",
    "list": "people/omar/",
    "closed": "tickets/closed/",
    "month": "tickets/closed/2026-09/",
    "board": "tickets/board/",
    "ticket": "tickets/HD-900/",
    "light-ticket": "tickets/HD-901/",
    "overview": "tickets/overview/",
    "reports": "tickets/reports/",
    "report": "tickets/reports/by-location/",
    "workload": "tickets/workload/",
    "service-levels": "tickets/service-levels/",
    "new": "tickets/new/",
    "form": "tickets/new/incident/",
    "unknown": "404.html",
    "queue-fr": "fr/tickets/",
    "board-fr": "fr/tickets/board/",
    "ticket-fr": "fr/tickets/HD-900/",
    "overview-fr": "fr/tickets/overview/",
    "reports-fr": "fr/tickets/reports/",
    "form-fr": "fr/tickets/new/incident/",
}
_TICKETS = 60
_HISTORY_ENDS = date(2026, 11, 27)
_LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
_TICKET = f"""\
---
id: HD-%d
title: The printer in room {_LONG} jams, and then it jams once more, whatever is put into it by whomever
type: incident
status: %s
category: hardware/printer
priority: urgent
created: 2026-11-24T09:12:00+01:00
assignee: omar
requester:
  name: Léa Martin
location: lyon
due: 2026-11-26
labels:
  - {_LONG.lower()[:60]}
links:
  - relates HD-1
  - blocks HD-2
---
See <https://example.org/{_LONG}>, and [the manual](https://example.org/), which HD-3 names, too.

| first | second | third | fourth | fifth |
| --- | --- | --- | --- | --- |
| {_LONG} | {_LONG} | {_LONG} | {_LONG} | {_LONG} |

```python
print("{_LONG * 3}")  # a comment
```

```
{_LONG * 3}
```

- [x] done
- [ ] to do

> quoted

![a picture](files/3f2a91c0-picture.png)
"""
_PICTURE = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
_COMMENT = f"""\
---
author: omar
created: 2026-11-25T10:12:00Z
visibility: public
---
Two comments by the same person, of which this is one. {_LONG}

On Tuesday, Léa Martin wrote:
> It jams.
> It still jams.
"""


def write_desk(desk: Path) -> None:
    """Write the desk of an invented company, with a ticket that is long in every way, open and closed."""
    demonstrate(desk, _TICKETS, 1, _HISTORY_ENDS, "HD")
    settings = (desk / "tracker.yml").read_text()
    place = "forge:\n  kind: github\n  url: https://github.com/example/desk\n"
    settings = settings.replace("forge:\n  kind: none\n", place)
    settings += "website: {languages: [en, fr], whole: 0, internal: true}\n"
    settings += 'views: {lyon: {label: {en: At Lyon, fr: À Lyon}, query: "location:lyon"}}\n'
    (desk / "tracker.yml").write_text(settings)
    for number, status in ((900, "open"), (901, "closed")):
        path = desk / "tickets" / "2026" / "11" / f"HD-{number}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_TICKET % (number, status))
        picture = path.with_suffix("") / "files" / "3f2a91c0-picture.png"
        picture.parent.mkdir(parents=True)
        picture.write_bytes(b64decode(_PICTURE))
        for hour in (10, 11):
            comment = path.with_suffix("") / f"2026-11-25T{hour}1200Z-omar.md"
            comment.write_text(_COMMENT)
    git(desk, "-c", "user.name=Omar", "-c", "user.email=omar@example.org", "add", "-A")
    git(desk, "-c", "user.name=Omar", "-c", "user.email=omar@example.org", "commit", "-qm", "Two more")


def ready(page: Page) -> None:
    """Wait until the scripts of a page have done what they do at first."""
    expect(page.locator("[data-tracker]:not([data-started=wholly])")).to_have_count(0)
