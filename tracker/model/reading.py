"""Turning plain values into a checked configuration."""

from __future__ import annotations

from types import UnionType
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from tracker.model.configuration import Configuration
from tracker.model.given import list_single_values
from tracker.model.problem import Problem, explain
from tracker.model.references import reference_problems

if TYPE_CHECKING:
    from collections.abc import Mapping


def read_configuration(values: Mapping[str, Any]) -> Configuration | list[Problem]:
    """Return the configuration that the values of a `tracker.yml` make, or all that is wrong with them."""
    try:
        configuration = Configuration.model_validate(_without_empty(values))
    except ValidationError as error:
        return [explain(detail, _keys_at(detail["loc"][:-1])) for detail in error.errors(include_url=False)]
    list_single_values(configuration)
    return list(reference_problems(configuration)) or configuration


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    """A key whose section is empty or commented out counts as left out."""
    return {key: value for key, value in values.items() if value is not None}


def _keys_at(location: tuple[int | str, ...]) -> list[str]:
    """Return the keys that the model knows at a place in the configuration."""
    model: Any = Configuration
    for key in location:
        if _is_model(model) and key in model.model_fields:
            model = model.model_fields[str(key)].annotation
        else:
            model = get_args(model)[-1] if get_args(model) else model
        if isinstance(model, UnionType):
            model = next(part for part in get_args(model) if part is not None)
    return list(model.model_fields) if _is_model(model) else []


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)
