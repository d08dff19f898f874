"""JSON Schema (draft 2020-12) of `tracker.yml` and of a ticket's front matter, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.model.configuration import Configuration
from tracker.model.fields import ALWAYS_REQUIRED

if TYPE_CHECKING:
    from tracker.model.ticket import TicketReader

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def configuration_schema() -> dict[str, Any]:
    """Return the schema of `tracker.yml`."""
    schema = Configuration.model_json_schema(mode="validation")
    _open_to_plain_values(schema)
    return {"$schema": _DIALECT, **schema, "title": "tracker.yml"}


def ticket_schema(reader: TicketReader) -> dict[str, Any]:
    """Return the schema of the front matter of a desk's accepted tickets."""
    schema = reader.type.model_json_schema(by_alias=True, mode="validation")
    for name, field in reader.fields.items():
        described = {"title": field.label, **({"description": field.help} if field.help else {})}
        schema["properties"][name] = {**schema["properties"][name], **described}
        schema["properties"][name].pop("default", None)
    schema["required"] = list(ALWAYS_REQUIRED) + [
        name for name, field in reader.fields.items() if field.required and name not in ALWAYS_REQUIRED
    ]
    return {"$schema": _DIALECT, **schema, "title": "Ticket"}


def _open_to_plain_values(schema: dict[str, Any]) -> None:
    """Say what else the reader accepts: a list of names for a mapping, one value for a list."""
    names = {"type": "array", "items": {"type": "string"}, "uniqueItems": True}
    for key in ("types", "priorities", "statuses", "resolutions", "categories", "departments", "locations"):
        whole = schema["properties"][key]
        details = {word: whole.pop(word) for word in ("title", "description", "default") if word in whole}
        schema["properties"][key] = {**details, "anyOf": [names, whole]}
    own = schema["$defs"]["CustomField"]["properties"]
    own["values"]["anyOf"].append(names)
    conditions = own["required_when"]["additionalProperties"]
    own["required_when"]["additionalProperties"] = {"anyOf": [{"type": "string"}, conditions]}
