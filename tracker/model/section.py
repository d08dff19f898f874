"""What the sections of a configuration have in common: no unknown keys, labels in several languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, StringConstraints, WithJsonSchema

if TYPE_CHECKING:
    from collections.abc import Mapping

HANDLE = r"^[a-z0-9][a-z0-9_.-]{0,63}$"
EVERY_LANGUAGE = "*"


class Section(BaseModel):
    """A part of `tracker.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


def nothing_said() -> Any:
    """Return what a section is read from that `tracker.yml` leaves out; making it here would cost a start."""
    return {}


def listed(value: object) -> object:
    """Accept a single text where a list of texts may stand."""
    return [value] if isinstance(value, str) else value


def _label(value: object) -> object:
    return {EVERY_LANGUAGE: value} if isinstance(value, str) else value


def named(value: object) -> object:
    """Accept a plain list of names where a mapping of names to labels may stand."""
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return dict.fromkeys(value)
    return value


def named_sections(value: object) -> object:
    """Accept names without anything below them where a mapping of names to sections may stand."""
    given = named(value)
    if not isinstance(given, dict):
        return given
    return {key: part if part is not None else {} for key, part in given.items()}


_TEXTS = {"anyOf": [{"type": "string"}, {"type": "object", "additionalProperties": {"type": "string"}}]}
Label = Annotated[dict[str, str], BeforeValidator(_label), WithJsonSchema(_TEXTS)]
Handle = Annotated[str, StringConstraints(pattern=HANDLE)]
Labels = Annotated[dict[Handle, Label | None], BeforeValidator(named)]


def text_in(label: Mapping[str, str] | None, language: str, key: str) -> str:
    """Return a label in a language, else for every language, else in English, else made from its key."""
    label = label or {}
    for choice in (language, EVERY_LANGUAGE, "en"):
        if choice in label:
            return label[choice]
    return next(iter(label.values()), key.rpartition("/")[2].replace("_", " ").replace("-", " ").capitalize())
