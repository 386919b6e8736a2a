"""Reads what `var_dump` prints under Xdebug's HTML overload, once its markup is gone, or as copied from a browser.

Containers have no brackets: what belongs to one stands further right than its head. Where columns were lost, the
declared sizes of arrays tell.
"""

from __future__ import annotations

import re
from typing import Final

from harvester.syntax.php.repairs import length_repair
from harvester.syntax.php.tree import Builder, Reading, Unpack, number

_BLANK: Final = rb"(?:[ \t\r]|\xc2\xa0)*+"
_SPACE: Final = rb"(?:\s|\xc2\xa0)*+"
_VALUE: Final = re.compile(
    _SPACE
    + rb"(?:&(?=array|object))?(?:(?P<string>string ')|array\s?\(size=(?P<array>\d{1,20})\)"
    + rb"|(?P<object>object\([^)]{0,300}\)\[\d{1,20}\])"
    + rb"|int (?P<int>-?\d{1,20})|float (?P<float>-?[\d.]{1,300}(?:[eE][-+]?\d{1,4})?)(?=\s|\Z|<)"
    + rb"|float (?P<other>-?(?:INF|NAN))|boolean (?P<bool>true|false)|enum (?P<enum>[\w\\:]{1,300})"
    + rb"|(?P<null>null|NULL|\*uninitialized\*|\.\.\.))"
)
_KEY: Final = re.compile(
    _SPACE
    + rb"(?:(?:public|protected|private|static|readonly)\s){0,4}"
    + rb"(?:'(?P<name>[^\n]{0,1000}?)'|(?P<index>-?\d{1,20}))(?:\s\([^)\n]{1,300}\))?\s{0,4}=>"
)
_EMPTY: Final = re.compile(_SPACE + rb"empty(?=\s|\Z|<)")
_MORE: Final = re.compile(_SPACE + rb"(?:more elements\.\.\.|\.\.\.)")
_END: Final = re.compile(rb"'(?P<short>\.\.\.)?\s\(length=(?P<length>\d{1,20})\)|(?P<next>string ')")
_LINE: Final = re.compile(rb"\n(" + _BLANK + rb")(?=\S)")


def read_xdebug(text: bytes, at: int, depth: int, unpack: Unpack | None = None) -> Reading | None:
    """Read the dump that begins at a place; see `read_var_dump`."""
    head = _VALUE.match(text, at)
    if head is None or not (head["string"] or head["array"] or head["object"]):
        return None
    builder = Builder(depth, unpack)
    if head["string"]:
        return _lone_string(text, at, head, builder)
    columns = [_column(text, at, 0)]
    place = _take(text, head, builder)
    complete = True
    while columns:
        end = _EMPTY.match(text, place) or _MORE.match(text, place)
        if end:
            complete = complete and b"..." not in end[0]
            place = end.end()
            continue
        key = _KEY.match(text, place)
        if key is None:
            break
        _close_left_of(text, key, builder, columns, place)
        if not columns:
            break
        builder.key((key["name"] or key["index"] or b"").decode("utf-8", "replace"))
        value = _VALUE.match(text, key.end())
        place = key.end() if value is None else value.end()
        if value is None:
            complete = False
            break
        if value["array"] or value["object"]:
            columns.append(_column(text, value.end() - len(value[0].lstrip()), columns[-1] + 1))
        place = _take(text, value, builder)
    complete = complete and _all_there(builder)
    while builder.depth:
        builder.close(place)
    return builder.reading(at, place, complete=complete)


def _all_there(builder: Builder) -> bool:
    """Nothing marks the end, so that only the declared size tells whether something is missing."""
    if builder.depth and builder.lacking:
        builder.repair("text-cut")
        return False
    return True


def _close_left_of(text: bytes, key: re.Match[bytes], builder: Builder, columns: list[int], end: int) -> None:
    """Close the containers that a member does not belong to."""
    start = max(key.start("name") - 1, key.start("index"))
    line = text.rfind(b"\n", key.start(), start)
    if line < 0:
        while columns and builder.full:
            columns.pop()
            builder.close(end)
        return
    column = len(text[line + 1 : start]) - len(text[line + 1 : start].lstrip(b" \t\xc2\xa0"))
    while columns and columns[-1] >= column:
        columns.pop()
        builder.close(end)


def _column(text: bytes, at: int, default: int) -> int:
    """The column of a container's head, where it begins its line."""
    window = text[max(0, at - 1000) : at]
    before = window.rpartition(b"\n")
    if not before[1] or before[2].strip(b" \t\xc2\xa0"):
        return default
    return len(before[2])


def _lone_string(text: bytes, at: int, head: re.Match[bytes], builder: Builder) -> Reading:
    content, declared, after, closed = _string(text, head, builder)
    return Reading(
        start=at,
        end=after,
        value=content.decode("utf-8", "replace"),
        content=(head.end(), head.end() + len(content)),
        complete=closed,
        repairs=tuple(builder.repairs),
        declared=declared,
        read=None if declared is None else len(content),
    )


def _take(text: bytes, head: re.Match[bytes], builder: Builder) -> int:
    kind, place = head.lastgroup, head.end()
    if head["string"]:
        content, _, after, _ = _string(text, head, builder)
        builder.put_text(content, place)
        return after
    if head["array"] or head["object"]:
        start = place - len(head[0].lstrip(b" \t\r\n\xc2\xa0"))
        builder.open(start, is_array=kind == "array", declared=int(head["array"]) if head["array"] else None)
    elif head["int"] or head["float"]:
        builder.put(number(head["int"] or head["float"], whole=kind == "int"))
    elif head["bool"]:
        builder.put(head["bool"] == b"true")
    else:
        said = head["other"] or head["enum"]
        builder.put(said.decode("utf-8", "replace") if said else None)
    return place


def _string(text: bytes, head: re.Match[bytes], builder: Builder) -> tuple[bytes, int | None, int, bool]:
    """The string whose head was met, its declared length, where it ends, and whether all of it was there."""
    found = _END.search(text, head.end())
    if found is None or found["next"]:
        builder.repair("text-cut")
        line = text.find(b"\n", head.end())
        end = min(found.start() if found else len(text), line if line >= 0 else len(text))
        return text[head.end() : end], None, end, False
    content, declared = text[head.end() : found.start()], int(found["length"])
    if found["short"]:
        builder.repair("value-shortened")
        return content, declared, found.end(), False
    builder.repair(length_repair(content, declared))
    return content, declared, found.end(), True
