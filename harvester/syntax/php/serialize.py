"""Reads what `serialize` gives."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.repairs import length_repair
from harvester.syntax.php.strings import string_end
from harvester.syntax.php.tree import Builder, Reading, Unpack, number

_VALUE: Final = re.compile(
    rb'(?P<string>[sS]:(?P<length>\d{1,20}):")'
    rb"|a:(?P<array>\d{1,20}):\{"
    rb'|O:\d{1,20}:"[^"]{0,300}":(?P<object>\d{1,20}):\{'
    rb'|C:\d{1,20}:"[^"]{0,300}":(?P<custom>\d{1,20}):\{'
    rb"|i:(?P<int>[-+]?\d{1,20});|d:(?P<float>-?(?:\d[\d.]{0,300}|\.\d{1,300})(?:[eE][-+]?\d{1,4})?);"
    rb"|d:(?P<other>-?(?:INF|NAN));|b:(?P<bool>[01]);"
    rb'|E:\d{1,20}:"(?P<enum>[^"]{1,300})";|(?P<null>N;|[rR]:\d{1,20};)'
)
_TOKEN: Final = rb"(?:[sSiaOCdbErR]:[-+\d.IN]|N;|\})"
_FITS_INSIDE: Final = re.compile(rb";" + _TOKEN + rb"|;?\Z")
_CLOSE: Final = re.compile(rb'"(?=;' + _TOKEN + rb'|;?\s*+\Z)|(?P<next>[sS]:\d{1,20}:")')
_LOOK_AHEAD: Final = 4096
"""Bytes in which the end of a wrongly measured value is looked for."""

_HIDDEN: Final = re.compile(r"^\x00[^\x00]*\x00")
"""Visibility marks before the names of protected and private members."""


def read_serialize(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the serialised value that begins at a place; see `read_var_dump`."""
    head = _VALUE.match(text, at)
    if head is None:
        return None
    builder = Builder(depth, unpack)
    if head["string"]:
        return _lone_string(text, at, head, builder)
    place = _take(text, head, builder)
    while builder.depth:
        if text.startswith(b"}", place):
            place += 1
            builder.close(place)
            continue
        key = _VALUE.match(text, place)
        if key is None or not (key["string"] or key["int"]):
            break
        place = _key(text, key, builder)
        value = _VALUE.match(text, place)
        if value is None:
            break
        place = _take(text, value, builder)
    if builder.depth:
        builder.repair("text-cut")
    return builder.reading(at, place, complete=not builder.depth)


def _lone_string(text: bytes, at: int, head: re.Match[bytes], builder: Builder) -> Reading:
    content, after, closed = _string(text, head, builder)
    return Reading(
        start=at,
        end=after,
        value=content.decode("utf-8", "replace"),
        content=(head.end(), head.end() + len(content)),
        complete=closed,
        repairs=tuple(builder.repairs),
        declared=int(head["length"]),
        read=len(content),
    )


def _key(text: bytes, head: re.Match[bytes], builder: Builder) -> int:
    if head["int"]:
        builder.key(str(int(head["int"])))
        return head.end()
    content, after, _ = _string(text, head, builder)
    builder.key(_HIDDEN.sub("", content.decode("utf-8", "replace")))
    return after


def _take(text: bytes, head: re.Match[bytes], builder: Builder) -> int:
    kind, place = head.lastgroup, head.end()
    if head["string"]:
        content, after, _ = _string(text, head, builder)
        builder.put_text(content, place)
        return after
    if kind in ("array", "object"):
        builder.open(head.start(), is_array=kind == "array", declared=int(head[kind]))
    elif kind == "custom":
        return _custom(text, place, int(head["custom"]), builder)
    elif kind in ("int", "float"):
        builder.put(number(head[kind], whole=kind == "int"))
    elif kind == "bool":
        builder.put(head["bool"] == b"1")
    else:
        said = head["other"] or head["enum"]
        builder.put(said.decode("utf-8", "replace") if said else None)
    return place


def _custom(text: bytes, place: int, declared: int, builder: Builder) -> int:
    """A class that serialises itself gives text of its own, which only its length ends."""
    end = place + declared
    if text[end : end + 1] != b"}":
        builder.repair("length-wrong")
        end = text.find(b"}", place, place + _LOOK_AHEAD)
        if end < 0:
            builder.put(None)
            return place
    builder.put_text(text[place:end], place)
    return end + 1


def _string(text: bytes, head: re.Match[bytes], builder: Builder) -> tuple[bytes, int, bool]:
    """The string whose head was met, where it ends, and whether all of it was there."""
    declared = int(head["length"])
    fits = _FITS_INSIDE if builder.depth else None
    end = string_end(text, head.end(), declared, _CLOSE, fits)
    content = text[head.end() : end.content]
    builder.repair(end.repair)
    builder.repair(length_repair(content, declared) if end.closed else None)
    return content, end.after + text.startswith(b";", end.after), end.closed
