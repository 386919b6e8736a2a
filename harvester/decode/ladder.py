"""Undoes what data was wrapped in, one layer after the other, until it is a value.

As is → unwrap (comment, CDATA, entities, string literal, percent-encoding, base64) → JSON → JavaScript literal,
also cut or with something missing → repair, for short texts only.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from harvester.decode import pruned
from harvester.decode.js import NotALiteralError, Reading, read_js
from harvester.decode.json_places import JsonPlaces
from harvester.decode.lines import has_lines, read_lines
from harvester.model import Decoded, Limits, NoPlaces, Places
from harvester.syntax.literals import STRING
from harvester.syntax.origin import (
    ENTITY,
    JS_ESCAPE,
    PERCENT,
    Origin,
    Through,
    resolve_entities,
    resolve_escapes,
    resolve_percent,
)
from harvester.syntax.packed import from_base64
from harvester.syntax.strict import NotJsonError

_WRAPPER: Final = re.compile(
    rb"\s*(?:(?:/\*|//)?\s*<!\[CDATA\[\s*(?:\*/)?|<!--[^\n{\[]*|//[^\n{\[]*\n|/\*(?s:.*?)\*/|\xef\xbb\xbf)?\s*"
)
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}\s*\Z")
_JSONP: Final = re.compile(rb"(?:/\*\*?/)?\s*(?:window\.)?[\w$.]{1,80}\s*\(\s*(?=[{\[])")
_HEAD: Final = 64
_ESCAPED: Final = re.compile(
    rb"[\s{\[]{0,20}+(?:&(?:quot|#0?34|#x22|#123|#91|#x7[bB]|#x5[bB]|lbrace|lcub|lbrack|lsqb);|\\)"
)
"""What begins with an escaped quote or bracket: a backslash stands nowhere else in front of data."""

_BEHIND: Final = re.compile(rb"[ \t\r\n,\x1e]*+[{\[]")
"""What shows that behind one value another one stands."""

_HEADS: Final = re.compile(rb"""[{\[]|["'`]|%7[bB]|%5[bB]|%22|&quot;|&#0?34;|&#x22;|&#123;|eyJ|W3s|\\["x{\[]""")

_FIRST: Final = frozenset(bytes((byte,)) for byte in b" \t\n\r\f\v/<\xef{[\"'`%&eW\\")
"""What the heads above, or a wrapper, begin with."""


def decode_text(text: bytes, limits: Limits, layers: tuple[str, ...] = (), *, repair: bool = True) -> Decoded | None:
    """Decode a text that holds one value, or give None where it holds none.

    Args:
        text: UTF-8, with whatever stands around the value.
        limits: Caps on size, depth and layers.
        layers: What was undone already, outermost first.
        repair: Whether what is broken may be mended; otherwise only what is whole is read.
    """
    start = _start(text)
    head = text[start : start + 1]
    escaped = _ESCAPED.match(text, start)
    if head in (b"{", b"[") and not escaped:
        return _literal(text, start, limits, layers, repair=repair)
    if len(layers) >= limits.layers:
        return None
    for unwrap in (_resolved,) if escaped else (_string, _percent, _base64, _jsonp):
        inner = unwrap(text, start)
        if inner:
            body, layer, origin = inner
            decoded = decode_text(body, limits, (*layers, layer), repair=repair)
            return decoded and _through(decoded, origin)
    return None


def may_hold_data(text: bytes) -> bool:
    """Tell by its first bytes whether a text can be decoded at all."""
    return text[:1] in _FIRST and bool(_HEADS.match(text, _start(text)))


def _start(text: bytes) -> int:
    found = _WRAPPER.match(text)
    return found.end() if found else 0


def _through(decoded: Decoded, origin: Origin | None) -> Decoded:
    places: Places = Through(decoded.places, origin) if origin else NoPlaces()
    return replace(decoded, places=places)


_Unwrapped = tuple[bytes, str, Origin | None] | None


def _string(text: bytes, start: int) -> _Unwrapped:
    found = STRING.match(text, start)
    if not found:
        return None
    raw = found[0][1:-1]
    return resolve_escapes(raw), "js-string", Origin(raw, JS_ESCAPE, resolve_escapes, start + 1)


def _resolved(text: bytes, start: int) -> _Unwrapped:
    """What has its quotes escaped, whether its brackets are or not."""
    raw = text[start:]
    if b"&" in raw[:_HEAD]:
        return resolve_entities(raw), "html-entities", Origin(raw, ENTITY, resolve_entities, start)
    return resolve_escapes(raw), "escapes", Origin(raw, JS_ESCAPE, resolve_escapes, start)


def _percent(text: bytes, start: int) -> _Unwrapped:
    if text[start : start + 1] != b"%":
        return None
    raw = text[start:]
    return resolve_percent(raw), "percent", Origin(raw, PERCENT, resolve_percent, start)


def _base64(text: bytes, start: int) -> _Unwrapped:
    if not _BASE64.match(text, start):
        return None
    body = from_base64(text[start:].strip())
    return (body, "base64", None) if body is not None and _HEADS.match(body) else None


def _jsonp(text: bytes, start: int) -> _Unwrapped:
    found = _JSONP.match(text, start)
    if not found:
        return None
    at = found.end()
    raw = text[at:].rstrip(b" \t\r\n;)")
    return raw, "jsonp", Origin(raw, _NEVER, bytes, at)


_NEVER: Final = re.compile(rb"(?!)")
_CODE: Final = re.compile(rb"\bfunction\b\s*+[\w$]*+\(|=>|[:\[,]\s*+(?:new\s++)?[A-Za-z_$][\w$.]*+\(")
"""What only programs have: that it was passed over is no reason to mend a literal."""


def _literal(text: bytes, start: int, limits: Limits, layers: tuple[str, ...], *, repair: bool) -> Decoded | None:
    end = len(text)
    while end > start and text[end - 1] in b" \t\r\n;\x00":
        end -= 1
    body = text[start:end]
    try:
        value, cut = pruned.loads(body)
    except NotJsonError:
        if has_lines(text, start):
            return read_lines(text, start, limits, layers)
        return _quasi(text, start, limits, layers, repair=repair)
    return Decoded(value=value, layers=(*layers, "json"), places=JsonPlaces(body, start, cut))


def _quasi(text: bytes, start: int, limits: Limits, layers: tuple[str, ...], *, repair: bool) -> Decoded | None:
    """What is no JSON to the letter: a JavaScript literal, several values in lines, or something cut."""
    if len(text) - start > limits.quasi_json_bytes:
        return None
    try:
        reading = read_js(text, start, depth=limits.depth)
    except NotALiteralError:
        return None
    if not reading.complete and not repair:
        return None
    if _BEHIND.match(text, reading.end) and (lines := read_lines(text, start, limits, layers)):
        return lines
    if (
        repair
        and "skipped-code" in reading.repairs
        and not _CODE.search(text, start)
        and text[start + 1 : start + 40].lstrip()[:1] in (b'"', b"{")
    ):
        mended = _mended(text[start:], limits, layers)
        if mended:
            return mended
    layer, cut = ("js-literal", ()) if reading.complete else ("partial-json", ("json-cut",))
    return of_reading(reading, text, start, (*layers, layer), cut)


def of_reading(
    reading: Reading, text: bytes, start: int, layers: tuple[str, ...], repairs: tuple[str, ...] = ()
) -> Decoded:
    """Give what was read of a JavaScript literal as a decoded value.

    Args:
        reading: What was read.
        text: The excerpt's text.
        start: Where in it the literal begins.
        layers: What was undone, the literal itself included.
        repairs: What had to be mended besides.
    """
    return Decoded(
        value=reading.value,
        layers=layers,
        places=JsonPlaces(text[start : reading.end], start),
        complete=reading.complete,
        repairs=(*reading.repairs, *repairs),
        incomplete_paths=frozenset(reading.cut),
    )


def _mended(text: bytes, limits: Limits, layers: tuple[str, ...]) -> Decoded | None:
    """The last resort: a library that never refuses, so that it can invent; for short texts, and said."""
    if len(text) > limits.broken_json_bytes:
        return None
    import json_repair  # noqa: PLC0415  # hardly ever needed, and slow to load

    try:
        value = json_repair.loads(text.decode("utf-8", "replace"), skip_json_loads=True)
    except (ValueError, RecursionError):  # nested too deep for it
        return None
    if not isinstance(value, dict | list) or not value:
        return None
    return Decoded(value=value, layers=(*layers, "broken-json"), repairs=("repaired",))
