"""Other desks whose tickets are shown beside one's own."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from tracker.model.section import Section
from tracker.translation import _

PREFIX = r"^[A-Z][A-Z0-9]{0,9}$"
BRANCH_NAME = r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$"
_ADDRESS = re.compile(r"(?:(?:https?|ssh|git|file)://|[\w.-]+@[\w.-]+:|[\w.-]+:(?!:|//))[^\s\x00-\x1f\x7f]+")
_PATH = re.compile(r"(?!-)[^:\x00-\x1f\x7f]+")


def _repository(value: str) -> str:
    if _ADDRESS.fullmatch(value) or _PATH.fullmatch(value):
        return value
    message = _("“{value}” is no repository.").format(value=value)
    hint = _("Write an address, such as https://git.example.org/austin.git, or a path, such as ../austin.")
    raise PydanticCustomError("tracker_value", "{message}", {"message": message, "hint": hint})


def prefix_of(typed: str) -> str:
    """Return the prefix of an id, as a person may type it."""
    return typed.strip().partition("-")[0].upper()


def _spelled_out(value: object) -> object:
    """Accept an address where nothing else is to be said."""
    return {"repository": value} if isinstance(value, str) else value


class OtherDesk(Section):
    """A desk in another repository, of which the tickets can be read here."""

    repository: Annotated[str, StringConstraints(max_length=1000), AfterValidator(_repository)] = Field(
        description="Its address, or a path relative to this desk."
    )
    branch: Annotated[str, StringConstraints(pattern=BRANCH_NAME)] | None = Field(
        None, description="Left out: the default branch."
    )
    folder: (
        Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][\w.-]*(/[A-Za-z0-9_][\w.-]*)*$")] | None
    ) = Field(None, description="Of its tracker.yml in the repository; left out: its top.")

    @property
    def is_path(self) -> bool:
        """Whether it is on this machine."""
        return _ADDRESS.fullmatch(self.repository) is None


NamedDesk = Annotated[OtherDesk, BeforeValidator(_spelled_out)]
