"""Reads the literal that a script calls something with, in which names stand that it gave to other literals before."""

from __future__ import annotations

import re
from typing import Final

from harvester.decode.js import NotALiteralError, read_js
from harvester.decode.ladder import of_reading
from harvester.decode.variables import read_scalar
from harvester.model import Decoded, Excerpt, Limits, Value
from harvester.syntax.assigned import SCALAR

_PIECE: Final = re.compile(rb"([A-Za-z_$][\w$]*+)(?:(\.push\()|\s*+=)\s*+")


def read_joined(excerpt: Excerpt, limits: Limits) -> Decoded | None:
    """Read the literal with which the excerpt ends; what it is begun with are the values of names in it."""
    text, start = excerpt.text, int(excerpt.hints["literal"])
    try:
        bindings = _bindings(text, start, limits)
        reading = read_js(text, start, bindings=bindings, depth=limits.depth)
    except NotALiteralError:
        return None
    return of_reading(reading, text, start, ("js-literal",))


def _bindings(text: bytes, stop: int, limits: Limits) -> dict[bytes, Value]:
    found: dict[bytes, Value] = {}
    at = 0
    while at < stop and (piece := _PIECE.match(text, at, stop)):
        scalar = SCALAR.match(text, piece.end(), stop)
        if scalar:
            value, at = read_scalar(scalar[0]), scalar.end()
        else:
            reading = read_js(text, piece.end(), depth=limits.depth)
            value, at = reading.value, reading.end
        if piece[2]:
            at += text[at : at + 1] == b")"
            if isinstance(pushed := found.get(piece[1]), list):
                pushed.append(value)
        else:
            found[piece[1]] = value
    return found
