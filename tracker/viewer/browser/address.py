"""The query in the address of a page of ours, kept from the theme: its search takes `?q=` for its own.

It opens when it finds one, and removes it when it is closed. So the query is taken out of the address before
the theme looks, and put back by `assets/scripts/start.js`. On pages that are not ours, it is the theme's.
"""

from __future__ import annotations

from tracker.viewer.manifest import FOLDERS

_SCRIPT = (
    "(()=>{const address=new URL(location.href),query=address.searchParams.get('q');"
    f"if(query===null||!/\\/({'|'.join(FOLDERS)})\\//.test(address.pathname))return;"
    "globalThis.trackerQuery=query;address.searchParams.delete('q');"
    "history.replaceState(history.state,'',address)})()"
)


def with_own_query(page: str) -> str:
    """Return a page whose address may hold a query of ours."""
    return page.replace("</head>", f"<script>{_SCRIPT}</script></head>", 1)
