"""The shape of the model's types, as reading and the schema need it."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any, get_type_hints

from harvester.model import Location


@cache
def keys(kind: type) -> tuple[str, ...]:
    """Keys of a dataclass in the order of the file."""
    return tuple(field.name for field in fields(kind))


@cache
def optional_keys(kind: type) -> frozenset[str]:
    """Keys that are left out when unknown: the optional facts of a location alone."""
    if kind is not Location:
        return frozenset()
    return frozenset(field.name for field in fields(kind) if field.default is None)


@cache
def hints(kind: type) -> dict[str, Any]:
    """Types of a dataclass's fields; a value of JSON's shape is of any type."""
    return get_type_hints(kind, localns={"Value": Any})
