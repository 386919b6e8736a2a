"""Writes the model's types as JSON: keys in the order of the fields, always valid UTF-8."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
import orjson

from harvester.manifest.shape import keys, optional_keys

_OPTIONS: Final = orjson.OPT_PASSTHROUGH_DATACLASS | orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE
_SURROGATE = re.compile("[\ud800-\udfff]")


def dumps(value: object, *, indent: bool = True) -> bytes:
    """Write a value of the model, or one of JSON's shape, as JSON with a line break at its end.

    Lone surrogates become U+FFFD, and numbers that JSON has no words for become null.
    """
    try:
        return orjson.dumps(value, default=_plain, option=_OPTIONS | (orjson.OPT_INDENT_2 if indent else 0))
    except orjson.JSONEncodeError:  # lone surrogates, integers beyond 64 bits, or too deep
        clean = plain(value)
    separators = None if indent else (",", ":")
    text = json.dumps(clean, ensure_ascii=False, allow_nan=False, indent=2 if indent else None, separators=separators)
    return text.encode() + b"\n"


def plain(value: Any) -> Any:  # noqa: ANN401 - any type of the model in, any type of JSON out
    """Give a value of the model in JSON's types alone, made safe as `dumps` makes it."""
    match value:
        case str():
            return _SURROGATE.sub("\ufffd", value)
        case bool() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else None
        case list() | tuple():
            return [plain(element) for element in value]
        case dict():
            return {plain(key): plain(element) for key, element in value.items()}
        case _:
            return plain(_plain(value))


def utc_text(at: datetime) -> str:
    """Write an aware time in UTC with a `Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> object:
    """Take one step towards JSON's types."""
    if isinstance(value, msgspec.Struct):
        optional = optional_keys(type(value))
        pairs = ((name, getattr(value, name)) for name in keys(type(value)))
        return {name: part for name, part in pairs if part is not None or name not in optional}
    if isinstance(value, datetime):
        return utc_text(value)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"no part of a manifest: {type(value).__name__}")
