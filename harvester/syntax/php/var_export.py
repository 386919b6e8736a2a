"""Reads what `var_export` prints, and PHP's array literals, which it imitates."""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.tree import Builder, Reading, Unpack, number

_SPACE: Final = rb"(?:\s|\xc2\xa0|//[^\n]{0,300}+|#[^\n]{0,300}+|/\*(?s:.{0,300}?)\*/)*"
_QUOTED: Final = rb"""'(?:[^'\\]++|(?s:\\.))*+'|"(?:[^"\\]++|(?s:\\.))*+\""""
_CLASS: Final = rb"\\?(?:[A-Za-z_\x80-\xff][\w\x80-\xff]{0,100}\\){0,20}[A-Za-z_\x80-\xff][\w\x80-\xff]{0,100}"
_VALUE: Final = re.compile(
    _SPACE
    + rb"(?:(?P<state>"
    + _CLASS
    + rb"::__set_state\(\s*+(?P<state_open>array\s*+\(|\[))"
    + rb"|(?P<object>\(object\)\s*+(?P<object_open>array\s*+\(|\[))|(?P<array>array\s*+\(|\[)"
    + rb"|(?P<text>"
    + _QUOTED
    + rb")|(?P<number>-?(?:\d{1,300}+(?:\.\d{0,300}+)?+|\.\d{1,300}+)(?:[eE][-+]?\d{1,4}+)?+)(?!\w)"
    + rb"|(?P<word>(?i:true|false|null)\b)|(?P<constant>-?(?:INF|NAN)\b|"
    + _CLASS
    + rb"(?:::\w{1,100})?))"
)
_MORE: Final = re.compile(_SPACE + rb"\." + _SPACE + rb"(" + _QUOTED + rb")")
_ARROW: Final = re.compile(_SPACE + rb"=>")
_COMMA: Final = re.compile(_SPACE + rb",")
_CLOSE: Final = re.compile(_SPACE + rb"([\])])")
_SINGLE: Final = re.compile(rb"\\([\\'])")
_DOUBLE: Final = re.compile(rb"\\([nrtvef0\\$\"])")
_ESCAPES: Final = {
    b"n": b"\n",
    b"r": b"\r",
    b"t": b"\t",
    b"v": b"\v",
    b"e": b"\x1b",
    b"f": b"\f",
    b"0": b"\0",
}


def read_var_export(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the export that begins at a place; see `read_var_dump`."""
    head = _VALUE.match(text, at)
    if head is None or not (head["array"] or head["object"] or head["state"]):
        return None
    builder = Builder(depth, unpack)
    closers: list[bytes] = []
    place = _take(text, head, builder, closers)
    while closers:
        end = _CLOSE.match(text, place)
        if end:
            place = end.end()
            if end[1] != closers[-1][:1]:
                break
            if len(closers[-1]) == 1 or text.startswith(b")", place):
                place += len(closers[-1]) - 1
            closers.pop()
            builder.close(place)
        else:
            value = _VALUE.match(text, place)
            reached = None if value is None else _member(text, value, builder, closers)
            if reached is None:
                break
            place = reached
        comma = _COMMA.match(text, place) if closers and not text.startswith((b"(", b"["), place - 1) else None
        place = comma.end() if comma else place
    if closers:
        builder.repair("text-cut")
    return builder.reading(at, place, complete=not closers)


def _member(text: bytes, first: re.Match[bytes], builder: Builder, closers: list[bytes]) -> int | None:
    """Read a member with or without a key; give where it ends, None where it breaks off."""
    arrow = _ARROW.match(text, first.end())
    if arrow is None:
        builder.next_index()
        return _take(text, first, builder, closers)
    if first["text"]:
        builder.key(_text(first["text"])[0].decode("utf-8", "replace"))
    else:
        builder.key((first["number"] or first["word"] or first["constant"] or b"").decode("utf-8", "replace"))
    value = _VALUE.match(text, arrow.end())
    return None if value is None else _take(text, value, builder, closers)


def _take(text: bytes, head: re.Match[bytes], builder: Builder, closers: list[bytes]) -> int:
    """Put a value; give where it ends, or where its members begin."""
    opening = head["array"] or head["object_open"] or head["state_open"]
    if opening:
        closer = b"]" if opening == b"[" else b")"
        start = max(head.start(group) for group in ("array", "object", "state"))
        builder.open(start, is_array=bool(head["array"]))
        closers.append(closer + b")" if head["state"] else closer)
        return head.end()
    if head["text"]:
        return _strings(text, head, builder)
    if head["number"]:
        builder.put(number(head["number"], whole=True))
    elif head["word"]:
        builder.put({b"true": True, b"false": False}.get(head["word"].lower()))
    else:
        builder.put(head["constant"].decode("utf-8", "replace").lstrip("\\"))
    return head.end()


def _strings(text: bytes, head: re.Match[bytes], builder: Builder) -> int:
    """Put a string that may be joined from several."""
    joined, verbatim = _text(head["text"])
    start, place = head.start("text") + 1, head.end()
    while more := _MORE.match(text, place):
        joined += _text(more[1])[0]
        verbatim = False
        place = more.end()
    builder.put_text(joined, start, verbatim=verbatim)
    return place


def _text(quoted: bytes) -> tuple[bytes, bool]:
    """A string without its quotes, and whether it stood there byte for byte."""
    inner = quoted[1:-1]
    if b"\\" not in inner:
        return inner, True
    if quoted.startswith(b"'"):
        return _SINGLE.sub(rb"\1", inner), False
    return _DOUBLE.sub(lambda found: _ESCAPES.get(found[1], found[1]), inner), False
