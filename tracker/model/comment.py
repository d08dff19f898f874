"""The front matter of a comment."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, ValidationInfo

from tracker.model.problem import Problem, explain, missing
from tracker.model.values import Line, Visibility, parse_time

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import tzinfo

REQUIRED = ("author", "created")


def _in_zone(value: object, info: ValidationInfo) -> datetime:
    return parse_time(value, cast("tzinfo", info.context))


class CommentFields(BaseModel):
    """Who wrote a comment, when, and who may read it. Further keys, such as where it came from, may stand.

    Attributes:
        author: a person's handle, or an address.
        created: when it was written.
        visibility: `public`, or `internal` for the desk's people only.
        supersedes: the name of the comment's file that this one corrects; empty for none.
        attachments: files of the conversation that belong to it, such as `files/3f2a91c0-photo.jpg`.
        automatic: what made it, such as `reminder`; empty where a person wrote it.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)

    author: Line = ""
    created: Annotated[datetime, BeforeValidator(_in_zone)] | None = None
    visibility: Visibility = "public"
    supersedes: Line = ""
    attachments: list[Line] = Field(default_factory=list)
    automatic: Line = ""


def read_comment(values: Mapping[str, Any], zone: tzinfo) -> tuple[CommentFields, list[Problem]]:
    """Return the fields of a comment that fit, and what does not; times without an offset are in `zone`.

    A visibility that does not fit makes the comment internal: a slip must not publish anything.
    """
    present = {key: value for key, value in values.items() if value is not None}
    problems = [missing((name,)) for name in REQUIRED if name not in present]
    try:
        return CommentFields.model_validate(present, context=zone), problems
    except ValidationError as error:
        details = error.errors(include_url=False)
    wrong = {detail["loc"][0] for detail in details}
    rest = {key: value for key, value in present.items() if key not in wrong}
    if "visibility" in wrong:
        rest["visibility"] = "internal"
    problems += [explain(detail) for detail in details]
    return CommentFields.model_validate(rest, context=zone), problems
