"""Reads what `print_r` prints.

It quotes nothing and declares no length: a value ends where the next member or the closing bracket of its container
stands, which its column tells. Where the columns were lost (a browser folds white space), the next thing that looks
like one does.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.strings import SPACE
from harvester.syntax.php.tree import Builder, Reading, Unpack

_HEAD: Final = rb"(?:Array|[A-Za-z_\x80-\xff][\w\\@\x80-\xff]{0,300}+ (?:Object|Enum(?::\w{1,10})?))"
_OPEN: Final = re.compile(SPACE + rb"(?P<head>" + _HEAD + rb")(?:" + SPACE + rb"(?P<bracket>\()|\s++\*RECURSION\*)")
_FIRST: Final = re.compile(SPACE + rb"(?P<what>\[[^\n]{0,300}?\](?:[ ]|\xc2\xa0)=>|\))")
_KEY: Final = re.compile(rb"\[(?P<name>[^\n]{0,1000}?)\](?:[ ]|\xc2\xa0)=>(?:[ ]|\xc2\xa0)?")
_LINE: Final = re.compile(
    rb"\n((?:[ \t]|\xc2\xa0)*+)(?=(\[[^\n]{1,300}?\](?:[ ]|\xc2\xa0)=>)|(\))[ \t\r]*+(?:\n|\Z|<))"
)
_FOLDED: Final = re.compile(rb"(?:\s|\xc2\xa0)++(?=(\[[^\[\]\n]{1,300}\](?:[ ]|\xc2\xa0)=>)|(\))(?:\s|\xc2\xa0|\Z|<))")
_STRANGE: Final = 64
"""Lines in a value that may look like a member at another column, before the dump counts as cut."""

_VISIBILITY: Final = re.compile(r":(?:protected|(?:[^:\]]+:)?private)$")


def read_print_r(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump that begins at a place; see `read_var_dump`."""
    head = _OPEN.match(text, at)
    if head is None or not head["bracket"] or _FIRST.match(text, head.end()) is None:
        return None
    builder = Builder(depth, unpack)
    columns: list[int | None] = []
    place = _open(text, head, builder, columns)
    while columns:
        if text.startswith(b")", place):
            columns.pop()
            place += 1
            builder.close(place)
            place = _next(text, place, columns) if columns else place
            continue
        key = _KEY.match(text, place)
        if key is None:
            break
        builder.key(_VISIBILITY.sub("", key["name"].decode("utf-8", "replace")))
        place = _value(text, key.end(), builder, columns)
    if columns:
        builder.repair("text-cut")
    return builder.reading(at, min(place, len(text)), complete=not columns)


def _open(text: bytes, head: re.Match[bytes], builder: Builder, columns: list[int | None]) -> int:
    """Begin a container; give where its first member or its end stands."""
    builder.open(head.start("head"), is_array=head["head"] == b"Array")
    first = _FIRST.match(text, head.end())
    if first is None:
        columns.append(None)
        return head.end()
    between = text[head.end() : first.start("what")]
    if b"\n" not in between:
        builder.repair("columns-lost")
        columns.append(None)
    elif first["what"] == b")":
        columns.append(_width(between.rpartition(b"\n")[2]) + 4)
    else:
        columns.append(_width(between.rpartition(b"\n")[2]))
    return first.start("what")


def _value(text: bytes, place: int, builder: Builder, columns: list[int | None]) -> int:
    """Read the value behind a key; give where the next member or end stands."""
    head = _OPEN.match(text, place) if text[place : place + 1] not in (b"\n", b"\r", b" ") else None
    if head and head["bracket"] and _FIRST.match(text, head.end()):
        return _open(text, head, builder, columns)
    if head and not head["bracket"]:
        builder.put(None)
        return _next(text, head.end(), columns)
    end, behind = _end(text, place, columns[-1])
    builder.put_text(text[place:end], place)
    return behind


def _next(text: bytes, place: int, columns: list[int | None]) -> int:
    """Where the next member or end stands behind a container."""
    first = _FIRST.match(text, place)
    return first.start("what") if first else _end(text, place, columns[-1])[1]


def _end(text: bytes, place: int, column: int | None) -> tuple[int, int]:
    """Where a value ends, and where the next member or end stands."""
    if column is None:
        found = _FOLDED.search(text, place - 1)
        return (max(found.start(), place), found.end()) if found else _cut(text, place)
    at = place
    for _ in range(_STRANGE):
        found = _LINE.search(text, at)
        if found is None:
            break
        width = _width(found[1])
        if width == (column if found[2] else column - 4):
            return found.start() - text[place : found.start()].endswith(b"\r"), found.end()
        at = found.end()
    return _cut(text, place)


def _cut(text: bytes, place: int) -> tuple[int, int]:
    """Where no more of the dump follows, its last value is taken to end with the line."""
    end = text.find(b"\n", place)
    end = len(text) if end < 0 else end
    return end, end


def _width(indent: bytes) -> int:
    return len(indent.decode("utf-8", "replace"))
