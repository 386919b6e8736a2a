"""What decoding gives: values of JSON's shape, whatever form they stood in."""

from __future__ import annotations

from functools import lru_cache
from typing import TypeAlias

Value: TypeAlias = "bool | int | float | str | list[Value] | dict[str, Value] | None"
"""A decoded value. Keys are strings; ids keep the type that the source gave them."""

Span: TypeAlias = tuple[int, int]
"""Half-open byte range `(start, end)`."""

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands inside another one: keys and list positions from the root."""


@lru_cache(maxsize=4096)
def pointer(path: Path) -> str:
    """Write a path as a JSON Pointer (RFC 6901); the root is the empty string."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)
