"""A built website, looked at without a browser."""

from pathlib import Path


def pages_of_tickets(public: Path) -> list[str]:
    """Return the names of the folders in which the pages of tickets are."""
    found = {path.parent.name for path in (public / "tickets").glob("*/index.html")}
    return sorted(
        found - {"board", "closed", "new", "overview", "reports", "requesters", "service-levels", "workload"}
    )
