"""Strict JSON, read by a library that keeps whole numbers of any length exact."""

from __future__ import annotations

from typing import Final

import msgspec

from harvester.model import Value

_decode: Final = msgspec.json.Decoder().decode


REFUSALS: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What the library raises for a text that is no JSON to the letter, or nested too deep for it."""


class NotJsonError(ValueError):
    """The text is no JSON to the letter, or nested too deep for a library."""


def read_json(text: bytes | msgspec.Raw) -> Value:
    """Decode a text that is one JSON value (RFC 8259).

    Raises:
        NotJsonError: It is none.
    """
    try:
        value: Value = _decode(text)
    except REFUSALS as error:
        raise NotJsonError(str(error)) from error
    return value
