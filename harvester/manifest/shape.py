"""The shape of the model's types, as reading and the schema need it."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

import msgspec

from harvester.model import Location


@cache
def keys(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Keys of a type in the order of the file."""
    fields: tuple[str, ...] = kind.__struct_fields__
    return fields


@cache
def optional_keys(kind: type[msgspec.Struct]) -> frozenset[str]:
    """Keys that are left out when unknown: the optional facts of a location alone."""
    if kind is not Location:
        return frozenset()
    with_default = zip(reversed(keys(kind)), reversed(kind.__struct_defaults__), strict=False)
    return frozenset(name for name, default in with_default if default is None)


@cache
def hints(kind: type) -> dict[str, Any]:
    """Types of a type's fields; a value of JSON's shape is of any type."""
    return get_type_hints(kind, localns={"Value": Any})
