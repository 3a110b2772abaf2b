"""A changed copy of a record, and a walk over its estimates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

from pydantic import BaseModel

from detente.core.estimate import Estimate

M = TypeVar("M", bound=BaseModel)


def changed(record: M, **changes: object) -> M:
    """Return a copy with some fields replaced, without a second validation.

    Unlike `model_copy` it carries no cached properties over, which would still describe the old record. A field
    whose value stays the same keeps its place among those that were set or not, so that nothing changes the hash.
    """
    values = {name: getattr(record, name) for name in type(record).model_fields}
    really = {name: value for name, value in changes.items() if value != values[name]}
    if not really:
        return record
    return type(record).model_construct(_fields_set={*record.model_fields_set, *really}, **{**values, **really})


def estimates(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Estimate]]:
    """Yield each estimate inside a value with its path of fields, keys and places, in order."""
    if isinstance(value, Estimate):
        yield path, value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from estimates(getattr(value, name), (*path, name))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from estimates(item, (*path, str(key)))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from estimates(item, (*path, place))


JUDGED = ("text_class_priors", "preferences", "no_agreement", "trust_classes", "dyads", "shared", "crisis", "lenses")
"""The parts of a case that hold estimates."""


def estimates_of(case: BaseModel) -> Iterator[tuple[tuple[str | int, ...], Estimate]]:
    """Yield each estimate of a case with its path."""
    for part in JUDGED:
        yield from estimates(getattr(case, part), (part,))
