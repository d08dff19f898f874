"""A message from a program, such as a chat: who says what, where, as one document of JSON."""

from __future__ import annotations

from base64 import b64decode
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from tracker.model.problem import Problem, ProblemKind, explain
from tracker.model.values import Address, Line
from tracker.translation import _

if TYPE_CHECKING:
    from collections.abc import Iterable


def _decoded(value: Any) -> Any:
    """Return the bytes that a text in Base64 (RFC 4648, section 4) stands for; lines may be broken."""
    if not isinstance(value, str):
        return value
    try:
        return b64decode("".join(value.split()), validate=True)
    except ValueError as error:
        raise PydanticCustomError("tracker_value", "{message}", {"message": _("It is no Base64.")}) from error


_Name = Annotated[str, StringConstraints(min_length=1, max_length=400, pattern=r"^[^\x00-\x1f\x7f]+$")]
_MOST_FILES = 100


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Teller(_Part):
    """Who says it: that is a claim, unless `verified`."""

    email: Address = Field(description="Their address, by which the desk knows them.")
    name: Line = ""


class File(_Part):
    """A file that comes with it."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255)]
    data: Annotated[
        bytes,
        BeforeValidator(_decoded, json_schema_input_type=str),
        Field(description="Its bytes, in Base64.", json_schema_extra={"contentEncoding": "base64"}),
    ]


class Told(_Part):
    """One message."""

    version: Literal[1] = Field(description="Of this form.")
    id: _Name = Field(description="What it is known by: the same id is taken in once.")
    answers: _Name | None = Field(None, description="The id of the message that it answers, if any.")
    ticket: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]+-[0-9A-Za-z]+$")] | None = Field(
        None, description="The ticket that it is about, where the program knows."
    )
    who: Teller
    verified: bool = Field(False, description="Whether the program knows who it is, by a login of its own.")
    where: Address | None = Field(None, description="The address of the desk that it stands for, if any.")
    created: datetime | None = Field(None, description="When it was said, with an offset.")
    title: Line = ""
    text: str = Field("", max_length=1_000_000, description="Markdown.")
    automatic: bool = Field(False, description="Whether no person said it.")
    attachments: Annotated[list[File], Field(max_length=_MOST_FILES)] = Field(default_factory=list)


def read_told(value: Any) -> Told | list[Problem]:
    """Return a message, or what is wrong with it."""
    if not isinstance(value, dict):
        return [Problem(ProblemKind.FORM, (), _("A message is a JSON object."))]
    try:
        return Told.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        return [explain(detail, _keys_around(detail["loc"])) for detail in details]


def _keys_around(place: tuple[int | str, ...]) -> Iterable[str]:
    parts: dict[str, type[_Part]] = {"who": Teller, "attachments": File}
    return (parts.get(str(place[0]), Told) if len(place) > 1 else Told).model_fields


def told_schema() -> dict[str, Any]:
    """Return the JSON Schema of such a document."""
    schema = Told.model_json_schema(mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Message"}
