"""What queries mean, read from the file that the command line and the website are held against."""

from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from tracker.query.matching import Context

SPECIFICATION: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("specification.yml").read_text(encoding="utf-8")
)
NOW = datetime.fromisoformat(SPECIFICATION["now"]).astimezone(ZoneInfo(SPECIFICATION["zone"]))
KNOWN = SPECIFICATION["known"]
CONTEXT = Context(KNOWN, NOW, SPECIFICATION["me"])
