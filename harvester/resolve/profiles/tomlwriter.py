"""Writes the little TOML that a drafted profile needs (TOML 1.0.0)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from typing import Final, TypeAlias

from harvester.model.value import Value

Writable: TypeAlias = "Value | Sequence[Writable] | Mapping[str, Writable]"

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ESCAPED: Final = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff]')
_SHORT: Final = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def text(value: str) -> str:
    """Write a basic string; half a surrogate pair, which TOML can't hold, becomes U+FFFD."""
    return '"' + _ESCAPED.sub(lambda match: _escape(match[0]), value) + '"'


def _escape(char: str) -> str:
    if char in _SHORT:
        return _SHORT[char]
    return "\ufffd" if "\ud800" <= char <= "\udfff" else f"\\u{ord(char):04x}"


def literal(value: str) -> str:
    """Write a pattern so that its backslashes stay single where they can."""
    return text(value) if re.search("['\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]", value) else f"'{value}'"


def inline(value: Writable, *, patterns: bool = False) -> str:
    """Write a value on one line; what TOML has no word for, null and values that are no numbers, is left out."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return literal(value) if patterns else text(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        pairs = [
            f"{key if _BARE.fullmatch(key) else text(key)} = {inline(each, patterns=patterns)}"
            for key, each in value.items()
            if not unsaid(each)
        ]
        return "{ " + ", ".join(pairs) + " }" if pairs else "{}"
    return "[" + ", ".join(inline(each, patterns=patterns) for each in value or () if not unsaid(each)) + "]"


def unsaid(value: object) -> bool:
    """Whether TOML has no word for a value: null, infinity, not a number."""
    return value is None or (isinstance(value, float) and not math.isfinite(value))
