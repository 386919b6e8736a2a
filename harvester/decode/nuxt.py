"""Reads the state of a Nuxt page: a function that is called with literals, or an indexed array.

The function's arguments are bound to the names of its parameters and the object that it returns is read; nothing is
executed.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.decode.contract import Decoding
from harvester.decode.indexed import revive
from harvester.decode.js import NotALiteralError, read_js
from harvester.decode.ladder import decode_text, of_reading
from harvester.model import Decoded, Excerpt, Limits, Problem, Value
from harvester.syntax.literals import FUNCTION, STRING, literal_end

_ASSIGNMENT: Final = re.compile(rb"\s*([\w$]++)(?:\.([\w$]++)|\[(\d{1,6})\])\s*=(?!=)\s*")
_SEPARATORS: Final = b" \t\r\n;,"


def decode_nuxt(excerpt: Excerpt, limits: Limits) -> Decoding:
    """Read either form."""
    if "returned" not in excerpt.hints:
        decoded = decode_text(excerpt.text, limits, excerpt.layers)
        return Decoding((revive(decoded),)) if decoded else Decoding(problems=(_problem(excerpt),))
    decoded = _called_function(excerpt, limits)
    return Decoding((decoded,)) if decoded else Decoding(problems=(_problem(excerpt),))


def _called_function(excerpt: Excerpt, limits: Limits) -> Decoded | None:
    text = excerpt.text
    head = FUNCTION.match(text)
    if head is None or len(text) > limits.quasi_json_bytes:
        return None
    at = int(excerpt.hints["returned"])
    try:
        call = text.find(b"(", int(excerpt.hints["arguments"]))
        names = [name.strip() for name in head[1].split(b",") if name.strip()]
        bindings = dict(zip(names, _arguments(text, call, limits), strict=False))
        _assign(text, (head.end(), at), bindings, limits)
        reading = read_js(text, at, bindings=bindings, depth=limits.depth)
    except NotALiteralError:
        return None
    return of_reading(reading, text, at, (*excerpt.layers, "bound-arguments", "js-literal"))


def _arguments(text: bytes, call: int, limits: Limits) -> list[Value]:
    if call < 0:
        return []
    end = literal_end(text, call, len(text))
    value = read_js(b"[" + text[call + 1 : end - 1] + b"]", depth=limits.depth).value
    return value if isinstance(value, list) else []


def _assign(text: bytes, span: tuple[int, int], bindings: dict[bytes, Value], limits: Limits) -> None:
    """Carry out `a.b=…;` in front of the return, where the right side is a literal or a bound name."""
    at, stop = span
    while 0 <= at < stop and (found := _ASSIGNMENT.match(text, at, stop)):
        start = found.end()
        end = _end_of_value(text, start, stop)
        value = read_js(b"[" + text[start:end] + b"]", bindings=bindings, depth=limits.depth).value
        target = bindings.get(found[1])
        if isinstance(value, list) and len(value) == 1:
            if isinstance(target, dict) and found[2]:
                target[found[2].decode("ascii", "replace")] = value[0]
            elif isinstance(target, list) and found[3] and int(found[3]) == len(target):
                target.append(value[0])
        at = end
        while at < stop and text[at] in _SEPARATORS:
            at += 1


def _end_of_value(text: bytes, start: int, stop: int) -> int:
    if text[start : start + 1] in (b"{", b"["):
        return literal_end(text, start, stop)
    string = STRING.match(text, start, stop)
    if string:
        return string.end()
    ends = [at for sign in (b";", b",") if (at := text.find(sign, start, stop)) >= 0]
    return min(ends, default=stop)


def _problem(excerpt: Excerpt) -> Problem:
    return Problem(
        stage="decode",
        code="undecodable",
        severity="info",
        message=f"{excerpt.form}: this is no state that can be read",
        spans=((0, len(excerpt.text)),),
    )
